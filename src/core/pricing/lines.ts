// From pools back to lines: what each line costs, unit group by unit group, and what each promotion took off it.
import { allocateInto, type Minor, multiplyRoundHalfUp, type Quantity } from "../money/index.ts";
import type { GivenGift } from "./gifts.ts";
import { type Ledger, unitsBetween } from "./ledger-of-units.ts";
import type { LineDiscount, QuoteLine, UnitGroup } from "./quote.ts";
import { isCounted, type ReadLine } from "./reading.ts";
import { rowOf } from "./row.ts";
import type { Pool, Situation } from "./situation.ts";
import type { Slot } from "./slot.ts";

/** A line under construction: the same fields, open until points and hints are known. */
export type OpenLine = { -readonly [Key in keyof QuoteLine]: QuoteLine[Key] };

/** What one promotion gave, line by line. */
export interface Part {
  readonly lines: { readonly line: number; readonly amount: Minor }[];
  amount: number;
  gifts: number;
}

/** The lines of a quote, and by slot what each promotion gave to them; null: nothing. */
export interface BuiltLines {
  readonly lines: OpenLine[];
  readonly parts: readonly (Part | null)[];
}

/**
 * What promotions took, pool by pool, in the order of application: pool p has the entries from starts[p] to
 * starts[p + 1], each the index of a slot and the pool's place in that slot's goods. Flat, since a large cart has
 * thousands of entries and an object for each cost more than the sums (November 2026).
 */
interface Takings {
  readonly starts: readonly number[];
  readonly owners: readonly number[];
  readonly places: readonly number[];
}

/** What one line of several of its pool gets; `owners`: the slots of its discounts. */
interface Share {
  readonly discounts: LineDiscount[];
  readonly owners: number[];
  readonly total: number;
  readonly giftUnits: number;
  readonly unitGroups: readonly UnitGroup[];
}

/** All that lines are made of. */
interface Making {
  readonly situation: Situation;
  readonly slots: readonly Slot[];
  readonly ledger: Ledger;
  readonly takings: Takings;
  readonly parts: (Part | null)[];
}

const NO_POOL = -1;

/** Lines in the order of the cart, gifts after them. The ledger must hold the final trial. */
export function buildLines(
  reads: readonly ReadLine[],
  situation: Situation,
  slots: readonly Slot[],
  ledger: Ledger,
  gifts: readonly GivenGift[],
): BuiltLines {
  const { pools } = situation;
  const parts = new Array<Part | null>(slots.length).fill(null);
  const making: Making = { situation, slots, ledger, takings: takingsOf(pools.length, slots), parts };
  const poolAt = rowOf(situation.cart.lines.length, NO_POOL);
  let shares: Map<number, Share> | null = null;
  for (let index = 0; index < pools.length; index += 1) {
    const own = (pools[index] as Pool).lines;
    for (let place = 0; place < own.length; place += 1) poolAt[own[place]?.lineIndex as number] = index;
    if (own.length === 1) continue;
    shares ??= new Map();
    sharePool(index, making, shares);
  }
  const lines: OpenLine[] = [];
  for (let place = 0; place < reads.length; place += 1) {
    const read = reads[place] as ReadLine;
    const index = poolAt[read.lineIndex] as number;
    const share = shares?.get(read.lineIndex);
    if (share !== undefined) lines.push(sharedLine(read, share, place, making));
    else lines.push(index === NO_POOL ? idleLine(read) : wholeLine(read, index, place, making));
  }
  for (const gift of gifts) lines.push(giftLine(gift, lines.length, making));
  return { lines, parts };
}

function takingsOf(size: number, slots: readonly Slot[]): Takings {
  const starts = rowOf(size + 1);
  for (let owner = 0; owner < slots.length; owner += 1) {
    const { isIn, amount, goods, given } = slots[owner] as Slot;
    if (!isIn || amount === 0) continue;
    for (let place = 0; place < goods.length; place += 1) {
      const pool = goods[place] as number;
      if (given[place] !== 0) starts[pool + 1] = (starts[pool + 1] as number) + 1;
    }
  }
  for (let pool = 0; pool < size; pool += 1)
    starts[pool + 1] = (starts[pool + 1] as number) + (starts[pool] as number);
  const next = starts.slice();
  const owners = rowOf(starts[size] as number);
  const places = rowOf(starts[size] as number);
  for (let owner = 0; owner < slots.length; owner += 1) {
    const { isIn, amount, goods, given } = slots[owner] as Slot;
    if (!isIn || amount === 0) continue;
    for (let place = 0; place < goods.length; place += 1) {
      if (given[place] === 0) continue;
      const at = next[goods[place] as number] as number;
      owners[at] = owner;
      places[at] = place;
      next[goods[place] as number] = at + 1;
    }
  }
  return { starts, owners, places };
}

/** The only line of its pool. */
function wholeLine(read: ReadLine, index: number, line: number, making: Making): OpenLine {
  const { situation, slots, ledger, takings, parts } = making;
  const { isFractional, quantity, units } = situation.pools[index] as Pool;
  const { starts, owners, places } = takings;
  const start = starts[index] as number;
  const end = starts[index + 1] as number;
  const discounts = new Array<LineDiscount>(end - start);
  for (let entry = start; entry < end; entry += 1) {
    const owner = owners[entry] as number;
    const { rule, given } = slots[owner] as Slot;
    const amount = given[places[entry] as number] as Minor;
    discounts[entry - start] = { promotionId: rule.id, amount };
    note(parts, owner, line, amount);
  }
  const money = ledger.money[index] as number;
  const paid = ledger.paid[index] as number;
  const groups = isFractional ? oneGroup(quantity, money) : groupsOf(0, units, money, paid);
  return openLine(read, money, units - paid, discounts, groups);
}

