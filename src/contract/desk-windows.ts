// Rolling windows of the desk: seven, thirty, ninety days, the last two hundred ratings, and weights that halve with age.
import { Type } from "typebox";
import { filterText, zoneName } from "./desk-item.ts";
import { change, interval, mean, number, share, source, stars, word } from "./number-shapes.ts";
import { operation } from "./operation.ts";
import { count, input, oneOf, output } from "./shape.ts";

const numbers = { stars, mean, satisfied: share, low: share };

const windows = output(
  {
    day: Type.String({ format: "date", description: "The last day of all windows." }),
    sources: Type.Array(
      output({
        source,
        rolling: Type.Array(
          output({
            days: count("Length."),
            from: Type.String({ format: "date", description: "First day." }),
            ...numbers,
            change,
          }),
          {
            description:
              "7, 30 and 90 days; the change of the low share against the equally long time before.",
          },
        ),
        last: output(
          { most: count("Ratings at most."), ...numbers },
          {
            description:
              "The last 200 ratings: of the oldest day in their proportions. A marketplace's own figure differs: it weighs newer ones more, adds a cancellation score, leaves out what it finds suspicious and begins with ratings of its own.",
          },
        ),
        weighted: Type.Union(
          [
            output({
              kind: word("share"),
              halfLifeDays: count("Weights halve in so many days."),
              share: number("Low share, between 0 and 1."),
              effective: number("As sure as so many equal ratings: (sum w)² / sum w²."),
              interval,
            }),
            output({
              kind: word("not_enough"),
              halfLifeDays: count("Weights halve in so many days."),
              effective: number("As sure as so many equal ratings."),
            }),
          ],
          { description: "The low share with weights 2^(-age / half-life)." },
        ),
      }),
    ),
  },
  { title: "DeskWindows" },
);

/** Windows. */
export const readDeskWindows = operation({
  id: "readDeskWindows",
  method: "POST",
  path: "/desk/windows",
  tag: "desk",
  summary: "Read rolling windows of what a filter finds",
  description: "Of the 400 days up to the last one; days of the filter itself do not count.",
  scope: "feedback:read",
  isReading: true,
  body: input(
    {
      filter: filterText,
      zone: Type.Optional(zoneName),
      until: Type.Optional(
        oneOf(["yesterday", "today"], "The last day; left out: yesterday, the last whole one."),
      ),
    },
    { title: "DeskWindowsIn", examples: [{ filter: "branch:lesnaya" }] },
  ),
  status: 200,
  answer: windows,
  problems: ["filter_refused"],
});
