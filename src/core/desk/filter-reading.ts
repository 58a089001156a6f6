// Reads a filter as people write it: branch:lesnaya rating:1..2 late:>15m has:comment -tag:courier "холодный суп".
import { addDays } from "./day.ts";
import {
  BEINGS,
  type Condition,
  type Filter,
  type FilterTest,
  HAVINGS,
  WORD_FIELDS,
  type WordField,
} from "./filter.ts";
import { type FilterTerm, filterTerms } from "./filter-terms.ts";
import { readDays, readDuration, readRange, readRoubles, readStars } from "./filter-values.ts";
import { ANSWER_WORDS, APPEALS, DESK_SOURCES, DESK_STATES } from "./item.ts";

/** Longest filter, characters. */
export const FILTER_LIMIT = 2000;

/** Most conditions. */
export const CONDITION_LIMIT = 40;

/** Why a filter cannot be read, and from which character on. */
export interface FilterProblem {
  readonly kind: "too_long" | "unclosed_quote" | Trouble;
  readonly at: number;
  /** The words it is about. */
  readonly text: string;
}

/** What a term may suffer from. */
type Trouble = "unknown_field" | "bad_value" | "no_value" | "not_signed_in";

/** What words of a filter mean depends on. */
export interface FilterContext {
  /** ms UTC. */
  readonly now: number;
  /** Today in the reader's zone, yyyymmdd. */
  readonly today: number;
  /** Who "me" is; null: nobody. */
  readonly me: string | null;
  /** Stems of a text, in order. */
  stems(text: string): readonly string[];
  /** ms UTC at which a day begins in the reader's zone. */
  dayStart(day: number): number;
}

/** Reads a filter. */
export function readFilter(
  text: string,
  context: FilterContext,
):
  | { readonly kind: "filter"; readonly filter: Filter }
  | { readonly kind: "refused"; readonly problem: FilterProblem } {
  if (text.length > FILTER_LIMIT) return refused("too_long", FILTER_LIMIT, "");
  const terms = filterTerms(text);
  if ("unclosedAt" in terms) {
    return refused("unclosed_quote", terms.unclosedAt, text.slice(terms.unclosedAt));
  }
  const beyond = terms[CONDITION_LIMIT];
  if (beyond !== undefined) return refused("too_long", beyond.at, text.slice(beyond.at, beyond.end));
  const filter: Condition[] = [];
  for (const term of terms) {
    const test = testOf(term, context);
    if (typeof test === "string") return refused(test, term.at, text.slice(term.at, term.end));
    if (test !== null) filter.push({ isNot: term.isNot, test });
  }
  return { kind: "filter", filter };
}

function refused(
  kind: FilterProblem["kind"],
  at: number,
  text: string,
): { readonly kind: "refused"; readonly problem: FilterProblem } {
  return { kind: "refused", problem: { kind, at, text } };
}

/** The test of one term; null for words that hold nothing to search for. */
function testOf(term: FilterTerm, context: FilterContext): FilterTest | Trouble | null {
  const { field, values } = term;
  if (field === null) {
    const stems = context.stems(values.join(" "));
    return stems.length === 0 ? null : { kind: "words", stems };
  }
  const wordField = WORD_FIELDS.find((name) => name === field);
  const read = SINGLE[field];
  if (wordField === undefined && read === undefined) return "unknown_field";
  if (values.includes("")) return "no_value";
  if (wordField !== undefined) return wordTest(wordField, values, context);
  return values.length > 1 || read === undefined ? "bad_value" : read(values.join(""), context);
}

/** Fields whose words are known; the others take any. */
const VOCABULARY: { readonly [field in WordField]?: readonly string[] } = {
  source: DESK_SOURCES,
  state: DESK_STATES,
  answered: ANSWER_WORDS,
  appeal: APPEALS,
};

function wordTest(
  field: WordField,
  values: readonly string[],
  { me }: FilterContext,
): FilterTest | "bad_value" | "not_signed_in" {
  const vocabulary = VOCABULARY[field];
  const anyOf: (string | null)[] = [];
  for (const value of values) {
    const meant = field === "answered" && value === "yes" ? "delivered" : value;
    if (vocabulary !== undefined && !vocabulary.includes(meant)) return "bad_value";
    if (field === "assignee" && value === "me") {
      if (me === null) return "not_signed_in";
      anyOf.push(me);
    } else anyOf.push(vocabulary === undefined && value === "none" ? null : meant);
  }
  return { kind: "word", field, anyOf };
}

type Reader = (value: string, context: FilterContext) => FilterTest | "bad_value";

const SINGLE: { readonly [field: string]: Reader | undefined } = {
  rating: (value) => {
    if (value === "none") return { kind: "is", what: "asked" };
    const range = readRange(value, readStars);
    return range === null ? "bad_value" : { kind: "range", field: "rating", ...range };
  },
  late: (value) => {
    const range = readRange(value, readDuration);
    return range === null ? "bad_value" : { kind: "range", field: "late", ...range };
  },
  total: (value) => {
    const range = readRange(value, readRoubles);
    return range === null ? "bad_value" : { kind: "range", field: "total", ...range };
  },
  day: (value, { today }) => {
    const days = readDays(value, today);
    return days === null ? "bad_value" : { kind: "range", field: "day", ...days };
  },
  received: (value, { today, dayStart }) => {
    const days = readDays(value, today);
    if (days === null) return "bad_value";
    const from = days.from === null ? null : dayStart(days.from);
    const to = days.to === null ? null : dayStart(addDays(days.to, 1)) - 1;
    return { kind: "range", field: "received", from, to };
  },
  has: (value) => {
    const what = HAVINGS.find((name) => name === value);
    return what === undefined ? "bad_value" : { kind: "has", what };
  },
  is: (value, { now }) => {
    if (value === "overdue") return { kind: "overdue", at: now };
    const what = BEINGS.find((name) => name === value);
    return what === undefined ? "bad_value" : { kind: "is", what };
  },
  order: (id) => ({ kind: "order", id }),
  item: (id, { stems }) => ({ kind: "dish", id, stems: stems(id) }),
};
