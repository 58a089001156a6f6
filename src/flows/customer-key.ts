// Whose uses are counted together by limits per customer: one key for one person, however the phone is spelt.
import { type CustomerNames, cardHash, phoneHash } from "./find-customer.ts";
import type { Secrets } from "./secrets.ts";

/** Whom orders count for that name nobody: together they are one customer, so that a limit cannot be passed by saying less. */
export const NOBODY = "nobody";

/**
 * The key of a customer: the id of one who is known (`customerId`, see find-customer.ts), else a hash of the phone in any
 * spelling, else of the card; null where nothing is said. Keys hold no phone and no card number.
 */
export function customerKeyOf(
  secrets: Secrets,
  customerId: string | null,
  { loyaltyCard, phone }: Pick<CustomerNames, "loyaltyCard" | "phone">,
): string | null {
  if (customerId !== null) return customerKeyOfId(customerId);
  const hashes = [
    ["phone", phone === null ? null : phoneHash(secrets, phone)],
    ["card", loyaltyCard === null ? null : cardHash(secrets, loyaltyCard)],
    // What is no phone still tells one person from another.
    ["text", textOf(secrets, phone)],
  ] as const;
  const [kind, hash] = hashes.find(([, value]) => value !== null) ?? [];
  return hash === undefined ? null : `${kind}:${hash}`;
}

/** The key of a customer who is known. */
export function customerKeyOfId(customerId: string): string {
  return `id:${customerId}`;
}

function textOf(secrets: Secrets, phone: string | null): string | null {
  const text = phone?.replace(/\s+/g, "").toLowerCase() ?? "";
  return text === "" ? null : secrets.hash(`text:${text}`);
}
