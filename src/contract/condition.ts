// Schema of a condition: one object with exactly one key, nested by any, all and not.
import { type TProperties, Type } from "typebox";
import type { Condition } from "../core/pricing/index.ts";
import { bounds, count, goods, names, roubles } from "./goods.ts";

const CLOSED = { additionalProperties: false } as const;

const only = <Properties extends TProperties>(properties: Properties) => Type.Object(properties, CLOSED);

/** A reference to the schema of a condition, which stands in `$defs` of the whole. */
export const condition = (description: string) =>
  Type.Unsafe<Condition>({ $ref: "#/$defs/condition", description });

/** A list of conditions. */
export const conditions = (description: string) => Type.Array(condition("A condition."), { description });

/** Days of the week. */
export const weekdays = Type.Array(Type.Integer({ minimum: 1, maximum: 7 }), {
  minItems: 1,
  description: "Days of the week, 1 Monday to 7 Sunday, in the shop's zone.",
});

/** A part of the day. */
export const hours = only({
  from: Type.String({ description: "HH:MM in the shop's zone, inclusive." }),
  to: Type.String({ description: "HH:MM, exclusive; earlier than from: over midnight." }),
});

const customer = Type.Object(
  {
    known: Type.Optional(Type.Boolean({ description: "Signed in or not." })),
    segments: Type.Optional(names("In at least one of these segments.")),
    tiers: Type.Optional(names("Of one of these tiers of the programme.")),
    birthday: Type.Optional(
      Type.Object(
        {
          daysBefore: Type.Integer({ minimum: 0, maximum: 183 }),
          daysAfter: Type.Integer({ minimum: 0, maximum: 183 }),
        },
        { ...CLOSED, description: "Around the birthday, in days of the shop's zone." },
      ),
    ),
    orderNumber: Type.Optional(
      Type.Object(bounds(count), {
        ...CLOSED,
        description: "Number of the order being made; 1 is the first.",
      }),
    ),
    spent: Type.Optional(
      Type.Object(
        {
          ...bounds(roubles),
          days: Type.Integer({ minimum: 1, maximum: 3660, description: "Over this many days back." }),
        },
        { ...CLOSED, description: "Money spent in a period." },
      ),
    ),
  },
  { ...CLOSED, minProperties: 1, description: "Of the customer; all keys given must hold." },
);

const sum = Type.Object(
  {
    ...bounds(roubles),
    of: Type.Optional(goods("Only these goods count; all when absent.")),
    measured: Type.Optional(
      Type.Enum(["list", "beforeLayer"], {
        description:
          "list: price × quantity; beforeLayer (default): what the layers before this promotion's left of it.",
      }),
    ),
  },
  { ...CLOSED, description: "Sum of ticked, purchasable goods." },
);

/** A condition. Its alternatives are told apart by their first key. */
export const conditionSchema = Type.Union(
  [
    only({ sum }),
    only({
      quantity: Type.Object(
        { ...bounds(count), of: Type.Optional(goods("Only these goods count.")) },
        { ...CLOSED, description: "Number of units." },
      ),
    }),
    only({
      distinctGoods: Type.Object(
        { ...bounds(count), of: Type.Optional(goods("Only these goods count.")) },
        { ...CLOSED, description: "Number of different goods." },
      ),
    }),
    only({ customer }),
    only({
      channels: Type.Array(Type.Enum(["app", "seller"]), {
        minItems: 1,
        description: "app: the shopper's own; seller: the app of a store's employee.",
      }),
    }),
    only({ outlets: names("Ids of outlets.") }),
    only({ employees: names("Ids of employees.") }),
    only({
      cities: Type.Object(
        {
          names: Type.Optional(names("Names of cities.")),
          kladr: Type.Optional(names("KLADR codes of cities or regions.")),
          fias: Type.Optional(names("FIAS codes of cities or regions.")),
        },
        { ...CLOSED, minProperties: 1, description: "In one of these places, by any of the keys." },
      ),
    }),
    only({ delivery: names("Delivery methods.") }),
    only({ payment: names("Payment methods.") }),
    only({ pickupPoints: names("Ids of pickup points.") }),
    only({ earlyAccess: Type.Boolean({ description: "Whether it is an early-access order." }) }),
    only({ weekdays }),
    only({ hours }),
    only({
      dates: Type.Object(
        {
          from: Type.Optional(Type.String({ description: "Inclusive." })),
          until: Type.Optional(Type.String({ description: "Exclusive." })),
        },
        { ...CLOSED, minProperties: 1, description: "ISO 8601, or local dates in the shop's zone." },
      ),
    }),
    only({ any: Type.Array(condition("A condition."), { minItems: 1, description: "At least one holds." }) }),
    only({ all: Type.Array(condition("A condition."), { minItems: 1, description: "Every one holds." }) }),
    only({ not: condition("Does not hold.") }),
  ],
  { title: "condition", description: "One condition: exactly one key." },
);
