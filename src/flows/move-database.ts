// Moves all data from an SQLite file into an empty PostgreSQL database, table by table, and proves that it is all there.
import { assert } from "../core/basics/index.ts";
import {
  beginMove,
  closeTables,
  type Database,
  discardMove,
  endMove,
  highestNumbers,
  ledgerSum,
  type MovePlace,
  migrate,
  movePlace,
  moveTarget,
  noteMovePlace,
  openTables,
  readPage,
  rowKey,
  type TableShape,
  tableShapes,
  walkRows,
  writePage,
} from "../storage/index.ts";
import { TableDigest } from "./table-digest.ts";

/** The two databases, and how to go about it. */
export interface MovePlan {
  /** An open SQLite database of the program's schema that nobody else writes. */
  readonly source: Database;
  /** A mark of the source's very contents: a move is resumed from the same contents only. */
  readonly mark: string;
  readonly target: Database;
  readonly now: number;
  /** Only read the source, and say what would be done. */
  readonly isDryRun: boolean;
  /** Throw away what an unfinished move has brought, and begin anew. */
  readonly isAnew: boolean;
  /** Told after every page. */
  readonly onProgress?: (step: MoveStep, rows: number) => void;
  /** Most rows of a page, for tests; PAGE_ROWS when absent. */
  readonly pageRows?: number;
  /** The copy of one page, for tests that break it. */
  readonly writePage?: typeof writePage;
}

/** What a move does, one after another. */
export type MoveStep = "look" | "copy" | "compare";

/** One table on both sides. */
export interface TableMoved {
  readonly name: string;
  readonly rows: number;
  /** Sum over the rows of the source: see TableDigest. */
  readonly digest: string;
  /** The same on the target; null before it was copied. */
  readonly moved: { readonly rows: number; readonly digest: string } | null;
}

/** What came of it. */
export type MoveOutcome =
  | { readonly kind: "planned"; readonly tables: readonly TableMoved[]; readonly isResumed: boolean }
  | {
      readonly kind: "moved";
      readonly tables: readonly TableMoved[];
      readonly isResumed: boolean;
      /** Sum of the entries of the ledger of points, 0; null where there is none. */
      readonly ledgerSum: number | null;
    }
  | {
      readonly kind: "differs";
      /** Tables that are not equal. */
      readonly tables: readonly TableMoved[];
      readonly ledgerSums: readonly (number | null)[];
    }
  | { readonly kind: "refused"; readonly reason: "target_not_empty" };

/** Characters that one page may have, about: what is in memory at once. */
const PAGE_SIZE = 4_000_000;

/** Most rows of a page. */
const PAGE_ROWS = 5000;

/** A table as it was looked at in the source. */
interface Looked {
  readonly name: string;
  readonly rows: number;
  readonly digest: string;
  readonly pageRows: number;
}

/** Moves, or says what it would do. Throws ValueUnmovable when a value of the source has no place in PostgreSQL. */
export async function moveDatabase(plan: MovePlan): Promise<MoveOutcome> {
  const { source, target } = plan;
  const found = await target.read(moveTarget);
  if (found.kind === "occupied") return { kind: "refused", reason: "target_not_empty" };
  const isResumed = found.kind === "begun" && found.source === plan.mark && !plan.isAnew;
  const from = await source.read(tableShapes);
  if (plan.isDryRun) {
    const looked = await lookThrough(plan, from);
    return { kind: "planned", tables: looked.map((one) => shown(one, null)), isResumed };
  }
  if (found.kind === "begun" && !isResumed) await target.transaction(discardMove);
  if (!isResumed) await target.transaction((tx) => beginMove(tx, plan.mark));
  await migrate(target, plan.now, undefined, true);
  const into = await target.read(tableShapes);
  requireAlike(from, into);
  const looked = await lookThrough(plan, from);
  const stage = isResumed && found.kind === "begun" ? found.stage : "begun";
  if (stage === "begun") await target.transaction((tx) => openTables(tx, into));
  if (stage !== "copied") {
    for (const shape of into) await copyTable(plan, shape, looked);
    const highest = await source.read(highestNumbers);
    await target.transaction((tx) => closeTables(tx, into, highest));
  }
  return compare(plan, into, looked, isResumed);
}

