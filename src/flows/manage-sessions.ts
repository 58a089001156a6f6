// What a person does with their own sessions and account: sign out, end others, prove the password anew, change it.
import { foldLogin, type WeakPassword, whyWeak } from "../core/people/index.ts";
import {
  endSession,
  endSessions,
  listSessions,
  type Person,
  type PersonSession,
  personById,
  refreshSession,
  setPassword,
  setPersonSettings,
} from "../storage/index.ts";
import { FRESH_MS, noteOnPerson, type PeopleDesk, type PersonActor } from "./people-desk.ts";
import { takeCode } from "./second-factor.ts";

/** Whose session it is. */
export interface OwnSession {
  readonly personId: string;
  readonly sessionId: string;
  readonly by: PersonActor;
}

/** Why a proof is refused. */
export type ProofRefused =
  | { readonly kind: "refused"; readonly reason: "wrong_credentials" | "second_factor_needed" | "overloaded" }
  | { readonly kind: "refused"; readonly reason: "too_many"; readonly waitMs: number };

/** Ends a session; false when the person has none of that id. */
export async function signOut({ house }: PeopleDesk, own: OwnSession, sessionId: string): Promise<boolean> {
  return house.database.transaction(async (tx) => {
    if (!(await endSession(tx, own.personId, sessionId))) return false;
    await noteOnPerson(tx, house, own.by, "person.sign_out", own.personId, { sessionId });
    return true;
  });
}

/** Sessions of a person that live, newest first. */
export async function sessionsOf(
  { house, terms }: Pick<PeopleDesk, "house" | "terms">,
  personId: string,
): Promise<PersonSession[]> {
  const now = house.now();
  const all = await house.database.read((tx) => listSessions(tx, personId));
  return all.filter(
    ({ createdAt, seenAt }) => now < createdAt + terms.absoluteMs && now < seenAt + terms.idleMs,
  );
}

/** Proves the password anew: good for ten minutes for calls that need it. */
export async function refresh(
  desk: PeopleDesk,
  own: OwnSession,
  proof: { readonly password: string; readonly code: string | null },
): Promise<{ readonly kind: "fresh"; readonly until: number } | ProofRefused> {
  const { house, brake } = desk;
  const looked = await lookAtPassword(desk, own, proof.password);
  if (looked.kind === "refused") return looked;
  const { person } = looked;
  const login = foldLogin(person.login);
  if (person.secondFactor !== null) {
    if (proof.code === null) return { kind: "refused", reason: "second_factor_needed" };
    const waitMs = brake.beginCode(login, house.now());
    if (waitMs > 0) return { kind: "refused", reason: "too_many", waitMs };
  }
  const until = house.now() + FRESH_MS;
  const isTaken = await house.database.transaction(async (tx) => {
    if (person.secondFactor !== null && (await takeCode(tx, desk, person, proof.code ?? "")) === null)
      return false;
    await refreshSession(tx, own.sessionId, until);
    return true;
  });
  if (!isTaken) return { kind: "refused", reason: "wrong_credentials" };
  brake.succeedCode(login);
  return { kind: "fresh", until };
}

/** Changes the password; all other sessions end. */
export async function changePassword(
  desk: PeopleDesk,
  own: OwnSession,
  wish: { readonly old: string; readonly new: string },
): Promise<
  { readonly kind: "changed" } | { readonly kind: "weak"; readonly why: WeakPassword } | ProofRefused
> {
  const { house, passwords } = desk;
  const looked = await lookAtPassword(desk, own, wish.old);
  if (looked.kind === "refused") return looked;
  const { person } = looked;
  const why = whyWeak(wish.new, person.login, person.name);
  if (why !== null) return { kind: "weak", why };
  const hash = await passwords.hash(wish.new);
  return house.database.transaction(async (tx) => {
    const isSet = await setPassword(tx, person.id, person.passwordHash, hash, house.now());
    if (!isSet) return { kind: "refused", reason: "wrong_credentials" } as const;
    const ended = await endSessions(tx, person.id, own.sessionId);
    await noteOnPerson(tx, house, own.by, "person.password", person.id, { sessionsEnded: ended });
    return { kind: "changed" } as const;
  });
}

/** Sets language and look. */
export async function setOwnSettings(
  { house }: Pick<PeopleDesk, "house">,
  personId: string,
  settings: Pick<Person, "language" | "theme">,
): Promise<void> {
  await house.database.transaction((tx) => setPersonSettings(tx, personId, settings));
}

/** A stolen session must not guess the password either: the same waits as at the door. */
async function lookAtPassword(
  { house, passwords, brake }: PeopleDesk,
  { personId, by }: OwnSession,
  password: string,
): Promise<{ readonly kind: "right"; readonly person: Person } | ProofRefused> {
  const person = await house.database.read((tx) => personById(tx, personId));
  if (person === null) return { kind: "refused", reason: "wrong_credentials" };
  if (passwords.isBusy) return { kind: "refused", reason: "overloaded" };
  const tried = { login: foldLogin(person.login), address: by.address ?? "" };
  const waitMs = brake.begin(tried, house.now());
  if (waitMs > 0) return { kind: "refused", reason: "too_many", waitMs };
  if (await passwords.isRight(password, person.passwordHash)) {
    brake.succeed(tried);
    return { kind: "right", person };
  }
  brake.fail(tried, house.now());
  return { kind: "refused", reason: "wrong_credentials" };
}
