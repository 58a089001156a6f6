// Schemas of the small words of a promotion: money, texts, ranges, sets of goods. Descriptions are shown by editors and forms.
import { type TSchema, Type } from "typebox";
import type { Goods } from "../core/pricing/index.ts";

const CLOSED = { additionalProperties: false } as const;

/** A list of ids or names that are not empty; at least one. */
export const names = (description: string) =>
  Type.Array(Type.String({ minLength: 1, maxLength: 200 }), { minItems: 1, description });

/** An amount of roubles. */
export const roubles = (description: string) =>
  Type.Union([Type.Number({ minimum: 0 }), Type.String({ pattern: "^[0-9]{1,13}([.,][0-9]{1,2})?$" })], {
    title: "roubles",
    description: `${description} Roubles: a number or a text with at most two decimals.`,
  });

/** A text for shoppers, in one or both languages. */
export const text = (description: string) =>
  Type.Union(
    [
      Type.String({ minLength: 1, maxLength: 1000 }),
      Type.Object(
        {
          ru: Type.String({ minLength: 1, maxLength: 1000, description: "Russian." }),
          en: Type.Optional(
            Type.String({
              minLength: 1,
              maxLength: 1000,
              description: "English; the Russian one when absent.",
            }),
          ),
        },
        CLOSED,
      ),
    ],
    { title: "text", description: `${description} One text for both languages, or { ru, en }.` },
  );

/** Bounds, both inclusive. */
export const bounds = <Value extends TSchema>(value: (description: string) => Value) => ({
  atLeast: Type.Optional(value("Lower bound, inclusive.")),
  atMost: Type.Optional(value("Upper bound, inclusive.")),
});

/** A number of 0 or more. */
export const count = (description: string) => Type.Number({ minimum: 0, description });

/** A whole number of 1 or more. */
export const whole = (description: string) => Type.Integer({ minimum: 1, maximum: 1_000_000, description });

/** A percentage. */
export const percent = (description: string) =>
  Type.Number({ minimum: 0, maximum: 100, description: `${description} Percent, at most two decimals.` });

/** A reference to the schema of a set of goods, which stands in `$defs` of the whole. */
export const goods = (description: string) => Type.Unsafe<Goods>({ $ref: "#/$defs/goods", description });

/** A set of goods. */
export const goodsSchema = Type.Object(
  {
    offers: Type.Optional(names("Offer ids of the catalogue.")),
    groups: Type.Optional(names("Product cards: ids of the offers' groups.")),
    categories: Type.Optional(names("Category ids, with all their sub-categories.")),
    vendors: Type.Optional(names("Vendors, spelt as in the catalogue.")),
    price: Type.Optional(
      Type.Object(
        {
          from: Type.Optional(roubles("Lowest list price of a unit.")),
          to: Type.Optional(roubles("Highest list price of a unit.")),
        },
        { ...CLOSED, minProperties: 1, description: "By the list price of one unit, both ends inclusive." },
      ),
    ),
    hasOldPrice: Type.Optional(
      Type.Boolean({ description: "Goods that are (or are not) already marked down." }),
    ),
    params: Type.Optional(
      Type.Record(Type.String(), names("Values of the attribute, any of them."), {
        description: "By attribute (param) of the catalogue.",
      }),
    ),
    any: Type.Optional(
      Type.Array(goods("A set."), { minItems: 1, description: "Goods of at least one of these sets." }),
    ),
    all: Type.Optional(
      Type.Array(goods("A set."), {
        minItems: 1,
        description: "Goods that belong to every one of these sets.",
      }),
    ),
    not: Type.Optional(goods("All but these goods.")),
  },
  {
    ...CLOSED,
    title: "goods",
    description: "A set of goods: all keys given must hold, each list is “any of”. Empty: everything.",
  },
);
