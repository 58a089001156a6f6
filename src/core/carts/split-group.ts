// A split cart: each part costs its share of what the whole cart cost, and the parts sum to the whole.
import { assert } from "../basics/index.ts";
import {
  allocate,
  grossHalfUp,
  type Minor,
  minor,
  multiplyRoundDown,
  ONE_UNIT,
  type Points,
  points,
  type Quantity,
  quantity,
  subtract,
} from "../money/index.ts";

/** What a line of the whole cart came to. */
export interface GroupLine {
  /** `lineKey` of the app's line; gifts are told from bought goods by a key of their own. */
  readonly key: string;
  /** List price of one whole unit. */
  readonly price: Minor;
  readonly quantity: Quantity;
  /** After discounts; 0 for gifts. */
  readonly total: Minor;
  readonly discounts: readonly { readonly promotionId: string; readonly amount: Minor }[];
  /** Units of the line that are free. */
  readonly giftUnits: number;
  /** Null without a programme. */
  readonly points: { readonly maySpend: Points; readonly willEarn: Points } | null;
}

/** A line of a part: what goes into this shipment. `mark` tells equal parts apart (the delivery group); may be empty. */
export interface PartLine {
  readonly key: string;
  readonly quantity: Quantity;
  readonly mark: string;
}

/** What a line of a part comes to. */
export interface SharedLine extends GroupLine {
  readonly gross: Minor;
  readonly discount: Minor;
}

/** The whole cart and what its parts were given so far. */
export interface Group {
  readonly lines: readonly GroupLine[];
  readonly parts: readonly GivenPart[];
}

/** A part and its answer: the same part gets the same answer again. */
export interface GivenPart {
  readonly print: string;
  readonly lines: readonly SharedLine[];
}

/** The share, with the group that remembers it (null: it did already), or that these lines are no part of the group. */
export type GroupShare =
  | { readonly kind: "shared"; readonly lines: readonly SharedLine[]; readonly group: Group | null }
  | { readonly kind: "new_original" };

/**
 * The share of a part. A part has some of the group's goods, in no larger quantities, and not all of them; anything
 * else is a new whole cart. Amounts go by quantity, cumulatively: whatever order the parts come in, the one that
 * completes a line gets what is left of it. When parts no longer fit beside those remembered, the shopper has cut the
 * cart anew, and the old parts are forgotten.
 */
export function shareOfGroup(group: Group, part: readonly PartLine[]): GroupShare {
  const pools = pool(group.lines);
  const wanted = totals(part);
  if (!isStrictPart(pools, wanted)) return { kind: "new_original" };
  // A part is the same in whatever order its lines come: shares are kept in an order of their own.
  const order = sorted(part);
  const print = JSON.stringify(order.map(({ line }) => nameOf(line)));
  const known = group.parts.find((given) => given.print === print);
  if (known !== undefined) return { kind: "shared", lines: asSent(order, known.lines), group: null };
  const parts = doFit(pools, group.parts, wanted) ? group.parts : [];
  const taken = takenBy(parts);
  const lines = order.map(({ line }) => {
    const share = shareOfLine(poolOf(pools, line.key), line.quantity, taken.get(line.key) ?? NOTHING);
    taken.set(line.key, share.after);
    return share.line;
  });
  const after = { lines: group.lines, parts: [...parts, { print, lines }] };
  return { kind: "shared", lines: asSent(order, lines), group: after };
}

interface Placed {
  readonly line: PartLine;
  readonly index: number;
}

function sorted(part: readonly PartLine[]): Placed[] {
  const named = part.map((line, index) => ({ line, index, name: JSON.stringify(nameOf(line)) }));
  return named.sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : a.index - b.index));
}

function nameOf(line: PartLine): readonly unknown[] {
  return [line.key, line.mark, line.quantity];
}

function asSent(order: readonly Placed[], lines: readonly SharedLine[]): SharedLine[] {
  const placed: SharedLine[] = [];
  for (const [at, { index }] of order.entries()) placed[index] = lines[at] as SharedLine;
  return placed;
}

/** What is gone of a line already. */
interface Taken {
  readonly quantity: number;
  readonly total: number;
  readonly maySpend: number;
  readonly willEarn: number;
}

const NOTHING: Taken = { quantity: 0, total: 0, maySpend: 0, willEarn: 0 };

/** Lines of one key as one, since a part does not say which of them it takes from. */
function pool(lines: readonly GroupLine[]): Map<string, GroupLine> {
  const pools = new Map<string, GroupLine>();
  for (const line of lines) {
    const other = pools.get(line.key);
    pools.set(line.key, other === undefined ? line : sum(other, line));
  }
  return pools;
}

