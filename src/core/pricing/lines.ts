// From pools back to lines: what each line costs, unit group by unit group, and what each promotion took off it.
import { allocateInto, type Minor, multiplyRoundHalfUp, type Quantity } from "../money/index.ts";
import type { GivenGift } from "./gifts.ts";
import { type Ledger, unitsBetween } from "./ledger-of-units.ts";
import type { LineDiscount, QuoteLine, UnitGroup } from "./quote.ts";
import { isCounted, type ReadLine } from "./reading.ts";
import { rowOf } from "./row.ts";
import type { Pool, PooledLine, Situation } from "./situation.ts";
import type { Slot } from "./slot.ts";

/** A line under construction: the same fields, open until points and hints are known. */
export type OpenLine = { -readonly [Key in keyof QuoteLine]: QuoteLine[Key] };

/** What one promotion took off one pool. */
interface Entry {
  readonly promotionId: string;
  readonly amount: number;
  readonly freed: number;
}

/** Lines in the order of the cart, gifts after them. The ledger must hold the final trial. */
export function buildLines(
  reads: readonly ReadLine[],
  situation: Situation,
  slots: readonly Slot[],
  ledger: Ledger,
  gifts: readonly GivenGift[],
): OpenLine[] {
  const byIndex = new Map<number, LineMoney>();
  const entries = entriesOf(situation.pools.length, slots);
  for (let index = 0; index < situation.pools.length; index += 1) {
    const pool = situation.pools[index] as Pool;
    const money = ledger.money[index] as number;
    priceLines(pool, entries[index] as Entry[], money, ledger.paid[index] as number, byIndex);
  }
  const lines: OpenLine[] = [];
  for (const read of reads) lines.push(lineOf(read, byIndex.get(read.lineIndex)));
  for (const gift of gifts) lines.push(giftLine(gift));
  return lines;
}

interface LineMoney {
  readonly discounts: readonly LineDiscount[];
  readonly total: number;
  readonly giftUnits: number;
  readonly unitGroups: readonly UnitGroup[];
}

function entriesOf(size: number, slots: readonly Slot[]): Entry[][] {
  const entries: Entry[][] = [];
  for (let index = 0; index < size; index += 1) entries.push([]);
  for (const { isIn, amount, goods, given, freed, rule } of slots) {
    if (!isIn || amount === 0) continue;
    for (let place = 0; place < goods.length; place += 1) {
      const off = given[place] as number;
      if (off === 0) continue;
      (entries[goods[place] as number] as Entry[]).push({
        promotionId: rule.id,
        amount: off,
        freed: freed[place] as number,
      });
    }
  }
  return entries;
}

function priceLines(
  pool: Pool,
  entries: readonly Entry[],
  money: number,
  paid: number,
  into: Map<number, LineMoney>,
): void {
  const [first, second] = pool.lines as [PooledLine, PooledLine?];
  if (second === undefined) {
    const discounts = entries.map(({ promotionId, amount }) => ({ promotionId, amount: amount as Minor }));
    into.set(first.lineIndex, {
      discounts,
      total: money,
      giftUnits: pool.units - paid,
      unitGroups: pool.isFractional ? oneGroup(pool.quantity, money) : groupsOf(0, pool.units, money, paid),
    });
  } else if (pool.isFractional) {
    priceByWeight(pool, entries, into);
  } else {
    priceByUnits(pool, entries, money, paid, into);
  }
}

/** Lines take consecutive units: extra kopecks fall to the first, free units to the last, whatever the lines' order. */
function priceByUnits(
  pool: Pool,
  entries: readonly Entry[],
  money: number,
  paid: number,
  into: Map<number, LineMoney>,
): void {
  let start = 0;
  for (const { lineIndex, size } of pool.lines) {
    const end = start + size;
    const discounts: LineDiscount[] = [];
    let before = { money: pool.gross, paid: pool.units };
    for (const { promotionId, amount, freed } of entries) {
      const after = { money: before.money - amount, paid: before.paid - freed };
      const off =
        unitsBetween(start, end, before.money, before.paid) -
        unitsBetween(start, end, after.money, after.paid);
      if (off > 0) discounts.push({ promotionId, amount: off as Minor });
      before = after;
    }
    into.set(lineIndex, {
      discounts,
      total: unitsBetween(start, end, money, paid),
      giftUnits: Math.max(0, end - Math.max(start, paid)),
      unitGroups: groupsOf(start, end, money, paid),
    });
    start = end;
  }
}

