// What another loyalty programme would have cost over the orders of the last days.
import { Type } from "typebox";
import { operation } from "./operation.ts";
import { Programme } from "./promotion-shapes.ts";
import { count, input, minor, moment, nullable, output } from "./shape.ts";

const cost = output(
  {
    earnedPoints: count("Points that orders would have brought."),
    earnedMinor: minor("Their worth, kopecks."),
    spentPoints: count("Points spent if everybody pays with all that they have and may."),
    spentMinor: minor("Their worth, kopecks."),
    endedPoints: count("Points that would have ended unspent."),
    owedPoints: count("Points that customers would still have."),
    owedMinor: minor("Their worth, kopecks."),
  },
  { title: "ProgrammeCost", description: "Earned is spent, ended and owed together." },
);

/** The simulation. */
export const simulateProgramme = operation({
  id: "simulateProgramme",
  method: "POST",
  path: "/programme/simulation",
  tag: "loyalty",
  summary: "Try a loyalty programme on recorded orders, beside the one in force",
  description:
    "Changes nothing. Everybody begins with no points, earns at placement and spends all that the terms allow. Orders of unknown customers and cancelled ones are left out, and so are points that promotions give or forbid, goods that take no points, and returns: the two differ by nothing but their terms.",
  scope: "loyalty:read",
  isReading: true,
  query: input({
    days: Type.Optional(
      Type.Integer({ minimum: 1, maximum: 730, default: 90, description: "Orders of so many last days." }),
    ),
  }),
  body: Programme,
  status: 200,
  answer: output(
    {
      from: moment("Orders from here on."),
      until: moment("Up to here; what is owed is owed then."),
      orders: count("Orders that were looked at."),
      customers: count("Customers who placed them."),
      isWhole: Type.Boolean({
        description: "False: there are more orders, and the earlier ones were left out.",
      }),
      current: nullable(cost, "By the programme in force; null: there is none."),
      wished: cost,
    },
    { title: "ProgrammeSimulation" },
  ),
  problems: ["promotions_refused"],
  isCheckedInside: true,
});
