// People as administrators see them: added, changed, blocked, removed, and given links. Every change is in the audit log.
import { foldLogin, type Role } from "../core/people/index.ts";
import {
  addPerson,
  administrators,
  changePerson,
  endSessions,
  listPeople,
  type Person,
  personById,
  personByLogin,
  putLink,
  removePerson,
  type Tx,
} from "../storage/index.ts";
import type { House } from "./house.ts";
import { noteOnPerson, type PersonActor } from "./people-desk.ts";
import type { Secrets } from "./secrets.ts";
import { LINK_MS } from "./use-link.ts";

/** Most people of one house. */
export const PEOPLE_LIMIT = 1000;

/** What a person is made from. */
export interface PersonWish {
  readonly login: string;
  readonly name: string;
  readonly role: Role;
  readonly outlets: readonly string[] | null;
}

/** A person, or why not. */
export type PersonKept =
  | { readonly kind: "kept"; readonly person: Person }
  | {
      readonly kind: "refused";
      readonly reason:
        | "not_found"
        | "login_taken"
        | "too_many_people"
        | "stale_version"
        | "last_administrator";
    };

/** Everybody, by name. */
export function peopleOf(house: House): Promise<Person[]> {
  return house.database.read(listPeople);
}

/** The person of an id or a login; null: nobody. */
export function findPerson(house: House, idOrLogin: string): Promise<Person | null> {
  return house.database.read(
    async (tx) => (await personById(tx, idOrLogin)) ?? personByLogin(tx, foldLogin(idOrLogin)),
  );
}

/** Adds a person; they sign in once they used a link. */
export async function invitePerson(house: House, by: PersonActor, wish: PersonWish): Promise<PersonKept> {
  const id = house.newId();
  return house.database.transaction(async (tx): Promise<PersonKept> => {
    if ((await listPeople(tx)).length >= PEOPLE_LIMIT) return { kind: "refused", reason: "too_many_people" };
    const isAdded = await addPerson(tx, {
      ...wish,
      id,
      login: wish.login.trim(),
      foldedLogin: foldLogin(wish.login),
      passwordHash: null,
      createdAt: house.now(),
      createdBy: by.actor,
    });
    if (!isAdded) return { kind: "refused", reason: "login_taken" };
    const person = (await personById(tx, id)) as Person;
    await noteOnPerson(tx, house, by, "person.invited", id, { after: shownInLog(person) });
    return { kind: "kept", person };
  });
}

/** What is changed of a person. */
export interface PersonEdit extends Omit<PersonWish, "login"> {
  /** The version that was looked at. */
  readonly version: number;
  readonly isBlocked: boolean;
}

/** Changes a person; who is blocked is signed out everywhere within a second. */
export async function editPerson(
  house: House,
  by: PersonActor,
  id: string,
  { version, isBlocked, name, role, outlets }: PersonEdit,
): Promise<PersonKept> {
  return house.database.transaction(async (tx): Promise<PersonKept> => {
    const before = await personById(tx, id);
    if (before === null) return { kind: "refused", reason: "not_found" };
    const stays = role === "administrator" && !isBlocked;
    if (!stays && (await isLastAdministrator(tx, id)))
      return { kind: "refused", reason: "last_administrator" };
    const blockedAt = isBlocked ? (before.blockedAt ?? house.now()) : null;
    if (!(await changePerson(tx, id, version, { name, role, outlets, blockedAt })))
      return { kind: "refused", reason: "stale_version" };
    if (isBlocked) await endSessions(tx, id, null);
    const person = (await personById(tx, id)) as Person;
    await noteOnPerson(tx, house, by, "person.changed", id, {
      before: shownInLog(before),
      after: shownInLog(person),
    });
    return { kind: "kept", person };
  });
}

/** Removes a person with sessions and links; what they did stays under their id. */
export async function dropPerson(
  house: House,
  by: PersonActor,
  id: string,
): Promise<"removed" | "not_found" | "last_administrator"> {
  return house.database.transaction(async (tx) => {
    const before = await personById(tx, id);
    if (before === null) return "not_found";
    if (await isLastAdministrator(tx, id)) return "last_administrator";
    await removePerson(tx, id);
    await noteOnPerson(tx, house, by, "person.removed", id, { before: shownInLog(before) });
    return "removed";
  });
}

/** A link that was made: shown once. */
export interface MadeLink {
  readonly kind: "invitation" | "reset";
  readonly token: string;
  readonly expiresAt: number;
}

/** Makes a link for a person, in place of those before; null: nobody has the id, or they are blocked. */
export async function makePersonLink(
  house: House,
  secrets: Secrets,
  by: PersonActor,
  { personId, dropsSecondFactor }: { readonly personId: string; readonly dropsSecondFactor: boolean },
): Promise<MadeLink | null> {
  const token = secrets.make("prl");
  return house.database.transaction(async (tx) => {
    const person = await personById(tx, personId);
    if (person === null || person.blockedAt !== null) return null;
    const kind = person.passwordHash === null ? "invitation" : "reset";
    const createdAt = house.now();
    const expiresAt = createdAt + LINK_MS;
    await putLink(tx, {
      hash: secrets.hash(token),
      kind,
      personId,
      dropsSecondFactor,
      createdAt,
      expiresAt,
      createdBy: by.actor,
    });
    await noteOnPerson(tx, house, by, "person.link", personId, { kind, dropsSecondFactor });
    return { kind, token, expiresAt };
  });
}

/** Ends all sessions of a person; null: nobody has the id. */
export async function endSessionsOf(house: House, by: PersonActor, personId: string): Promise<number | null> {
  return house.database.transaction(async (tx) => {
    if ((await personById(tx, personId)) === null) return null;
    const ended = await endSessions(tx, personId, null);
    if (ended > 0) await noteOnPerson(tx, house, by, "person.sessions_ended", personId, { ended });
    return ended;
  });
}

/** Whether nobody else could manage people without this one. */
async function isLastAdministrator(tx: Tx, id: string): Promise<boolean> {
  const ids = await administrators(tx);
  return ids.length === 1 && ids[0] === id;
}

function shownInLog({ login, name, role, outlets, blockedAt }: Person): object {
  return { login, name, role, outlets, isBlocked: blockedAt !== null };
}
