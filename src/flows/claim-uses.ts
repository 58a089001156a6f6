// A confirmed order uses its promotions: every limit is checked and counted in one guarded step, in the order's own transaction.
import { assert, present } from "../core/basics/index.ts";
import {
  brokenLimit,
  type CounterKey,
  countersOf,
  type LimitCounter,
  type LimitName,
  type PromotionDocument,
} from "../core/pricing/index.ts";
import {
  changeUses,
  holdCode,
  inheritUse,
  lookUpCode,
  noteOrderUses,
  type OrderUse,
  releaseOrderUses,
  type Tx,
  takeUses,
  type UseChange,
} from "../storage/index.ts";
import { NOBODY } from "./customer-key.ts";
import type { ShelvedRules } from "./rule-shelf.ts";

/** A promotion that an order applies, and what it takes off, kopecks. */
export interface AppliedPromotion {
  readonly promotionId: string;
  readonly amount: number;
  /** When another order of the same split cart used it for them all: this one takes only money, and of the same periods. */
  readonly heldSince?: number;
}

/** What an order wants to use. */
export interface UsesWanted {
  readonly orderId: string;
  /** See customer-key.ts; null: the order names nobody, and counts for NOBODY. */
  readonly customerKey: string | null;
  /** The order's code, folded; null: none. */
  readonly foldedCode: string | null;
  readonly applied: readonly AppliedPromotion[];
  /** The rules that the order was priced with. */
  readonly shelved: Pick<ShelvedRules, "documents" | "rules">;
  readonly at: number;
}

/** What came of it. */
export type UsesClaimed =
  | { readonly kind: "claimed" }
  | { readonly kind: "refused"; readonly promotionId: string; readonly limit: LimitName | "blocked" };

/**
 * Counts the order's uses, in the transaction that confirms it and after all else in it, so that counters which many orders
 * share are held for the commit only. Refused: some limit has nothing left now, or its code was blocked, whatever the cart was told; then the whole transaction must be
 * rolled back (others of its counters are taken already) and the order priced again. Once per order: the second time
 * changes nothing. A promotion without limits touches no row that another order touches.
 */
export async function claimUses(tx: Tx, wanted: UsesWanted): Promise<UsesClaimed> {
  const { orderId, at } = wanted;
  if (wanted.applied.length === 0) return { kind: "claimed" };
  const opened = await codeOf(tx, wanted);
  if (opened?.isBlocked === true && wanted.applied.some((one) => one.promotionId === opened.promotionId))
    return { kind: "refused", promotionId: opened.promotionId, limit: "blocked" };
  const planned = planOf(wanted, opened);
  const uses = planned.map(({ use }) => use);
  if (!(await noteOrderUses(tx, orderId, uses, at))) return { kind: "claimed" };
  const claims = planned.flatMap(({ use, counters }) =>
    counters.map((counter) => ({
      ...counter,
      mostUses: use.uses === 0 ? null : counter.mostUses,
      amount: use.amount,
      uses: use.uses,
    })),
  );
  if (claims.length === 0) return { kind: "claimed" };
  const reached = await takeUses(tx, claims.sort(inOrder));
  if (reached === null) return { kind: "claimed" };
  const { full, used } = reached;
  return {
    kind: "refused",
    promotionId: full.promotionId,
    limit: present(brokenLimit(full, used, full.amount), "a counter without room has a limit"),
  };
}

interface OpenedBy {
  readonly folded: string;
  readonly promotionId: string;
  readonly uses: number | null;
  readonly isBlocked: boolean;
}

/** What the order's code opens, how often it may, and whether it still does; null where no applied promotion asks for a code. */
async function codeOf(tx: Tx, { foldedCode, applied, shelved }: UsesWanted): Promise<OpenedBy | null> {
  const documents = documentsOf(shelved);
  const isAsked = applied.some(({ promotionId }) => documents.get(promotionId)?.codes !== undefined);
  if (foldedCode === null || !isAsked) return null;
  await holdCode(tx, foldedCode, "sell");
  const { code, isBlocked } = await lookUpCode(tx, foldedCode);
  const promotionId = code?.promotionId ?? shelved.rules.codes.get(foldedCode);
  return promotionId === undefined
    ? null
    : { folded: foldedCode, promotionId, uses: code?.usesPerCode ?? null, isBlocked };
}

interface Planned {
  readonly use: OrderUse;
  readonly counters: readonly LimitCounter[];
}

