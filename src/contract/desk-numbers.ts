// Numbers of the desk: the dashboard and the comparison. What the data do not bear has no value in the answer.
import { type TSchema, Type } from "typebox";
import { filterText, zoneName } from "./desk-item.ts";
import { change, interval, mean, number, of, share, source, stars, word } from "./number-shapes.ts";
import { operation } from "./operation.ts";
import { count, input, minor, nullable, oneOf, output } from "./shape.ts";

const SECTIONS = ["trend", "branches", "hours", "lateness", "topics", "dishes", "team"] as const;

const rank = Type.Union(
  [
    output({ kind: word("rank"), place: count("From 1."), bound: number("What it is ranked by.") }),
    output({ kind: word("not_enough") }),
  ],
  { title: "RankNumber" },
);

const response = Type.Union(
  [
    output({
      kind: word("response"),
      rate: share,
      ripe: share,
      arrivingFrom: nullable(count("yyyymmdd"), "First day whose answers still arrive."),
    }),
    output({ kind: word("not_measurable") }),
  ],
  { title: "ResponseNumber", description: "Answered of asked, over the same asks." },
);

const tiles = output(
  {
    stars,
    mean,
    satisfied: share,
    low: share,
    net: Type.Union([
      output({ kind: word("net"), of, net: number("Share of five less share of one to three."), interval }),
      output({ kind: word("not_enough"), of }),
    ]),
    response,
    bias: nullable(interval, "Where the satisfied share of all asked lies."),
    answerRate: share,
    worded: share,
    open: count("Items that wait for somebody."),
    promoMinor: minor("What promo codes cost at most, kopecks."),
  },
  { title: "DeskTiles" },
);

const changes = output(
  { mean: change, satisfied: change, low: change, response: change, answerRate: change },
  { title: "DeskChanges" },
);

const warnings = Type.Array(oneOf(["response_shift"]), {
  description:
    "response_shift: the share of those who answer has changed by more than five points, beyond luck: other people answer than before.",
});

const limits = nullable(
  output({
    low95: number("95 %"),
    high95: number("95 %"),
    low998: number("99.8 %"),
    high998: number("99.8 %"),
  }),
  "What luck alone fills around the usual low share.",
);

const section = <Schema extends TSchema>(schema: Schema, description: string) =>
  nullable(Type.Array(schema), `${description} Null: not asked for.`);

const branchId = nullable(Type.String(), "Our outlet; null: not known.");
const spread = Type.Union([
  output({ kind: word("spread"), of, median: number("Half take no longer."), p90: number("Nine tenths.") }),
  output({ kind: word("not_enough"), of }),
]);

const team = output(
  {
    firstAnswer: spread,
    inTime: share,
    overdue: count("Unanswered and past due."),
    openAgeP90Ms: nullable(number("ms"), "Nine tenths of open items are younger."),
    reopened: share,
    promoMinor: minor("Kopecks."),
    recovery: output({ answered: share, unanswered: share, difference: change }),
  },
  { title: "DeskTeam", description: "First answers in working minutes. Recovery is observational." },
);

const dashboard = output(
  {
    isTallied: Type.Boolean({ description: "Read from counted days; else from the items." }),
    sources: Type.Array(
      output({
        source,
        tiles,
        changes: nullable(changes, "Against the equally long period before; null: days are open."),
        warnings,
        network: output({ stars, weight: number("What its opinion is worth, ratings.") }),
        maturityDays: count("Days after which 95 % of answers are there."),
      }),
    ),
    trend: section(
      output({
        source,
        warnings,
        days: Type.Array(output({ day: count("yyyymmdd"), of, low: count("Low."), mean, band: limits })),
      }),
      "Low ratings by day.",
    ),
    branches: section(
      output({
        source,
        branchId,
        tiles,
        shrunkMean: nullable(number("Stars."), "Drawn to the network's mean."),
        attention: rank,
        best: rank,
        funnel: limits,
        weeks: nullable(
          Type.Array(output({ monday: count("yyyymmdd"), of, low: count("Low.") })),
          "Weeks that have ratings; null: the filter leaves days open, or has more than a hundred.",
        ),
      }),
      "Branches.",
    ),
    hours: section(
      Type.Union([
        output({
          kind: word("share"),
          weekday: count("1 Monday."),
          hour: count("0 to 23."),
          of,
          low: count("Low."),
        }),
        output({ kind: word("not_enough"), weekday: count("1 Monday."), hour: count("0 to 23.") }),
      ]),
      "Hours of the week; fewer than ten ratings are not told.",
    ),
    lateness: section(
      output({
        from: count("Minutes."),
        to: nullable(count("Minutes."), "Null: and longer."),
        low: share,
      }),
      "Low share by own tenths of the time on the way.",
    ),
    topics: section(
      output({
        kind: oneOf(["excess", "not_enough"], "Only an excess may be pointed out."),
        branch: branchId,
        topic: Type.String(),
        observed: count("Seen."),
        expected: number("By the branch's share of all feedback."),
        ratio: Type.Optional(number("Shrunk.")),
        bound: Type.Optional(number("Lower end of its interval.")),
      }),
      "Topics.",
    ),
    dishes: section(
      output({
        dish: count("Number here."),
        id: Type.String(),
        name: Type.String(),
        odds: Type.Union([
          output({
            kind: oneOf(["associated", "no_clear_association"], "Never a cause."),
            of,
            odds: number("Of a low rating, with the dish against without."),
            interval,
          }),
          output({ kind: word("not_enough"), of }),
        ]),
      }),
      "Dishes, with branch and lateness taken out.",
    ),
    dishOrders: nullable(
      count("Rated orders that dishes are told of: the latest ones, at most 20,000."),
      "Null: not asked for.",
    ),
    team: nullable(team, "Null: not asked for."),
  },
  { title: "DeskDashboard" },
);

/** The dashboard. */
export const readDeskNumbers = operation({
  id: "readDeskNumbers",
  method: "POST",
  path: "/desk/numbers",
  tag: "desk",
  summary: "Read the numbers of what a filter finds",
  description:
    "A filter that speaks of branch, source and day only is answered from counted days, any other from the items. Dishes are always read from the items, of the latest 20,000 rated orders.",
  scope: "feedback:read",
  isReading: true,
  body: input(
    {
      filter: filterText,
      zone: Type.Optional(zoneName),
      sections: Type.Optional(
        Type.Array(oneOf(SECTIONS), { maxItems: 7, description: "What to read besides the tiles." }),
      ),
    },
    { title: "DeskNumbersIn", examples: [{ filter: "day:30d source:app", sections: ["trend", "branches"] }] },
  ),
  status: 200,
  answer: dashboard,
  problems: ["filter_refused"],
});

/** The comparison. */
export const compareDeskNumbers = operation({
  id: "compareDeskNumbers",
  method: "POST",
  path: "/desk/comparison",
  tag: "desk",
  summary: "Compare what two filters find",
  description: "Periods, branches or anything else, source by source.",
  scope: "feedback:read",
  isReading: true,
  body: input(
    { first: filterText, second: filterText, zone: Type.Optional(zoneName) },
    { title: "DeskComparisonIn", examples: [{ first: "day:last-month", second: "day:month" }] },
  ),
  status: 200,
  answer: output(
    { sources: Type.Array(output({ source, first: tiles, second: tiles, changes, warnings })) },
    { title: "DeskComparison" },
  ),
  problems: ["filter_refused"],
});
