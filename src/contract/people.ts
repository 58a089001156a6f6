// People who sign in to the console, as administrators manage them.
import { Type } from "typebox";
import { Login, RoleName, StoreScope } from "./me.ts";
import { operation } from "./operation.ts";
import { Session } from "./session.ts";
import { identifier, input, label, moment, nullable, oneOf, output, PAGE, pageOf } from "./shape.ts";

/** A person. */
export const Person = output(
  {
    id: identifier("Id of the person; items, answers and the audit log name them by it."),
    login: Type.String({ description: "What they sign in with." }),
    name: label("What they are called."),
    role: RoleName,
    outlets: StoreScope,
    hasPassword: Type.Boolean({ description: "False: invited, and has not used the link yet." }),
    hasSecondFactor: Type.Boolean({ description: "Whether signing in takes a code of an app." }),
    isBlocked: Type.Boolean({ description: "Whether they are kept from signing in." }),
    createdAt: moment("When they were added."),
    createdBy: Type.String({ description: "Who added them." }),
    seenAt: nullable(moment("Last sign-in."), "Last sign-in; null: never."),
    version: Type.Integer({ description: "Rises with every change; send it back with the next one." }),
  },
  { title: "Person" },
);

const wish = {
  name: Type.String({ minLength: 1, maxLength: 200, description: "What they are called." }),
  role: RoleName,
  outlets: StoreScope,
};

const ById = input({ personId: identifier("Id of the person.") });

/** Lists people. */
export const listPeople = operation({
  id: "listPeople",
  method: "GET",
  path: "/people",
  tag: "people",
  summary: "List people",
  description: "By name; blocked ones too.",
  scope: "people:read",
  query: input(PAGE),
  status: 200,
  answer: pageOf(Person, "PersonPage"),
});

/** Names behind ids, for whoever works on feedback. */
export const listPeopleNames = operation({
  id: "listPeopleNames",
  method: "GET",
  path: "/people/names",
  tag: "people",
  summary: "List names of people",
  description: "For showing who did what, and for choosing who an item is given to.",
  scope: "feedback:read",
  status: 200,
  answer: output(
    {
      people: Type.Array(
        output(
          {
            id: identifier("Id of the person."),
            name: label("What they are called."),
            isBlocked: Type.Boolean({ description: "Whether they are kept from signing in." }),
          },
          { title: "PersonName" },
        ),
      ),
    },
    { title: "PersonNames" },
  ),
});

/** Adds a person. */
export const createPerson = operation({
  id: "createPerson",
  method: "POST",
  path: "/people",
  tag: "people",
  summary: "Add a person",
  description:
    "They sign in once they used a link. Nobody adds people who may do more than themselves; an administrator has all outlets.",
  scope: "people:write",
  body: input({ login: Login, ...wish }, { title: "PersonIn" }),
  status: 201,
  answer: Person,
  problems: ["login_taken", "login_refused", "too_many_people"],
  isCreating: true,
});

/** One person. */
export const getPerson = operation({
  id: "getPerson",
  method: "GET",
  path: "/people/{personId}",
  tag: "people",
  summary: "Show a person",
  scope: "people:read",
  params: ById,
  status: 200,
  answer: Person,
});

/** Changes a person. */
export const putPerson = operation({
  id: "putPerson",
  method: "PUT",
  path: "/people/{personId}",
  tag: "people",
  summary: "Change a person",
  description: "Holds within a second everywhere. Who is blocked is signed out.",
  scope: "people:write",
  params: ById,
  body: input(
    {
      ...wish,
      isBlocked: Type.Boolean({ description: "Whether they are kept from signing in." }),
      version: Type.Integer({ description: "The version that was looked at." }),
    },
    {
      title: "PersonChange",
      examples: [{ name: "Agent", role: "agent", outlets: null, isBlocked: false, version: 1 }],
    },
  ),
  status: 200,
  answer: Person,
  problems: ["stale_version", "last_administrator"],
});

/** Removes a person. */
export const removePerson = operation({
  id: "removePerson",
  method: "DELETE",
  path: "/people/{personId}",
  tag: "people",
  summary: "Remove a person",
  description: "What they did stays under their id, without the name. To keep the name, block them.",
  scope: "people:write",
  params: ById,
  status: 204,
  problems: ["last_administrator"],
});

/** Makes a link for a person. */
export const createPersonLink = operation({
  id: "createPersonLink",
  method: "POST",
  path: "/people/{personId}/link",
  tag: "people",
  summary: "Make a one-time link",
  description:
    "An invitation, or a way to set a new password; good once, for a day, shown once. Links made before end.",
  scope: "people:write",
  params: ById,
  body: input(
    {
      dropsSecondFactor: Type.Optional(
        Type.Boolean({ description: "Whether using it takes the second factor away: the phone is lost." }),
      ),
    },
    { title: "PersonLinkIn" },
  ),
  status: 201,
  answer: output(
    {
      kind: oneOf(["invitation", "reset"], "What it is for."),
      link: Type.String({ description: "What stands behind # in the link, shown this once." }),
      path: Type.String({ description: "The link below the server's address." }),
      expiresAt: moment("Refused from then on."),
    },
    { title: "PersonLinkMade" },
  ),
  isCreating: true,
});

/** Sessions of a person. */
export const listPersonSessions = operation({
  id: "listPersonSessions",
  method: "GET",
  path: "/people/{personId}/sessions",
  tag: "people",
  summary: "List sessions of a person",
  scope: "people:read",
  params: ById,
  query: input(PAGE),
  status: 200,
  answer: pageOf(Session, "PersonSessionPage"),
});

/** Ends all sessions of a person. */
export const endPersonSessions = operation({
  id: "endPersonSessions",
  method: "DELETE",
  path: "/people/{personId}/sessions",
  tag: "people",
  summary: "End all sessions of a person",
  scope: "people:write",
  params: ById,
  status: 204,
});
