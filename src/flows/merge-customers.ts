// Makes one customer of two: everything of the one goes to the other, whose id both lead to from then on.
import type { Instant } from "../core/basics/index.ts";
import {
  addMerge,
  type Customer,
  type CustomerMerge,
  isCustomerKnown,
  listMerges,
  lockCustomers,
  mergeOf,
  moveCarts,
  moveCoolDown,
  moveFeedback,
  moveIdentities,
  moveOrders,
  movePersonalCodes,
  moveUses,
  readCustomer,
  saveCustomer,
  survivorOf,
  type Tx,
} from "../storage/index.ts";
import { customerKeyOfId } from "./customer-key.ts";
import type { House } from "./house.ts";
import { noteEvent } from "./note-event.ts";
import { transferPoints } from "./transfer-points.ts";

/** Who becomes whom. */
export interface MergeWish {
  /** The external id that goes. */
  readonly fromId: string;
  /** The external id that stays. */
  readonly intoId: string;
  readonly reason: string;
  /** Who wants it: a token's id, or "cli". */
  readonly actor: string;
}

/** Why two customers were not merged. */
export type MergeRefusal =
  /** Both ids are the same customer's already, and not by this merge. */
  | "same_customer"
  /** Nothing is known of one of the ids: probably a slip of the pen. */
  | "customer_unknown"
  /** The one that goes was merged into somebody else. */
  | "merged_elsewhere"
  /** The one that stays was merged away: merge into its survivor. */
  | "into_merged";

/** What became of the wish. */
export type MergeOutcome =
  | { readonly kind: "merged" | "unchanged"; readonly merge: CustomerMerge }
  | { readonly kind: "refused"; readonly reason: MergeRefusal };

/** What of a customer moves, by noun; each gives how many it moved. */
export interface MovingParty {
  readonly noun: string;
  move(tx: Tx, house: House, merge: { readonly id: string; readonly at: Instant } & Ids): Promise<number>;
}

interface Ids {
  readonly fromId: string;
  readonly intoId: string;
}

/** Everything that belongs to a customer. What is kept under ids for ever (calculations) is found by all ids instead. */
const PARTIES: readonly MovingParty[] = [
  { noun: "identities", move: (tx, _, { fromId, intoId }) => moveIdentities(tx, fromId, intoId) },
  { noun: "orders", move: (tx, _, { fromId, intoId }) => moveOrders(tx, fromId, intoId) },
  { noun: "codes", move: (tx, _, { fromId, intoId }) => movePersonalCodes(tx, fromId, intoId) },
  {
    noun: "uses",
    move: (tx, _, { fromId, intoId }) => moveUses(tx, customerKeyOfId(fromId), customerKeyOfId(intoId)),
  },
  { noun: "carts", move: (tx, _, { fromId, intoId }) => moveCarts(tx, fromId, intoId) },
  { noun: "feedback", move: (tx, _, { fromId, intoId }) => moveFeedback(tx, fromId, intoId) },
  { noun: "coolDowns", move: (tx, _, { fromId, intoId }) => moveCoolDown(tx, fromId, intoId) },
  { noun: "points", move: movePoints },
];

async function movePoints(tx: Tx, house: House, merge: { readonly at: Instant } & Ids): Promise<number> {
  const { fromId: from, intoId: to, at } = merge;
  const { pending, available, held } = await transferPoints(tx, house, { from, to, at });
  return pending + available + held;
}

/**
 * Merges in one transaction. The same merge again changes nothing and answers the first one. `lock` is replaced only by
 * the test that shows what happens without it.
 */
export function mergeCustomers(
  house: House,
  wish: MergeWish,
  lock: typeof lockCustomers = lockCustomers,
): Promise<MergeOutcome> {
  const at = house.now();
  const id = house.newId();
  return house.database.transaction(async (tx): Promise<MergeOutcome> => {
    const { fromId, intoId } = wish;
    if (fromId === intoId) return refused("same_customer");
    for (const each of [fromId, intoId]) {
      if (!(await isCustomerKnown(tx, each))) return refused("customer_unknown");
    }
    await lock(tx, fromId, intoId, at);
    const earlier = await mergeOf(tx, fromId);
    if (earlier !== null) {
      if (earlier.intoId === intoId) return { kind: "unchanged", merge: earlier };
      const isSame = (await survivorOf(tx, fromId)) === (await survivorOf(tx, intoId));
      return refused(isSame ? "same_customer" : "merged_elsewhere");
    }
    const survivor = await survivorOf(tx, intoId);
    // The one that is to stay was merged into the one that is to go: a circle.
    if (survivor === fromId) return refused("same_customer");
    if (survivor !== intoId) return refused("into_merged");
    const traits = mergedTraits(await readCustomer(tx, fromId, at), await readCustomer(tx, intoId, at));
    const moved: Record<string, number> = {};
    for (const { noun, move } of PARTIES) moved[noun] = await move(tx, house, { id, at, fromId, intoId });
    await saveCustomer(tx, traits, at);
    const merge: CustomerMerge = { id, ...wish, moved, mergedAt: at };
    await addMerge(tx, merge);
    const body = { mergeId: id, fromId, intoId };
    await noteEvent(tx, house, {
      kind: "customer.merged",
      subject: { type: "customer", id: intoId },
      body,
      at,
    });
    return { kind: "merged", merge };
  });
}

/** Merges there were, newest first. */
export function findMerges(
  house: House,
  page: { readonly before: string | null; readonly limit: number },
): Promise<readonly CustomerMerge[]> {
  return house.database.read((tx) => listMerges(tx, page.before, page.limit));
}

function refused(reason: MergeRefusal): MergeOutcome {
  return { kind: "refused", reason };
}

/** The survivor keeps what is known of it and gains the rest. */
function mergedTraits(from: Customer, into: Customer): Customer {
  return {
    id: into.id,
    segments: [...new Set([...into.segments, ...from.segments])],
    tier: into.tier ?? from.tier,
    birthday: into.birthday ?? from.birthday,
    orderCount: mergedCount(from.orderCount, into.orderCount),
  };
}

/**
 * Orders of both. Where one is unknown, what is known of the other is a lower bound: good enough to tell that an order is
 * not the first, but none at all may still be wrong, and a "first order" promotion must not be given twice.
 */
function mergedCount(one: number | null, other: number | null): number | null {
  if (one !== null && other !== null) return one + other;
  const known = one ?? other;
  return known === 0 ? null : known;
}