/** Lines of goods sold by fraction share each discount by what they cost at that moment. */
function priceByWeight(pool: Pool, entries: readonly Entry[], into: Map<number, LineMoney>): void {
  const left = pool.lines.map((line) => line.gross);
  const discounts: LineDiscount[][] = pool.lines.map(() => []);
  const share = rowOf(left.length);
  for (const { promotionId, amount } of entries) {
    allocateInto(amount, left, left, share);
    for (let place = 0; place < left.length; place += 1) {
      const off = share[place] as number;
      if (off > 0) (discounts[place] as LineDiscount[]).push({ promotionId, amount: off as Minor });
      left[place] = (left[place] as number) - off;
    }
  }
  for (const [place, line] of pool.lines.entries()) {
    const total = left[place] as number;
    into.set(line.lineIndex, {
      discounts: discounts[place] as LineDiscount[],
      total,
      giftUnits: 0,
      unitGroups: oneGroup(line.size, total),
    });
  }
}

function oneGroup(quantity: number, total: number): UnitGroup[] {
  const unitPrice = multiplyRoundHalfUp(total, 1000, quantity) as Minor;
  return [{ quantity: quantity as Quantity, unitPrice, total: total as Minor }];
}

/** Groups of the units from `start` to `end`: the dearer, the cheaper, the free. */
function groupsOf(start: number, end: number, money: number, paid: number): UnitGroup[] {
  const low = paid === 0 ? 0 : Math.floor(money / paid);
  const dear = paid === 0 ? 0 : money - low * paid;
  const groups: UnitGroup[] = [];
  pushGroup(groups, Math.min(end, dear) - start, low + 1);
  pushGroup(groups, Math.min(end, paid) - Math.max(start, dear), low);
  pushGroup(groups, end - Math.max(start, paid), 0);
  return groups;
}

function pushGroup(groups: UnitGroup[], units: number, price: number): void {
  if (units <= 0) return;
  groups.push({
    quantity: (units * 1000) as Quantity,
    unitPrice: price as Minor,
    total: (units * price) as Minor,
  });
}

function lineOf(read: ReadLine, money: LineMoney | undefined): OpenLine {
  const { lineIndex, line, offer, quantity, gross, problem, notices } = read;
  const total = money?.total ?? gross;
  return {
    lineIndex,
    offerId: offer?.id ?? line.offerId,
    name: offer?.name ?? null,
    price: offer?.price ?? (0 as Minor),
    quantity,
    gross: gross as Minor,
    discount: (gross - total) as Minor,
    total: total as Minor,
    giftUnits: money?.giftUnits ?? 0,
    discounts: money?.discounts ?? [],
    unitGroups: money?.unitGroups ?? (gross === 0 ? [] : listGroups(read)),
    selected: line.selected,
    isCounted: isCounted(read),
    problem,
    notices,
    points: null,
  };
}

function listGroups({ offer, quantity, gross }: ReadLine): UnitGroup[] {
  const isFractional = offer !== null && offer.step !== null;
  return isFractional ? oneGroup(quantity, gross) : groupsOf(0, quantity / 1000, gross, quantity / 1000);
}

function giftLine({ slot, offer, quantity, worth }: GivenGift): OpenLine {
  return {
    lineIndex: null,
    offerId: offer.id,
    name: offer.name,
    price: offer.price,
    quantity,
    gross: worth,
    discount: worth,
    total: 0 as Minor,
    giftUnits: quantity / 1000,
    discounts: [{ promotionId: slot.rule.id, amount: worth }],
    unitGroups: [{ quantity, unitPrice: 0 as Minor, total: 0 as Minor }],
    selected: true,
    isCounted: true,
    problem: null,
    notices: [],
    points: null,
  };
}
