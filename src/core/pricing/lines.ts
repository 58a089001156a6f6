// From pools back to lines: what each line costs, unit group by unit group, and what each promotion took off it.
import type { Minor } from "../money/index.ts";
import type { GivenGift } from "./gifts.ts";
import type { Ledger } from "./ledger-of-units.ts";
import type { LineDiscount, QuoteLine, UnitGroup } from "./quote.ts";
import { isCounted, type ReadLine } from "./reading.ts";
import { rowOf } from "./row.ts";
import { type Share, type SharingParts, sharePool } from "./shared-lines.ts";
import type { Pool, Situation } from "./situation.ts";
import type { Slot } from "./slot.ts";
import { takingsOf } from "./takings.ts";
import { groupsOf, oneGroup } from "./unit-groups.ts";

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

/** All that lines are made of. */
interface Making extends SharingParts {
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
  // What costs nothing may also be nothing: a quantity that could not be read.
  if (gross === 0) return openLine(read, 0, 0, [], []);
  const isFractional = offer !== null && offer.step !== null;
  const units = quantity / 1000;
  const groups = isFractional ? oneGroup(quantity, gross) : groupsOf(0, units, gross, units);
  return openLine(read, gross, 0, [], groups);
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
