// Double entry: every movement is made of pairs, so whatever leaves one account arrives on another and all sums stay 0.
import { assert } from "../basics/index.ts";
import type { Points } from "../money/index.ts";
import type { Lot, NewLot, Take } from "./lot.ts";

/** Accounts that every customer has; never below 0. */
export type CustomerAccount = "pending" | "available" | "held";

/** Accounts of the programme: what it issued (below 0 by as much as is out), what came back, what ended, what was set right. */
export type ProgrammeAccount = "issued" | "redeemed" | "expired" | "adjustments";

/** Any account. */
export type Account = CustomerAccount | ProgrammeAccount;

/** What a movement is about. */
export type MovementKind =
  | "earn"
  | "activate"
  | "hold"
  | "capture"
  | "release"
  | "expire"
  | "return"
  | "correct"
  | "open"
  | "undo"
  | "transfer";

/** Points going from one account to another: as a rule of one lot, between accounts of one customer and the programme. */
export interface Pair {
  readonly from: Account;
  readonly to: Account;
  readonly lotId: string;
  /** The lot they arrive in, where it is another. */
  readonly toLotId?: string;
  readonly amount: Points;
  /** Whose accounts. */
  readonly customerId: string;
  /** Whose account `to` is, where it is somebody else's. */
  readonly toCustomerId?: string;
}

/** What a decision wants posted: nothing of it happens unless all does. */
export interface Posting {
  readonly kind: MovementKind;
  readonly newLots: readonly NewLot[];
  readonly pairs: readonly Pair[];
}

/** One side of a pair, as it is stored: points arrive above 0 and leave below. */
export interface Entry {
  readonly account: Account;
  /** Null on accounts of the programme. */
  readonly customerId: string | null;
  readonly lotId: string;
  readonly amount: number;
}

/** What a posting changes on one account or lot. */
export interface Change {
  readonly pending: number;
  readonly available: number;
  readonly held: number;
  /** Lots only: points that ended by time. */
  readonly expired: number;
}

const NO_CHANGE: Change = { pending: 0, available: 0, held: 0, expired: 0 };

/** Is it an account of the programme? */
export function isProgrammeAccount(account: Account): account is ProgrammeAccount {
  return !(account === "pending" || account === "available" || account === "held");
}

/** The entries of a posting, two a pair; throws AssertionFailed for a pair that moves nothing or nowhere. */
export function entriesOf(pairs: readonly Pair[]): Entry[] {
  return pairs.flatMap((pair) => {
    const { from, to, lotId, toLotId = lotId, amount, customerId, toCustomerId = customerId } = pair;
    assert(amount > 0, "a pair moves points");
    assert(from !== to || customerId !== toCustomerId, "a pair moves points from one account to another");
    const owner = (account: Account, id: string): string | null => (isProgrammeAccount(account) ? null : id);
    return [
      { account: from, customerId: owner(from, customerId), lotId, amount: -amount },
      { account: to, customerId: owner(to, toCustomerId), lotId: toLotId, amount },
    ];
  });
}

/** What entries change on the accounts of each customer, by customer. */
export function accountChanges(entries: readonly Entry[]): ReadonlyMap<string, Change> {
  const changes = new Map<string, Change>();
  for (const { account, customerId, amount } of entries) {
    if (customerId !== null) changes.set(customerId, changed(changes.get(customerId), account, amount));
  }
  return changes;
}

/** What entries change on each lot, by lot. Pairs between two accounts of the programme count what has expired. */
export function lotChanges(entries: readonly Entry[]): ReadonlyMap<string, Change> {
  const changes = new Map<string, Change>();
  for (const { account, lotId, amount } of entries) {
    if (isProgrammeAccount(account) && account !== "expired") continue;
    changes.set(lotId, changed(changes.get(lotId), account, amount));
  }
  return changes;
}

function changed(before: Change = NO_CHANGE, account: Account, amount: number): Change {
  return {
    ...before,
    [account]: ((before as unknown as Record<string, number>)[account] as number) + amount,
  };
}

/** Pairs that bring each take from one account to another. */
export function pairsOf(takes: readonly Take[], customerId: string, from: Account, to: Account): Pair[] {
  return takes.map(({ lotId, amount }) => ({ from, to, lotId, amount, customerId }));
}

/** The lots as they stand after the pairs; lots that pairs do not name stay as they are. */
export function afterPairs(lots: readonly Lot[], pairs: readonly Pair[]): Lot[] {
  const changes = lotChanges(entriesOf(pairs));
  return lots.map((lot) => {
    const change = changes.get(lot.id);
    if (change === undefined) return lot;
    return {
      ...lot,
      pending: (lot.pending + change.pending) as Points,
      available: (lot.available + change.available) as Points,
      held: (lot.held + change.held) as Points,
      expired: (lot.expired + change.expired) as Points,
    };
  });
}
