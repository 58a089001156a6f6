// A typed code is found however it is spelt, and what the table says of it counts before what the rules list.
import { describe, expect, test } from "vitest";
import { forEachEngine } from "../../test/support/engines.ts";
import { houseOver } from "../../test/support/house.ts";
import type { PromotionSet } from "../core/pricing/index.ts";
import { codeBatchByName, findPromoCode, type Tx } from "../storage/index.ts";
import { applyRules } from "./apply-rules.ts";
import { CODE_PROBLEMS_LIMIT } from "./code-report.ts";
import { textFile } from "./csv-stream.ts";
import { codeFacts } from "./find-code.ts";
import { importCodes } from "./import-codes.ts";
import { RuleShelf } from "./rule-shelf.ts";

const coded = (id: string, list?: string[]) => ({
  id,
  name: id,
  then: [{ percent: 5 }],
  codes: list === undefined ? {} : { list },
});
const set: PromotionSet = {
  promotions: [
    coded("listed", ["Осень 500"]),
    coded("table"),
    { id: "auto", name: "auto", then: [{ percent: 1 }] },
  ],
};

forEachEngine("promo codes", (engine) => {
  const shop = async () => {
    const house = houseOver(engine.database);
    const shelf = new RuleShelf(house, "Europe/Moscow");
    await applyRules(house, shelf, { set }, { note: "" });
    const { rules } = await shelf.current();
    const facts = (code: string | null, at = house.now() as number) =>
      engine.database.read((tx: Tx) => codeFacts(tx, code, rules, at));
    return {
      house,
      shelf,
      facts,
      load: (text: string) => importCodes(house, shelf, textFile(text), { batch: "test" }),
    };
  };

  test("a listed code is found in any case and width, with stray spaces", async () => {
    const { facts } = await shop();
    for (const typed of ["Осень 500", "  осень 500 ", "ОСЕНЬ ５００"]) {
      expect(await facts(typed)).toEqual({ promotionId: "listed", state: "free" });
    }
    expect(await facts("ОСЕНЬ500")).toEqual({ promotionId: null, state: "free" });
    for (const none of [null, "", "   "]) expect(await facts(none)).toBeNull();
  });

  test("codes are imported, told by number, and the same table again changes nothing", async () => {
    const { load, facts } = await shop();
    const csv =
      "\uFEFFCode;Promotion;State;Until\nЗима-1;table;;\nЗима-2;table;redeemed;\nЗима-3;table;blocked;2030-01-01\n";
    expect(await load(csv)).toEqual({
      added: 3,
      changed: 0,
      unchanged: 0,
      repeated: 0,
      refused: 0,
      reasons: {},
      problems: [],
    });
    expect(await load(csv)).toEqual({
      added: 0,
      changed: 0,
      unchanged: 3,
      repeated: 0,
      refused: 0,
      reasons: {},
      problems: [],
    });
    expect(await facts("зима-1")).toEqual({ promotionId: "table", state: "free" });
    expect(await facts("зима-2")).toEqual({ promotionId: "table", state: "redeemed" });
    expect(await facts("ЗИМА-3")).toEqual({ promotionId: "table", state: "blocked" });
  });

  test("a redeemed code stays redeemed unless the table says otherwise in so many words", async () => {
    const { load, facts } = await shop();
    await load("code,promotion,until\nЗима-2,table,2040-01-01\n");
    expect(await facts("зима-2")).toEqual({ promotionId: "table", state: "redeemed" });
    expect(await load("code,promotion,state\nЗима-2,table,free\n")).toMatchObject({ changed: 1 });
    expect(await facts("зима-2")).toEqual({ promotionId: "table", state: "free" });
  });

  test("a code ends at its instant, in the shop's zone, exclusively", async () => {
    const { load, facts } = await shop();
    await load("code,promotion,until\nКрай,table,2026-12-01\n");
    const end = Date.UTC(2026, 10, 30, 21);
    expect(await facts("край", end - 1)).toMatchObject({ state: "free" });
    expect(await facts("край", end)).toMatchObject({ state: "expired" });
  });

  test("the table can block a listed code", async () => {
    const { load, facts } = await shop();
    await load("code,promotion,state\nосень 500,listed,blocked\n");
    expect(await facts("Осень 500")).toEqual({ promotionId: "listed", state: "blocked" });
  });

  describe("a row that means nothing is left out and told by its line", () => {
    test.each([
      [",table,,", /no code/],
      ["X,nowhere,,", /no promotion “nowhere”/],
      ["X,auto,,", /without a code/],
      ["осень 500,table,,", /list this code for promotion “listed”/],
      ["X,table,used,", /“used”/],
      ["X,table,,soon", /until/],
      [`${"X".repeat(101)},table,,`, /longer/],
    ])("%s", async (row, message) => {
      const { load, facts } = await shop();
      const result = await load(`code,promotion,state,until\nДобрый,table,,\n${row}\n`);
      expect(result).toMatchObject({
        refused: 1,
        problems: [{ line: 3, message: expect.stringMatching(message) }],
      });
      expect(await facts("добрый")).toMatchObject({ promotionId: "table" });
    });
  });

  test("of many bad rows the first are told and all are counted", async () => {
    const { load } = await shop();
    const rows = Array.from({ length: 250 }, (_, index) => `Z${index},nowhere`);
    const result = await load(`code,promotion\n${rows.join("\n")}\n`);
    expect(result.refused).toBe(250);
    expect(result.problems).toHaveLength(CODE_PROBLEMS_LIMIT);
  });

  test("a long table is taken in pieces, a code twice in it counts once", async () => {
    const { load } = await shop();
    const rows = Array.from({ length: 6300 }, (_, index) => `длинный-${index % 6200},table`);
    expect(await load(`code,promotion\n${rows.join("\n")}\n`)).toMatchObject({
      added: 6200,
      repeated: 100,
      refused: 0,
    });
    await engine.database.read(async (tx: Tx) => {
      const batch = await codeBatchByName(tx, "test");
      expect(await findPromoCode(tx, "длинный-6199")).toMatchObject({ batch: batch?.id });
    });
  });

  test("of a text that is no table nothing is taken", async () => {
    const { load, facts } = await shop();
    const result = await load('code,promotion\nЦелый,table\n"open,table\n');
    const problems = [{ line: 3, reason: "not_a_table", message: expect.stringMatching(/no table/) }];
    const none = { added: 0, changed: 0, unchanged: 0, repeated: 0 };
    expect(result).toEqual({ ...none, refused: 1, reasons: { not_a_table: 1 }, problems });
    expect(await facts("целый")).toEqual({ promotionId: null, state: "free" });
  });
});