function sharedLine(read: ReadLine, share: Share, line: number, { parts }: Making): OpenLine {
  const { discounts, owners, total, giftUnits, unitGroups } = share;
  for (let place = 0; place < owners.length; place += 1)
    note(parts, owners[place] as number, line, (discounts[place] as LineDiscount).amount);
  return openLine(read, total, giftUnits, discounts, unitGroups);
}

/** A line that no promotion looks at: not ticked, or not to be bought. */
function idleLine(read: ReadLine): OpenLine {
  const { gross, offer, quantity } = read;
  const isFractional = offer !== null && offer.step !== null;
  const units = quantity / 1000;
  const groups = isFractional ? oneGroup(quantity, gross) : groupsOf(0, units, gross, units);
  return openLine(read, gross, 0, [], gross === 0 ? [] : groups);
}

/** Notes in the slot's part that it took `amount` off the line. */
function note(parts: (Part | null)[], owner: number, line: number, amount: Minor): Part {
  const known = parts[owner] as Part | null;
  if (known !== null) {
    known.lines.push({ line, amount });
    known.amount += amount;
    return known;
  }
  const part: Part = { lines: [{ line, amount }], amount, gifts: 0 };
  parts[owner] = part;
  return part;
}

function sharePool(index: number, making: Making, into: Map<number, Share>): void {
  if ((making.situation.pools[index] as Pool).isFractional) shareByWeight(index, making, into);
  else shareByUnits(index, making, into);
}

/** Lines take consecutive units: extra kopecks fall to the first, free units to the last, whatever the lines' order. */
function shareByUnits(index: number, making: Making, into: Map<number, Share>): void {
  const { situation, slots, ledger, takings } = making;
  const pool = situation.pools[index] as Pool;
  const money = ledger.money[index] as number;
  const paid = ledger.paid[index] as number;
  let start = 0;
  for (const { lineIndex, size } of pool.lines) {
    const end = start + size;
    const discounts: LineDiscount[] = [];
    const owners: number[] = [];
    let before = { money: pool.gross, paid: pool.units };
    for (
      let entry = takings.starts[index] as number;
      entry < (takings.starts[index + 1] as number);
      entry += 1
    ) {
      const owner = takings.owners[entry] as number;
      const place = takings.places[entry] as number;
      const { rule, given, freed } = slots[owner] as Slot;
      const after = {
        money: before.money - (given[place] as number),
        paid: before.paid - (freed[place] as number),
      };
      const off =
        unitsBetween(start, end, before.money, before.paid) -
        unitsBetween(start, end, after.money, after.paid);
      if (off > 0) {
        discounts.push({ promotionId: rule.id, amount: off as Minor });
        owners.push(owner);
      }
      before = after;
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
function shareByWeight(index: number, { situation, slots, takings }: Making, into: Map<number, Share>): void {
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

function oneGroup(quantity: number, total: number): UnitGroup[] {
  const unitPrice = multiplyRoundHalfUp(total, 1000, quantity) as Minor;
  return [{ quantity: quantity as Quantity, unitPrice, total: total as Minor }];
}

/** Groups of the units from `start` to `end`: the dearer, the cheaper, the free. */
function groupsOf(start: number, end: number, money: number, paid: number): UnitGroup[] {
  const low = paid === 0 ? 0 : Math.floor(money / paid);
  const dear = paid === 0 ? 0 : money - low * paid;
  // Nearly always all units cost the same.
  if (start >= dear && end <= paid && start < end) return [groupOf(end - start, low)];
  const groups: UnitGroup[] = [];
  const dearer = Math.min(end, dear) - start;
  if (dearer > 0) groups.push(groupOf(dearer, low + 1));
  const cheaper = Math.min(end, paid) - Math.max(start, dear);
  if (cheaper > 0) groups.push(groupOf(cheaper, low));
  const free = end - Math.max(start, paid);
  if (free > 0) groups.push(groupOf(free, 0));
  return groups;
}

function groupOf(units: number, price: number): UnitGroup {
  return {
    quantity: (units * 1000) as Quantity,
    unitPrice: price as Minor,
    total: (units * price) as Minor,
  };
}

function openLine(
  read: ReadLine,
  total: number,
  giftUnits: number,
  discounts: readonly LineDiscount[],
  unitGroups: readonly UnitGroup[],
): OpenLine {
  const { lineIndex, line, offer, quantity, gross, problem, notices } = read;
  return {
    lineIndex,
    offerId: offer?.id ?? line.offerId,
    name: offer?.name ?? null,
    price: offer?.price ?? (0 as Minor),
    quantity,
    gross: gross as Minor,
    discount: (gross - total) as Minor,
    total: total as Minor,
    giftUnits,
    discounts,
    unitGroups,
    selected: line.selected,
    isCounted: isCounted(read),
    problem,
    notices,
    points: null,
  };
}

function giftLine(
  { slot, offer, quantity, worth }: GivenGift,
  line: number,
  { slots, parts }: Making,
): OpenLine {
  note(parts, slots.indexOf(slot), line, worth).gifts += quantity / 1000;
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
