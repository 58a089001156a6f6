// Who the cart belongs to, and what the rules may ask about them.
import { type Instant, instant } from "../core/basics/index.ts";
import { minor } from "../core/money/index.ts";
import type { CustomerFacts } from "../core/pricing/index.ts";
import {
  type CustomerWithBalance,
  isCustomerKnown,
  ownerOfIdentity,
  readCustomer,
  readCustomerByIdentity,
  spentSince,
  survivorOf,
  type Tx,
} from "../storage/index.ts";
import type { Secrets } from "./secrets.ts";

/** What a request says of the customer; null where it says nothing. */
export interface CustomerNames {
  readonly externalUserId: string | null;
  readonly loyaltyCard: string | null;
  readonly phone: string | null;
}

const DAY = 86_400_000;

/**
 * Facts of the customer: by external id, else by card, else by phone; null: nobody we know. An external id is believed
 * even when it is new to us, and then comes with empty facts. One statement, and one more where `spentDays` has any.
 */
export async function customerFacts(
  tx: Tx,
  secrets: Secrets,
  names: CustomerNames,
  spentDays: readonly number[],
  now: Instant,
): Promise<CustomerFacts | null> {
  const customer = await findCustomer(tx, secrets, names, now);
  if (customer === null) return null;
  const since = spentDays.map((days) => instant(now - days * DAY));
  const spent = await spentSince(tx, customer.id, since);
  return {
    ...customer,
    spent: Object.fromEntries(spentDays.map((days, index) => [days, minor(spent[index] ?? 0)])),
  };
}

async function findCustomer(
  tx: Tx,
  secrets: Secrets,
  names: CustomerNames,
  now: Instant,
): Promise<CustomerWithBalance | null> {
  if (names.externalUserId !== null) return readCustomer(tx, names.externalUserId, now);
  const card = names.loyaltyCard === null ? null : cardHash(secrets, names.loyaltyCard);
  const phone = names.phone === null ? null : phoneHash(secrets, names.phone);
  if (card === null && phone === null) return null;
  return readCustomerByIdentity(tx, card ?? "", phone ?? "", now);
}

/** Ten digits and more, as phones and cards are written: no id to believe in, and nothing to keep in plain text. */
const LIKE_PHONE_OR_CARD = /^\+?[\d\s()-]{10,}$/;

/**
 * Whom a text names that may be an external id, a card or a phone: the first of them that is known. A text that is none
 * and looks like no phone or card is believed to be the id of a customer who is new to us; else null.
 */
export async function customerOfIdentifier(tx: Tx, secrets: Secrets, text: string): Promise<string | null> {
  if (await isCustomerKnown(tx, text)) return survivorOf(tx, text);
  const owner = await ownerOfIdentity(tx, cardHash(secrets, text) ?? "", phoneHash(secrets, text) ?? "");
  if (owner !== null) return owner;
  return LIKE_PHONE_OR_CARD.test(text) ? null : text;
}

/** What is kept instead of a card's number; blanks and hyphens do not count; null when nothing is left. */
export function cardHash(secrets: Secrets, card: string): string | null {
  const number = card.replace(/[\s-]/g, "");
  return number === "" ? null : secrets.hash(`card:${number}`);
}

/** What is kept instead of a phone; null when it is none. */
export function phoneHash(secrets: Secrets, phone: string): string | null {
  const digits = phoneDigits(phone);
  return digits === null ? null : secrets.hash(`phone:${digits}`);
}

/** A Russian number in any spelling as 7XXXXXXXXXX; another country's as its digits; null when it is no number. */
export function phoneDigits(phone: string): string | null {
  const digits = phone.replace(/\D/g, "");
  if (digits.length === 10) return `7${digits}`;
  // No country has the code 89, so "+8 9…" is the trunk prefix with a plus in front by mistake.
  const isTrunk = digits.startsWith("89") || (digits.startsWith("8") && !phone.trim().startsWith("+"));
  if (digits.length === 11 && isTrunk) return `7${digits.slice(1)}`;
  return digits.length >= 11 && digits.length <= 15 ? digits : null;
}
