// A promotion that this cart matches, with the pools it acts on and room to note what it gives.
import { rowOf } from "./row.ts";
import type { Rule } from "./rule.ts";

/** One matched promotion of one calculation. */
export interface Slot {
  readonly rule: Rule;
  /** Indexes of pools, ascending. */
  readonly goods: readonly number[];
  /** Kopecks off each pool, by place in `goods`; of the latest trial. */
  readonly given: number[];
  /** Units made free, by place in `goods`; of the latest trial. */
  readonly freed: number[];
  /** Sum of `given`; of the latest trial. */
  amount: number;
  /** True when the latest trial applied it: its conditions held at its turn. */
  isIn: boolean;
  /** Most that it may take off in this calculation by cap and budget; null: no such bound. */
  readonly orderLimit: number | null;
}

/** A slot of a rule over the pools it acts on. */
export function slotOf(rule: Rule, goods: readonly number[], budgetLeft: number | null): Slot {
  const { perOrder } = rule.bounds;
  const orderLimit =
    perOrder === null || (budgetLeft !== null && budgetLeft < perOrder) ? budgetLeft : perOrder;
  return {
    rule,
    goods,
    given: rowOf(goods.length),
    freed: rowOf(goods.length),
    amount: 0,
    isIn: false,
    orderLimit,
  };
}
