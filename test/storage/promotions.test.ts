// Rule sets and promo codes are kept and found alike on both engines.
import { expect, test } from "vitest";
import {
  addRuleset,
  findPromoCode,
  findPromoCodes,
  latestRuleset,
  latestRulesetVersion,
  listPromotions,
  listRulesets,
  promoCodeSupply,
  replacePromotions,
  rulesetOf,
  type StoredPromoCode,
  savePromoCodes,
} from "../../src/storage/index.ts";
import { forEachEngine } from "../support/engines.ts";

forEachEngine("promotions", (engine) => {
  const write = <Result>(work: Parameters<typeof engine.database.transaction<Result>>[0]) =>
    engine.database.transaction(work);

  test("there is no rule set at first", async () => {
    await engine.database.read(async (tx) => {
      expect(await latestRulesetVersion(tx)).toBe(0);
      expect(await latestRuleset(tx)).toBeNull();
    });
  });

  test("a version is added once, and the second with its number is told so", async () => {
    const first = { version: 1, hash: "a", documents: "{}", programme: null, note: "first", createdAt: 5 };
    const second = { ...first, version: 2, hash: "b", programme: '{"id":"x"}' };
    expect(await write((tx) => addRuleset(tx, first))).toBe(true);
    expect(await write((tx) => addRuleset(tx, { ...first, hash: "other" }))).toBe(false);
    expect(await write((tx) => addRuleset(tx, second))).toBe(true);
    await engine.database.read(async (tx) => {
      expect(await latestRulesetVersion(tx)).toBe(2);
      expect(await latestRuleset(tx)).toEqual(second);
      expect(await rulesetOf(tx, 1)).toEqual(first);
      expect(await rulesetOf(tx, 3)).toBeNull();
      expect((await listRulesets(tx, 10)).map(({ version }) => version)).toEqual([2, 1]);
    });
  });

  test("promotions in force are what was put last, in its order", async () => {
    const documents = (...ids: string[]) => ids.map((id) => ({ id, document: `{"id":"${id}"}` }));
    await write((tx) => replacePromotions(tx, documents("a", "b", "c")));
    await write((tx) => replacePromotions(tx, documents("c", "a", "d")));
    expect(await engine.database.read(listPromotions)).toEqual(documents("c", "a", "d"));
    await write((tx) => replacePromotions(tx, []));
    expect(await engine.database.read(listPromotions)).toEqual([]);
  });

  test("a code is found by its folded spelling, and saving it again changes it", async () => {
    const code: StoredPromoCode = {
      folded: "осень",
      code: "ОСЕНЬ",
      promotionId: "p",
      state: "free",
      batch: "one",
      validUntil: null,
      usesPerCode: null,
      customerId: null,
      place: 1,
      createdAt: 1,
    };
    const other = { ...code, folded: "зима", code: "Зима", validUntil: 9, createdAt: 2 };
    await write((tx) => savePromoCodes(tx, [code, other]));
    await write((tx) => savePromoCodes(tx, [{ ...code, state: "blocked", batch: "two", createdAt: 77 }]));
    await write((tx) => savePromoCodes(tx, []));
    await engine.database.read(async (tx) => {
      // The batch that it came with stays its batch.
      expect(await findPromoCode(tx, "осень")).toEqual({
        ...code,
        state: "blocked",
        isBatchOff: false,
        uses: 0,
      });
      expect(await findPromoCode(tx, "ОСЕНЬ")).toBeNull();
      expect(await findPromoCodes(tx, ["зима", "лето"])).toEqual([other]);
      expect(await findPromoCodes(tx, [])).toEqual([]);
      expect(await promoCodeSupply(tx, 0)).toEqual(new Map([["p", { all: 2, usable: 1 }]]));
    });
  });
});
