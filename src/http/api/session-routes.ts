// Signing in, out, and what people set for themselves.
import { type MeBody, SCOPE_NAMES, sessionCalls } from "../../contract/index.ts";
import { answerRoleOf, scopesOf, type WeakPassword } from "../../core/people/index.ts";
import {
  type Begun,
  type CallingPerson,
  changePassword,
  dropSecondFactor,
  lookAtLink,
  type OwnSession,
  offerSecondFactor,
  type ProofRefused,
  proveSecondFactor,
  readAnswerPolicy,
  refresh,
  retryAfter,
  sessionsOf,
  setOwnSettings,
  signIn,
  signOut,
  spendLink,
} from "../../flows/index.ts";
import type { Person, PersonSession } from "../../storage/index.ts";
import { pageOfWhole, pageWish } from "./page.ts";
import { Refusal, refuse } from "./refusal.ts";
import { type Call, route, shown } from "./route.ts";

type Bare = Pick<Call<never>, "caller" | "visit" | "people" | "sessions" | "house" | "sessionTerms">;

const createSession = route(sessionCalls.createSession, async (call) => {
  const { body, visit, people } = call;
  const { login, password, code = null } = body;
  const signed = await signIn(people, { login, password, code, heldToken: visit.cookie, whence: visit });
  return signed.kind === "signed_in" ? welcome(call, signed) : notProved(call, signed);
});

const getSession = route(sessionCalls.getSession, async (call) => me(call, signedIn(call)));

const removeSession = route(sessionCalls.removeSession, async (call) => {
  await signOut(call.people, ownOf(call), signedIn(call).sessionId);
  call.visit.keepCookie(null);
  return undefined;
});

const refreshSession = route(sessionCalls.refreshSession, async (call) => {
  const { password, code = null } = call.body;
  const proved = await refresh(call.people, ownOf(call), { password, code });
  if (proved.kind === "refused") return notProved(call, proved);
  return me(call, { ...signedIn(call), freshUntil: proved.until });
});

const lookAtLinkRoute = route(sessionCalls.lookAtLink, async ({ body, visit, people }) => {
  const seen = await lookAtLink(people, body.link);
  if (seen === null) return refuse("link_ended");
  if (seen.kind === "first" && !visit.isLocal) return refuse("link_not_here");
  const { kind, person } = seen;
  return person === null ? { kind } : { kind, login: person.login, name: person.name };
});

const useLink = route(sessionCalls.useLink, async (call) => {
  const { body, visit, people } = call;
  const seen = await lookAtLink(people, body.link);
  if (seen?.kind === "first" && !visit.isLocal) return refuse("link_not_here");
  const { link: token, login = null, name = null, password, code = null } = body;
  const used = await spendLink(people, { token, login, name, password, code, whence: visit });
  if (used.kind === "signed_in") return welcome(call, used);
  if (used.kind === "weak") return weak(used.why, "/body/password");
  return refuse(used.reason === "login_needed" ? "login_refused" : used.reason);
});

const putPassword = route(sessionCalls.putPassword, async (call) => {
  const changed = await changePassword(call.people, ownOf(call), call.body);
  if (changed.kind === "weak") return weak(changed.why, "/body/new");
  return changed.kind === "refused" ? notProved(call, changed) : undefined;
});

const putSettings = route(sessionCalls.putSettings, async (call) => {
  const { language, theme } = call.body;
  await setOwnSettings(call, signedIn(call).id, { language, theme });
  return me(call, { ...signedIn(call), language, theme });
});

const offerFactor = route(sessionCalls.offerSecondFactor, async (call) => {
  const stale = notFresh(call);
  if (stale !== null) return stale;
  return (await offerSecondFactor(call.people, signedIn(call).id)) ?? refuse("unauthorized");
});

const proveFactor = route(sessionCalls.proveSecondFactor, async (call) => {
  const stale = notFresh(call);
  if (stale !== null) return stale;
  const proved = await proveSecondFactor(call.people, { ...ownOf(call), code: call.body.code });
  if (proved.kind === "proved") return { recoveryCodes: [...proved.recoveryCodes] };
  if (proved.reason === "too_many") return waiting(call, proved.waitMs);
  return refuse(proved.reason === "wrong_code" ? "wrong_credentials" : proved.reason);
});

