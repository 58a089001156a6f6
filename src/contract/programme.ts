// Schema of the loyalty programme: what a purchase earns, and how much of it points may pay.
import { type Static, Type } from "typebox";
import { percent, roubles, text } from "./goods.ts";

const CLOSED = { additionalProperties: false } as const;

/** The programme as its author writes it. */
export const programmeSchema = Type.Object(
  {
    id: Type.String({ minLength: 1, maxLength: 100, description: "Its name for machines." }),
    name: text("Its name for people."),
    earn: Type.Object(
      {
        percent: percent("Share of what a line costs that comes back as points."),
        byTier: Type.Optional(
          Type.Record(Type.String(), percent("Share for this tier."), {
            description: "By tier of the customer.",
          }),
        ),
        netOfPoints: Type.Optional(
          Type.Boolean({ description: "Earn on what is left after points paid (default true)." }),
        ),
      },
      { ...CLOSED, description: "What a purchase earns." },
    ),
    spend: Type.Object(
      {
        percentOfLine: percent("Most of a line that points may pay."),
        percentOfOrder: Type.Optional(percent("Most of an order that points may pay (default 100).")),
        minimumOrder: Type.Optional(roubles("What an order must cost before points may pay for it.")),
        lowestUnitPrice: Type.Optional(roubles("Lowest price of a unit after points.")),
      },
      { ...CLOSED, description: "What points may pay." },
    ),
    pointValue: Type.Optional(roubles("What one point is worth (default 1).")),
  },
  {
    ...CLOSED,
    title: "loyalty programme",
    $schema: "https://json-schema.org/draft/2020-12/schema",
  },
);

/** A programme as the schema sees it; equal to the core's own type. */
export type ProgrammeShape = Static<typeof programmeSchema>;
