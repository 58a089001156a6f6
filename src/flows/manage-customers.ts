// Customers as a retailer's other systems read and write them: by any of their names, their traits, their cards and phones.
import type { Instant } from "../core/basics/index.ts";
import type { CustomerFacts } from "../core/pricing/index.ts";
import {
  type Customer,
  type CustomerSearch,
  type CustomerWithBalance,
  countIdentities,
  forgetIdentities,
  type IdentityKind,
  idsOfCustomer,
  isCustomerKnown,
  lockCustomer,
  saveCustomer,
  saveIdentity,
  searchCustomers,
  survivorOf,
  type Tx,
} from "../storage/index.ts";
import { isBirthday } from "./birthday.ts";
import { type CustomerNames, cardHash, customerFacts, phoneHash } from "./find-customer.ts";
import type { House } from "./house.ts";
import { noteEvent } from "./note-event.ts";
import type { Secrets } from "./secrets.ts";

/** A customer with everything that may be shown of one. */
export interface CustomerView extends CustomerFacts {
  /** External ids that were merged into this one. */
  readonly mergedIds: readonly string[];
  readonly cards: number;
  readonly phones: number;
}

/** Why a customer was not written. */
export type CustomerRefusal =
  | {
      readonly kind: "refused";
      readonly reason: "customer_unknown" | "customer_merged" | "birthday_unreadable";
    }
  | {
      readonly kind: "refused";
      readonly reason: "identity_unreadable";
      readonly of: IdentityKind;
      readonly index: number;
    };

/** The customer of these names: the external id, else the card, else the phone; null when nothing is known of them. */
export async function viewCustomer(
  house: House,
  secrets: Secrets,
  names: CustomerNames,
  spentDays: readonly number[],
): Promise<CustomerView | null> {
  const now = house.now();
  return house.database.read(async (tx) => {
    const { externalUserId } = names;
    if (externalUserId !== null && !(await isCustomerKnown(tx, externalUserId))) return null;
    const facts = await customerFacts(tx, secrets, names, spentDays, now);
    if (facts === null) return null;
    const { card, phone } = await countIdentities(tx, facts.id);
    const [, ...mergedIds] = await idsOfCustomer(tx, facts.id);
    return { ...facts, mergedIds, cards: card, phones: phone };
  });
}

/** A page of customers, by id. */
export function findCustomers(house: House, search: CustomerSearch): Promise<readonly CustomerWithBalance[]> {
  const now = house.now();
  return house.database.read((tx) => searchCustomers(tx, search, now));
}

/** Adds a customer or replaces the traits of one. A merged id is refused: its traits are the survivor's. */
export function writeCustomer(
  house: House,
  customer: Customer,
): Promise<{ readonly kind: "written" } | CustomerRefusal> {
  const at: Instant = house.now();
  return house.database.transaction(async (tx) => {
    if (customer.birthday !== null && !isBirthday(customer.birthday)) return refused("birthday_unreadable");
    if ((await survivorOf(tx, customer.id)) !== customer.id) return refused("customer_merged");
    await saveCustomer(tx, customer, at);
    await noteChange(tx, house, customer.id, at);
    return { kind: "written" };
  });
}

/** Cards and phones in any spelling; a kind that is absent stays as it is. */
export type IdentitiesGiven = Readonly<Partial<Record<IdentityKind, readonly string[]>>>;

const HASHES: Readonly<Record<IdentityKind, (secrets: Secrets, text: string) => string | null>> = {
  card: cardHash,
  phone: phoneHash,
};

/** Replaces the cards or phones (or both) that a customer has under this id; all of them are readable or none is taken. */
export async function writeIdentities(
  house: House,
  secrets: Secrets,
  id: string,
  given: IdentitiesGiven,
): Promise<{ readonly kind: "written"; readonly cards: number; readonly phones: number } | CustomerRefusal> {
  const hashes = new Map<IdentityKind, string[]>();
  for (const kind of ["card", "phone"] as const) {
    const texts = given[kind];
    if (texts === undefined) continue;
    const read = texts.map((text) => HASHES[kind](secrets, text));
    const index = read.indexOf(null);
    if (index !== -1) return { kind: "refused", reason: "identity_unreadable", of: kind, index };
    hashes.set(kind, [...new Set(read.filter((hash) => hash !== null))]);
  }
  const at = house.now();
  return house.database.transaction(async (tx) => {
    if (!(await isCustomerKnown(tx, id))) return refused("customer_unknown");
    const owner = await lockCustomer(tx, id, at);
    if (owner !== id) return refused("customer_merged");
    for (const [kind, list] of hashes) await replaceIdentities(tx, kind, list, id);
    await noteChange(tx, house, id, at);
    const { card, phone } = await countIdentities(tx, id);
    return { kind: "written", cards: card, phones: phone };
  });
}

/** Receivers read the customer for themselves: what is known of people is not sent around. */
async function noteChange(tx: Tx, house: House, customerId: string, at: Instant): Promise<void> {
  const subject = { type: "customer", id: customerId };
  await noteEvent(tx, house, { kind: "customer.changed", subject, body: { customerId }, at });
}

/** The cards or phones of an external id become these. */
export async function replaceIdentities(
  tx: Tx,
  kind: IdentityKind,
  hashes: readonly string[],
  externalId: string,
): Promise<void> {
  await forgetIdentities(tx, kind, externalId);
  for (const hash of hashes) await saveIdentity(tx, kind, hash, externalId);
}

function refused(reason: "customer_unknown" | "customer_merged" | "birthday_unreadable"): CustomerRefusal {
  return { kind: "refused", reason };
}
