// Schema of promotions and of a whole rule set: the JSON Schema of editors, the forms of the console, the check of what people write.
import { type Static, Type } from "typebox";
import { conditionSchema, conditions, hours, weekdays } from "./condition.ts";
import { effectSchema } from "./effect.ts";
import { goods, goodsSchema, names, percent, roubles, text, whole } from "./goods.ts";

const CLOSED = { additionalProperties: false } as const;

/** Longest texts that the app shows, in characters. */
export const APP_LENGTHS = { code: 30, title: 20, description: 35, longDescription: 100 } as const;

const schedule = Type.Object(
  {
    from: Type.Optional(Type.String({ description: "Start, inclusive." })),
    until: Type.Optional(Type.String({ description: "End, exclusive." })),
    weekdays: Type.Optional(weekdays),
    hours: Type.Optional(Type.Array(hours, { minItems: 1, description: "Parts of the day." })),
  },
  {
    ...CLOSED,
    description: "When it runs. ISO 8601 with an offset, or local date-times in the shop's zone.",
  },
);

const showcase = Type.Object(
  {
    code: Type.String({
      minLength: 1,
      maxLength: 100,
      description: "The code; the app shows 30 characters.",
    }),
    title: text("The app shows 20 characters."),
    description: text("The app shows 35 characters."),
    longDescription: Type.Optional(text("The app shows 100 characters.")),
    availableUntil: Type.Optional(Type.String({ description: "Shown instead of the description." })),
    backgroundImage: Type.Optional(Type.String({ description: "Address of a picture." })),
    appliedImage: Type.Optional(Type.String({ description: "Address of the picture once applied." })),
    applyImageAnimation: Type.Optional(Type.Enum(["stamp", "fade"])),
    backgroundColor: Type.Optional(Type.String({ description: "Colour, such as #ffcc00." })),
    textAppearance: Type.Optional(Type.Enum(["light", "dark"])),
  },
  { ...CLOSED, description: "A code that shoppers see and may pick." },
);

const combining = Type.Object(
  {
    layer: Type.Optional(
      Type.Integer({
        minimum: -1000,
        maximum: 1000,
        description: "Layers apply in ascending order. Default: automatic 0, with codes 10, chosen 20.",
      }),
    ),
    group: Type.Optional(Type.String({ minLength: 1, description: "Its own group, for others to name." })),
    with: Type.Optional(
      Type.Union([Type.Enum(["all", "none"]), Type.Array(Type.String({ minLength: 1 }))], {
        title: "all, none or a list of groups",
        description: "Beside which promotions of its layer it stands on the same goods (default all).",
      }),
    ),
    bestOf: Type.Optional(
      Type.String({ minLength: 1, description: "Of promotions sharing this name at most one applies." }),
    ),
    mandatory: Type.Optional(Type.Boolean({ description: "Never left out for a better whole." })),
    replaces: Type.Optional(
      Type.Enum(["nothing", "all-discounts", "automatic-discounts", "code-discounts"], {
        description: "What falls away when this one applies (chosen promotions and codes).",
      }),
    ),
    spendPoints: Type.Optional(Type.Boolean({ description: "May points pay beside it (default true)?" })),
    earnPoints: Type.Optional(
      Type.Boolean({ description: "Are points earned beside it (default: as spendPoints)?" }),
    ),
  },
  { ...CLOSED, description: "How it stands beside other promotions." },
);

const counts = {
  uses: Type.Optional(whole("Uses by all customers together.")),
  usesPerCustomer: Type.Optional(whole("Uses by one customer.")),
  usesPerCode: Type.Optional(whole("Uses of one code.")),
  budget: Type.Optional(roubles("Most that it may take off altogether.")),
};
const PERIODS = ["day", "week", "month"] as const;

const limits = Type.Object(
  {
    ...counts,
    per: Type.Optional(
      Type.Enum(PERIODS, {
        description: "What stands beside it is counted anew in every such period of the shop's calendar.",
      }),
    ),
    perOrder: Type.Optional(whole("Sets of N for M, cheaper units or kits in one order.")),
    periods: Type.Optional(
      Type.Array(
        Type.Object(
          { per: Type.Enum(PERIODS, { description: "Weeks begin on Monday." }), ...counts },
          { ...CLOSED, description: "Limits of one day, week or month." },
        ),
        {
          minItems: 1,
          maxItems: 10,
          description: "More limits beside these, each counted anew in periods of its own.",
        },
      ),
    ),
  },
  { ...CLOSED, description: "Counted when an order is confirmed; a calculation only reads what is left." },
);

