// What every unit of an order cost, fixed once at placement: returns go by it, whatever the rules say later.
import { assert } from "../basics/index.ts";
import {
  allocate,
  type Minor,
  minor,
  multiplyRoundDown,
  ONE_UNIT,
  type Points,
  points,
  type Quantity,
  total,
} from "../money/index.ts";
import type { Quote, QuoteLine } from "../pricing/index.ts";

/** Units that are alike to the kopeck and the point. Of a weighed line there is one run of one unit: the whole quantity. */
export interface UnitRun {
  /** How many units. */
  readonly count: number;
  /** What one costs after discounts, before points. */
  readonly price: Minor;
  /** The part of the price that points pay. */
  readonly byPoints: Minor;
  readonly spent: Points;
  /** Points that one brings. */
  readonly earned: Points;
}

/** A line of an order as it was sold. */
export interface FrozenLine {
  /** Position in the cart that was priced; null: a gift that the engine added. */
  readonly lineIndex: number | null;
  readonly offerId: string;
  readonly name: string;
  /** List price of one whole unit. */
  readonly price: Minor;
  readonly quantity: Quantity;
  readonly gross: Minor;
  readonly discount: Minor;
  readonly total: Minor;
  readonly giftUnits: number;
  readonly discounts: readonly { readonly promotionId: string; readonly amount: Minor }[];
  /** Returned by weight and not by unit. */
  readonly isWeighed: boolean;
  readonly byPoints: Minor;
  readonly spent: Points;
  readonly earned: Points;
  /** The dearest units first. */
  readonly runs: readonly UnitRun[];
}

/** The counted lines of a quote and their sums. */
export interface FrozenOrder {
  readonly lines: readonly FrozenLine[];
  readonly gross: Minor;
  readonly discount: Minor;
  readonly total: Minor;
  /** The part of the total that points pay. */
  readonly byPoints: Minor;
  readonly spent: Points;
  readonly earned: Points;
}

/** What the quote alone does not say. */
export interface FrozenTerms {
  /** Points that really pay: the hold; at most what the lines may take. */
  readonly spending: Points;
  /** What one point is worth. */
  readonly pointValue: Minor;
  isWeighed(offerId: string): boolean;
}

/**
 * Freezes the counted lines of `quote`. Points go over lines by what each may take and over units by what each costs,
 * largest remainders first; so every sum of parts is the whole, and no unit is paid with more than it costs.
 */
export function freezeOrder(quote: Quote, terms: FrozenTerms): FrozenOrder {
  const counted = quote.lines.filter((line) => line.isCounted && line.offerId !== null && line.quantity > 0);
  const spent = allocatePoints(
    terms.spending,
    counted.map((line) => roomOf(line, terms.pointValue)),
  );
  const earned = allocatePoints(
    quote.points?.willEarn ?? 0,
    counted.map((line) => line.points?.willEarn ?? 0),
  );
  const lines = counted.map((line, index) =>
    freezeLine(line, spent[index] as number, earned[index] as number, terms),
  );
  const sum = (read: (line: FrozenLine) => number): number =>
    lines.reduce((all, line) => all + read(line), 0);
  return {
    lines,
    gross: total(lines.map((line) => line.gross)),
    discount: total(lines.map((line) => line.discount)),
    total: total(lines.map((line) => line.total)),
    byPoints: total(lines.map((line) => line.byPoints)),
    spent: points(sum((line) => line.spent)),
    earned: points(sum((line) => line.earned)),
  };
}

/** Most points that may pay for a line: what the programme allows, and never more than it costs. */
function roomOf(line: QuoteLine, pointValue: Minor): number {
  return Math.min(line.points?.maySpend ?? 0, Math.floor(line.total / pointValue));
}

/** Splits a number of points over parts, none of which takes more than its own. */
function allocatePoints(count: number, rooms: readonly number[]): number[] {
  return allocate(
    minor(count),
    rooms.map((room) => ({ weight: room })),
  );
}

function freezeLine(line: QuoteLine, spent: number, earned: number, terms: FrozenTerms): FrozenLine {
  const offerId = line.offerId as string;
  const isWeighed = terms.isWeighed(offerId) || line.quantity % ONE_UNIT !== 0;
  const byPoints = minor(spent * terms.pointValue);
  const groups = isWeighed ? [{ count: 1, total: line.total as number }] : groupsOf(line);
  return {
    lineIndex: line.lineIndex,
    offerId,
    name: line.name ?? offerId,
    price: line.price,
    quantity: line.quantity,
    gross: line.gross,
    discount: line.discount,
    total: line.total,
    giftUnits: line.giftUnits,
    discounts: line.discounts.map(({ promotionId, amount }) => ({ promotionId, amount })),
    isWeighed,
    byPoints,
    spent: points(spent),
    earned: points(earned),
    runs: runsOf(groups, byPoints, spent, earned),
  };
}

interface Group {
  readonly count: number;
  readonly total: number;
}

function groupsOf(line: QuoteLine): Group[] {
  const groups = line.unitGroups.map((group) => ({ count: group.quantity / ONE_UNIT, total: group.total }));
  const sum = groups.reduce((all, group) => all + group.total, 0);
  const count = groups.reduce((all, group) => all + group.count, 0);
  assert(
    sum === line.total && count * ONE_UNIT === line.quantity && groups.every(isEven),
    "unit groups sum to their line",
  );
  return groups.sort((left, right) => right.total / right.count - left.total / left.count);
}

function isEven({ count, total: sum }: Group): boolean {
  return Number.isInteger(count) && count > 0 && sum % count === 0;
}

function runsOf(groups: readonly Group[], byPoints: Minor, spent: number, earned: number): UnitRun[] {
  const paid = allocate(
    byPoints,
    groups.map((group) => ({ weight: group.total })),
  );
  const spentBy = byWeight(spent, paid, groups);
  const net = groups.map((group, index) => group.total - (paid[index] as number));
  const earnedBy = byWeight(earned, net, groups);
  return groups.flatMap((group, index) =>
    evenRuns(group, paid[index] as number, spentBy[index] as number, earnedBy[index] as number),
  );
}

/** Points have no bound of their own below the line: they follow the money, or the units where there is none. */
function byWeight(count: number, weights: readonly number[], groups: readonly Group[]): number[] {
  const isFree = weights.every((weight) => weight === 0);
  const parts = weights.map((weight, index) => ({
    weight: isFree ? (groups[index] as Group).count : weight,
    cap: count,
  }));
  return allocate(minor(count), parts);
}

/** Units of one price: what does not divide evenly goes to the first of them. */
function evenRuns(group: Group, paid: number, spent: number, earned: number): UnitRun[] {
  const { count } = group;
  const rests = [paid % count, spent % count, earned % count] as const;
  const cuts = [...new Set([0, ...rests, count])].sort((left, right) => left - right);
  return cuts.slice(0, -1).map((start, index) => ({
    count: (cuts[index + 1] as number) - start,
    price: minor(group.total / count),
    byPoints: minor(Math.floor(paid / count) + (start < rests[0] ? 1 : 0)),
    spent: points(Math.floor(spent / count) + (start < rests[1] ? 1 : 0)),
    earned: points(Math.floor(earned / count) + (start < rests[2] ? 1 : 0)),
  }));
}

/** What `part` of a weighed whole comes to, cumulatively from the first gram. */
export function weighedShare(whole: number, part: number, quantity: number): number {
  return multiplyRoundDown(whole, part, quantity);
}
