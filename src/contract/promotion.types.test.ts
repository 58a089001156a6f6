// The schemas and the core's types say the same, key by key; a difference does not compile.

import type { Static } from "typebox";
import { expect, test } from "vitest";
import type {
  CartDocument,
  Condition,
  Effect,
  Goods,
  ProgrammeDocument,
  PromotionDocument,
  PromotionSet,
} from "../core/pricing/index.ts";
import type { cartSchema } from "./cart.ts";
import type { conditionSchema } from "./condition.ts";
import type { effectSchema } from "./effect.ts";
import type { goodsSchema } from "./goods.ts";
import type { ProgrammeShape } from "./programme.ts";
import type { PromotionSetShape, promotionSchema } from "./promotion.ts";

/** The type without `readonly`, expanded, so that only what may stand in a document is compared. */
type Plain<Type> = Type extends readonly (infer Item)[]
  ? Plain<Item>[]
  : Type extends object
    ? { -readonly [Key in keyof Type]: Plain<Type[Key]> }
    : Type;

type IsSame<Left, Right> =
  (<T>() => T extends Left ? 1 : 2) extends <T>() => T extends Right ? 1 : 2 ? true : false;

const isSame = <Left, Right>(same: IsSame<Plain<Left>, Plain<Right>>): boolean => same;

test("schemas say what the core's types say", () => {
  expect(isSame<Static<typeof goodsSchema>, Goods>(true)).toBe(true);
  expect(isSame<Static<typeof conditionSchema>, Condition>(true)).toBe(true);
  expect(isSame<Static<typeof effectSchema>, Effect>(true)).toBe(true);
  expect(isSame<Static<typeof promotionSchema>, PromotionDocument>(true)).toBe(true);
  expect(isSame<PromotionSetShape, PromotionSet>(true)).toBe(true);
  expect(isSame<ProgrammeShape, ProgrammeDocument>(true)).toBe(true);
  expect(isSame<Static<typeof cartSchema>, CartDocument>(true)).toBe(true);
});

test("the comparison sees a missing optional key and a wrong value", () => {
  expect(isSame<{ a?: string }, { a?: string; b?: string }>(false)).toBe(false);
  expect(isSame<{ a: readonly string[] }, { readonly a: number[] }>(false)).toBe(false);
});
