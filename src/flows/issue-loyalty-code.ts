// The code that the app shows at a till: digits that change with time and with every use, bound to one customer.
import type { Instant } from "../core/basics/index.ts";
import {
  addLoyaltyNumber,
  type LoyaltyNumber,
  lockCustomer,
  lockLoyaltyNumber,
  loyaltyNumberOf,
  saveLoyaltyNumber,
  survivorOf,
  type Tx,
} from "../storage/index.ts";
import { customerOfIdentifier } from "./find-customer.ts";
import type { House } from "./house.ts";
import type { Secrets } from "./secrets.ts";

/** Digits behind the number. With three windows of time a guess succeeds once in 333,333. */
const DIGITS = 6;

/** Wrong codes for one number within GUESS_MS, after which right ones are refused too. */
export const GUESS_LIMIT = 10;
/** From the first wrong code on, ms. */
export const GUESS_MS = 10 * 60_000;

/** A code, or why there is none. */
export type LoyaltyCodeIssued =
  | { readonly kind: "issued"; readonly code: string }
  | { readonly kind: "refused"; readonly reason: "customer_unknown" };

/** Whose code it was, or why it counts for nothing. Wrong, outlived and used are not told apart. */
export type LoyaltyCodeVerified =
  | { readonly kind: "verified"; readonly customerId: string }
  | { readonly kind: "refused"; readonly reason: "loyalty_code_refused" | "loyalty_code_guessed" };

/**
 * The code for whoever `identifier` names: an external id, a card or a phone. Good for `lifetimeMs` at least and twice
 * that at most, at one till once. The first one writes the customer's number, the others only read.
 */
export async function issueLoyaltyCode(
  house: House,
  secrets: Secrets,
  identifier: string,
  lifetimeMs: number,
): Promise<LoyaltyCodeIssued> {
  const at = house.now();
  const found = await house.database.read(async (tx) => {
    const customerId = await customerOfIdentifier(tx, secrets, identifier);
    return customerId === null ? null : { customerId, kept: await loyaltyNumberOf(tx, customerId) };
  });
  if (found === null) return { kind: "refused", reason: "customer_unknown" };
  const { customerId } = found;
  const kept =
    found.kept ?? (await house.database.transaction((tx) => giveNumber(tx, secrets, customerId, at)));
  return { kind: "issued", code: `${kept.number}-${digitsOf(secrets, kept, stepOf(at, lifetimeMs))}` };
}

/**
 * Uses a code up, in one transaction. `lock` is replaced only by the test that shows what happens without it.
 */
export function verifyLoyaltyCode(
  house: House,
  secrets: Secrets,
  text: string,
  lifetimeMs: number,
  lock: typeof lockLoyaltyNumber = lockLoyaltyNumber,
): Promise<LoyaltyCodeVerified> {
  const at = house.now();
  const typed = /^(\d{13})(\d{6})$/.exec(text.replace(/[\s-]/g, ""));
  const [, number = "", digits = ""] = typed ?? [];
  return house.database.transaction(async (tx): Promise<LoyaltyCodeVerified> => {
    const kept = typed === null ? null : await lock(tx, number);
    if (kept === null) return { kind: "refused", reason: "loyalty_code_refused" };
    const isCounting =
      kept.failingSince !== null && at >= kept.failingSince && at - kept.failingSince < GUESS_MS;
    if (isCounting && kept.failures >= GUESS_LIMIT)
      return { kind: "refused", reason: "loyalty_code_guessed" };
    const now = stepOf(at, lifetimeMs);
    // The next step too: another instance's clock may be ahead of ours.
    const isRight = [now - 1, now, now + 1]
      .map((step) => secrets.isSame(digitsOf(secrets, kept, step), digits))
      .includes(true);
    if (!isRight) {
      const failures = isCounting ? kept.failures + 1 : 1;
      await saveLoyaltyNumber(tx, { ...kept, failures, failingSince: isCounting ? kept.failingSince : at });
      return { kind: "refused", reason: "loyalty_code_refused" };
    }
    await saveLoyaltyNumber(tx, { ...kept, uses: kept.uses + 1, failures: 0, failingSince: null });
    return { kind: "verified", customerId: await survivorOf(tx, kept.customerId) };
  });
}

/** The number of a customer who had none a moment ago. */
async function giveNumber(tx: Tx, secrets: Secrets, id: string, at: Instant): Promise<LoyaltyNumber> {
  const customerId = await lockCustomer(tx, id, at);
  for (let attempt = 0; ; attempt += 1) {
    const kept = await loyaltyNumberOf(tx, customerId);
    if (kept !== null) return kept;
    await addLoyaltyNumber(tx, numberOf(secrets, customerId, attempt), customerId, at);
  }
}

/** 13 digits as of an article that a shop numbers by itself (22…), so that every scanner reads it; the last one checks the others. */
function numberOf(secrets: Secrets, customerId: string, attempt: number): string {
  const digits = `22${decimal(secrets.hash(`loyalty-number:${attempt}:${customerId}`), 10)}`;
  const weighted = [...digits].reduce(
    (sum, digit, index) => sum + Number(digit) * (index % 2 === 0 ? 1 : 3),
    0,
  );
  return `${digits}${(10 - (weighted % 10)) % 10}`;
}

function digitsOf(secrets: Secrets, { number, uses }: LoyaltyNumber, step: number): string {
  return decimal(secrets.hash(`loyalty-code:${number}:${uses}:${step}`), DIGITS);
}

function stepOf(at: Instant, lifetimeMs: number): number {
  return Math.floor(at / lifetimeMs);
}

/** The first 48 bits of a hash as that many decimal digits; the bias is below one in 28,000. */
function decimal(hash: string, digits: number): string {
  const value = Buffer.from(hash, "base64url").readUIntBE(0, 6) % 10 ** digits;
  return String(value).padStart(digits, "0");
}
