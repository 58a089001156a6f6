// Counts kept with every item are the counts made again from all items, byte for byte, whatever came in whatever order.
import fc from "fast-check";
import { expect, test } from "vitest";
import { type Condition, type Filter, isMatch } from "../../src/core/desk/index.ts";
import { partsOf, TALLY_COLUMNS, tallyOf } from "../../src/core/numbers/index.ts";
import { recountFeedback, workOn, workOnMany } from "../../src/flows/index.ts";
import {
  countDeskChanges,
  countDeskItem,
  DatabaseUnavailable,
  type DeskRecord,
  deskItemsOfOrder,
  isTallied,
  partsByFilter,
  recountDesk,
  type Tx,
  talliesOf,
  tallyText,
} from "../../src/storage/index.ts";
import { anyDrawnItem, anyFilter, writeDrawn } from "../support/desk.ts";
import { appSays, marketplaceSays } from "../support/desk-channels.ts";
import { forEachEngine } from "../support/engines.ts";
import { houseOver } from "../support/house.ts";

const RUNS = 25;
const SEED = 20_261_122;

const anyOrder = fc.constantFrom<string>("t-1", "t-2", "t-3", "t-4", "t-5");
const anyStars = fc.integer({ min: 1, max: 5 });
const anyStep = fc.oneof(
  fc.record({
    kind: fc.constant("app" as const),
    orderId: anyOrder,
    rating: fc.option(anyStars, { nil: null }),
    comment: fc.constantFrom("", "Суп"),
  }),
  fc.record({
    kind: fc.constant("market" as const),
    orderId: anyOrder,
    rating: anyStars,
    createdAt: fc.integer({ min: 0, max: 90 }).map((days) => Date.UTC(2026, 8, 1, 20) + days * 86_400_000),
  }),
  fc.record({
    kind: fc.constant("work" as const),
    orderId: anyOrder,
    change: fc.constantFrom(
      { kind: "state" as const, to: "closed" as const },
      { kind: "state" as const, to: "no_reaction" as const },
      { kind: "state" as const, to: "in_progress" as const },
      { kind: "word" as const, of: "topic" as const, word: "cold", isOn: true },
      { kind: "word" as const, of: "topic" as const, word: "cold", isOn: false },
    ),
  }),
  fc.record({
    kind: fc.constant("bulk" as const),
    to: fc.constantFrom("waiting" as const, "closed" as const),
  }),
);

forEachEngine("the desk's counts", (engine) => {
  let kept: ReturnType<typeof houseOver> | null = null;
  const house = () => {
    kept ??= houseOver(engine.database);
    return kept;
  };

  async function take(step: typeof anyStep extends fc.Arbitrary<infer Step> ? Step : never): Promise<void> {
    if (step.kind === "app") await appSays(house(), step);
    else if (step.kind === "market") await marketplaceSays(house(), step);
    else if (step.kind === "bulk") {
      const change = { kind: "state" as const, to: step.to };
      await workOnMany(house(), { filter: [], filterText: "", actor: "ann", change, most: 100 });
    } else {
      const [item] = await engine.database.read((tx) => deskItemsOfOrder(tx, step.orderId));
      if (item === undefined) return;
      const { id: itemId, version } = item;
      await workOn(house(), { itemId, version, actor: "ann", changes: [step.change] });
    }
  }

  /** As every caller does who is told that the database is too busy just now: comes again. */
  async function takeInTime(step: Parameters<typeof take>[0]): Promise<void> {
    for (;;) {
      try {
        return await take(step);
      } catch (error) {
        if (!(error instanceof DatabaseUnavailable)) throw error;
      }
    }
  }

  const keptAndRecounted = () =>
    engine.database.transaction(async (tx) => {
      const kept = await tallyText(tx);
      await recountDesk(tx);
      return { kept, recounted: await tallyText(tx) };
    });

  test("are the recount after any deliveries and any work", { timeout: 120_000 }, async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(anyStep, { maxLength: 12 }), async (steps) => {
        for (const step of steps) await take(step);
        const { kept, recounted } = await keptAndRecounted();
        expect(kept).toBe(recounted);
      }),
      { numRuns: RUNS, seed: SEED },
    );
    const { kept } = await keptAndRecounted();
    expect(kept).toContain('"kind": "hour"');
    expect(kept).toContain('"kind": "late"');
  });

  test("are the recount after sixty deliveries and bulk works at once, and none of them fails", {
    timeout: 60_000,
  }, async () => {
    const steps = fc.sample(anyStep, { numRuns: 60, seed: SEED });
    await Promise.all(steps.map(takeInTime));
    const { kept, recounted } = await keptAndRecounted();
    expect(kept).toBe(recounted);
  });

  test("are made again by one call, which says whether they were right", async () => {
    const { kept } = await keptAndRecounted();
    expect(await recountFeedback(house(), "ann")).toMatchObject({ wasRight: true });
    // As rows from before the counts: items that nobody has counted.
    await engine.database.transaction(async (tx) => {
      await tx.run("delete from desk_tally");
      await tx.run("update desk_tally_part set total = total + 1");
    });
    expect(await recountFeedback(house(), "ann")).toMatchObject({ wasRight: false });
    expect(await engine.database.read(tallyText)).toBe(kept);
    expect(await recountFeedback(house(), "ann")).toMatchObject({ wasRight: true });
  });

  test("a desk that forgets to take away what an item was is noticed", async () => {
    await take({ kind: "market", orderId: "m-1", rating: 5, createdAt: Date.UTC(2026, 9, 1) });
    await engine.database.transaction(async (tx) => {
      const [item] = await deskItemsOfOrder(tx, "m-1");
      await tx.run("update desk_item set rating = 1 where id = ?", [(item as DeskRecord).id]);
      await countDeskItem(tx, null, (await deskItemsOfOrder(tx, "m-1"))[0] as DeskRecord);
    });
    const { kept, recounted } = await keptAndRecounted();
    expect(kept).not.toBe(recounted);
  });

  test("answer every filter as a count by hand does, from days or from items", {
    timeout: 120_000,
  }, async () => {
    const drawn = fc.sample(anyDrawnItem, { numRuns: 200, seed: SEED });
    const items: DeskRecord[] = [];
    await engine.database.transaction(async (tx) => {
      for (const table of ["desk_item_dish", "desk_word", "desk_thread", "desk_item"])
        await tx.run(`delete from ${table}`);
      for (const [index, item] of drawn.entries()) {
        const spread = { ...item, told: { ...item.told, hour: index % 24, day: spreadDay(index) } };
        items.push(await writeDrawn(tx, `n-${index}`, spread));
      }
      for (const table of ["desk_tally", "desk_tally_month", "desk_tally_wide"])
        await tx.run(`delete from ${table}`);
      for (const table of ["desk_tally_part", "desk_tally_part_wide"]) await tx.run(`delete from ${table}`);
      await countDeskChanges(
        tx,
        items.map((after) => ({ before: null, after })),
      );
    });
    const filters = [...tallied(), ...fc.sample(anyFilter, { numRuns: 120, seed: SEED })];
    expect(filters.filter(isTallied).length).toBeGreaterThan(40);
    expect(filters.filter((filter) => !isTallied(filter)).length).toBeGreaterThan(40);
    await engine.database.read(async (tx) => {
      for (const filter of filters) await compare(tx, filter, items);
    });
  });
});

