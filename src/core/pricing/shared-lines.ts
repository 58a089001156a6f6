// Several lines of one offer: what their pool costs and what promotions took off it, shared out to them.
import { allocateInto, type Minor } from "../money/index.ts";
import { type Ledger, unitsBetween } from "./ledger-of-units.ts";
import type { LineDiscount, UnitGroup } from "./quote.ts";
import { rowOf } from "./row.ts";
import type { Pool, Situation } from "./situation.ts";
import type { Slot } from "./slot.ts";
import type { Takings } from "./takings.ts";
import { groupsOf, oneGroup } from "./unit-groups.ts";

/** What one line of several of its pool gets; `owners`: the slots of its discounts. */
export interface Share {
  readonly discounts: LineDiscount[];
  readonly owners: number[];
  readonly total: number;
  readonly giftUnits: number;
  readonly unitGroups: readonly UnitGroup[];
}

/** What sharing looks at; the ledger holds the final trial. */
export interface SharingParts {
  readonly situation: Situation;
  readonly slots: readonly Slot[];
  readonly ledger: Ledger;
  readonly takings: Takings;
}

/** Shares a pool out to its lines, several of one offer; puts what each gets under its place in the cart. */
export function sharePool(index: number, parts: SharingParts, into: Map<number, Share>): void {
  if ((parts.situation.pools[index] as Pool).isFractional) shareByWeight(index, parts, into);
  else shareByUnits(index, parts, into);
}

/** Lines take consecutive units: extra kopecks fall to the first, free units to the last, whatever the lines' order. */
function shareByUnits(index: number, parts: SharingParts, into: Map<number, Share>): void {
  const { situation, slots, ledger, takings } = parts;
  const pool = situation.pools[index] as Pool;
  const money = ledger.money[index] as number;
  const paid = ledger.paid[index] as number;
  const first = takings.starts[index] as number;
  const last = takings.starts[index + 1] as number;
  let start = 0;
  for (const { lineIndex, size } of pool.lines) {
    const end = start + size;
    const discounts: LineDiscount[] = [];
    const owners: number[] = [];
    // What the line costs and how its pool stands before each promotion.
    let cost = unitsBetween(start, end, pool.gross, pool.units);
    let poolMoney = pool.gross;
    let poolPaid = pool.units;
    for (let entry = first; entry < last; entry += 1) {
      const owner = takings.owners[entry] as number;
      const place = takings.places[entry] as number;
      const { rule, given, freed } = slots[owner] as Slot;
      poolMoney -= given[place] as number;
      poolPaid -= freed[place] as number;
      const after = unitsBetween(start, end, poolMoney, poolPaid);
      if (cost > after) {
        discounts.push({ promotionId: rule.id, amount: (cost - after) as Minor });
        owners.push(owner);
      }
      cost = after;
    }
    into.set(lineIndex, {
      discounts,
      owners,
      total: unitsBetween(start, end, money, paid),
      giftUnits: Math.max(0, end - Math.max(start, paid)),
      unitGroups: groupsOf(start, end, money, paid),
    });
    start = end;
  }
}

/** Lines of goods sold by fraction share each discount by what they cost at that moment. */
function shareByWeight(
  index: number,
  { situation, slots, takings }: SharingParts,
  into: Map<number, Share>,
): void {
  const pool = situation.pools[index] as Pool;
  const left = pool.lines.map((line) => line.gross);
  const discounts: LineDiscount[][] = pool.lines.map(() => []);
  const owners: number[][] = pool.lines.map(() => []);
  const share = rowOf(left.length);
  for (
    let entry = takings.starts[index] as number;
    entry < (takings.starts[index + 1] as number);
    entry += 1
  ) {
    const owner = takings.owners[entry] as number;
    const { rule, given } = slots[owner] as Slot;
    allocateInto(given[takings.places[entry] as number] as number, left, left, share);
    for (let place = 0; place < left.length; place += 1) {
      const off = share[place] as number;
      if (off > 0) {
        discounts[place]?.push({ promotionId: rule.id, amount: off as Minor });
        owners[place]?.push(owner);
      }
      left[place] = (left[place] as number) - off;
    }
  }
  for (const [place, line] of pool.lines.entries()) {
    const total = left[place] as number;
    into.set(line.lineIndex, {
      discounts: discounts[place] as LineDiscount[],
      owners: owners[place] as number[],
      total,
      giftUnits: 0,
      unitGroups: oneGroup(line.size, total),
    });
  }
}
