// People as administrators manage them.
import { isAllowed, peopleCalls, SCOPE_NAMES, type Scope } from "../../contract/index.ts";
import { isLogin, type Role, scopesOf } from "../../core/people/index.ts";
import {
  type ApiCaller,
  dropPerson,
  editPerson,
  endSessionsOf,
  findPerson,
  type House,
  invitePerson,
  makePersonLink,
  type PersonKept,
  peopleOf,
  sessionsOf,
} from "../../flows/index.ts";
import type { Person } from "../../storage/index.ts";
import { pageOfWhole, pageWish } from "./page.ts";
import { Refusal, refuse } from "./refusal.ts";
import { type Call, route, shown, shownOrNull } from "./route.ts";
import { sessionShown } from "./session-routes.ts";

const byOf = ({ caller, visit }: Pick<Call<never>, "caller" | "visit">) => ({
  actor: caller.tokenId,
  address: visit.address,
});

const listPeople = route(peopleCalls.listPeople, async ({ house, query }) => {
  const wish = pageWish(query);
  if (wish instanceof Refusal) return wish;
  return pageOfWhole(await peopleOf(house), wish, ({ id }) => id, personShown);
});

const listPeopleNames = route(peopleCalls.listPeopleNames, async ({ house }) => ({
  people: (await peopleOf(house)).map(({ id, name, blockedAt }) => ({
    id,
    name,
    isBlocked: blockedAt !== null,
  })),
}));

const createPerson = route(peopleCalls.createPerson, async (call) => {
  const { house, body, caller } = call;
  if (!isLogin(body.login)) return refuse("login_refused");
  return beyond(caller, body) ?? kept(await invitePerson(house, byOf(call), body));
});

const getPerson = route(peopleCalls.getPerson, async ({ house, params }) => {
  const person = await findPerson(house, params.personId);
  return person === null ? refuse("not_found") : personShown(person);
});

const putPerson = route(peopleCalls.putPerson, async (call) => {
  const { house, params, body, caller } = call;
  const person = await withinReach(house, caller, params.personId);
  if (person instanceof Refusal) return person;
  return beyond(caller, body) ?? kept(await editPerson(house, byOf(call), person.id, body));
});

const removePerson = route(peopleCalls.removePerson, async (call) => {
  const person = await withinReach(call.house, call.caller, call.params.personId);
  if (person instanceof Refusal) return person;
  const done = await dropPerson(call.house, byOf(call), person.id);
  return done === "removed" ? undefined : refuse(done);
});

const createPersonLink = route(peopleCalls.createPersonLink, async (call) => {
  const { house, secrets, caller, params, body } = call;
  const person = await withinReach(house, caller, params.personId);
  if (person instanceof Refusal) return person;
  const wish = { personId: person.id, dropsSecondFactor: body.dropsSecondFactor ?? false };
  const made = await makePersonLink(house, secrets, byOf(call), wish);
  if (made === null) return refuse("not_found");
  const { kind, token, expiresAt } = made;
  return { kind, link: token, path: `/welcome#${token}`, expiresAt: shown(expiresAt) };
});

const listPersonSessions = route(peopleCalls.listPersonSessions, async (call) => {
  const wish = pageWish(call.query);
  if (wish instanceof Refusal) return wish;
  const person = await findPerson(call.house, call.params.personId);
  if (person === null) return refuse("not_found");
  const own = call.caller.person?.sessionId ?? null;
  return pageOfWhole(
    await sessionsOf(call.people, person.id),
    wish,
    ({ id }) => id,
    (session) => sessionShown(session, own),
  );
});

const endPersonSessions = route(peopleCalls.endPersonSessions, async (call) => {
  const person = await withinReach(call.house, call.caller, call.params.personId);
  if (person instanceof Refusal) return person;
  const ended = await endSessionsOf(call.house, byOf(call), person.id);
  return ended === null ? refuse("not_found") : undefined;
});

/** Routes of people. */
export const peopleRoutes = [
  listPeople,
  listPeopleNames,
  createPerson,
  getPerson,
  putPerson,
  removePerson,
  createPersonLink,
  listPersonSessions,
  endPersonSessions,
];

/** The person, unless they may do more than the caller: a link to their account would be a way up. */
async function withinReach(house: House, caller: ApiCaller, id: string): Promise<Person | Refusal> {
  const person = await findPerson(house, id);
  if (person === null) return refuse("not_found");
  return lacking(caller, person.role) ?? person;
}

function beyond(
  caller: ApiCaller,
  { role, outlets }: { readonly role: Role; readonly outlets: readonly string[] | null },
): Refusal | null {
  if (role === "administrator" && outlets !== null) {
    const message = "an administrator has all outlets: null";
    return refuse("invalid_request", undefined, [{ path: "/body/outlets", message }]);
  }
  return lacking(caller, role);
}

function lacking(caller: ApiCaller, role: Role): Refusal | null {
  const scope = scopesOf(role, SCOPE_NAMES).find((one) => !isAllowed(caller.scopes, one as Scope));
  if (scope === undefined) return null;
  return refuse(
    "forbidden",
    `The scope ${scope} is missing: nobody gives, or takes over, more than they have.`,
  );
}

function kept(done: PersonKept) {
  return done.kind === "kept" ? personShown(done.person) : refuse(done.reason);
}

function personShown(person: Person) {
  return {
    id: person.id,
    login: person.login,
    name: person.name,
    role: person.role,
    outlets: person.outlets === null ? null : [...person.outlets],
    hasPassword: person.passwordHash !== null,
    hasSecondFactor: person.secondFactor !== null,
    isBlocked: person.blockedAt !== null,
    createdAt: shown(person.createdAt),
    createdBy: person.createdBy,
    seenAt: shownOrNull(person.seenAt),
    version: person.version,
  };
}