/** Both were made by the same migrations; a difference is our mistake, found before anything is copied. */
function requireAlike(from: readonly TableShape[], into: readonly TableShape[]): void {
  const told = (shapes: readonly TableShape[]): string[] =>
    shapes.flatMap(({ name, columns }) => columns.map((column) => `${name}.${column.name} ${column.kind}`));
  const [left, right] = [told(from), told(into)];
  const odd = [
    ...left.filter((each) => !right.includes(each)),
    ...right.filter((each) => !left.includes(each)),
  ];
  assert(odd.length === 0, `the tables of both engines are alike: ${odd.join(", ")}`);
}

/** Reads every row of the source once: counts, adds up, and finds what could not be moved before anything is. */
async function lookThrough(plan: MovePlan, shapes: readonly TableShape[]): Promise<Looked[]> {
  const all: Looked[] = [];
  for (const shape of shapes) {
    const digest = new TableDigest();
    const key = await plan.source.read((tx) => rowKey(tx, shape.name));
    // The first pages are small: nothing is known yet of the size of a row.
    for (let place: Place = null, isEnd = false, limit = 100; !isEnd; limit = pageRows(plan, digest)) {
      const page = await plan.source.read((tx) => readPage(tx, shape, key, place, limit));
      for (const row of page.rows) digest.add(row);
      plan.onProgress?.("look", page.rows.length);
      place = page.next;
      isEnd = place === null;
    }
    all.push({ name: shape.name, rows: digest.rows, digest: digest.sum, pageRows: pageRows(plan, digest) });
  }
  return all;
}

type Place = MovePlace["place"];

/** As many rows as fit a page, by the size of the rows seen so far. */
function pageRows(plan: MovePlan, { rows, size }: TableDigest): number {
  if (rows === 0) return 1;
  return Math.max(1, Math.min(plan.pageRows ?? PAGE_ROWS, Math.floor((PAGE_SIZE * rows) / size)));
}

/** Copies what is not copied yet; each page and the note of its end are one transaction. */
async function copyTable(plan: MovePlan, shape: TableShape, looked: readonly Looked[]): Promise<void> {
  const { source, target } = plan;
  const write = plan.writePage ?? writePage;
  const known = looked.find(({ name }) => name === shape.name);
  if (known === undefined || known.rows === 0) return;
  const limit = known.pageRows;
  const key = await source.read((tx) => rowKey(tx, shape.name));
  let at = await target.read((tx) => movePlace(tx, shape.name));
  plan.onProgress?.("copy", at.rows);
  while (!at.isDone) {
    const { place, rows } = at;
    const page = await source.read((tx) => readPage(tx, shape, key, place, limit));
    const next: MovePlace =
      page.next === null
        ? { ...at, isDone: true }
        : { place: page.next, rows: rows + page.rows.length, isDone: false };
    await target.transaction(async (tx) => {
      if (page.rows.length > 0) await write(tx, shape, page.rows);
      await noteMovePlace(tx, shape.name, next);
    });
    plan.onProgress?.("copy", page.rows.length);
    at = next;
  }
}

/** Reads every row of the target and compares; only what is equal to the last row becomes a database of its own. */
async function compare(
  plan: MovePlan,
  shapes: readonly TableShape[],
  looked: readonly Looked[],
  isResumed: boolean,
): Promise<MoveOutcome> {
  const { source, target } = plan;
  const tables: TableMoved[] = [];
  for (const shape of shapes) {
    const expected = looked.find(({ name }) => name === shape.name);
    assert(expected !== undefined, "every table was looked through");
    const digest = await target.transaction(async (tx) => {
      const sum = new TableDigest();
      await walkRows(tx, shape, expected.pageRows, (rows) => {
        for (const row of rows) sum.add(row);
        plan.onProgress?.("compare", rows.length);
      });
      return sum;
    });
    tables.push(shown(expected, digest));
  }
  const ledgerSums = [await source.read(ledgerSum), await target.read(ledgerSum)];
  const differing = tables.filter(
    ({ rows, digest, moved }) => moved?.rows !== rows || moved.digest !== digest,
  );
  const isBalanced = ledgerSums.every((sum) => sum === null || sum === 0);
  if (differing.length > 0 || !isBalanced) return { kind: "differs", tables: differing, ledgerSums };
  await target.transaction(endMove);
  return { kind: "moved", tables, isResumed, ledgerSum: ledgerSums[1] ?? null };
}

function shown({ name, rows, digest }: Looked, moved: TableDigest | null): TableMoved {
  return { name, rows, digest, moved: moved === null ? null : { rows: moved.rows, digest: moved.sum } };
}
