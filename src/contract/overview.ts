// The front page: today's numbers beside last week's, and what needs attention, each with the call that lists what was counted.
import { Type } from "typebox";
import { mean } from "./number-shapes.ts";
import { operation } from "./operation.ts";
import { count, identifier, minor, moment, nullable, oneOf, output } from "./shape.ts";

const ATTENTION = [
  "webhook_disabled",
  "webhook_failing",
  "feed_stale",
  "stock_stale",
  "import_held",
  "promotion_ending",
  "limit_near",
  "alarm_new",
  "deliveries_unusable",
  "corrections_waiting",
  "answers_waiting",
  "answers_unknown",
  "codes_exhausted",
  "backup_late",
  "job_failed",
] as const;

const texts = (description: string) =>
  Type.Unsafe<Record<string, string>>({
    type: "object",
    additionalProperties: { type: "string" },
    description,
  });

const link = output(
  {
    operation: identifier("Id of the call, as in this document."),
    params: texts("Its parts of the path."),
    query: texts("Its query."),
  },
  { title: "ListLink", description: "The call that lists what was counted." },
);

const span = output(
  { from: moment("From here on."), until: moment("Not within.") },
  { title: "OverviewSpan" },
);

const figure = {
  today: Type.Integer({ description: "Since midnight." }),
  before: Type.Integer({ description: "The same day last week, up to the same time of day." }),
  link,
  linkBefore: link,
};

const pair = (description: string) => output(figure, { description });

/** The front page. */
export const Overview = output(
  {
    at: moment("When it was read."),
    day: Type.String({ format: "date", description: "Today by the shop's clock." }),
    today: span,
    before: span,
    carts: nullable(
      output({
        ...figure,
        hours: Type.Array(
          output({
            at: moment("Beginning of the hour."),
            today: count("Today."),
            before: count("Last week."),
          }),
          { description: "24 hours from midnight; of last week the whole day." },
        ),
      }),
      "Carts priced, with parts of split ones; needs calculations:read.",
    ),
    orders: nullable(
      output({
        count: pair("Orders placed, also those that were cancelled since."),
        totalMinor: pair("What they cost, kopecks."),
        discountMinor: pair("What promotions took off them, kopecks."),
      }),
      "Needs orders:read.",
    ),
    points: nullable(
      output({
        issued: pair("Points that orders earned."),
        redeemed: pair("Points that paid for orders."),
      }),
      "Needs loyalty:read.",
    ),
    liability: nullable(
      output({
        points: Type.Integer({ description: "Points that customers have, now." }),
        minor: nullable(minor("Kopecks."), "Their worth; null without a programme."),
      }),
      "Needs loyalty:read.",
    ),
    ratings: nullable(
      Type.Array(
        output({
          source: Type.String({ description: "Sources are never pooled." }),
          today: mean,
          before: mean,
          link,
        }),
      ),
      "Ratings of items of the day; of last week those that had come by the same time of day. Needs feedback:read.",
    ),
    calls: Type.Array(
      output({
        at: moment("Beginning of the hour."),
        calls: count("Calls of vendors."),
        refusals: count("Answered 4xx."),
        faults: count("Answered 5xx."),
        p95Ms: nullable(Type.Number(), "The time that 95 of 100 did not exceed, ms; null without calls."),
      }),
      {
        description:
          "The last 24 hours, of all instances, over restarts. Counts arrive within ten seconds; times are read off buckets.",
      },
    ),
    attention: Type.Array(
      output({
        kind: oneOf(ATTENTION, "What it is about."),
        subject: nullable(Type.String(), "Which one; null: all of the kind together."),
        name: nullable(Type.String(), "Its name for people."),
        count: count("How many the link lists; at most 1000 are counted."),
        at: nullable(moment("When."), "Since when, or when it will be."),
        link,
      }),
      { description: "Only what the caller's other scopes may read. Worst first." },
    ),
  },
  { title: "Overview" },
);

/** Reads the front page. */
export const readOverview = operation({
  id: "readOverview",
  method: "GET",
  path: "/overview",
  tag: "system",
  summary: "Read the numbers of the day and what needs attention",
  description:
    "Today beside the same day last week up to the same time of day, by the shop's clock. Every number comes with the call that lists what was counted; parts that the caller's other scopes do not open are null. People of some outlets are told the numbers of these; what belongs to the whole shop only is null or empty for them.",
  scope: "overview:read",
  status: 200,
  answer: Overview,
});
