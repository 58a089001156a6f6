// One filter, one set: what the database finds is what the core says of every single item, on both engines.
import fc from "fast-check";
import { expect, test } from "vitest";
import { type Filter, isMatch } from "../../src/core/desk/index.ts";
import { readingOf } from "../../src/storage/desk-reading.ts";
import {
  countDeskItems,
  DESK_SORTS,
  type DeskPlace,
  type DeskRecord,
  type DeskSort,
  deskRows,
  deskSeqs,
  listDeskItems,
  type Tx,
} from "../../src/storage/index.ts";
import { anyDrawnItem, anyFilter, writeDrawn } from "../support/desk.ts";
import { forEachEngine } from "../support/engines.ts";

const FILTERS = 1000;
const ITEMS = 300;
const SEED = 20_261_122;

const bySort: { readonly [sort in DeskSort]: (left: DeskRecord, right: DeskRecord) => number } = {
  newest: (left, right) => right.seq - left.seq,
  oldest: (left, right) => left.seq - right.seq,
  due: (left, right) =>
    (left.dueAt ?? Number.MAX_SAFE_INTEGER) - (right.dueAt ?? Number.MAX_SAFE_INTEGER) ||
    left.seq - right.seq,
  stars: (left, right) => (left.rating ?? 6) - (right.rating ?? 6) || right.seq - left.seq,
};

/** Every page of a list, sixty items each. */
async function allPages(tx: Tx, filter: Filter, sort: DeskSort): Promise<number[]> {
  const seqs: number[] = [];
  let after: DeskPlace | null = null;
  do {
    const page: Awaited<ReturnType<typeof listDeskItems>> = await listDeskItems(tx, filter, {
      sort,
      after,
      limit: 60,
    });
    seqs.push(...page.items.map(({ seq }) => seq));
    after = page.next;
  } while (after !== null);
  return seqs;
}

forEachEngine("the desk's filter", (engine) => {
  const written: DeskRecord[] = [];

  test(`${FILTERS} filters find in lists, counts, exports and numbers what the core finds among ${ITEMS} items`, {
    timeout: 120_000,
  }, async () => {
    const drawn = fc.sample(anyDrawnItem, { numRuns: ITEMS, seed: SEED });
    await engine.database.transaction(async (tx) => {
      for (const [index, item] of drawn.entries()) written.push(await writeDrawn(tx, `i-${index}`, item));
    });
    const filters = fc.sample(anyFilter, { numRuns: FILTERS, seed: SEED });
    let found = 0;
    await engine.database.read(async (tx) => {
      for (const [index, filter] of filters.entries()) {
        const expected = written.filter((item) => isMatch(filter, item));
        const sort = DESK_SORTS[index % DESK_SORTS.length] as DeskSort;
        const sorted = [...expected].sort(bySort[sort]).map(({ seq }) => seq);
        expect(await allPages(tx, filter, sort), JSON.stringify(filter)).toEqual(sorted);
        expect(await countDeskItems(tx, filter, 10_000)).toBe(expected.length);
        expect(await deskSeqs(tx, filter, 0, 10_000)).toEqual(expected.map(({ seq }) => seq));
        const rows = await deskRows(tx, filter, 0, 10_000);
        expect(rows.map(({ item }) => item.id)).toEqual(expected.map(({ id }) => id));
        if (expected.length > 0 && expected.length < ITEMS) found += 1;
      }
    });
    // A filter that finds all or nothing would agree with anything.
    expect(found).toBeGreaterThan(FILTERS / 3);
  });

  test("words that few items have and words that most have are read in two ways, with one result", async () => {
    const filters = fc
      .sample(anyFilter, { numRuns: 4 * FILTERS, seed: SEED })
      .filter((filter) => filter.some(({ isNot, test: each }) => !isNot && each.kind === "words"));
    expect(filters.length).toBeGreaterThan(100);
    let found = 0;
    for (const filter of filters) {
      const expected = written.filter((item) => isMatch(filter, item)).map(({ seq }) => seq);
      found += expected.length;
      for (const few of [-1, Number.MAX_SAFE_INTEGER]) {
        const rows = await engine.database.read(async (tx) => {
          const { from, sql, bound } = await readingOf(tx, filter, few);
          return tx.rows<{ seq: number }>(`select i.seq from ${from} where ${sql} order by i.seq`, bound);
        });
        expect(
          rows.map(({ seq }) => seq),
          JSON.stringify(filter),
        ).toEqual(expected);
      }
    }
    expect(found).toBeGreaterThan(100);
  }, 120_000);

  test("a reading that forgets that a missing value answers no is noticed", () => {
    const forgetful = (filter: Filter, item: DeskRecord): boolean =>
      filter.every(({ isNot, test: each }) => {
        const holds = isMatch([{ isNot: false, test: each }], item);
        const isMissing = each.kind === "range" && each.field === "late" && item.lateMs === null;
        return isMissing ? false : holds !== isNot;
      });
    const filters = fc.sample(anyFilter, { numRuns: FILTERS, seed: SEED });
    const differ = filters.some((filter) =>
      written.some((item) => forgetful(filter, item) !== isMatch(filter, item)),
    );
    expect(differ).toBe(true);
  });
});
