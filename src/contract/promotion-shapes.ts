// Promotions, rule sets and programmes as bodies and answers of calls: the authored schemas with examples and what they refer to.
import { Type } from "typebox";
import { programmeSchema } from "./programme.ts";
import { promotionSchema, promotionSetSchema } from "./promotion.ts";

const EXAMPLE = {
  id: "spring-10",
  name: "Spring",
  then: [{ percent: 10 }],
};

const CODED = { id: "friends", name: "For friends", codes: {}, then: [{ percent: 5 }] };

// Type.Object keeps these two keywords in the schema, but not in its type.
type WithKeywords = typeof promotionSetSchema & { readonly $defs: object; readonly $schema: string };
const { $defs, $schema: _dialect, ...setShape } = promotionSetSchema as WithKeywords;

/** One promotion as it is written; its parts refer to `$defs`, which come with it. */
export const Promotion = Type.Unsafe<object>({
  ...promotionSchema,
  $defs,
  title: "Promotion",
  examples: [EXAMPLE, CODED],
});

/** A whole rule set as it is written. */
export const PromotionSet = Type.Unsafe<object>({
  ...setShape,
  $defs,
  title: "PromotionSet",
  properties: {
    ...setShape.properties,
    promotions: Type.Array(Promotion, { description: "In the order of the menu." }),
  },
  examples: [{ promotions: [EXAMPLE, CODED] }],
});

/** A programme as it is written. */
export const Programme = Type.Unsafe<object>({
  ...programmeSchema,
  title: "Programme",
  examples: [{ id: "club", name: "Club", earn: { percent: 5 }, spend: { percentOfLine: 30 } }],
});

/** Largest rule set, bytes. */
export const SET_LIMIT = 4 * 1024 * 1024;
