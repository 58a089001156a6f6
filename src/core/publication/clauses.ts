// Conditions in a form that can be reasoned about: alternatives, each a plain list of demands that must all be met.
import { AuthoredReader, type Condition, type CustomerCondition, type Zone } from "../pricing/index.ts";
import type { GoodsBook, GoodsSet } from "./catalogue.ts";

/** Bounds, both inclusive, in kopecks, thousandths or counts. */
export interface Span {
  readonly least: number;
  readonly most: number;
}

/** What is counted of goods: list money, money before the layer, thousandths of units, different offers. */
export type Measure = "list" | "left" | "quantity" | "distinct";

/** Where a cart comes from or goes to: one value, or none. */
export type Place = "channels" | "outlets" | "employees" | "delivery" | "payment" | "pickupPoints";

/** One demand. `is: false` turns it round where that cannot be written as bounds. */
export type Demand = { readonly path: string; readonly is: boolean } & (
  | { readonly kind: "goods"; readonly measure: Measure; readonly of: GoodsSet; readonly span: Span }
  | { readonly kind: "known" }
  | { readonly kind: "segments"; readonly wanted: readonly string[] }
  | { readonly kind: "tiers"; readonly wanted: readonly string[] }
  | { readonly kind: "birthday"; readonly before: number; readonly after: number }
  /** `span: null`: the number is not known. */
  | { readonly kind: "orderNumber"; readonly span: Span | null }
  | { readonly kind: "spent"; readonly days: number; readonly span: Span }
  | { readonly kind: "place"; readonly place: Place; readonly wanted: readonly string[] }
  | { readonly kind: "cities"; readonly cities: Cities }
  | { readonly kind: "earlyAccess"; readonly wanted: boolean }
  | { readonly kind: "weekdays"; readonly wanted: readonly number[] }
  /** Parts of the day in minutes, end exclusive; from above to goes over midnight. */
  | { readonly kind: "hours"; readonly spans: readonly { readonly from: number; readonly to: number }[] }
  | { readonly kind: "dates"; readonly from: number; readonly until: number }
  /** A kind that the gate cannot reason about: never a contradiction. */
  | { readonly kind: "other" }
);

/** One demand of a kind. */
export type DemandOf<Kind extends Demand["kind"]> = Extract<Demand, { kind: Kind }>;

type Cities = Extract<Condition, { cities: unknown }>["cities"];

/** Demands that must all be met. */
export type Clause = readonly Demand[];

/** Alternatives that are followed at most; beyond, nothing is claimed. */
export const MOST_CLAUSES = 128;

/** What reading conditions needs. */
export interface Reading {
  readonly zone: Zone;
  readonly goods: GoodsBook;
}

/** The alternatives of which one must hold; null when there are too many to follow. */
export function clausesOf(
  conditions: readonly { readonly condition: Condition; readonly path: string }[],
  reading: Reading,
): readonly Clause[] | null {
  return conjunction(conditions.map(({ condition, path }) => alternatives(condition, true, path, reading)));
}

/** Every way to take one alternative of each. */
export function conjunction(parts: readonly (readonly Clause[] | null)[]): readonly Clause[] | null {
  let result: readonly Clause[] = [[]];
  for (const part of parts) {
    if (part === null || result.length * part.length > MOST_CLAUSES) return null;
    result = result.flatMap((left) => part.map((right) => [...left, ...right]));
  }
  return result;
}

function disjunction(parts: readonly (readonly Clause[] | null)[]): readonly Clause[] | null {
  const result: Clause[] = [];
  for (const part of parts) {
    if (part === null || result.length + part.length > MOST_CLAUSES) return null;
    result.push(...part);
  }
  return result;
}

function alternatives(
  condition: Condition,
  is: boolean,
  path: string,
  reading: Reading,
): readonly Clause[] | null {
  if ("not" in condition) return alternatives(condition.not, !is, `${path}.not`, reading);
  if ("any" in condition || "all" in condition) {
    const isAny = "any" in condition;
    const [name, list] = isAny ? ["any", condition.any] : ["all", condition.all];
    const parts = list.map((each, index) => alternatives(each, is, `${path}.${name}[${index}]`, reading));
    return isAny === is ? disjunction(parts) : conjunction(parts);
  }
  if ("customer" in condition) return customer(condition.customer, is, `${path}.customer`, reading);
  return (
    measured(condition, is, path, reading) ??
    timed(condition, is, path, reading) ?? [[simple(condition, is, path)]]
  );
}

function measured(
  condition: Condition,
  is: boolean,
  path: string,
  reading: Reading,
): readonly Clause[] | null {
  const reader = new AuthoredReader(reading.zone);
  const clauses = (measure: Measure, of: GoodsSet, span: Span, at: string): readonly Clause[] =>
    sides(span, is).map((each) => [{ kind: "goods", measure, of, span: each, path: at, is: true }]);
  if ("sum" in condition) {
    const { sum } = condition;
    const span = spanOf(sum, (value) => reader.roubles(value, ""));
    return clauses(
      sum.measured === "list" ? "list" : "left",
      reading.goods.setOf(sum.of),
      span,
      `${path}.sum`,
    );
  }
  if ("quantity" in condition) {
    const span = spanOf(condition.quantity, (value) => reader.quantity(Number(value), ""));
    return clauses("quantity", reading.goods.setOf(condition.quantity.of), span, `${path}.quantity`);
  }
  if (!("distinctGoods" in condition)) return null;
  const span = spanOf(condition.distinctGoods, Number);
  return clauses("distinct", reading.goods.setOf(condition.distinctGoods.of), span, `${path}.distinctGoods`);
}

