// The one filter of the desk: conditions that must all hold, the same in lists, counts, numbers, exports, alerts and webhooks.
import type { DeskItem } from "./item.ts";

/** Fields that hold one word, and those that hold several. */
export const WORD_FIELDS = [
  "source",
  "branch",
  "customer",
  "tag",
  "topic",
  "state",
  "assignee",
  "answered",
  "cause",
  "appeal",
] as const;

/** Fields of whole numbers: stars; ms from taken to delivered; kopecks; days as yyyymmdd; ms UTC. */
export const RANGE_FIELDS = ["rating", "late", "total", "day", "received"] as const;

/** What an item may have. */
export const HAVINGS = [
  "comment",
  "preset",
  "rating",
  "branch",
  "dishes",
  "note",
  "promo",
  "tag",
  "topic",
] as const;

/** What an item may be. */
export const BEINGS = ["asked", "disputed", "refunded"] as const;

/** One of WORD_FIELDS. */
export type WordField = (typeof WORD_FIELDS)[number];
/** One of RANGE_FIELDS. */
export type RangeField = (typeof RANGE_FIELDS)[number];
/** One of HAVINGS. */
export type Having = (typeof HAVINGS)[number];
/** One of BEINGS. */
export type Being = (typeof BEINGS)[number];

/** What one condition asks. A field without a value answers no. */
export type FilterTest =
  /** One of the words is there; for fields with several, any. `null` among them: the field is empty. */
  | { readonly kind: "word"; readonly field: WordField; readonly anyOf: readonly (string | null)[] }
  /** From and to, both included; null is open. */
  | {
      readonly kind: "range";
      readonly field: RangeField;
      readonly from: number | null;
      readonly to: number | null;
    }
  | { readonly kind: "has"; readonly what: Having }
  | { readonly kind: "is"; readonly what: Being }
  /** Its clock ran out before this instant. */
  | { readonly kind: "overdue"; readonly at: number }
  /** By either number of the order. */
  | { readonly kind: "order"; readonly id: string }
  /** A dish with that id, or with these stems one after another in its name. */
  | { readonly kind: "dish"; readonly id: string; readonly stems: readonly string[] }
  /** These stems one after another among its words. */
  | { readonly kind: "words"; readonly stems: readonly string[] };

/** One condition. */
export interface Condition {
  readonly isNot: boolean;
  readonly test: FilterTest;
}

/** All must hold; none is everything. */
export type Filter = readonly Condition[];

/** Does the item pass? */
export function isMatch(filter: Filter, item: DeskItem): boolean {
  return filter.every(({ isNot, test }) => holds(test, item) !== isNot);
}

function holds(test: FilterTest, item: DeskItem): boolean {
  switch (test.kind) {
    case "word":
      return test.anyOf.some((word) =>
        word === null ? wordsOf(test.field, item).length === 0 : wordsOf(test.field, item).includes(word),
      );
    case "range":
      return isWithin(numberOf(test.field, item), test.from, test.to);
    case "has":
      return has(test.what, item);
    case "is":
      return is(test.what, item);
    case "overdue":
      return item.dueAt !== null && item.dueAt < test.at;
    case "order":
      return item.orderId === test.id || item.sourceOrderId === test.id;
    case "dish":
      return item.dishes.some((dish) => dish.id === test.id || containsStems(dish.stems, test.stems));
    case "words":
      return containsStems(item.stems, test.stems);
  }
}

/** Do these stems stand one after another in a text of stems? No stems are nowhere. */
export function containsStems(text: string, stems: readonly string[]): boolean {
  return stems.length > 0 && text.includes(` ${stems.join(" ")} `);
}

function wordsOf(field: WordField, item: DeskItem): readonly string[] {
  switch (field) {
    case "source":
      return [item.source];
    case "branch":
      return known(item.branchId);
    case "customer":
      return known(item.customerId);
    case "tag":
      return item.tags;
    case "topic":
      return item.topics;
    case "state":
      return [item.state];
    case "assignee":
      return known(item.assignee);
    case "answered":
      return [item.answer];
    case "cause":
      return known(item.cause);
    case "appeal":
      return [item.appeal];
  }
}

function numberOf(field: RangeField, item: DeskItem): number | null {
  switch (field) {
    case "rating":
      return item.rating;
    case "late":
      return item.lateMs;
    case "total":
      return item.totalMinor;
    case "day":
      return item.day;
    case "received":
      return item.receivedAt;
  }
}

function has(what: Having, item: DeskItem): boolean {
  switch (what) {
    case "comment":
      return item.comment !== null;
    case "preset":
      return item.preset !== null;
    case "rating":
      return item.rating !== null;
    case "branch":
      return item.branchId !== null;
    case "dishes":
      return item.dishes.length > 0;
    case "note":
      return item.hasNotes;
    case "promo":
      return item.hasPromo;
    case "tag":
      return item.tags.length > 0;
    case "topic":
      return item.topics.length > 0;
  }
}

function is(what: Being, item: DeskItem): boolean {
  switch (what) {
    case "asked":
      return item.rating === null;
    case "disputed":
      return item.isDisputed;
    case "refunded":
      return item.isRefunded;
  }
}

function isWithin(value: number | null, from: number | null, to: number | null): boolean {
  return value !== null && (from === null || value >= from) && (to === null || value <= to);
}

function known(word: string | null): readonly string[] {
  return word === null ? [] : [word];
}
