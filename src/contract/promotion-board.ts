// The board of promotions: all in force with how they stand, what they gave, and which exclude each other; and promotions to begin with.
import { Type } from "typebox";
import { operation } from "./operation.ts";
import { LimitState } from "./promotion-uses.ts";
import { count, input, minor, moment, nullable, oneOf, output } from "./shape.ts";

const both = output({ ru: Type.String(), en: Type.String() }, { title: "InBothLanguages" });
const STATUSES = ["active", "scheduled", "ended", "off"] as const;

/** What the board is ordered by. */
export const BOARD_ORDERS = ["menu", "application", "name", "discount", "uses", "until"] as const;

const entry = output(
  {
    promotionId: Type.String({ description: "The promotion." }),
    name: both,
    sentence: both,
    status: oneOf(STATUSES, "off: a draft or paused. ended: by its status or by its dates."),
    from: nullable(moment("Start."), "Null: from ever."),
    until: nullable(moment("End, exclusive."), "Null: for ever."),
    layer: Type.Integer({ description: "Its layer." }),
    order: count("Place in the order of application."),
    group: nullable(Type.String(), "Its own group of combining."),
    bestOf: nullable(Type.String(), "Of promotions sharing this name at most one applies."),
    choiceGroup: nullable(Type.String(), "The menu that shoppers choose it from."),
    needsCode: Type.Boolean({ description: "Whether it applies with a promo code only." }),
    orders: count("Orders that used it and stand."),
    discountMinor: minor("What it took off in them, kopecks."),
    limits: Type.Array(LimitState, { description: "Each limit, how far it is used." }),
    usedShare: nullable(Type.Number(), "The fullest of its limits, 0 to 1; null: none has a total."),
    rivals: count("Promotions that cannot apply beside it."),
  },
  { title: "BoardEntry" },
);

/** The board. */
export const readPromotionBoard = operation({
  id: "readPromotionBoard",
  method: "GET",
  path: "/promotion-board",
  tag: "promotions",
  summary: "Read all promotions with how they stand",
  description:
    "In one answer: status, window, limits and uses, discount given, layer and group, one plain sentence in both languages, and the pairs that cannot both apply to one cart.",
  scope: "promotions:read",
  query: input({
    status: Type.Optional(oneOf(STATUSES, "Only those that stand so.")),
    layer: Type.Optional(
      Type.Integer({ minimum: -1000, maximum: 1000, description: "Only those of this layer." }),
    ),
    query: Type.Optional(
      Type.String({ minLength: 1, maxLength: 100, description: "Part of an id, a name or the sentence." }),
    ),
    order: Type.Optional(
      oneOf(BOARD_ORDERS, "menu when absent; discount and uses: most first; until: next to end first."),
    ),
  }),
  status: 200,
  answer: output(
    {
      version: count("Version of the rules in force."),
      items: Type.Array(entry),
      rivals: Type.Array(
        output(
          {
            leftId: Type.String({ description: "The one that applies first." }),
            rightId: Type.String({ description: "The other one." }),
            reason: oneOf(["best_of", "replaces", "same_layer"], "Why they exclude each other."),
          },
          { title: "BoardRivals" },
        ),
        {
          description:
            "Of all promotions that are not over, whatever was asked for. Goods are told apart by the catalogue; conditions are not looked into.",
        },
      ),
      areRivalsWhole: Type.Boolean({ description: "False: there are more pairs than are told." }),
    },
    { title: "PromotionBoard" },
  ),
});

/** Promotions to begin with. */
export const listPromotionTemplates = operation({
  id: "listPromotionTemplates",
  method: "GET",
  path: "/promotion-templates",
  tag: "promotions",
  summary: "List promotions to begin with",
  description: "Whole documents, drafts: put in what fill names, change what you like, and send it.",
  scope: "promotions:read",
  status: 200,
  answer: output(
    {
      items: Type.Array(
        output(
          {
            id: Type.String({ description: "Its name." }),
            title: both,
            use: both,
            sentence: both,
            fill: Type.Array(Type.String(), {
              description: "JSON pointers into promotion: where the shop's own goods and figures go.",
            }),
            promotion: Type.Unsafe<object>({
              type: "object",
              description: "The promotion as it is written.",
            }),
          },
          { title: "PromotionTemplate" },
        ),
      ),
    },
    { title: "PromotionTemplates" },
  ),
});