const caps = Type.Object(
  {
    perUnit: Type.Optional(roubles("Off one unit.")),
    perLine: Type.Optional(roubles("Off one line.")),
    perOrder: Type.Optional(roubles("Off one order.")),
  },
  { ...CLOSED, description: "Most this promotion may take off." },
);

const floor = Type.Object(
  {
    unitPrice: Type.Optional(roubles("Lowest price of a unit.")),
    percentOfPrice: Type.Optional(percent("Lowest price as a share of the list price.")),
  },
  { ...CLOSED, description: "No unit gets cheaper than this through this promotion." },
);

const texts = Type.Object(
  {
    hint: Type.Optional(text("Shown in the cart when little is missing; {missing} is replaced.")),
    applied: Type.Optional(text("Shown once it applies.")),
    description: Type.Optional(text("About it, for people.")),
  },
  { ...CLOSED, description: "Texts for shoppers." },
);

/** A promotion as its author writes it. */
export const promotionSchema = Type.Object(
  {
    id: Type.String({
      minLength: 1,
      maxLength: 100,
      description: "Its name for machines; it never changes.",
    }),
    name: text("Its name for people."),
    status: Type.Optional(
      Type.Enum(["draft", "scheduled", "active", "paused", "ended"], { description: "Default active." }),
    ),
    priority: Type.Optional(
      Type.Number({ description: "Higher first where nothing else decides (default 0)." }),
    ),
    schedule: Type.Optional(schedule),
    audience: Type.Optional(conditions("Who: all must hold.")),
    scope: Type.Optional(goods("On what goods the effects act; everything when absent.")),
    when: Type.Optional(conditions("When: all must hold.")),
    then: Type.Array(effectSchema, { minItems: 1, description: "What happens." }),
    codes: Type.Optional(
      Type.Object(
        {
          list: Type.Optional(names("Codes written here; more may stand in the code table.")),
          showcase: Type.Optional(Type.Array(showcase, { description: "Codes that shoppers see." })),
        },
        { ...CLOSED, description: "Applies only with a code." },
      ),
    ),
    choice: Type.Optional(
      Type.Object(
        {
          group: Type.String({
            minLength: 1,
            description: "Alternatives of one group are offered together.",
          }),
        },
        { ...CLOSED, description: "Applies only when the shopper chose it." },
      ),
    ),
    combining: Type.Optional(combining),
    limits: Type.Optional(limits),
    caps: Type.Optional(caps),
    floor: Type.Optional(floor),
    rounding: Type.Optional(
      Type.Enum(["kopeck", "rouble", "ten"], {
        description: "Each offer's discount is rounded to this, down.",
      }),
    ),
    worth: Type.Optional(
      roubles("What a gift or points promotion is worth in the choice of the best (default 0)."),
    ),
    texts: Type.Optional(texts),
  },
  { ...CLOSED, title: "promotion", description: "A promotion." },
);

/** A whole rule set, as a file holds it; stands by itself with everything it refers to. */
export const promotionSetSchema = Type.Object(
  {
    promotions: Type.Array(promotionSchema, {
      description: "All promotions; the order is that of the menu.",
    }),
    objective: Type.Optional(
      Type.Enum(["shopperSaving", "leastCost", "priority"], {
        description: "What the best combination is: the shopper's saving (default), least cost, or priority.",
      }),
    ),
    lowestUnitPrice: Type.Optional(roubles("Lowest price of a unit after all discounts (default 0.01).")),
  },
  {
    ...CLOSED,
    title: "set of promotions",
    $schema: "https://json-schema.org/draft/2020-12/schema",
    $defs: { goods: goodsSchema, condition: conditionSchema },
  },
);

/** A rule set as the schema sees it; equal to the core's own type. */
export type PromotionSetShape = Static<typeof promotionSetSchema>;
