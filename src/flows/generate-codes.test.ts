// A batch has exactly the codes that were wanted, all different, whatever stood in its way.
import { describe, expect, test } from "vitest";
import { allCodes, codeShop, SHARED } from "../../test/support/code-shop.ts";
import { forEachEngine } from "../../test/support/engines.ts";
import { CODE_ALPHABET, fillPattern, foldCode, readPattern } from "../core/pricing/index.ts";
import { codeBatchByName, type Tx } from "../storage/index.ts";
import { cryptoBytes, type NextByte } from "./code-chance.ts";
import { textFile } from "./csv-stream.ts";
import { codeFacts } from "./find-code.ts";
import { generateCodes } from "./generate-codes.ts";
import { importCodes } from "./import-codes.ts";
import { findBatch } from "./manage-batches.ts";
import { batchMistake, patternMistake } from "./pattern-text.ts";

/** Bytes of a short row that begins again: for codes of one character repeated. */
function cycleOf(bytes: readonly number[]): NextByte {
  let at = 0;
  return () => {
    at += 1;
    return bytes[at % bytes.length] as number;
  };
}

/** Bytes that make every code of four characters twice in a row. */
function doublingBytes(): NextByte {
  let at = -1;
  return () => {
    at += 1;
    return Math.floor(Math.floor(at / 8) / 14 ** (at % 4)) % 14;
  };
}

/** What must be true of every batch: as many codes as wanted, different once compared, none of those that existed. */
function isExact(codes: readonly string[], wanted: number, taken: ReadonlySet<string>): boolean {
  const folded = new Set(codes.map(foldCode));
  return codes.length === wanted && folded.size === wanted && ![...folded].some((code) => taken.has(code));
}

