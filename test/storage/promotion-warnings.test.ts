// What is legal and yet probably not meant is told before it is applied.
import { expect, test } from "vitest";
import type { PromotionSet } from "../../src/core/pricing/index.ts";
import { WARNINGS_LIMIT, warningsOf } from "../../src/flows/check-promotions.ts";
import { importFeed } from "../../src/flows/index.ts";
import { savePromoCodes, type Tx } from "../../src/storage/index.ts";
import { feedFrom } from "../protocols/yml-feed/feeds.ts";
import { forEachEngine } from "../support/engines.ts";
import { houseOver } from "../support/house.ts";

const FEED = `<?xml version="1.0"?><yml_catalog><shop><categories>
  <category id="300">Кухня</category><category id="310" parentId="300">Сковороды</category></categories><offers>
  <offer id="1" available="true" group_id="g"><name>Ковш</name><price>10</price><categoryId>310</categoryId><vendor>Уралочка</vendor></offer>
  </offers></shop></yml_catalog>`;

const set = (more: object): PromotionSet =>
  ({ promotions: [{ id: "p", name: "П", then: [{ percent: 5 }], ...more }] }) as PromotionSet;

forEachEngine("warnings", (engine) => {
  const house = () => houseOver(engine.database);

  test("without a catalogue nothing is said of goods", async () => {
    expect(await warningsOf(house(), set({ scope: { offers: ["no"] } }))).toEqual([]);
  });

  test("goods, categories and vendors that the catalogue does not have are told by their place", async () => {
    await importFeed(house(), feedFrom(FEED));
    const mentions = set({
      scope: { offers: ["1", "2"], groups: ["g", "h"], not: { vendors: ["Уралочко"] } },
      when: [{ sum: { atLeast: 1, of: { categories: ["310", "сковороды"] } } }],
      then: [{ giftChoice: { options: [{ offer: "1" }, { offer: "9" }] } }, { message: "offers" }],
      texts: { description: "vendors" },
    });
    expect(await warningsOf(house(), mentions)).toEqual([
      {
        path: "promotions[0].then[0].giftChoice.options[1].offer",
        message: "the catalogue has no such offer: “9”",
      },
      { path: "promotions[0].scope.offers[1]", message: "the catalogue has no such offer: “2”" },
      { path: "promotions[0].scope.groups[1]", message: "the catalogue has no such group: “h”" },
      {
        path: "promotions[0].scope.not.vendors[0]",
        message: "the catalogue has no such vendor: “Уралочко”",
        suggestion: "did you mean “Уралочка”?",
      },
      {
        path: "promotions[0].when[0].sum.of.categories[1]",
        message: "the catalogue has no such category: “сковороды”",
        suggestion: "that is the name of category “310”",
      },
    ]);
  });

  test("codes that are shown but unknown, and codes without their promotion, are told", async () => {
    const code = {
      code: "X",
      folded: "x",
      promotionId: "p",
      batch: "",
      state: "free",
      validUntil: null,
      usesPerCode: null,
      customerId: null,
      place: 1,
      createdAt: 0,
    } as const;
    await engine.database.transaction((tx: Tx) =>
      savePromoCodes(tx, [
        code,
        { ...code, folded: "y", promotionId: "gone" },
        { ...code, folded: "z", promotionId: "auto" },
      ]),
    );
    const show = (shown: string) => ({ code: shown, title: "т", description: "о" });
    const promotions = [
      {
        id: "p",
        name: "П",
        then: [{ percent: 5 }],
        codes: { list: ["Свой"], showcase: [show("свой"), show("X"), show("чужой")] },
      },
      { id: "auto", name: "А", then: [{ percent: 5 }] },
    ];
    const told = await warningsOf(house(), { promotions });
    expect(told.map(({ message }) => message)).toEqual([
      "“чужой” is shown but is no code of this promotion",
      "1 codes name “auto”, which applies without a code",
      "1 codes name “gone”, which is not in the set",
    ]);
  });

  test("more warnings than a person reads are not told", async () => {
    const offers = Array.from({ length: 500 }, (_, index) => `no-${index}`);
    expect(await warningsOf(house(), set({ scope: { offers } }))).toHaveLength(WARNINGS_LIMIT);
  });
});
