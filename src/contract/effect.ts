// Schema of an effect: what a promotion does to the goods of its scope; exactly one key, apart from an effect's own options.
import { type TProperties, Type } from "typebox";
import { goods, percent, roubles, text, whole } from "./goods.ts";

const CLOSED = { additionalProperties: false } as const;

const only = <Properties extends TProperties>(properties: Properties) => Type.Object(properties, CLOSED);

const across = Type.Optional(
  Type.Enum(["offer", "scope"], {
    description:
      "offer (default): units of one offer are counted together; scope: of all goods of the scope.",
  }),
);

const gift = Type.Object(
  {
    offer: Type.String({ minLength: 1, description: "Offer id of the gift." }),
    quantity: Type.Optional(whole("Units (default 1).")),
  },
  { ...CLOSED, description: "A gift: whole units of one offer." },
);

const level = Type.Object(
  {
    from: roubles("Sum in roubles, or quantity, from which the step holds."),
    percent: Type.Optional(percent("Share of the scope's goods.")),
    amount: Type.Optional(roubles("Amount off the scope's goods.")),
  },
  { ...CLOSED, description: "One step: percent or amount." },
);

const nForM = Type.Object(
  { take: whole("Units in a set."), pay: Type.Integer({ minimum: 0, description: "Of them paid." }), across },
  { ...CLOSED, description: "Of every take units, pay are paid; the cheapest are free." },
);

const nthCheaper = Type.Object(
  { every: whole("Every so many units."), percent: percent("Off the cheapest of them."), across },
  { ...CLOSED, description: "Of every so many units the cheapest is cheaper." },
);

const kit = Type.Object(
  {
    parts: Type.Array(
      Type.Object({ of: goods("Goods of this part."), quantity: whole("Units of this part.") }, CLOSED),
      { minItems: 1, description: "What makes one kit." },
    ),
    price: Type.Optional(roubles("Price of the whole kit.")),
    percent: Type.Optional(percent("Off the whole kit.")),
  },
  { ...CLOSED, description: "Goods bought together: price or percent." },
);

/** An effect. Its alternatives are told apart by their first key. */
export const effectSchema = Type.Union(
  [
    only({ percent: percent("Off every unit of the scope.") }),
    only({
      amount: roubles("Off the scope."),
      per: Type.Optional(
        Type.Enum(["cart", "line", "unit"], { description: "What the amount is for (default cart)." }),
      ),
    }),
    only({ fixedPrice: roubles("Price of one unit, where it is lower.") }),
    only({ nForM }),
    only({ nthCheaper }),
    only({
      steps: Type.Object(
        {
          by: Type.Enum(["sum", "quantity"], { description: "What is measured on the scope." }),
          levels: Type.Array(level, { minItems: 1, description: "The highest step reached holds." }),
        },
        { ...CLOSED, description: "The more, the cheaper." },
      ),
    }),
    only({ kit }),
    only({ gifts: Type.Array(gift, { minItems: 1, description: "Gifts that come by themselves." }) }),
    only({
      giftChoice: Type.Object(
        {
          options: Type.Array(gift, { minItems: 1, description: "Gifts to choose from." }),
          limit: Type.Optional(whole("How many options may be chosen (default 1).")),
        },
        { ...CLOSED, description: "A gift that the shopper chooses." },
      ),
    }),
    only({
      points: Type.Object(
        {
          multiplier: Type.Optional(
            Type.Number({ minimum: 0, maximum: 100, description: "Times the programme's points." }),
          ),
          extra: Type.Optional(Type.Integer({ minimum: 0, description: "Points on top." })),
        },
        { ...CLOSED, minProperties: 1, description: "More points for the goods of the scope." },
      ),
    }),
    only({ message: text("Shown in the cart, and nothing else happens.") }),
  ],
  { title: "effect", description: "One effect: exactly one key, with its options." },
);
