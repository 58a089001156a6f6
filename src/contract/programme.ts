// Schema of the loyalty programme: what a purchase earns, and how much of it points may pay.
import { type Static, Type } from "typebox";
import { percent, roubles, text } from "./goods.ts";

const CLOSED = { additionalProperties: false } as const;

/** A whole number from `least` on. */
const count = (least: number, description: string) =>
  Type.Integer({ minimum: least, maximum: 1_000_000, description });

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
    pending: Type.Optional(
      Type.Object(
        {
          days: Type.Optional(
            count(0, "Days from the order's end until its points may be spent (default 14)."),
          ),
        },
        {
          ...CLOSED,
          description: "Points that an order earned wait until the time to return its goods is over.",
        },
      ),
    ),
    expiry: Type.Optional(
      Type.Object(
        { days: Type.Optional(count(0, "Days that active points live; 0: for ever (default 365).")) },
        { ...CLOSED, description: "When points end." },
      ),
    ),
    hold: Type.Optional(
      Type.Object(
        {
          hours: Type.Optional(
            count(
              1,
              "Hours that points stay held for an order of which nothing more is heard (default 720).",
            ),
          ),
        },
        { ...CLOSED, description: "Points that pay for an order are out of reach until it is done." },
      ),
    ),
    returns: Type.Optional(
      Type.Object(
        {
          restoreExpired: Type.Optional(
            count(
              0,
              "Days that points given back live where they have expired meanwhile; 0: those are not given back (default 0).",
            ),
          ),
          clawBack: Type.Optional(
            Type.Union([Type.Literal("none"), Type.Literal("lot"), Type.Literal("balance")], {
              description:
                "Whether points that returned goods had earned are taken back: none, from what is left of those points (lot), or from the customer's other points too (balance, the default); never below 0.",
            }),
          ),
        },
        { ...CLOSED, description: "What happens to points when goods are returned." },
      ),
    ),
  },
  {
    ...CLOSED,
    title: "loyalty programme",
    $schema: "https://json-schema.org/draft/2020-12/schema",
  },
);

/** A programme as the schema sees it; equal to the core's own type. */
export type ProgrammeShape = Static<typeof programmeSchema>;
