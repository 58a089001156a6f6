// Loyalty points of a quote: what may be spent and what will be earned, per offer first, then down to lines.
import { allocateInto, multiplyRoundDown, type Points } from "../money/index.ts";
import { floorOf, type Ledger } from "./ledger-of-units.ts";
import type { OpenLine } from "./lines.ts";
import type { Programme } from "./programme.ts";
import type { Quote } from "./quote.ts";
import { rowOf } from "./row.ts";
import type { Pool, PooledLine, Situation } from "./situation.ts";
import type { Slot } from "./slot.ts";

/** Writes the points of every counted line and gives those of the order; null without a programme. */
export function countPoints(
  lines: readonly OpenLine[],
  situation: Situation,
  slots: readonly Slot[],
  ledger: Ledger,
): Quote["points"] {
  const { programme, customer } = situation.facts;
  if (programme === null) return null;
  const applied = slots.filter((slot) => slot.isIn);
  const size = situation.pools.length;
  const may = rowOf(size);
  const maySpend =
    applied.every(({ rule }) => rule.maySpendPoints) && customer !== null ? customer.balance : 0;
  const total = ledger.money.reduce((sum, money) => sum + money, 0);
  let sum = 0;
  if (maySpend > 0 && total >= programme.minimumOrderMinor) {
    for (let index = 0; index < size; index += 1) {
      may[index] = spendable(
        situation.pools[index] as Pool,
        ledger.money[index] as number,
        ledger.paid[index] as number,
        programme,
      );
      sum += may[index] as number;
    }
  }
  const ofOrder = Math.floor(
    multiplyRoundDown(total, programme.orderSpendBps, 10_000) / programme.pointValueMinor,
  );
  const order = Math.min(maySpend, sum, ofOrder);
  const spending = Math.min(situation.cart.pointsToSpend, order);
  const earned = earnings(situation, applied, ledger, spending, may, programme);
  writeLines(lines, situation, may, earned, maySpend);
  const willEarn = earned.reduce((all, points) => all + points, 0);
  return { maySpend: order as Points, willEarn: willEarn as Points, spending: spending as Points };
}

function spendable(pool: Pool, money: number, paid: number, programme: Programme): number {
  if (!pool.offer.usePoints) return 0;
  const share = multiplyRoundDown(money, programme.lineSpendBps, 10_000);
  const room = money - floorOf(pool, paid, programme.lowestUnitPriceMinor);
  return Math.floor(Math.max(0, Math.min(share, room)) / programme.pointValueMinor);
}

function earnings(
  situation: Situation,
  applied: readonly Slot[],
  ledger: Ledger,
  spending: number,
  may: number[],
  programme: Programme,
): number[] {
  const size = situation.pools.length;
  const earned = rowOf(size);
  if (!applied.every(({ rule }) => rule.earnsPoints)) return earned;
  const paying = rowOf(size);
  if (programme.earnNetOfPoints && spending > 0) allocateInto(spending, may, may, paying);
  const tier = situation.facts.customer?.tier ?? null;
  const ofTier =
    tier !== null && Object.hasOwn(programme.earnBpsByTier, tier) ? programme.earnBpsByTier[tier] : undefined;
  const bps = ofTier ?? programme.earnBps;
  const times = rowOf(size, 10_000);
  for (const { rule, goods } of applied) {
    if (rule.earnTimesBps === 10_000) continue;
    for (const pool of goods)
      times[pool] = multiplyRoundDown(times[pool] as number, rule.earnTimesBps, 10_000);
  }
  for (let index = 0; index < size; index += 1) {
    const base = (ledger.money[index] as number) - (paying[index] as number) * programme.pointValueMinor;
    const share = multiplyRoundDown(base, bps * (times[index] as number), 100_000_000);
    earned[index] = Math.floor(share / programme.pointValueMinor);
  }
  addExtras(applied, ledger, earned);
  return earned;
}

/** Extra points of a promotion fall on its goods by what they cost. */
function addExtras(applied: readonly Slot[], ledger: Ledger, earned: number[]): void {
  for (const { rule, goods } of applied) {
    if (rule.extraPoints === 0) continue;
    const weights = goods.map((pool) => ledger.money[pool] as number);
    const shares = shareOut(rule.extraPoints, weights);
    for (const [place, pool] of goods.entries())
      earned[pool] = (earned[pool] as number) + (shares[place] as number);
  }
}

function writeLines(
  lines: readonly OpenLine[],
  { pools, cart }: Situation,
  may: number[],
  earned: number[],
  balance: number,
): void {
  const nothing = pointsOf(0, 0);
  const placeOf = rowOf(cart.lines.length);
  for (let place = 0; place < lines.length; place += 1) {
    const line = lines[place] as OpenLine;
    if (line.isCounted) line.points = nothing;
    if (line.lineIndex !== null) placeOf[line.lineIndex] = place;
  }
  const lineOf = ({ lineIndex }: PooledLine): OpenLine => lines[placeOf[lineIndex] as number] as OpenLine;
  for (let index = 0; index < pools.length; index += 1) {
    const { lines: own } = pools[index] as Pool;
    const spend = Math.min(balance, may[index] as number);
    const earn = earned[index] as number;
    if (own.length === 1) {
      lineOf(own[0] as PooledLine).points = pointsOf(spend, earn);
      continue;
    }
    const totals = own.map((line) => lineOf(line).total as number);
    const spends = shareOut(spend, totals);
    const earns = shareOut(earn, totals);
    for (const [place, line] of own.entries())
      lineOf(line).points = pointsOf(spends[place] as number, earns[place] as number);
  }
}

function pointsOf(maySpend: number, willEarn: number): NonNullable<OpenLine["points"]> {
  return { maySpend: maySpend as Points, willEarn: willEarn as Points };
}

/** Points by weight, uncapped: a part may get more points than it has kopecks of weight. */
function shareOut(points: number, weights: number[]): number[] {
  const shares = rowOf(weights.length);
  allocateInto(points, weights, rowOf(weights.length, points), shares);
  return shares;
}
