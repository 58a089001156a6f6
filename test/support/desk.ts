// Items of the desk for tests: drawn at random from few words, so that filters often meet them, and written by storage itself.
import fc from "fast-check";
import {
  ANSWER_WORDS,
  APPEALS,
  type Condition,
  DESK_SOURCES,
  DESK_STATES,
  type FilterTest,
} from "../../src/core/desk/index.ts";
import {
  type DeskRecord,
  deskItem,
  insertDeskItem,
  type ToldItem,
  type Tx,
} from "../../src/storage/index.ts";

const NOUNS = ["суп", "курьер", "пицц", "cold", "late", "42"];
const anyStems = fc
  .array(fc.constantFrom(...NOUNS), { maxLength: 4 })
  .map((stems) => (stems.length === 0 ? "" : ` ${stems.join(" ")} `));
const maybe = <Value>(values: fc.Arbitrary<Value>) => fc.option(values, { nil: null });
const anyBranch = fc.constantFrom("lesnaya", "mira", "zavod");
const anyWords = fc.uniqueArray(fc.constantFrom("cold", "late", "rude", "vip"), { maxLength: 3 });
const anyDay = fc.integer({ min: 20261101, max: 20261109 });

/** What a channel may say, without the id. */
const anyTold = fc.record({
  source: fc.constantFrom(...DESK_SOURCES),
  orderId: fc.constantFrom("o-1", "o-2", "o-3", "o-4"),
  sourceOrderId: maybe(fc.constantFrom("e-1", "e-2", "o-1")),
  branchId: maybe(anyBranch),
  rating: maybe(fc.integer({ min: 1, max: 5 })),
  wasAsked: fc.boolean(),
  comment: maybe(fc.constantFrom("Суп", "Late")),
  preset: maybe(fc.constant("Не понравилось")),
  customerId: maybe(fc.constantFrom("c-1", "c-2")),
  totalMinor: maybe(fc.integer({ min: 0, max: 5 }).map((hundreds) => hundreds * 50_000)),
  day: anyDay,
  receivedAt: fc.integer({ min: 0, max: 9 }).map((count) => count * 1000),
  lateMs: maybe(fc.integer({ min: 0, max: 4 }).map((count) => count * 600_000)),
  stems: anyStems,
  dishes: fc.uniqueArray(
    fc.record({ id: fc.constantFrom("", "d-1", "d-2"), name: fc.constantFrom("", "Суп"), stems: anyStems }),
    { maxLength: 2, selector: ({ id, name }) => `${id}|${name}` },
  ),
});

/** What people may have done with it. */
const anyWork = fc.record({
  state: fc.constantFrom(...DESK_STATES),
  dueAt: maybe(fc.integer({ min: 0, max: 9 }).map((count) => count * 1000)),
  assignee: maybe(fc.constantFrom("p-1", "p-2")),
  answer: fc.constantFrom(...ANSWER_WORDS),
  noteCount: fc.integer({ min: 0, max: 2 }),
  promoPercent: maybe(fc.constantFrom(10, 40)),
  cause: maybe(fc.constantFrom("kitchen", "courier")),
  appeal: fc.constantFrom(...APPEALS),
  isRefunded: fc.boolean(),
  isDisputed: fc.boolean(),
  tags: anyWords,
  topics: anyWords,
});

/** An item as drawn. */
export const anyDrawnItem = fc.record({ told: anyTold, work: anyWork });

/** See `anyDrawnItem`. */
export type DrawnItem = typeof anyDrawnItem extends fc.Arbitrary<infer Value> ? Value : never;

