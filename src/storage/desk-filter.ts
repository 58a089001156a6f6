// The desk's filter as SQL: finds exactly what `isMatch` of the core finds, on both engines.
import type { Condition, Filter, FilterTest, Having, RangeField, WordField } from "../core/desk/index.ts";
import type { EngineName, Value } from "./database.ts";

/** A condition on `desk_item` under the name `i`, with what is bound to it. */
export interface SqlCondition {
  readonly sql: string;
  readonly bound: readonly Value[];
}

/** How PostgreSQL finds words: by their index, or item by item where most are passed anyway. */
export type WordSearch = "indexed" | "walked";

/** The whole filter as one condition; "true" when it has none. */
export function deskCondition(
  engine: EngineName,
  filter: Filter,
  words: WordSearch = "indexed",
): SqlCondition {
  const parts = filter.map((condition) => conditionOf(engine, condition, words));
  return {
    sql: parts.length === 0 ? "1 = 1" : parts.map(({ sql }) => sql).join(" and "),
    bound: parts.flatMap(({ bound }) => bound),
  };
}

/** A field without a value answers no, so that its opposite answers yes: nothing here is ever null. */
function conditionOf(engine: EngineName, { isNot, test }: Condition, words: WordSearch): SqlCondition {
  const { sql, bound } = testOf(engine, test, isNot ? "walked" : words);
  return isNot
    ? { sql: `not coalesce((${sql}), ${engine === "sqlite" ? "0" : "false"})`, bound }
    : { sql: `(${sql})`, bound };
}

function testOf(engine: EngineName, test: FilterTest, words: WordSearch): SqlCondition {
  switch (test.kind) {
    case "word":
      return wordTest(test.field, test.anyOf);
    case "range":
      return rangeTest(test.field, test.from, test.to);
    case "has":
      return { sql: HAVING[test.what], bound: [] };
    case "is":
      return { sql: BEING[test.what], bound: [] };
    case "overdue":
      return { sql: "i.due_at < ?", bound: [test.at] };
    case "order":
      return { sql: "(i.order_id = ? or i.source_order_id = ?)", bound: [test.id, test.id] };
    case "dish":
      return dishTest(engine, test.id, test.stems);
    case "words":
      return engine === "sqlite" ? matchTest(test.stems) : arrayTest(test.stems, words);
  }
}

/** Columns of single words; tags and topics have a table. */
const COLUMN: { readonly [field in Exclude<WordField, "tag" | "topic">]: string } = {
  source: "i.source",
  branch: "i.branch_id",
  customer: "i.customer_id",
  state: "i.state",
  assignee: "i.assignee",
  answered: "i.answer",
  cause: "i.cause",
  appeal: "i.appeal",
};

function wordTest(field: WordField, anyOf: readonly (string | null)[]): SqlCondition {
  const words = anyOf.filter((word) => word !== null);
  const isEmptyToo = anyOf.includes(null);
  const marks = words.map(() => "?").join(", ");
  const parts: string[] = [];
  if (field === "tag" || field === "topic") {
    if (words.length > 0) parts.push(hasWord(field, `and w.word in (${marks})`));
    if (isEmptyToo) parts.push(`not ${hasWord(field, "")}`);
  } else {
    if (words.length > 0) parts.push(`${COLUMN[field]} in (${marks})`);
    if (isEmptyToo) parts.push(`${COLUMN[field]} is null`);
  }
  return { sql: parts.join(" or "), bound: words };
}

const hasWord = (kind: "tag" | "topic", more: string): string =>
  `exists (select 1 from desk_word w where w.seq = i.seq and w.kind = '${kind}' ${more})`;

const NUMBER: { readonly [field in RangeField]: string } = {
  rating: "i.rating",
  late: "i.late_ms",
  total: "i.total_minor",
  day: "i.day",
  received: "i.received_at",
};

function rangeTest(field: RangeField, from: number | null, to: number | null): SqlCondition {
  const column = NUMBER[field];
  if (from !== null && to !== null) return { sql: `${column} between ? and ?`, bound: [from, to] };
  if (from !== null) return { sql: `${column} >= ?`, bound: [from] };
  if (to !== null) return { sql: `${column} <= ?`, bound: [to] };
  return { sql: `${column} is not null`, bound: [] };
}

const HAVING: { readonly [what in Having]: string } = {
  comment: "i.comment is not null",
  preset: "i.preset is not null",
  rating: "i.rating is not null",
  branch: "i.branch_id is not null",
  dishes: "exists (select 1 from desk_item_dish d where d.seq = i.seq)",
  note: "i.note_count > 0",
  promo: "i.promo_percent is not null",
  tag: hasWord("tag", ""),
  topic: hasWord("topic", ""),
};

const BEING = {
  asked: "i.rating is null",
  disputed: "i.is_disputed = 1",
  refunded: "i.is_refunded = 1",
} as const;

function dishTest(engine: EngineName, id: string, stems: readonly string[]): SqlCondition {
  const find = engine === "sqlite" ? "instr" : "strpos";
  const byName = stems.length === 0 ? "" : ` or ${find}(n.stems, ?) > 0`;
  return {
    sql: `i.seq in (select d.seq from desk_item_dish d join desk_dish n on n.id = d.dish where n.dish_id = ?${byName})`,
    bound: stems.length === 0 ? [id] : [id, phrase(stems)],
  };
}

/** SQLite: the full-text index knows which words stand one after another. */
function matchTest(stems: readonly string[]): SqlCondition {
  return {
    sql: "i.seq in (select rowid from desk_search where desk_search match ?)",
    bound: [`"${stems.join(" ")}"`],
  };
}

/** PostgreSQL: the index finds the words, the text tells whether they stand one after another. */
function arrayTest(stems: readonly string[], words: WordSearch): SqlCondition {
  if (words === "walked") return { sql: "strpos(i.stems, ?) > 0", bound: [phrase(stems)] };
  const [only, ...more] = stems;
  if (only !== undefined && more.length === 0)
    return { sql: "string_to_array(btrim(i.stems), ' ') @> string_to_array(?, ' ')", bound: [only] };
  return {
    sql: "string_to_array(btrim(i.stems), ' ') @> string_to_array(?, ' ') and strpos(i.stems, ?) > 0",
    bound: [stems.join(" "), phrase(stems)],
  };
}

const phrase = (stems: readonly string[]): string => ` ${stems.join(" ")} `;