function planOf({ applied, customerKey, shelved, at }: UsesWanted, code: OpenedBy | null): Planned[] {
  const documents = documentsOf(shelved);
  return applied.map(({ promotionId, amount, heldSince }) => {
    const opened = code !== null && code.promotionId === promotionId ? code : null;
    const key = customerKey ?? NOBODY;
    const counters = countersOf({
      promotionId,
      limits: documents.get(promotionId)?.limits,
      customerKey: key,
      foldedCode: opened?.folded ?? null,
      usesOfCode: opened?.uses ?? null,
      at: heldSince ?? at,
      zone: shelved.rules.zone,
    });
    const counted = counters.map(({ kind, period }) => [kind, period] as const);
    return {
      use: {
        promotionId,
        amount,
        uses: heldSince === undefined ? 1 : 0,
        customerKey: key,
        code: opened?.folded ?? null,
        counted,
      },
      counters,
    };
  });
}

const bySet = new WeakMap<object, ReadonlyMap<string, PromotionDocument>>();

function documentsOf({ documents: { set } }: Pick<ShelvedRules, "documents">) {
  let known = bySet.get(set);
  if (known === undefined) {
    known = new Map(set.promotions.map((promotion) => [promotion.id, promotion]));
    bySet.set(set, known);
  }
  return known;
}

const RANK: Readonly<Record<CounterKey["kind"], number>> = { code: 0, customer: 1, all: 2 };

/** All transactions take counters in this order, so that none waits in a circle; those that many share come last. */
function inOrder(left: CounterKey, right: CounterKey): number {
  return (
    RANK[left.kind] - RANK[right.kind] ||
    compare(left.promotionId, right.promotionId) ||
    compare(left.subject, right.subject) ||
    compare(left.period, right.period)
  );
}

function compare(left: string, right: string): number {
  return left < right ? -1 : left > right ? 1 : 0;
}

/** What came of a release; `promotions`: whose uses were given back. */
export type UsesReleased =
  | { readonly kind: "released"; readonly promotions: readonly string[] }
  | { readonly kind: "unchanged" };

/**
 * Gives back what the order has used: for an order that was cancelled or ended unbought. Its money always; the use itself
 * passes to one of its `heirs`, the living orders of the same split cart, where one took of the promotion. Once: the second
 * time changes nothing. Last in its transaction, as claimUses. Goods that come back from a bought order give nothing back:
 * the promotion was used, and its budget was spent.
 */
export async function releaseUses(
  tx: Tx,
  {
    orderId,
    at,
    heirs = [],
  }: { readonly orderId: string; readonly at: number; readonly heirs?: readonly string[] },
): Promise<UsesReleased> {
  const released = await releaseOrderUses(tx, orderId, at);
  if (released.length === 0) return { kind: "unchanged" };
  const changes = released.flatMap((use) => changesBy(use, -use.uses, -use.amount));
  for (const use of released) {
    const heir = use.uses === 0 ? null : await inheritUse(tx, use.promotionId, heirs);
    if (heir !== null) changes.push(...changesBy(heir, 1, 0));
  }
  for (const change of together(changes)) {
    const isMade = await changeUses(tx, change);
    // Counters of periods long past are forgotten; those without a period never are.
    assert(isMade || change.key.period !== "", "what an order has used was counted");
  }
  return { kind: "released", promotions: released.map(({ promotionId }) => promotionId) };
}

function changesBy(use: OrderUse, uses: number, amount: number): UseChange[] {
  return use.counted.map(([kind, period]) => ({
    key: { promotionId: use.promotionId, kind, period, subject: subjectOf(use, kind) },
    uses,
    amount,
  }));
}

/** One change a counter, in the order in which all transactions take counters. */
function together(changes: readonly UseChange[]): UseChange[] {
  const sums = new Map<string, UseChange>();
  for (const { key, uses, amount } of changes) {
    const name = [key.kind, key.promotionId, key.subject, key.period].join("\n");
    const sum = sums.get(name);
    sums.set(name, { key, uses: uses + (sum?.uses ?? 0), amount: amount + (sum?.amount ?? 0) });
  }
  return [...sums.values()].sort((left, right) => inOrder(left.key, right.key));
}

function subjectOf({ customerKey, code }: OrderUse, kind: CounterKey["kind"]): string {
  return kind === "all" ? "" : kind === "customer" ? customerKey : (code ?? "");
}
