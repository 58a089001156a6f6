// Signing in to the console: sessions, one-time links, and what a person sets for themselves.
import { Type } from "typebox";
import { Code, Language, Login, Me, Password, Theme } from "./me.ts";
import { operation } from "./operation.ts";
import { identifier, input, label, moment, oneOf, output, PAGE, pageOf } from "./shape.ts";

/** A session as it is listed. */
export const Session = output(
  {
    id: identifier("Id of the session; it opens nothing."),
    createdAt: moment("Sign-in."),
    seenAt: moment("Last call, to the minute."),
    address: Type.String({ description: "Network address of the sign-in." }),
    agent: Type.String({ description: "What the browser says it is." }),
    isThis: Type.Boolean({ description: "Whether this call came through it." }),
  },
  { title: "Session" },
);

/** Signs in; sets the cookie. */
export const createSession = operation({
  id: "createSession",
  method: "POST",
  path: "/session",
  tag: "people",
  summary: "Sign in",
  description:
    "Sets the cookie `__Host-prilavok`, which browsers keep over https and on the own machine only. Failures slow further tries from the same address; nobody can lock somebody else out.",
  scope: "public",
  body: input({ login: Login, password: Password, code: Type.Optional(Code) }, { title: "SignIn" }),
  bodyLimit: 16 * 1024,
  status: 200,
  answer: Me,
  problems: ["wrong_credentials", "second_factor_needed", "cross_site"],
});

/** Who is signed in. */
export const getSession = operation({
  id: "getSession",
  method: "GET",
  path: "/session",
  tag: "people",
  summary: "Show who is signed in",
  scope: "session",
  status: 200,
  answer: Me,
});

/** Signs out. */
export const removeSession = operation({
  id: "removeSession",
  method: "DELETE",
  path: "/session",
  tag: "people",
  summary: "Sign out",
  scope: "session",
  status: 204,
});

/** Proves the password anew. */
export const refreshSession = operation({
  id: "refreshSession",
  method: "POST",
  path: "/session/fresh",
  tag: "people",
  summary: "Give the password again",
  description:
    "Good for ten minutes for calls that hand out keys, send data elsewhere, change points by hand or manage people; without it they answer `fresh_session_needed`.",
  scope: "session",
  body: input({ password: Password, code: Type.Optional(Code) }, { title: "Proof" }),
  bodyLimit: 16 * 1024,
  status: 200,
  answer: Me,
  problems: ["wrong_credentials", "second_factor_needed"],
});

const LinkText = Type.String({
  minLength: 1,
  maxLength: 128,
  description: "What stands behind # in the link.",
});

/** Says what a link is for. */
export const lookAtLink = operation({
  id: "lookAtLink",
  method: "POST",
  path: "/session/link/look",
  tag: "people",
  summary: "Look at a one-time link",
  scope: "public",
  body: input({ link: LinkText }, { title: "LinkLook" }),
  bodyLimit: 16 * 1024,
  status: 200,
  answer: output(
    {
      kind: oneOf(["first", "invitation", "reset"], "What it is for."),
      login: Type.Optional(Type.String({ description: "Login of the person whom it is for." })),
      name: Type.Optional(Type.String({ description: "What they are called." })),
    },
    { title: "LinkSeen" },
  ),
  problems: ["link_ended", "link_not_here", "cross_site"],
  isReading: true,
});

/** Uses a link: sets the password and signs in. */
export const useLink = operation({
  id: "useLink",
  method: "POST",
  path: "/session/link",
  tag: "people",
  summary: "Use a one-time link",
  description:
    "Sets the password and signs in; all other sessions of the person end. The first link makes the first administrator and works on the server's own machine only.",
  scope: "public",
  body: input(
    {
      link: LinkText,
      login: Type.Optional(Login),
      name: Type.Optional(label("What the person is called.")),
      password: Password,
      code: Type.Optional(Code),
    },
    { title: "LinkUse" },
  ),
  bodyLimit: 16 * 1024,
  status: 200,
  answer: Me,
  problems: [
    "link_ended",
    "link_not_here",
    "login_refused",
    "weak_password",
    "second_factor_needed",
    "wrong_credentials",
    "cross_site",
  ],
});

/** Changes the own password. */
export const putPassword = operation({
  id: "putPassword",
  method: "PUT",
  path: "/session/password",
  tag: "people",
  summary: "Change the own password",
  description: "All other sessions end.",
  scope: "session",
  body: input({ old: Password, new: Password }, { title: "PasswordChange" }),
  bodyLimit: 16 * 1024,
  status: 204,
  problems: ["wrong_credentials", "weak_password"],
});

/** Sets language and look. */
export const putSettings = operation({
  id: "putSettings",
  method: "PUT",
  path: "/session/settings",
  tag: "people",
  summary: "Set the own language and look",
  scope: "session",
  body: input({ language: Language, theme: Theme }, { title: "OwnSettings" }),
  status: 200,
  answer: Me,
});

/** Offers a second factor. */
export const offerSecondFactor = operation({
  id: "offerSecondFactor",
  method: "POST",
  path: "/session/second-factor",
  tag: "people",
  summary: "Begin with a second factor",
  description: "In force when a code of it is given back. Needs the password given just now.",
  scope: "session",
  status: 200,
  answer: output(
    {
      secret: Type.String({ description: "For the app, typed by hand." }),
      uri: Type.String({ description: "For the app, as a QR code." }),
    },
    { title: "OfferedSecondFactor" },
  ),
  problems: ["fresh_session_needed"],
});

/** Puts the second factor in force. */
export const proveSecondFactor = operation({
  id: "proveSecondFactor",
  method: "PUT",
  path: "/session/second-factor",
  tag: "people",
  summary: "Prove the second factor",
  description:
    "From then on signing in takes a code. Other sessions end. Recovery codes are shown this once.",
  scope: "session",
  body: input({ code: Code }, { title: "SecondFactorProof" }),
  bodyLimit: 16 * 1024,
  status: 200,
  answer: output(
    { recoveryCodes: Type.Array(Type.String(), { description: "Each good once in place of a code." }) },
    { title: "RecoveryCodes" },
  ),
  problems: ["fresh_session_needed", "wrong_credentials", "nothing_offered"],
});

/** Takes the second factor away. */
export const removeSecondFactor = operation({
  id: "removeSecondFactor",
  method: "DELETE",
  path: "/session/second-factor",
  tag: "people",
  summary: "End the second factor",
  description: "Needs the password given just now.",
  scope: "session",
  status: 204,
  problems: ["fresh_session_needed"],
});

/** Lists the own sessions. */
export const listSessions = operation({
  id: "listSessions",
  method: "GET",
  path: "/session/list",
  tag: "people",
  summary: "List the own sessions",
  description: "Newest first.",
  scope: "session",
  query: input(PAGE),
  status: 200,
  answer: pageOf(Session, "SessionPage"),
});

/** Ends one of the own sessions. */
export const endSession = operation({
  id: "endSession",
  method: "DELETE",
  path: "/session/list/{sessionId}",
  tag: "people",
  summary: "End one of the own sessions",
  scope: "session",
  params: input({ sessionId: identifier("Id of the session.") }),
  status: 204,
});