/** Days of three months, so that whole months and edges are both met. */
function spreadDay(index: number): number {
  return 20_261_000 + (index % 3) * 100 + 1 + ((index * 7) % 28) - 100;
}

/** Filters that the counted days answer. */
function tallied(): Filter[] {
  const days = (from: number | null, to: number | null): Condition => ({
    isNot: false,
    test: { kind: "range", field: "day", from, to },
  });
  const branch: Condition = { isNot: false, test: { kind: "word", field: "branch", anyOf: ["mira", null] } };
  const ranges = [
    [20260901, 20261130],
    [20260905, 20261104],
    [20260930, 20261031],
    [null, 20261015],
    [20261020, null],
    [20261003, 20261012],
    [20261231, 20261001],
    [20260801, 20261001],
  ] as const;
  return ranges.flatMap(([from, to]) => [
    [days(from, to)],
    [days(from, to), branch],
    [
      days(from, to),
      { ...branch, isNot: true },
      { isNot: false, test: { kind: "word", field: "source", anyOf: ["app"] } },
    ],
    [{ ...days(from, to), isNot: true }],
    [days(from, to), days(20261002, null)],
  ]);
}

async function compare(tx: Tx, filter: Filter, items: readonly DeskRecord[]): Promise<void> {
  const found = items.filter((item) => isMatch(filter, item));
  for (const by of ["source", "day", "branch"] as const) {
    const keyOf = (item: { source: string; day: number | null; branchId: string | null }): string =>
      JSON.stringify([item.source, by === "day" ? item.day : null, by === "branch" ? item.branchId : null]);
    const sums = new Map<string, number[]>();
    for (const item of found) {
      const counts = tallyOf(item);
      const sum = sums.get(keyOf(item)) ?? TALLY_COLUMNS.map(() => 0);
      sums.set(
        keyOf(item),
        sum.map((value, index) => value + counts[TALLY_COLUMNS[index] ?? "items"]),
      );
    }
    const read = await talliesOf(tx, filter, by);
    expect(
      new Map(read.map((slice) => [keyOf(slice), TALLY_COLUMNS.map((column) => slice.counts[column])])),
      JSON.stringify(filter),
    ).toEqual(sums);
  }
  for (const kind of ["hour", "late", "topic"] as const) {
    const sums = new Map<string, [number, number]>();
    for (const item of found) {
      for (const part of partsOf(item).filter((each) => each.kind === kind)) {
        const key = JSON.stringify([item.branchId, part.word]);
        const [of, low] = sums.get(key) ?? [0, 0];
        sums.set(key, [of + part.of, low + part.low]);
      }
    }
    const read = await partsByFilter(tx, filter, kind, true);
    expect(
      new Map(read.map(({ branchId, word, of, low }) => [JSON.stringify([branchId, word]), [of, low]])),
      `${kind} ${JSON.stringify(filter)}`,
    ).toEqual(sums);
    const together = new Map<string, [number, number]>();
    for (const [key, [of, low]] of sums) {
      const [, word] = JSON.parse(key) as [string | null, string];
      const [allOf, allLow] = together.get(word) ?? [0, 0];
      together.set(word, [allOf + of, allLow + low]);
    }
    const all = await partsByFilter(tx, filter, kind, false);
    expect(
      new Map(all.map(({ word, of, low }) => [word, [of, low]])),
      `all ${kind} ${JSON.stringify(filter)}`,
    ).toEqual(together);
  }
}
