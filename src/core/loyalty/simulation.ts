// What a programme would have cost over orders that were placed: points earned, spent at most, ended, and owed at the end.
import type { Instant } from "../basics/index.ts";
import { allocateInto, type Minor, minor, multiplyRoundDown, type Points, points } from "../money/index.ts";
import { type LoyaltyTerms, lotTimes } from "./terms.ts";

/** The terms that cost money; a compiled programme has them. Amounts in kopecks, shares in basis points. */
export interface SimulatedTerms extends LoyaltyTerms {
  readonly earnBps: number;
  readonly earnBpsByTier: Readonly<Record<string, number>>;
  readonly earnNetOfPoints: boolean;
  readonly lineSpendBps: number;
  readonly orderSpendBps: number;
  readonly minimumOrderMinor: number;
  readonly lowestUnitPriceMinor: number;
  readonly pointValueMinor: number;
}

/** A line as it was sold. */
export interface SimulatedLine {
  /** What it cost after discounts, points not deducted. */
  readonly total: Minor;
  /** Units that the lowest unit price holds for, 0 or more. */
  readonly units: number;
}

/** An order of a known customer. */
export interface SimulatedOrder {
  readonly customerId: string;
  readonly tier: string | null;
  readonly at: Instant;
  readonly lines: readonly SimulatedLine[];
}

/** What a programme comes to. Earned is always spent, ended and owed together. */
export interface ProgrammeCost {
  readonly earned: Points;
  /** If everybody pays with all the points that they have and the terms allow. */
  readonly spent: Points;
  /** What nobody spent in time. */
  readonly ended: Points;
  /** What customers still have at the end, pending or not. */
  readonly owed: Points;
  readonly earnedMinor: Minor;
  readonly spentMinor: Minor;
  readonly owedMinor: Minor;
}

/** Points that came together: they are used in the order in which they came, which is the order in which they end. */
interface OpenLot {
  left: number;
  readonly activeFrom: number;
  readonly expiresAt: number | null;
}

/**
 * Lets everybody begin with nothing, earn by `terms` and spend whatever they may. `orders` ascend by time; points are earned at
 * placement, and whatever promotions give or forbid is left out, so that two programmes differ by nothing but their terms.
 */
export function simulateProgramme(
  orders: Iterable<SimulatedOrder>,
  terms: SimulatedTerms,
  until: Instant,
): ProgrammeCost {
  const lotsOf = new Map<string, OpenLot[]>();
  let [earned, spent, ended, owed] = [0, 0, 0, 0];
  for (const order of orders) {
    const lots = lotsOf.get(order.customerId) ?? [];
    lotsOf.set(order.customerId, lots);
    const may = spendableOf(order, terms);
    const spending = draw(lots, mostOf(order, may, terms), order.at);
    const coming = earnedBy(order, may, spending, terms);
    if (coming > 0) lots.push({ left: coming, ...lotTimes(terms, order.at) });
    spent += spending;
    earned += coming;
  }
  for (const lots of lotsOf.values()) {
    for (const { left, expiresAt } of lots) {
      if (expiresAt !== null && expiresAt <= until) ended += left;
      else owed += left;
    }
  }
  const worth = (count: number): Minor => minor(count * terms.pointValueMinor);
  return {
    earned: points(earned),
    spent: points(spent),
    ended: points(ended),
    owed: points(owed),
    earnedMinor: worth(earned),
    spentMinor: worth(spent),
    owedMinor: worth(owed),
  };
}

/** Most points of each line. */
function spendableOf({ lines }: SimulatedOrder, terms: SimulatedTerms): number[] {
  return lines.map(({ total, units }) => {
    const share = multiplyRoundDown(total, terms.lineSpendBps, 10_000);
    const room = total - units * terms.lowestUnitPriceMinor;
    return Math.floor(Math.max(0, Math.min(share, room)) / terms.pointValueMinor);
  });
}

/** Most points of the order. */
function mostOf({ lines }: SimulatedOrder, may: readonly number[], terms: SimulatedTerms): number {
  const total = lines.reduce((sum, line) => sum + line.total, 0);
  if (total < terms.minimumOrderMinor) return 0;
  const ofLines = may.reduce((sum, points) => sum + points, 0);
  const ofOrder = multiplyRoundDown(total, terms.orderSpendBps, 10_000) / terms.pointValueMinor;
  return Math.min(ofLines, Math.floor(ofOrder));
}

/** Takes up to `most` points that are active at `at`; gives how many there were. */
function draw(lots: readonly OpenLot[], most: number, at: number): number {
  let taken = 0;
  for (const lot of lots) {
    if (taken === most || lot.activeFrom > at) break;
    if (lot.expiresAt !== null && lot.expiresAt <= at) continue;
    const some = Math.min(lot.left, most - taken);
    lot.left -= some;
    taken += some;
  }
  return taken;
}

/** Points that the order brings. */
function earnedBy(
  { lines, tier }: SimulatedOrder,
  may: readonly number[],
  spending: number,
  terms: SimulatedTerms,
): number {
  const { earnBpsByTier, pointValueMinor } = terms;
  const ofTier = tier !== null && Object.hasOwn(earnBpsByTier, tier) ? earnBpsByTier[tier] : undefined;
  const paying: number[] = lines.map(() => 0);
  if (terms.earnNetOfPoints && spending > 0) allocateInto(spending, may, may, paying);
  return lines.reduce((sum, { total }, index) => {
    const base = total - (paying[index] as number) * pointValueMinor;
    return sum + Math.floor(multiplyRoundDown(base, ofTier ?? terms.earnBps, 10_000) / pointValueMinor);
  }, 0);
}
