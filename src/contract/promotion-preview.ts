// What a draft would have cost on recorded carts, as our API tells it.
import { Type } from "typebox";
import { count, minor, moment, output } from "./shape.ts";

const at = (description: string) => Type.Optional(Type.String({ format: "date-time", description }));

/** Most carts and seconds of one preview; without a wish it takes the usual ones. */
export const PREVIEW_LIMIT = {
  carts: 20_000,
  usualCarts: 2000,
  seconds: 20,
  usualSeconds: 5,
  examples: 20,
} as const;

/** Which carts, as the query says it. */
export const previewWish = {
  last: Type.Optional(
    Type.Integer({
      minimum: 1,
      maximum: PREVIEW_LIMIT.carts,
      default: PREVIEW_LIMIT.usualCarts,
      description: "Most carts: the newest of the span.",
    }),
  ),
  from: at("Carts from this instant on."),
  until: at("Carts before this instant; now when absent."),
  channel: Type.Optional(Type.Enum(["app", "seller"], { description: "Carts of one channel only." })),
  ignoreDates: Type.Optional(
    Type.Boolean({
      description: "true: promotions run whatever their dates, so that next week's can be tried.",
    }),
  ),
  seconds: Type.Optional(
    Type.Integer({
      minimum: 1,
      maximum: PREVIEW_LIMIT.seconds,
      default: PREVIEW_LIMIT.usualSeconds,
      description: "What was not looked at by then is left out.",
    }),
  ),
  examples: Type.Optional(
    Type.Integer({
      minimum: 0,
      maximum: PREVIEW_LIMIT.examples,
      default: 5,
      description: "Carts that are named, of each kind.",
    }),
  ),
};

const sums = output(
  {
    grossMinor: minor("What the goods cost, kopecks."),
    discountMinor: minor("Discounts, kopecks."),
    totalMinor: minor("What shoppers would pay, kopecks."),
    willEarnPoints: count("Points that the orders would earn."),
    maySpendPoints: count("Points that could pay."),
    freeUnits: count("Units that cost nothing."),
  },
  { title: "PreviewSums" },
);
const share = output(
  { carts: count("Carts that it took something off."), amountMinor: minor("What it took off, kopecks.") },
  { title: "PreviewShare" },
);
const example = output(
  {
    calculationId: Type.String({ description: "The recorded calculation." }),
    amountBeforeMinor: minor("What the promotion took off then, kopecks."),
    amountAfterMinor: minor("What it takes off under the draft."),
    totalBeforeMinor: minor("What the cart cost then."),
    totalAfterMinor: minor("What it costs under the draft."),
  },
  { title: "PreviewExample" },
);
const cart = output(
  {
    calculationId: Type.String({ description: "The recorded calculation." }),
    at: moment("When it was made."),
    channel: Type.String({ description: "Its channel." }),
    lines: count("Lines of the cart."),
    totalBeforeMinor: minor("What it cost then, kopecks."),
    totalAfterMinor: minor("What it costs under the draft."),
  },
  { title: "PreviewCart" },
);
const ids = (description: string) => Type.Array(Type.String(), { description });

/** What came of it. */
export const PreviewReport = output(
  {
    since: moment("Carts from this instant on were looked at."),
    until: moment("And before this one."),
    recorded: count("Carts recorded in the span that was asked for."),
    looked: count("Carts that were looked at, those left out too."),
    isWhole: Type.Boolean({
      description: "False: time was over before as many as asked for were looked at.",
    }),
    underOtherRules: count("Carts answered by other rules than those in force now."),
    carts: output(
      {
        priced: count("Priced under the draft."),
        cheaper: count("Shopper pays less."),
        dearer: count("Shopper pays more."),
        same: count("No difference."),
      },
      { title: "PreviewCounts" },
    ),
    before: sums,
    after: sums,
    promotions: Type.Array(
      output(
        {
          promotionId: Type.String(),
          before: share,
          after: share,
          giftUnits: count("Gift units under the draft."),
          changedCarts: count("Carts in which it takes off another amount."),
          winners: count("Of them those whose shopper pays less in the end."),
          losers: count("Of them those whose shopper pays more in the end."),
          winning: Type.Array(example, { description: "Those that gain most." }),
          losing: Type.Array(example, { description: "Those that lose most." }),
        },
        { title: "PreviewPromotion" },
      ),
      { description: "Largest change of discount first." },
    ),
    gifts: Type.Array(output({ offerId: Type.String(), units: count("Units.") }), {
      description: "Gifts that the draft puts into carts.",
    }),
    cheaper: Type.Array(cart, { description: "Carts that gain most." }),
    dearer: Type.Array(cart, { description: "Carts that lose most." }),
    leftOut: Type.Record(Type.String(), Type.Integer(), { description: "Carts not priced, by reason." }),
    gaps: Type.Record(Type.String(), Type.Integer(), {
      description: "Carts whose figure may be off because the records do not tell something, by what it is.",
    }),
    asleep: ids("Promotions of the draft that could not run in that time, by status or dates."),
    neverApplied: ids("The rest of its promotions that applied in no cart."),
    segmentsUnseen: ids("Segments that the draft names and no recorded customer was in."),
    giftsUnknown: ids("Gifts that today's catalogue does not know."),
  },
  { title: "PreviewReport" },
);