const removeFactor = route(sessionCalls.removeSecondFactor, async (call) => {
  const stale = notFresh(call);
  if (stale !== null) return stale;
  const { personId, by } = ownOf(call);
  await dropSecondFactor(call.people, personId, by);
  return undefined;
});

const listOwnSessions = route(sessionCalls.listSessions, async (call) => {
  const wish = pageWish(call.query);
  if (wish instanceof Refusal) return wish;
  const { id, sessionId } = signedIn(call);
  return pageOfWhole(
    await sessionsOf(call.people, id),
    wish,
    (session) => session.id,
    (session) => sessionShown(session, sessionId),
  );
});

const endSession = route(sessionCalls.endSession, async (call) =>
  (await signOut(call.people, ownOf(call), call.params.sessionId)) ? undefined : refuse("not_found"),
);

/** Routes of the own session. */
export const sessionRoutes = [
  createSession,
  getSession,
  removeSession,
  refreshSession,
  lookAtLinkRoute,
  useLink,
  putPassword,
  putSettings,
  offerFactor,
  proveFactor,
  removeFactor,
  listOwnSessions,
  endSession,
];

/** A session as it is listed; `own` is that of the caller. */
export function sessionShown(session: PersonSession, own: string | null) {
  const { id, createdAt, seenAt, address, agent } = session;
  return { id, createdAt: shown(createdAt), seenAt: shown(seenAt), address, agent, isThis: id === own };
}

/** Who is signed in: routes that need a session are not reached without. */
function signedIn({ caller }: Pick<Bare, "caller">): CallingPerson {
  if (caller.person === null) throw new TypeError("a session's route was reached without a session");
  return caller.person;
}

function ownOf(call: Pick<Bare, "caller" | "visit">): OwnSession {
  const { id, sessionId } = signedIn(call);
  return { personId: id, sessionId, by: { actor: id, address: call.visit.address } };
}

function notFresh(call: Pick<Bare, "caller" | "house">): Refusal | null {
  return call.house.now() < signedIn(call).freshUntil ? null : refuse("fresh_session_needed");
}

/** The answer to who has just proved who they are; their browser gets the new session. */
function welcome(call: Bare, { token, person, session }: Begun): Promise<MeBody> {
  call.visit.keepCookie(token, call.sessionTerms.absoluteMs);
  return me(call, { ...person, freshUntil: session.freshUntil }, token);
}

async function me(
  { house, sessions, visit }: Bare,
  person: Person & Pick<CallingPerson, "freshUntil">,
  token = visit.cookie ?? "",
): Promise<MeBody> {
  const role = answerRoleOf(person.role, person.outlets);
  const { ceilings } = await readAnswerPolicy(house);
  return {
    person: {
      id: person.id,
      login: person.login,
      name: person.name,
      role: person.role,
      scopes: [...scopesOf(person.role, SCOPE_NAMES)],
      outlets: person.outlets === null ? null : [...person.outlets],
      language: person.language,
      theme: person.theme,
      hasSecondFactor: person.secondFactor !== null,
      promoCeiling: role === null ? 0 : ceilings[role],
    },
    csrf: sessions.proofOf(token),
    freshUntil: shown(person.freshUntil),
  };
}

function notProved(call: Pick<Bare, "visit">, refused: ProofRefused): Refusal {
  return refused.reason === "too_many" ? waiting(call, refused.waitMs) : refuse(refused.reason);
}

function waiting({ visit }: Pick<Bare, "visit">, waitMs: number): Refusal {
  visit.askToWait(retryAfter(waitMs));
  return refuse("too_many");
}

const WHY_WEAK: Readonly<Record<WeakPassword, string>> = {
  too_short: "has to have at least 12 characters",
  too_long: "has to have at most 128 characters",
  too_common: "is made of what everybody tries first",
  names_itself: "is made of the own name",
};

function weak(why: WeakPassword, path: string): Refusal {
  return refuse("weak_password", undefined, [{ path, message: WHY_WEAK[why] }]);
}