function sum(left: GroupLine, right: GroupLine): GroupLine {
  assert(left.price === right.price, "lines of one good have one price");
  return {
    key: left.key,
    price: left.price,
    quantity: quantity(left.quantity + right.quantity),
    total: minor(left.total + right.total),
    discounts: joined([...left.discounts, ...right.discounts]),
    giftUnits: left.giftUnits + right.giftUnits,
    points:
      left.points && right.points
        ? {
            maySpend: points(left.points.maySpend + right.points.maySpend),
            willEarn: points(left.points.willEarn + right.points.willEarn),
          }
        : null,
  };
}

/** One entry a promotion. */
function joined(discounts: GroupLine["discounts"]): GroupLine["discounts"] {
  const sums = new Map<string, Minor>();
  for (const { promotionId, amount } of discounts)
    sums.set(promotionId, minor((sums.get(promotionId) ?? 0) + amount));
  return [...sums].map(([promotionId, amount]) => ({ promotionId, amount }));
}

function poolOf(pools: ReadonlyMap<string, GroupLine>, key: string): GroupLine {
  const found = pools.get(key);
  assert(found !== undefined, "a part's goods are the group's");
  return found;
}

function totals(lines: readonly { readonly key: string; readonly quantity: number }[]): Map<string, number> {
  const sums = new Map<string, number>();
  for (const line of lines) sums.set(line.key, (sums.get(line.key) ?? 0) + line.quantity);
  return sums;
}

function isStrictPart(pools: ReadonlyMap<string, GroupLine>, wanted: ReadonlyMap<string, number>): boolean {
  let isSmaller = wanted.size < pools.size;
  for (const [key, count] of wanted) {
    const line = pools.get(key);
    if (line === undefined || count > line.quantity) return false;
    if (count < line.quantity) isSmaller = true;
  }
  return isSmaller && wanted.size > 0;
}

function doFit(
  pools: ReadonlyMap<string, GroupLine>,
  parts: readonly GivenPart[],
  wanted: ReadonlyMap<string, number>,
): boolean {
  const taken = takenBy(parts);
  return [...wanted].every(
    ([key, count]) => (taken.get(key)?.quantity ?? 0) + count <= poolOf(pools, key).quantity,
  );
}

function takenBy(parts: readonly GivenPart[]): Map<string, Taken> {
  const sums = new Map<string, Taken>();
  for (const line of parts.flatMap((part) => part.lines)) {
    const before = sums.get(line.key) ?? NOTHING;
    sums.set(line.key, {
      quantity: before.quantity + line.quantity,
      total: before.total + line.total,
      maySpend: before.maySpend + (line.points?.maySpend ?? 0),
      willEarn: before.willEarn + (line.points?.willEarn ?? 0),
    });
  }
  return sums;
}

function shareOfLine(
  line: GroupLine,
  count: Quantity,
  taken: Taken,
): { readonly line: SharedLine; readonly after: Taken } {
  const until = taken.quantity + count;
  const gross = grossHalfUp(line.price, count);
  // What is left rounded down leaves the discount so far rounded down: the completing part gets the rest of it.
  const due = line.total - multiplyRoundDown(line.total, line.quantity - until, line.quantity) - taken.total;
  // Parts of weighed goods round their gross apart from the whole's; a part never costs less than 0 or more than gross.
  const total = minor(Math.min(Math.max(due, 0), gross));
  const discount = subtract(gross, total);
  const earned = line.points && {
    maySpend: points(multiplyRoundDown(line.points.maySpend, until, line.quantity) - taken.maySpend),
    willEarn: points(multiplyRoundDown(line.points.willEarn, until, line.quantity) - taken.willEarn),
  };
  return {
    line: {
      key: line.key,
      price: line.price,
      quantity: count,
      gross,
      discount,
      total,
      discounts: spreadDiscount(line, discount),
      giftUnits: giftUnits(line, count),
      points: earned,
    },
    after: {
      quantity: until,
      total: taken.total + total,
      maySpend: taken.maySpend + (earned?.maySpend ?? 0),
      willEarn: taken.willEarn + (earned?.willEarn ?? 0),
    },
  };
}

/** A line's discount over the promotions that made it, in proportion; a kopeck of rounding goes to the first. */
function spreadDiscount(line: GroupLine, discount: Minor): GroupLine["discounts"] {
  const parts = line.discounts.map(({ amount }) => ({ weight: amount, cap: discount }));
  return allocate(discount, parts)
    .map((amount, index) => ({ promotionId: line.discounts[index]?.promotionId ?? "", amount }))
    .filter(({ amount }) => amount > 0);
}

/** Free units stay countable only where the part has the whole line or the whole line is free. */
function giftUnits(line: GroupLine, count: Quantity): number {
  if (count === line.quantity) return line.giftUnits;
  return line.giftUnits * ONE_UNIT === line.quantity ? count / ONE_UNIT : 0;
}