forEachEngine("batches of promo codes", (engine) => {
  const shop = codeShop(engine);

  test("personal codes: as many as wanted, of the pattern, for one use, with an end", async () => {
    const { house, shelf } = await shop();
    const validUntil = house.now() + 1000;
    const wish = {
      ...SHARED,
      name: "personal",
      pattern: "SALE-####-####-###",
      count: 1300,
      usesPerCode: 1,
      validUntil,
    };
    const made = await generateCodes(house, shelf, wish);
    if (made.kind === "refused") throw new Error(made.reason);
    expect(made).toMatchObject({
      kind: "made",
      batch: {
        name: "personal",
        kind: "generated",
        promotionId: "sale",
        codes: 1300,
        wanted: 1300,
        validUntil,
      },
    });
    expect(made.batch.completedAt).toBe(house.now());
    const codes = await allCodes(house, made.batch.id);
    expect(new Set(codes.map(foldCode)).size).toBe(1300);
    const shape = new RegExp(`^SALE-[${CODE_ALPHABET}]{4}-[${CODE_ALPHABET}]{4}-[${CODE_ALPHABET}]{3}$`);
    expect(codes.filter((code) => !shape.test(code))).toEqual([]);
    const { rules } = await shelf.current();
    const facts = (at: number) =>
      engine.database.read((tx: Tx) => codeFacts(tx, (codes[7] ?? "").toLowerCase(), rules, at));
    expect(await facts(house.now())).toEqual({ promotionId: "sale", state: "free" });
    expect(await facts(validUntil)).toEqual({ promotionId: "sale", state: "expired" });
    const again = await generateCodes(house, shelf, wish);
    expect(again).toEqual({ kind: "unchanged", batch: made.batch });
    expect(await allCodes(house, made.batch.id)).toEqual(codes);
  });

  test("codes that exist, in the table or in the rules, are passed over and made up for", async () => {
    const { house, shelf } = await shop();
    // 14^3 codes in all; the first import takes a thousand of them, the batch wants as many as it may.
    const pick = (number: number) =>
      [196, 14, 1].map((place) => CODE_ALPHABET[Math.floor(number / place) % 14]).join("");
    const rows = Array.from({ length: 1300 }, (_, index) => `t-${pick(index * 2)},other`);
    await importCodes(house, shelf, textFile(`code,promotion\n${rows.join("\n")}\n`), { batch: "taken" });
    const made = await generateCodes(house, shelf, {
      ...SHARED,
      name: "crowded",
      pattern: "T-###",
      count: 1372,
    });
    if (made.kind === "refused") throw new Error(made.reason);
    const taken = new Set(rows.map((row) => foldCode(row.slice(0, 5))));
    expect(isExact(await allCodes(house, made.batch.id), 1372, taken)).toBe(true);
    expect(made.batch.codes).toBe(1372);
    // Codes drawn without a look at the others would not pass.
    const read = readPattern("T-###", CODE_ALPHABET);
    if (read.kind === "refused") throw new Error(read.problem.kind);
    const nextByte = cryptoBytes();
    const careless = Array.from({ length: 1372 }, () => fillPattern(read.pattern, nextByte));
    expect(isExact(careless, 1372, taken)).toBe(false);
    expect(isExact([...new Set(careless)], 1372, new Set())).toBe(false);
    expect(await engine.database.read((tx: Tx) => codeBatchByName(tx, "taken"))).toMatchObject({
      codes: 1300,
    });
  });

  test("a source of chance that repeats itself gives no code twice", async () => {
    const { house, shelf } = await shop();
    const wish = { ...SHARED, name: "repeating", pattern: "R-####", count: 1500 };
    const made = await generateCodes(house, shelf, wish, { nextByte: doublingBytes() });
    if (made.kind === "refused") throw new Error(made.reason);
    expect(isExact(await allCodes(house, made.batch.id), 1500, new Set())).toBe(true);
    const read = readPattern("R-####", CODE_ALPHABET);
    if (read.kind === "refused") throw new Error(read.problem.kind);
    const nextByte = doublingBytes();
    const careless = Array.from({ length: 1500 }, () => fillPattern(read.pattern, nextByte));
    expect(isExact(careless, 1500, new Set())).toBe(false);
  });

  test("a listed code of the rules is never made", async () => {
    const { house, shelf } = await shop();
    // D is the eighth character: bytes 7 make L-DDDD, which the rules list, until the row goes on.
    const row = [...new Array<number>(400).fill(7), 1, 2, 3];
    const wish = { ...SHARED, name: "listed", pattern: "L-####", count: 1 };
    const made = await generateCodes(house, shelf, wish, { nextByte: cycleOf(row) });
    if (made.kind === "refused") throw new Error(made.reason);
    expect(await allCodes(house, made.batch.id)).not.toContain("L-DDDD");
  });

  test("a pattern whose codes exist nearly all is refused, and nothing is left of the batch", async () => {
    const { house, shelf } = await shop();
    const fill = (name: string, count: number) =>
      generateCodes(house, shelf, { ...SHARED, name, pattern: "F-###", count });
    expect((await fill("first half", 1372)).kind).toBe("made");
    expect((await fill("second half", 1371)).kind).toBe("made");
    expect(await fill("the rest", 2)).toEqual({ kind: "refused", reason: "no_room" });
    expect(await findBatch(house, "the rest")).toBeNull();
    // One is free still, and is found.
    expect((await fill("the last", 1)).kind).toBe("made");
    expect(await fill("one more", 1)).toEqual({ kind: "refused", reason: "no_room" });
  });

  test("an interrupted batch is gone on with, to exactly as many", async () => {
    const { house, shelf } = await shop();
    const wish = { ...SHARED, name: "killed", pattern: "K-###########", count: 70_000 };
    const bytes = cryptoBytes();
    let left = 67_000 * 11;
    const failing: NextByte = () => {
      left -= 1;
      if (left < 0) throw new Error("the process ends");
      return bytes();
    };
    await expect(generateCodes(house, shelf, wish, { nextByte: failing })).rejects.toThrow(
      "the process ends",
    );
    const half = await findBatch(house, "killed");
    expect(half).toMatchObject({ codes: 65_536, completedAt: null });
    const counts: number[] = [];
    const made = await generateCodes(house, shelf, wish, { onMade: (codes) => counts.push(codes) });
    expect(made).toMatchObject({ kind: "made", batch: { id: half?.id, codes: 70_000 } });
    expect(counts).toEqual([67_584, 69_632, 70_000]);
    expect(await allCodes(house, half?.id ?? "")).toHaveLength(70_000);
  });

  test("two who make the same batch at once make it once", async () => {
    const { house, shelf } = await shop();
    const wish = { ...SHARED, name: "twice", pattern: "W-########", count: 5000 };
    const [left, right] = await Promise.all([
      generateCodes(house, shelf, wish),
      generateCodes(house, shelf, wish),
    ]);
    expect([left.kind, right.kind]).not.toContain("refused");
    const batch = await findBatch(house, "twice");
    expect(batch).toMatchObject({ codes: 5000 });
    expect(await allCodes(house, batch?.id ?? "")).toHaveLength(5000);
  });

  describe("a wish that cannot be is refused with what would do", () => {
    const good = { ...SHARED, name: "wish", pattern: "G-####" };
    test.each([
      [{ name: " x" }, "name", /without spaces/],
      [{ name: "" }, "name", /1 to 100/],
      [{ count: 0 }, "count", /1 to 5000000/],
      [{ count: 1.5 }, "count", /whole/],
      [{ count: 5_000_001 }, "count", /whole/],
      [{ usesPerCode: 0 }, "usesPerCode", /1 to 1000000/],
      [{ validUntil: 5 }, "validUntil", /passed/],
      [{ promotionId: "none" }, "promotionId", /no promotion/],
      [{ promotionId: "auto" }, "promotionId", /codes: \{\}/],
      [{ usesPerCode: 1 }, "pattern", /15\.2 random bits, at least 40 are needed: 11 random/],
      [{ pattern: "G-##" }, "pattern", /at least 10 are needed: 3 random/],
      [{ count: 20_000 }, "pattern", /makes 38416 codes, .*: 5 random/],
      [{ pattern: "G" }, "pattern", /no # for/],
      [{ pattern: " #" }, "pattern", /letters, digits/],
      [{ pattern: "" }, "pattern", /empty/],
      [{ pattern: "#".repeat(31) }, "pattern", /30 characters/],
      [{ alphabet: "A" }, "alphabet", /two/],
      [{ alphabet: "AD".repeat(40) }, "alphabet", /64/],
      [{ alphabet: "A!" }, "alphabet", /not “!”/],
      [{ alphabet: "Aa" }, "alphabet", /“A” and “a”, which are one/],
      [{ alphabet: "AА" }, "alphabet", /look alike/],
    ])("%j", async (more, field, message) => {
      const { house, shelf } = await shop();
      const made = await generateCodes(house, shelf, { ...good, ...more });
      if (made.kind !== "refused") throw new Error("made");
      const mistake =
        made.reason === "pattern_refused" ? patternMistake(made.problem) : batchMistake(made.reason);
      expect(mistake).toEqual({ field, message: expect.stringMatching(message) });
      expect(await findBatch(house, good.name)).toBeNull();
    });

    test("another batch has the name", async () => {
      const { house, shelf } = await shop();
      await generateCodes(house, shelf, { ...good, name: "mine" });
      const other = await generateCodes(house, shelf, { ...good, name: "mine", count: 2 });
      expect(other).toEqual({ kind: "refused", reason: "name_taken" });
      const table = textFile("code,promotion\nX,sale\n");
      expect(await importCodes(house, shelf, table, { batch: "mine" })).toMatchObject({
        added: 0,
        reasons: { batch_name: 1 },
      });
    });
  });
});
