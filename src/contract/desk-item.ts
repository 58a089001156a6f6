// The feedback desk's item, its thread and what may be done with it, as schemas.
import { Type } from "typebox";
import { count, identifier, input, minor, moment, nullable, oneOf, output } from "./shape.ts";

/** See DESK_SOURCES of the core. */
export const SOURCES = ["app", "yandex-eats"] as const;
const STATES = ["asked", "new", "in_progress", "waiting", "answered", "no_reaction", "closed"] as const;
const CHOSEN = ["new", "in_progress", "waiting", "no_reaction", "closed"] as const;
const APPEALS = ["none", "open", "won", "lost"] as const;
const ANSWERS = [
  "no",
  "awaiting_approval",
  "queued",
  "delivered",
  "outdated",
  "no_subscription",
  "unknown_feedback",
  "rejected",
  "failed",
  "unknown",
] as const;

const TOPIC_HINTS = ["missing", "wrong", "not_fresh", "cold", "opened", "late", "courier", "rude"] as const;

/** Orders of lists. */
export const SORTS = ["newest", "oldest", "due", "stars"] as const;

/** A written filter. */
export const filterText = Type.String({
  maxLength: 2000,
  description:
    'Conditions that must all hold, such as: branch:lesnaya rating:1..2 late:>15m has:comment -tag:courier "cold soup". Empty: everything.',
});

/** The zone of "today" and other days. */
export const zoneName = Type.String({
  minLength: 1,
  maxLength: 60,
  description: "IANA zone in which days of the filter are meant; left out: the shop's.",
});

/** Orders of lists that change with the clock. */
export const QUEUE_SORTS = ["value", "left"] as const;

/** An item. */
export const DeskItem = output(
  {
    id: identifier("Id of the item: that of the feedback or rating which it shows."),
    source: oneOf(SOURCES, "Where it comes from."),
    orderId: Type.String({ description: "Id of the order in the retailer's own system." }),
    sourceOrderId: nullable(Type.String(), "Number of the order at the source; null for the app."),
    branchId: nullable(Type.String(), "Our outlet; null: not known."),
    rating: nullable(
      Type.Integer({ minimum: 1, maximum: 5 }),
      "Stars; null: the customer was asked and has not rated.",
    ),
    wasAsked: Type.Boolean({ description: "The channel asked the customer for a rating." }),
    comment: nullable(Type.String(), "The customer's words."),
    preset: nullable(Type.String(), "Ready-made remarks that the customer ticked."),
    totalMinor: nullable(minor("Kopecks."), "Sum of the order."),
    customerId: nullable(Type.String(), "Whose order it was."),
    day: Type.String({ format: "date", description: "Day of the order on the branch's calendar." }),
    receivedAt: moment("When it first came."),
    changedAt: moment("When it or the work on it last changed."),
    takenAt: nullable(moment("Taken then."), "When the courier took the order."),
    deliveredAt: nullable(moment("Delivered then."), "When the order was delivered."),
    lateMs: nullable(count("ms."), "From taken to delivered."),
    dishes: Type.Array(
      output({
        id: nullable(Type.String(), "Id in the menu; null: the source gave none."),
        name: nullable(Type.String(), "Name; null: the source gave none."),
      }),
    ),
    state: oneOf(STATES, "How far the work is. asked: the customer's turn; no_reaction: closed on purpose."),
    assignee: nullable(Type.String(), "Who works on it."),
    dueAt: nullable(moment("Due then."), "When the first answer is due; null: no clock runs."),
    answer: oneOf(ANSWERS, "What became of the latest answer; only `delivered` reached the customer."),
    promoPercent: nullable(Type.Integer(), "Percent of the promo code that went out with the answer."),
    tags: Type.Array(Type.String()),
    topics: Type.Array(Type.String()),
    notes: count("How many notes there are."),
    cause: nullable(Type.String(), "Root cause."),
    appeal: oneOf(APPEALS, "Whether the rating was appealed against at the marketplace."),
    isRefunded: Type.Boolean({ description: "Money was given back." }),
    isDisputed: Type.Boolean({
      description: "Another channel's rating of the same order is two stars or more away.",
    }),
    queue: nullable(
      output(
        {
          lowness: count("5 for one star to 1 for five; 1 without stars."),
          roubles: count("Whole roubles of the order, at least 1; 500 where nobody told."),
          haste: count(
            "8: the answer is past due; 7: due within an hour; 6: two; 5: four; 4: eight; 3: a day; 2: later; 1: no clock.",
          ),
          value: count("Value at risk: the product of the three."),
          timeEnds: nullable(
            moment("Until then."),
            "Sorted by left: when our answer is due or the marketplace stops taking one, whichever is sooner; null: nothing runs, or it is too late.",
          ),
          at: moment("The instant that all pages of this walk are of."),
        },
        { title: "DeskQueueReason" },
      ),
      "Why it stands where it stands; only in lists sorted by value or left.",
    ),
    revision: count("How often the customer said something."),
    version: count("Grows with every change by people; whoever changes says which was seen."),
  },
  { title: "DeskItem" },
);

/** Something that happened to an item. */
export const DeskEntry = output(
  {
    number: count("From 1, oldest first."),
    at: moment("When."),
    kind: Type.String({ description: "received, revised, assigned, state, reopened, note and so on." }),
    actor: nullable(Type.String(), "Who did it; null: the server."),
    body: Type.Unsafe<object>({
      type: "object",
      description: "What there is to know besides, by kind.",
    }),
  },
  { title: "DeskEntry" },
);

/** An item with all that is known around it. */
export const DeskDetail = output(
  {
    item: DeskItem,
    employeeId: nullable(Type.String(), "Who served the order."),
    thread: Type.Array(DeskEntry, { description: "Everything that happened to it, oldest first." }),
    suggestedTopics: Type.Array(oneOf(TOPIC_HINTS), {
      description: "What its words and its way speak for, as names that do not change; set by nobody.",
    }),
    openBy: Type.Array(identifier("Id of a person."), {
      description: "Who else has it open: who read it as a signed-in person in the last minute.",
    }),
    story: Type.Array(DeskItem, {
      description: "All items of its order, itself included, in the order of arrival.",
    }),
  },
  { title: "DeskDetail" },
);

const word = (description: string) => Type.String({ minLength: 1, maxLength: 60, description });

const simpleChanges = [
  input({
    kind: Type.Literal("assign"),
    person: nullable(identifier("Who shall work on it."), "null: nobody."),
  }),
  input({ kind: Type.Literal("state"), to: oneOf(CHOSEN, "no_reaction closes without an answer.") }),
  input({
    kind: Type.Literal("word"),
    of: oneOf(["tag", "topic"]),
    word: word("The word, without blanks around it."),
    isOn: Type.Boolean({ description: "true: add it; false: take it away." }),
  }),
  input({ kind: Type.Literal("cause"), cause: nullable(word("Root cause."), "null: none.") }),
  input({ kind: Type.Literal("appeal"), appeal: oneOf(APPEALS) }),
  input({ kind: Type.Literal("refund"), isRefunded: Type.Boolean() }),
] as const;

const note = input({
  kind: Type.Literal("note"),
  text: Type.String({ minLength: 1, maxLength: 10_000, description: "For colleagues only." }),
});

/** What may be done to many items at once. */
export const DeskBulkChange = Type.Union([...simpleChanges], {
  title: "DeskBulkChange",
  description: "A change without text.",
});

/** What may be done to one item. */
export const DeskChange = Type.Union([...simpleChanges, note], {
  title: "DeskChange",
  description: "A change.",
});