type Authored = { readonly atLeast?: number | string; readonly atMost?: number | string };

function spanOf({ atLeast, atMost }: Authored, read: (value: number | string) => number): Span {
  return {
    least: atLeast === undefined ? Number.NEGATIVE_INFINITY : read(atLeast),
    most: atMost === undefined ? Number.POSITIVE_INFINITY : read(atMost),
  };
}

/** The span itself, or what lies beside it; all measures are whole numbers. */
function sides(span: Span, is: boolean): readonly Span[] {
  if (is) return [span];
  const below: Span = { least: Number.NEGATIVE_INFINITY, most: span.least - 1 };
  const above: Span = { least: span.most + 1, most: Number.POSITIVE_INFINITY };
  return [
    ...(span.least === Number.NEGATIVE_INFINITY ? [] : [below]),
    ...(span.most === Number.POSITIVE_INFINITY ? [] : [above]),
  ];
}

/** A customer condition with more than `known` holds of known customers only. */
function customer(wanted: CustomerCondition, is: boolean, path: string, reading: Reading): readonly Clause[] {
  const isKnown = (value: boolean): Demand => ({ kind: "known", path, is: value });
  const parts = customerParts(wanted, path, reading);
  const { known } = wanted;
  if (is) {
    const clauses = conjunction(parts.map(({ met }) => met)) ?? [];
    const own = [
      ...(known === undefined ? [] : [isKnown(known)]),
      ...(parts.length === 0 ? [] : [isKnown(true)]),
    ];
    return clauses.map((clause) => [...own, ...clause]);
  }
  const result: Clause[] = known === undefined ? [] : [[isKnown(!known)]];
  if (parts.length > 0 && known !== true) result.push([isKnown(false)]);
  for (const { unmet } of parts) result.push(...unmet.map((clause) => [isKnown(true), ...clause]));
  return result;
}

interface Part {
  readonly met: readonly Clause[];
  readonly unmet: readonly Clause[];
}

function customerParts(
  { segments, tiers, birthday, orderNumber, spent }: CustomerCondition,
  path: string,
  { zone }: Reading,
): Part[] {
  const reader = new AuthoredReader(zone);
  const parts: Part[] = [];
  const plain = (make: (is: boolean) => Demand): void => {
    parts.push({ met: [[make(true)]], unmet: [[make(false)]] });
  };
  if (segments !== undefined)
    plain((is) => ({ kind: "segments", wanted: segments, path: `${path}.segments`, is }));
  if (tiers !== undefined) plain((is) => ({ kind: "tiers", wanted: tiers, path: `${path}.tiers`, is }));
  if (birthday !== undefined) {
    const { daysBefore: before, daysAfter: after } = birthday;
    plain((is) => ({ kind: "birthday", before, after, path: `${path}.birthday`, is }));
  }
  if (orderNumber !== undefined) {
    const make = (span: Span | null): Clause => [
      { kind: "orderNumber", span, path: `${path}.orderNumber`, is: true },
    ];
    const span = spanOf(orderNumber, Number);
    parts.push({ met: [make(span)], unmet: [...sides(span, false).map(make), make(null)] });
  }
  if (spent !== undefined) {
    const span = spanOf(spent, (value) => reader.roubles(value, ""));
    const make = (each: Span): Clause => [
      { kind: "spent", days: spent.days, span: each, path: `${path}.spent`, is: true },
    ];
    parts.push({ met: [make(span)], unmet: sides(span, false).map(make) });
  }
  return parts;
}

function timed(condition: Condition, is: boolean, path: string, { zone }: Reading): readonly Clause[] | null {
  if ("weekdays" in condition)
    return [[{ kind: "weekdays", wanted: condition.weekdays, path: `${path}.weekdays`, is }]];
  const reader = new AuthoredReader(zone);
  if ("hours" in condition) {
    const { from, to } = condition.hours;
    const span = { from: reader.minute(from, ""), to: reader.minute(to, "") };
    return [[{ kind: "hours", spans: [span], path: `${path}.hours`, is }]];
  }
  if (!("dates" in condition)) return null;
  const from =
    condition.dates.from === undefined ? Number.NEGATIVE_INFINITY : reader.moment(condition.dates.from, "");
  const until =
    condition.dates.until === undefined ? Number.POSITIVE_INFINITY : reader.moment(condition.dates.until, "");
  const make = (start: number, end: number): Clause => [
    { kind: "dates", from: start, until: end, path: `${path}.dates`, is: true },
  ];
  if (is) return [make(from, until)];
  return [make(Number.NEGATIVE_INFINITY, from), make(until, Number.POSITIVE_INFINITY)];
}

const PLACES: readonly Place[] = ["channels", "outlets", "employees", "delivery", "payment", "pickupPoints"];

function simple(condition: Condition, is: boolean, path: string): Demand {
  const loose = condition as Readonly<Record<string, unknown>>;
  const place = PLACES.find((each) => loose[each] !== undefined);
  if (place !== undefined)
    return { kind: "place", place, wanted: loose[place] as readonly string[], path: `${path}.${place}`, is };
  if ("cities" in condition) return { kind: "cities", cities: condition.cities, path: `${path}.cities`, is };
  if (!("earlyAccess" in condition)) return { kind: "other", path, is };
  return { kind: "earlyAccess", wanted: condition.earlyAccess, path: `${path}.earlyAccess`, is };
}
