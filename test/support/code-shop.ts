// A shop with promotions that take codes, and ways to look at batches of them.
import type { PromotionSet } from "../../src/core/pricing/index.ts";
import { applyRules } from "../../src/flows/apply-rules.ts";
import type { BatchWish } from "../../src/flows/generate-codes.ts";
import type { House } from "../../src/flows/index.ts";
import { codesOf } from "../../src/flows/manage-batches.ts";
import { RuleShelf } from "../../src/flows/rule-shelf.ts";
import type { EngineUnderTest } from "./engines.ts";
import { type HouseUnderTest, houseOver } from "./house.ts";

const set: PromotionSet = {
  promotions: [
    { id: "sale", name: "sale", then: [{ percent: 5 }], codes: { list: ["L-DDDD"] } },
    { id: "other", name: "other", then: [{ percent: 7 }], codes: {} },
    { id: "auto", name: "auto", then: [{ percent: 1 }] },
  ],
};

/** A wish for codes of many uses, to be completed. */
export const SHARED: BatchWish = {
  name: "",
  promotionId: "sale",
  pattern: "",
  alphabet: null,
  count: 1,
  usesPerCode: null,
  validUntil: null,
};

/** The shop of one suite: each call applies the rules again, the house stays the same. */
export function codeShop(
  engine: EngineUnderTest,
): () => Promise<{ house: HouseUnderTest; shelf: RuleShelf }> {
  // One house for all: its ids go on where the test before ended.
  let house: HouseUnderTest | undefined;
  return async () => {
    house ??= houseOver(engine.database);
    const shelf = new RuleShelf(house, "Europe/Moscow");
    await applyRules(house, shelf, { set }, { note: "" });
    return { house, shelf };
  };
}

/** Codes of a batch as written. */
export async function allCodes(house: House, id: string): Promise<string[]> {
  const codes: string[] = [];
  for await (const page of codesOf(house, id)) codes.push(...page.map(({ code }) => code));
  return codes;
}
