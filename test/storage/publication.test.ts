// The publication gate over a database: the catalogue, the stock, the outlets and the code table of an installation.
import { expect, test } from "vitest";
import type { PromotionSet } from "../../src/core/pricing/index.ts";
import { applyPromotion, applyRules, importFeed, RuleShelf } from "../../src/flows/index.ts";
import { judgePublication, obstaclesOf } from "../../src/flows/judge-publication.ts";
import { savePromoCodes, type Tx } from "../../src/storage/index.ts";
import { feedFrom } from "../protocols/yml-feed/feeds.ts";
import { forEachEngine } from "../support/engines.ts";
import { houseOver } from "../support/house.ts";

const FEED = `<?xml version="1.0"?><yml_catalog><shop><categories>
  <category id="300">Кухня</category><category id="310" parentId="300">Сковороды</category></categories><offers>
  <offer id="1" available="true" group_id="g"><name>Ковш</name><price>10</price><categoryId>310</categoryId><vendor>Уралочка</vendor></offer>
  </offers></shop></yml_catalog>`;

const ZONE = "Europe/Moscow";
const set = (more: object): PromotionSet =>
  ({ promotions: [{ id: "p", name: "П", then: [{ percent: 5 }], ...more }] }) as PromotionSet;

forEachEngine("publication", (engine) => {
  const house = () => houseOver(engine.database);
  const codesFound = async (one: PromotionSet) =>
    (await judgePublication(house(), one, ZONE)).findings.map(({ code, path }) => `${code} ${path}`);

  test("without a catalogue nothing is said of goods, and that is told", async () => {
    const report = await judgePublication(house(), set({ scope: { offers: ["no"] } }), ZONE);
    expect(report).toEqual({
      findings: [],
      notAnalysed: [{ reason: "no_catalogue", promotionIds: [], offers: 0 }],
    });
  });

  test("names that the catalogue does not have are told by their place, with what was probably meant", async () => {
    await importFeed(house(), feedFrom(FEED));
    const mentions = set({
      scope: { offers: ["1", "2"], groups: ["g", "h"], not: { vendors: ["Уралочко"] } },
      when: [{ sum: { atLeast: 1, of: { categories: ["310", "сковороды"] } } }],
      then: [{ gifts: [{ offer: "1" }, { offer: "9" }] }, { message: "offers" }],
      texts: { description: "vendors" },
    });
    expect(await codesFound(mentions)).toEqual(
      [
        "unknown_name promotions[0].scope.offers[1]",
        "unknown_name promotions[0].scope.groups[1]",
        "unknown_name promotions[0].scope.not.vendors[0]",
        "unknown_name promotions[0].when[0].sum.of.categories[1]",
        "gift_unknown promotions[0].then[0].gifts[1].offer",
      ].sort((a, b) => Number(b.startsWith("gift")) - Number(a.startsWith("gift"))),
    );
    const { findings } = await judgePublication(house(), mentions, ZONE);
    expect(findings.map(({ message }) => message.en).join("\n")).toMatch(
      /did you mean “Уралочка”[\s\S]*did you mean “310”/,
    );
    expect(await codesFound(set({ scope: { categories: ["300"] } }))).toEqual([]);
  });

  test("codes of the table count: whose they are, and whether any can be used", async () => {
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
        { ...code, folded: "w", promotionId: "worn", state: "redeemed" },
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
      { id: "worn", name: "И", then: [{ percent: 5 }], codes: {} },
      { id: "twin", name: "Д", then: [{ percent: 5 }], codes: { list: ["y"] } },
    ];
    expect(await codesFound({ promotions })).toEqual([
      "showcase_unknown promotions[0].codes.showcase[2].code",
      "code_in_table promotions[3].codes.list[0]",
      "table_codes_unused promotions[1].codes",
      "codes_spent promotions[2].codes",
      "table_codes_lost promotions",
    ]);
  });

  test("an error keeps a set out; one promotion is kept out by its own errors only; despite names what may pass", async () => {
    const shelf = new RuleShelf(house(), ZONE);
    const dead = set({ then: [{ percent: 0 }] });
    const refused = await applyRules(house(), shelf, { set: dead }, { note: "", despite: [] });
    expect(refused).toMatchObject({
      kind: "refused",
      reason: "not_publishable",
      findings: [{ code: "zero_effect" }],
    });
    expect((await obstaclesOf(house(), dead, ZONE, ["zero_effect"])).passed).toEqual(["zero_effect"]);
    const passed = await applyRules(house(), shelf, { set: dead }, { note: "", despite: ["zero_effect"] });
    expect(passed).toMatchObject({ kind: "applied" });
    const other = { id: "q", name: "К", then: [{ percent: 7 }] };
    const added = await applyPromotion(house(), shelf, other, { note: "", despite: [] });
    expect(added).toMatchObject({ kind: "applied" });
    const worse = { ...other, then: [{ amount: 0 }] };
    expect(await applyPromotion(house(), shelf, worse, { note: "", despite: [] })).toMatchObject({
      kind: "refused",
    });
    expect(await applyPromotion(house(), shelf, worse, { note: "" })).toMatchObject({ kind: "applied" });
    const again = await applyRules(
      house(),
      shelf,
      { set: dead },
      { note: "", despite: ["zero_effect"], isDryRun: true },
    );
    expect(again).toMatchObject({ kind: "planned" });
  });
});
