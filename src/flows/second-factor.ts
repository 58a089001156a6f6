// The second factor: codes of an authenticator app, each good once, and recovery codes for the day the phone is lost.
import { randomInt } from "node:crypto";
import { generateSecret, generateURI, verifySync } from "otplib";
import { foldLogin } from "../core/people/index.ts";
import {
  endSessions,
  type Person,
  personById,
  setSecondFactor,
  type Tx,
  takeRecoveryCode,
  takeSecondFactorStep,
  wishSecondFactor,
} from "../storage/index.ts";
import { noteOnPerson, type PeopleDesk, type PersonActor } from "./people-desk.ts";

/** Seconds of one code, and how far a phone's clock may be off. */
const STEP_SECONDS = 30;

/** Recovery codes of one set. */
export const RECOVERY_CODES = 10;

/** Letters of recovery codes: none that is taken for another. 16 of them are 79 random bits. */
const ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789";

const RECOVERY_LENGTH = 16;

/** What was offered: for the app by hand, and as the address of a QR code. */
export interface OfferedFactor {
  readonly secret: string;
  readonly uri: string;
}

/** Offers a second factor; it is in force when a code of it was given back. */
export async function offerSecondFactor(
  { house, secrets }: PeopleDesk,
  personId: string,
): Promise<OfferedFactor | null> {
  const secret = generateSecret();
  return house.database.transaction(async (tx) => {
    const person = await personById(tx, personId);
    if (person === null) return null;
    await wishSecondFactor(tx, personId, secrets.seal(secret));
    return { secret, uri: generateURI({ issuer: "Prilavok", label: person.login, secret }) };
  });
}

/** What became of a proof. */
export type FactorProved =
  | { readonly kind: "proved"; readonly recoveryCodes: readonly string[] }
  | {
      readonly kind: "refused";
      readonly reason: "nothing_offered" | "wrong_code" | "too_many";
      readonly waitMs: number;
    };

/** Puts the offered factor in force; other sessions end, since they began without it. */
export async function proveSecondFactor(
  desk: PeopleDesk,
  { personId, sessionId, code, by }: { personId: string; sessionId: string; code: string; by: PersonActor },
): Promise<FactorProved> {
  const { house, secrets, brake } = desk;
  const recoveryCodes = Array.from({ length: RECOVERY_CODES }, newRecoveryCode);
  return house.database.transaction(async (tx): Promise<FactorProved> => {
    const person = await personById(tx, personId);
    const sealed = person?.secondFactorWish ?? null;
    if (person === null || sealed === null) return { kind: "refused", reason: "nothing_offered", waitMs: 0 };
    const login = foldLogin(person.login);
    const waitMs = brake.beginCode(login, house.now());
    if (waitMs > 0) return { kind: "refused", reason: "too_many", waitMs };
    const step = stepOf(secrets.open(sealed), code, house.now());
    if (step === null) return { kind: "refused", reason: "wrong_code", waitMs: 0 };
    brake.succeedCode(login);
    const codeHashes = recoveryCodes.map((one) => secrets.hash(plainCode(one)));
    await setSecondFactor(tx, personId, { sealed, step, codeHashes });
    await endSessions(tx, personId, sessionId);
    await noteOnPerson(tx, house, by, "person.second_factor_on", personId);
    return { kind: "proved", recoveryCodes };
  });
}

/** Takes the second factor away. */
export async function dropSecondFactor(
  { house }: PeopleDesk,
  personId: string,
  by: PersonActor,
): Promise<void> {
  await house.database.transaction(async (tx) => {
    const person = await personById(tx, personId);
    if (person === null || person.secondFactor === null) return;
    await setSecondFactor(tx, personId, null);
    await noteOnPerson(tx, house, by, "person.second_factor_off", personId);
  });
}

/**
 * Takes a code of a person who has a second factor: one of the app, good once and not older than one used before, or a
 * recovery code, gone then. False: neither.
 */
export async function takeCode(
  tx: Tx,
  { house, secrets }: PeopleDesk,
  person: Person,
  code: string,
): Promise<"app" | "recovery" | null> {
  if (person.secondFactor === null) return null;
  const step = stepOf(secrets.open(person.secondFactor), code, house.now());
  if (step !== null) return (await takeSecondFactorStep(tx, person.id, step)) ? "app" : null;
  const isTaken = await takeRecoveryCode(tx, person.id, secrets.hash(plainCode(code)));
  return isTaken ? "recovery" : null;
}

/** The step of time that a code belongs to; null: it is none of now, of the last half minute, or the next. */
function stepOf(secret: string, code: string, now: number): number | null {
  const token = code.replaceAll(/\s/g, "");
  if (!/^\d{6}$/.test(token)) return null;
  const found = verifySync({
    secret,
    token,
    epoch: Math.floor(now / 1000),
    epochTolerance: STEP_SECONDS,
  });
  return found.valid && "timeStep" in found ? found.timeStep : null;
}

function newRecoveryCode(): string {
  const letters = Array.from({ length: RECOVERY_LENGTH }, () => ALPHABET[randomInt(ALPHABET.length)]).join(
    "",
  );
  return (letters.match(/.{4}/g) ?? []).join("-");
}

/** A recovery code as people type it: without its hyphens, in any case. */
function plainCode(code: string): string {
  return code.toLowerCase().replaceAll(/[\s-]/g, "");
}
