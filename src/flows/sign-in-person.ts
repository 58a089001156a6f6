// Signing in: one look at a password whoever is named, waits for those who guess, and a new session for who is right.
import { ATTACK_FAILURES, foldLogin } from "../core/people/index.ts";
import { endSession, type Person, personByLogin, sessionByHash, type Tx } from "../storage/index.ts";
import { type Begun, beginSession, noteOnPerson, type PeopleDesk, type Whence } from "./people-desk.ts";
import { takeCode } from "./second-factor.ts";

/** What somebody signs in with. */
export interface SignInWish {
  readonly login: string;
  readonly password: string;
  /** Of the app, or a recovery code; null: none was given. */
  readonly code: string | null;
  /** The session that the browser holds already: it ends. */
  readonly heldToken: string | null;
  readonly whence: Whence;
}

/** How it ended. */
export type SignedIn =
  | ({ readonly kind: "signed_in" } & Begun)
  | { readonly kind: "refused"; readonly reason: "wrong_credentials" | "second_factor_needed" | "overloaded" }
  | { readonly kind: "refused"; readonly reason: "too_many"; readonly waitMs: number };

/** Failures of one account that are written down: the first wait, and every tenfold. */
const NOTED_FAILURES = [5, 50, 500, 5000, 50_000];

/** Wrong codes behind a right password, from which on a person must look. */
const CODES_TOLD = 5;

/** Signs somebody in, or says why not; which half of login and password was wrong is never told. */
export async function signIn(desk: PeopleDesk, wish: SignInWish): Promise<SignedIn> {
  const { house, passwords, brake } = desk;
  const login = foldLogin(wish.login);
  const tried = { login, address: wish.whence.address };
  if (passwords.isBusy) return { kind: "refused", reason: "overloaded" };
  const waitMs = brake.begin(tried, house.now());
  if (waitMs > 0) return { kind: "refused", reason: "too_many", waitMs };
  const person = await house.database.read((tx) => personByLogin(tx, login));
  const isRight = await passwords.isRight(wish.password, person?.passwordHash ?? null);
  if (person === null || !isRight || person.blockedAt !== null) {
    await noteFailure(desk, person, brake.fail(tried, house.now()), wish.whence);
    return { kind: "refused", reason: "wrong_credentials" };
  }
  brake.succeed(tried);
  if (person.secondFactor !== null) {
    if (wish.code === null) return { kind: "refused", reason: "second_factor_needed" };
    const codeWaitMs = brake.beginCode(login, house.now());
    if (codeWaitMs > 0) return { kind: "refused", reason: "too_many", waitMs: codeWaitMs };
  }
  const signed = await house.database.transaction((tx) => letIn(tx, desk, person, wish));
  if (signed.kind === "signed_in") brake.succeedCode(login);
  else if (person.secondFactor !== null) await noteWrongCode(desk, person, login, wish.whence);
  return signed;
}

/** The session, unless something changed since the password was looked at, or the code was not good. */
async function letIn(tx: Tx, desk: PeopleDesk, seen: Person, wish: SignInWish): Promise<SignedIn> {
  const person = await personByLogin(tx, foldLogin(seen.login));
  const isSame = person !== null && person.passwordHash === seen.passwordHash && person.blockedAt === null;
  if (!isSame) return { kind: "refused", reason: "wrong_credentials" };
  const factor = person.secondFactor === null ? null : await takeCode(tx, desk, person, wish.code ?? "");
  if (person.secondFactor !== null && factor === null)
    return { kind: "refused", reason: "wrong_credentials" };
  if (wish.heldToken !== null) {
    const held = await sessionByHash(tx, desk.secrets.hash(wish.heldToken));
    if (held !== null) await endSession(tx, held.personId, held.id);
  }
  const begun = await beginSession(tx, desk, person, wish.whence);
  const by = { actor: person.id, address: wish.whence.address };
  await noteOnPerson(tx, desk.house, by, "person.sign_in", person.id, {
    login: person.login,
    sessionId: begun.session.id,
    ...(factor === null ? {} : { secondFactor: factor }),
  });
  return { kind: "signed_in", ...begun };
}

/** Bursts are written down and rung for; a login that nobody has is not kept: it may be somebody's password. */
async function noteFailure(
  { house }: PeopleDesk,
  person: Person | null,
  failures: number,
  { address }: Whence,
): Promise<void> {
  if (failures === ATTACK_FAILURES) house.alarm("sign_in_attack", { failures });
  if (!NOTED_FAILURES.includes(failures)) return;
  const subject = person?.id ?? "unknown login";
  await house.database.transaction((tx) =>
    noteOnPerson(tx, house, { actor: "nobody", address }, "person.sign_in_failed", subject, { failures }),
  );
}

/** Somebody has the password and not the second factor: worse than any number of wrong passwords. */
async function noteWrongCode(
  { house, brake }: PeopleDesk,
  person: Person,
  login: string,
  { address }: Whence,
): Promise<void> {
  const failures = brake.codeFailures(login, house.now());
  if (failures === CODES_TOLD) house.alarm("second_factor_guessed", { failures });
  if (failures !== CODES_TOLD) return;
  await house.database.transaction((tx) =>
    noteOnPerson(tx, house, { actor: "nobody", address }, "person.code_failed", person.id, { failures }),
  );
}
