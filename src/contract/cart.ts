// Schema of a cart in our own words: what a person writes to try promotions, free of any channel's format.
import { Type } from "typebox";

const CLOSED = { additionalProperties: false } as const;

const id = (description: string) => Type.String({ minLength: 1, maxLength: 200, description });

const quantity = (description: string) => Type.Number({ minimum: 0, maximum: 1_000_000, description });

const line = Type.Object(
  {
    offer: id("Offer id of the catalogue."),
    quantity: Type.Optional(quantity("Units, at most three decimals (default 1).")),
    selected: Type.Optional(Type.Boolean({ description: "False: put aside (default true)." })),
  },
  { ...CLOSED, description: "One good." },
);

const choice = Type.Object(
  {
    promotion: id("Id of a promotion from the menu."),
    gifts: Type.Optional(
      Type.Array(
        Type.Object(
          { offer: id("Offer id of the gift."), quantity: Type.Optional(quantity("Units (default 1).")) },
          CLOSED,
        ),
        { description: "Gifts picked, where it lets pick." },
      ),
    ),
  },
  { ...CLOSED, description: "A promotion that the shopper chose." },
);

/** A cart to try. */
export const cartSchema = Type.Object(
  {
    lines: Type.Array(line, { description: "What lies in the cart." }),
    code: Type.Optional(Type.String({ maxLength: 200, description: "Promo code as typed." })),
    choices: Type.Optional(Type.Array(choice, { description: "What was chosen from the menu." })),
    customer: Type.Optional(id("Id of the customer; without it the cart is anonymous.")),
    at: Type.Optional(id("When it is priced: an instant, a local date-time or a date (default now).")),
    points: Type.Optional(
      Type.Integer({ minimum: 0, maximum: 1_000_000_000, description: "Points to pay with." }),
    ),
    channel: Type.Optional(
      Type.Enum(["app", "seller"], { description: "Where the cart comes from (default app)." }),
    ),
    outlet: Type.Optional(id("Id of the seller's outlet.")),
    employee: Type.Optional(id("Id of the employee.")),
    city: Type.Optional(
      Type.Union(
        [
          id("Name of the city."),
          Type.Object(
            {
              name: Type.Optional(id("Name.")),
              kladr: Type.Optional(id("KLADR code.")),
              fias: Type.Optional(id("FIAS code.")),
            },
            CLOSED,
          ),
        ],
        { title: "city", description: "The city, by name or by codes." },
      ),
    ),
    delivery: Type.Optional(id("Delivery method.")),
    payment: Type.Optional(id("Payment method.")),
    pickupPoint: Type.Optional(id("Pickup point.")),
    earlyAccess: Type.Optional(Type.Boolean({ description: "An early-access order." })),
  },
  { ...CLOSED, title: "cart", description: "A cart to try promotions on." },
);
