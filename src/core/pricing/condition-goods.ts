// Conditions on what lies in the cart: sum, quantity and number of different goods, of everything or of a set.
import type { AuthoredReader } from "./authored.ts";
import type { Check, Money, Remedy } from "./check.ts";
import type { GoodsTest } from "./goods.ts";
import type { Condition } from "./promotion.ts";
import type { Pool, Situation } from "./situation.ts";
import { compileSet } from "./specimen.ts";

interface Bounds {
  readonly least: number;
  readonly most: number;
}

type Read = (value: number | string, path: string) => number;

/** Reads both bounds; a missing one never stands in the way. */
export function boundsOf(
  range: { readonly atLeast?: number | string; readonly atMost?: number | string },
  path: string,
  reader: AuthoredReader,
  read: Read,
): Bounds {
  if (range.atLeast === undefined && range.atMost === undefined)
    reader.problem(path, "needs atLeast or atMost");
  const least =
    range.atLeast === undefined ? Number.NEGATIVE_INFINITY : read(range.atLeast, `${path}.atLeast`);
  const most = range.atMost === undefined ? Number.POSITIVE_INFINITY : read(range.atMost, `${path}.atMost`);
  if (least > most) reader.problem(path, "atLeast is more than atMost");
  return { least, most };
}

/** The bound that is missed, or the lower one where none is. */
function missed(bounds: Bounds): number {
  return bounds.least === Number.NEGATIVE_INFINITY ? bounds.most : bounds.least;
}

function sumOf(money: Money, situation: Situation, of: GoodsTest | null): number {
  let sum = 0;
  for (let index = 0; index < situation.pools.length; index += 1) {
    if (of === null || of((situation.pools[index] as Pool).offer)) sum += money[index] as number;
  }
  return sum;
}

/** Sum of ticked, purchasable goods, at list price or as the layers before left it. */
export function compileSum(
  sum: Extract<Condition, { sum: unknown }>["sum"],
  path: string,
  reader: AuthoredReader,
): Check {
  const set = compileSet(sum.of, `${path}.of`, reader);
  const of = set.test;
  const bounds = boundsOf(sum, path, reader, (value, at) => reader.roubles(value, at));
  const isList = sum.measured === "list";
  const measure = (situation: Situation, money: Money): number =>
    sumOf(isList ? situation.gross : money, situation, of);
  return {
    path,
    kind: "sum",
    dependsOn: isList ? "nothing" : of === null ? "total" : "parts",
    isRising: isList || sum.atMost === undefined,
    children: [],
    test: (situation, money) => {
      const value = measure(situation, money);
      return value >= bounds.least && value <= bounds.most;
    },
    needed: () => missed(bounds),
    actual: measure,
    remedies: (situation, money) => {
      const lack = bounds.least - measure(situation, money);
      return lack > 0 ? [{ kind: "sum", of: set, lack, path }] : [];
    },
  };
}

/** Quantity in units; goods sold by weight count with their fraction. */
export function compileQuantity(
  range: Extract<Condition, { quantity: unknown }>["quantity"],
  path: string,
  reader: AuthoredReader,
): Check {
  const measure = (pool: Pool): number => pool.quantity;
  return counting(range, path, "quantity", reader, measure, 1000);
}

/** Number of different offers. */
export function compileDistinct(
  range: Extract<Condition, { distinctGoods: unknown }>["distinctGoods"],
  path: string,
  reader: AuthoredReader,
): Check {
  return counting(range, path, "distinctGoods", reader, () => 1, 1);
}

function counting(
  range: Extract<Condition, { quantity: unknown }>["quantity"],
  path: string,
  kind: string,
  reader: AuthoredReader,
  measure: (pool: Pool) => number,
  scale: number,
): Check {
  const set = compileSet(range.of, `${path}.of`, reader);
  const of = set.test;
  const read: Read = (value, at) =>
    scale === 1 ? reader.count(Number(value), at, 0) : reader.quantity(Number(value), at);
  const bounds = boundsOf(range, path, reader, read);
  const total = (situation: Situation): number => {
    let sum = 0;
    for (const pool of situation.pools) if (of === null || of(pool.offer)) sum += measure(pool);
    return sum;
  };
  return {
    path,
    kind,
    dependsOn: "nothing",
    isRising: true,
    children: [],
    test: (situation) => {
      const value = total(situation);
      return value >= bounds.least && value <= bounds.most;
    },
    needed: () => missed(bounds) / scale,
    actual: (situation) => total(situation) / scale,
    remedies: (situation) => {
      const lack = bounds.least - total(situation);
      const kind: Remedy["kind"] = scale === 1 ? "different" : "quantity";
      return lack > 0 ? [{ kind, of: set, lack, path }] : [];
    },
  };
}
