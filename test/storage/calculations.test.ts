// A walk through calculations sees each exactly once, oldest first, however many share an instant, and costs no sort of them all.
import { beforeAll, expect, test } from "vitest";
import {
  addCalculations,
  type CalculationPlace,
  type CalculationRecord,
  type CalculationSpan,
  countCalculations,
  walkCalculations,
} from "../../src/storage/index.ts";
import { forEachEngine } from "../support/engines.ts";

const COUNT = 60;
const ALL: CalculationSpan = { from: 0, until: 1000, channel: null };

const record = (index: number): CalculationRecord => ({
  // Ids do not follow time: several servers write, and callers may send their own.
  id: `r-${(index * 37) % COUNT}`,
  at: 100 + Math.floor(index / 7),
  channel: index % 3 === 0 ? "seller" : "app",
  customerId: null,
  code: null,
  rulesVersion: 1,
  rulesHash: "h",
  engineVersion: "1",
  input: "{}",
  result: "{}",
});

forEachEngine("a walk through calculations", (engine) => {
  beforeAll(async () => {
    const records = Array.from({ length: COUNT }, (_, index) => record(index));
    await engine.database.transaction((tx) => addCalculations(tx, records));
  });

  async function walked(span: CalculationSpan, page: number): Promise<CalculationRecord[]> {
    const seen: CalculationRecord[] = [];
    let after: CalculationPlace | null = null;
    for (;;) {
      const place: CalculationPlace | null = after;
      const records: CalculationRecord[] = await engine.database.read((tx) =>
        walkCalculations(tx, span, place, page),
      );
      const last = records.at(-1);
      if (last === undefined) return seen;
      seen.push(...records);
      after = last;
    }
  }

  test("sees each once, in the order of time, by pages of any size", async () => {
    const whole = await walked(ALL, COUNT);
    expect(new Set(whole.map(({ id }) => id)).size).toBe(COUNT);
    expect(whole.map(({ at }) => at)).toEqual(whole.map(({ at }) => at).sort((left, right) => left - right));
    for (const page of [1, 3, 7, 8, 59]) expect(await walked(ALL, page)).toEqual(whole);
  });

  test("keeps to its span and channel, and counts what it will see", async () => {
    for (const span of [
      ALL,
      { ...ALL, channel: "seller" },
      { ...ALL, channel: "none" },
      { from: 101, until: 104, channel: null },
      { from: 101, until: 104, channel: "app" },
    ]) {
      const seen = await walked(span, 4);
      expect(await engine.database.read((tx) => countCalculations(tx, span))).toBe(seen.length);
      for (const { at, channel } of seen) {
        expect(at >= span.from && at < span.until).toBe(true);
        expect(channel).toBe(span.channel ?? channel);
      }
    }
    expect(await walked({ from: 101, until: 104, channel: null }, 5)).toHaveLength(21);
  });

  test("goes along the index of instants, and sorts no more than a page needs", async () => {
    const many = Array.from({ length: 5000 }, (_, index) => ({
      ...record(index),
      id: `many-${index}`,
      at: 10_000 + index,
    }));
    for (let start = 0; start < many.length; start += 1000)
      await engine.database.transaction((tx) => addCalculations(tx, many.slice(start, start + 1000)));
    const isSqlite = engine.name === "sqlite";
    if (!isSqlite) await engine.database.transaction((tx) => tx.run("analyze calculation"));
    const rows = await engine.database.read((tx) =>
      tx.rows<Record<string, unknown>>(
        `explain ${isSqlite ? "query plan" : ""} select id, at, input from calculation
          where at >= ? and at < ? and (at > ? or id > ?) order by at, id limit ?`,
        [11_000, 20_000, 11_000, "many", 100],
      ),
    );
    const plan = rows.map((row) => String(row["detail"] ?? row["QUERY PLAN"])).join("\n");
    expect(plan).toMatch(/USING INDEX calculation_at|Index Scan using calculation_at/);
    expect(plan).not.toMatch(/MULTI-INDEX OR|Seq Scan/);
  });
});
