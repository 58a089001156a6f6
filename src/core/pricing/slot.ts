// A promotion that this cart matches, with the pools it acts on and room to note what it gives.
import type { Rule } from "./rule.ts";

/** One matched promotion of one calculation. */
export interface Slot {
  readonly rule: Rule;
  /** Indexes of pools, ascending. */
  readonly goods: readonly number[];
  /** Kopecks off each pool, by place in `goods`; of the latest trial. */
  readonly given: Float64Array;
  /** Units made free, by place in `goods`; of the latest trial. */
  readonly freed: Float64Array;
  /** Sum of `given`; of the latest trial. */
  amount: number;
  /** True when the latest trial applied it: its conditions held at its turn. */
  isIn: boolean;
  /** Most that it may take off in this calculation by cap and budget; null: no such bound. */
  readonly orderLimit: number | null;
  /** What it may take off at the very most, whatever else applies, plus its declared worth. */
  bound: number;
}

/** A slot of a rule over the pools it acts on. */
export function slotOf(rule: Rule, goods: readonly number[], budgetLeft: number | null): Slot {
  const { perOrder } = rule.bounds;
  const orderLimit =
    perOrder === null || (budgetLeft !== null && budgetLeft < perOrder) ? budgetLeft : perOrder;
  return {
    rule,
    goods,
    given: new Float64Array(goods.length),
    freed: new Float64Array(goods.length),
    amount: 0,
    isIn: false,
    orderLimit,
    bound: 0,
  };
}