/** Writes a drawn item; gives it as it is read back. */
export async function writeDrawn(tx: Tx, id: string, { told, work }: DrawnItem): Promise<DeskRecord> {
  const whole: ToldItem = { ...told, id, takenAt: null, deliveredAt: null, revision: 1 };
  const { seq } = await insertDeskItem(tx, whole, work);
  await tx.run(
    `update desk_item set assignee = ?, answer = ?, note_count = ?, promo_percent = ?, cause = ?, appeal = ?,
       is_refunded = ?, is_disputed = ? where seq = ?`,
    [
      work.assignee,
      work.answer,
      work.noteCount,
      work.promoPercent,
      work.cause,
      work.appeal,
      work.isRefunded ? 1 : 0,
      work.isDisputed ? 1 : 0,
      seq,
    ],
  );
  for (const [kind, words] of [
    ["tag", work.tags],
    ["topic", work.topics],
  ] as const) {
    for (const word of words)
      await tx.run("insert into desk_word (seq, kind, word) values (?, ?, ?)", [seq, kind, word]);
  }
  return (await deskItem(tx, id)) as DeskRecord;
}

const anyRange = (values: fc.Arbitrary<number>) =>
  fc
    .tuple(maybe(values), maybe(values))
    .map(([from, to]) => (from !== null && to !== null && from > to ? { from: to, to: from } : { from, to }));

const anyPhrase = fc.array(fc.constantFrom(...NOUNS), { minLength: 1, maxLength: 3 });

const anyOfWords = (field: Extract<FilterTest, { kind: "word" }>["field"], words: readonly string[]) =>
  fc.record({
    kind: fc.constant("word" as const),
    field: fc.constant(field),
    anyOf: fc.uniqueArray(maybe(fc.constantFrom(...words)), { minLength: 1, maxLength: 3 }),
  });

const rangeOf = (field: Extract<FilterTest, { kind: "range" }>["field"], values: fc.Arbitrary<number>) =>
  anyRange(values).map((range) => ({ kind: "range" as const, field, ...range }));

const anyTest: fc.Arbitrary<FilterTest> = fc.oneof(
  anyOfWords("source", DESK_SOURCES),
  anyOfWords("branch", ["lesnaya", "mira", "nowhere"]),
  anyOfWords("customer", ["c-1", "c-3"]),
  anyOfWords("tag", ["cold", "vip", "odd"]),
  anyOfWords("topic", ["late", "rude"]),
  anyOfWords("state", DESK_STATES),
  anyOfWords("assignee", ["p-1", "p-3"]),
  anyOfWords("answered", ANSWER_WORDS),
  anyOfWords("cause", ["kitchen"]),
  anyOfWords("appeal", APPEALS),
  rangeOf("rating", fc.integer({ min: 1, max: 5 })),
  rangeOf(
    "late",
    fc.integer({ min: 0, max: 4 }).map((count) => count * 600_000),
  ),
  rangeOf(
    "total",
    fc.integer({ min: 0, max: 5 }).map((count) => count * 50_000),
  ),
  rangeOf("day", anyDay),
  rangeOf(
    "received",
    fc.integer({ min: 0, max: 9 }).map((count) => count * 1000),
  ),
  fc.record({
    kind: fc.constant("has" as const),
    what: fc.constantFrom("comment", "preset", "rating", "branch", "dishes", "note", "promo", "tag", "topic"),
  }),
  fc.record({ kind: fc.constant("is" as const), what: fc.constantFrom("asked", "disputed", "refunded") }),
  fc.record({ kind: fc.constant("overdue" as const), at: fc.integer({ min: 0, max: 9000 }) }),
  fc.record({ kind: fc.constant("order" as const), id: fc.constantFrom("o-1", "e-2", "x") }),
  fc.record({ kind: fc.constant("words" as const), stems: anyPhrase }),
  fc.record({
    kind: fc.constant("dish" as const),
    id: fc.constantFrom("d-1", "x"),
    stems: fc.oneof(fc.constant([]), anyPhrase),
  }),
);

/** A filter of up to three conditions. */
export const anyFilter: fc.Arbitrary<Condition[]> = fc.array(
  fc.record({ isNot: fc.boolean(), test: anyTest }),
  { maxLength: 3 },
);
