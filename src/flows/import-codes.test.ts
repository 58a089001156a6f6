// A table of codes is taken whole or told row by row, in any encoding and separator, and ends the same however often it is taken.
import fc from "fast-check";
import iconv from "iconv-lite";
import { describe, expect, test } from "vitest";
import { forEachEngine } from "../../test/support/engines.ts";
import { houseOver } from "../../test/support/house.ts";
import { foldCode, type PromotionSet } from "../core/pricing/index.ts";
import { findPromoCode, type Tx } from "../storage/index.ts";
import { applyRules } from "./apply-rules.ts";
import { type TableFile, textFile } from "./csv-stream.ts";
import { codeFacts } from "./find-code.ts";
import type { House } from "./house.ts";
import { importCodes } from "./import-codes.ts";
import { findBatch } from "./manage-batches.ts";
import { RuleShelf } from "./rule-shelf.ts";
import { SeenCodes } from "./seen-codes.ts";

const coded = (id: string) => ({ id, name: id, then: [{ percent: 5 }], codes: {} });
const set: PromotionSet = { promotions: [coded("a"), coded("b")] };

const fileOf = (bytes: Uint8Array, size = 7): TableFile => ({
  open: async function* () {
    for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
  },
});

forEachEngine("the import of promo codes", (engine) => {
  let house: ReturnType<typeof houseOver> | undefined;
  const shop = async () => {
    house ??= houseOver(engine.database);
    const shelf = new RuleShelf(house, "Europe/Moscow");
    await applyRules(house, shelf, { set }, { note: "" });
    const load = (text: string, batch = "table") =>
      importCodes(house as House, shelf, textFile(text), { batch });
    const stored = (code: string) => engine.database.read((tx: Tx) => findPromoCode(tx, foldCode(code)));
    return { house, shelf, load, stored };
  };

  test.each([
    ["utf-8", ";"],
    ["utf-8", "\t"],
    ["win1251", ";"],
    ["win1251", ","],
  ])("%s with %j, in small pieces", async (encoding, separator) => {
    const { house, shelf, stored } = await shop();
    const code = `Снег-${encoding}-${separator === "\t" ? "таб" : separator === ";" ? "тчк" : "зпт"}`;
    const rows = [
      ["Code", "Promotion", "Uses", "Customer", "Until"],
      [`"${code}"`, "a", "5", "клиент-1", "2030-01-01"],
    ];
    const text = `${rows.map((row) => row.join(separator)).join("\r\n")}\r\n`;
    const result = await importCodes(house, shelf, fileOf(iconv.encode(text, encoding)), { batch: "снег" });
    expect(result).toMatchObject({ added: 1, refused: 0 });
    expect(await stored(code)).toMatchObject({
      code,
      promotionId: "a",
      usesPerCode: 5,
      customerId: "клиент-1",
    });
  });

  test("two spellings of one code are told with both, within the table and against what is there", async () => {
    const { load, stored } = await shop();
    const text = "code,promotion\nЁлка-1,a\nЕЛКА-1,a\nелка–1,a\nдругой,a\n";
    const message = (spelling: string) => `“${spelling}” and “Ёлка-1” are the same code once compared`;
    const problems = [
      { line: 3, reason: "collides", message: message("ЕЛКА-1") },
      { line: 4, reason: "collides", message: message("елка–1") },
    ];
    expect(await load(text)).toMatchObject({ added: 2, refused: 2, reasons: { collides: 2 }, problems });
    expect(await load(text)).toMatchObject({ added: 0, changed: 0, unchanged: 2, refused: 2, problems });
    expect(await load("code,promotion\nелка-1,b\n")).toMatchObject({ refused: 1, reasons: { collides: 1 } });
    expect(await stored("ёлка-1")).toMatchObject({ code: "Ёлка-1", promotionId: "a" });
  });

  test("rows that say the same again are counted, rows that say otherwise are refused with the first line", async () => {
    const { load, stored } = await shop();
    const far = Array.from({ length: 600 }, (_, index) => `дальний-${index},a,`).join("\n");
    const text = `code,promotion,state\nДваж,a,\nДваж,a,\nДваж,b,\n${far}\nДваж,a,free\nДваж,a,blocked\n`;
    const told = {
      repeated: 2,
      refused: 2,
      reasons: { repeated_otherwise: 2 },
      problems: [
        { line: 4, message: "the code stands in line 2 with other values" },
        { line: 606, message: "the code stands in line 2 with other values" },
      ],
    };
    expect(await load(text)).toMatchObject({ added: 601, ...told });
    expect(await load(text)).toMatchObject({ added: 0, changed: 0, unchanged: 601, ...told });
    expect(await stored("дваж")).toMatchObject({ promotionId: "a", state: "free" });
  });

  test("what the table has no column for stays", async () => {
    const { load, stored } = await shop();
    await load("code,promotion,uses,until,customer\nСтой,a,3,2031-01-01,c-9\n");
    const before = await stored("стой");
    expect(await load("code,promotion,state\nСтой,a,blocked\n")).toMatchObject({ changed: 1 });
    expect(await stored("стой")).toEqual({ ...before, state: "blocked" });
    expect(await load("code,promotion,uses\nСтой,a,\n")).toMatchObject({ changed: 1 });
    expect(await stored("стой")).toMatchObject({ usesPerCode: null, customerId: "c-9" });
  });

  test("a code of one customer works for nobody else", async () => {
    const { house, shelf, load } = await shop();
    await load("code,promotion,customer\nМой,a,c-1\n");
    const { rules } = await shelf.current();
    const state = async (customer: string | null) =>
      (await engine.database.read((tx: Tx) => codeFacts(tx, "мой", rules, house.now(), customer)))?.state;
    expect([await state("c-1"), await state("c-2"), await state(null)]).toEqual([
      "free",
      "foreign",
      "foreign",
    ]);
  });

  test("a table without the column takes the promotion it is for, and a batch without codes is none", async () => {
    const { house, shelf, stored } = await shop();
    const table = textFile("code\nБез-1\nБез-2\n");
    const options = { batch: "без", promotionId: "b" };
    expect(await importCodes(house, shelf, table, options)).toMatchObject({ added: 2 });
    expect(await stored("без-1")).toMatchObject({ promotionId: "b" });
    expect(await findBatch(house, "без")).toMatchObject({ kind: "imported", promotionId: "b", codes: 2 });
    expect(await importCodes(house, shelf, table, { ...options, batch: "снова" })).toMatchObject({
      unchanged: 2,
    });
    expect(await findBatch(house, "снова")).toBeNull();
  });

  describe("what is wrong is told", () => {
    test.each([
      ["", 1, /empty/],
      ["promotion\na\n", 1, /no column/],
      ["code,code,promotion\na,b,a\n", 1, /twice/],
      [`code,promotion\n"${"x".repeat(1_100_000)}`, 2, /no table/],
      ["code,promotion,uses\nQ-1,a,0\n", 2, /1 to/],
      ["code,promotion,uses\nQ-1,a,1e3\n", 2, /1 to/],
      [`code,promotion,customer\nQ-1,a,${"c".repeat(256)}\n`, 2, /too long/],
    ])("%#", async (text, line, message) => {
      const { load } = await shop();
      expect(await load(text)).toMatchObject({
        added: 0,
        refused: 1,
        problems: [{ line, message: expect.stringMatching(message) }],
      });
    });

    test("a batch needs a name", async () => {
      const { load } = await shop();
      expect(await load("code,promotion\nQ-2,a\n", " ")).toMatchObject({ reasons: { batch_name: 1 } });
    });
  });

  /** Where a broken import stops; the next one must end as one that was never broken. */
  const stopAfter = (text: string, bytes: number): TableFile => {
    let opened = 0;
    return {
      open: async function* () {
        opened += 1;
        let given = 0;
        for await (const piece of fileOf(Buffer.from(text), 997).open()) {
          // The fourth reading takes the codes: those before it look at the encoding, the heading and the form.
          given += piece.length;
          if (opened > 3 && given > bytes) throw new Error("the process ends");
          yield piece;
        }
      },
    };
  };

  test("an import that was killed is taken again and ends the same", async () => {
    const { house, shelf, load, stored } = await shop();
    const rows = Array.from(
      { length: 3000 },
      (_, index) => `${index % 7 === 0 ? "у" : "У"}бит-${index % 2900},a`,
    );
    const text = `code,promotion\n${rows.join("\n")}\n`;
    const broken = stopAfter(text, Buffer.byteLength(text) * 0.6);
    await expect(importCodes(house, shelf, broken, { batch: "убит", blockRows: 1000 })).rejects.toThrow(
      "the process ends",
    );
    const half = await findBatch(house, "убит");
    expect(half?.completedAt).toBeNull();
    expect(half?.codes).toBeGreaterThan(500);
    expect(half?.codes).toBeLessThan(2900);
    const again = await load(text, "убит");
    expect(again.added).toBe(2900 - (half?.codes ?? 0));
    expect(again.added + again.unchanged + again.repeated + again.refused).toBe(3000);
    expect(await findBatch(house, "убит")).toMatchObject({ codes: 2900, id: half?.id });
    const third = await load(text, "убит");
    expect(third).toEqual({ ...again, added: 0, unchanged: 2900 });
    expect(await stored("убит-2899")).toMatchObject({ batch: half?.id });
  });
});

test("codes seen before are known by their first line, and others are not", () => {
  const law = fc.property(fc.array(fc.string({ maxLength: 3 }), { maxLength: 200 }), (codes) => {
    const seen = new SeenCodes();
    const model = new Map<string, number>();
    return codes.every((code, index) => {
      const first = model.get(code) ?? null;
      if (first === null) model.set(code, index + 1);
      return seen.see(code, index + 1) === first;
    });
  });
  fc.assert(law, { numRuns: 300 });
  const many = new SeenCodes();
  const codes = Array.from({ length: 50_000 }, (_, index) => `c${index}`);
  expect(codes.filter((code, index) => many.see(code, index + 1) !== null)).toEqual([]);
  expect(codes.filter((code, index) => many.see(code, 9) !== index + 1)).toEqual([]);
});
