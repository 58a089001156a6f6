// Takes the stock of all outlets from one file; what the file does not name is unknown afterwards.
import {
  catalogueVersions,
  publishStock,
  removeUnseenStock,
  type StockEntry,
  writeStock,
  writeStockOutlets,
} from "../storage/index.ts";
import type { FileBroken, Reading, StockEvent } from "./feed-events.ts";
import type { House } from "./house.ts";
import {
  eachPage,
  type ImportOutcome,
  type ImportRefusal,
  type ImportRun,
  Overtaken,
  ROWS_PER_PAGE,
  refusal,
  startImport,
} from "./import-run.ts";
import { ProblemBook } from "./problem-book.ts";

/** Entries of a transaction: about 5 ms on SQLite. */
const ENTRIES_PER_STEP = 1000;

/** Most outlets that one file may speak of. */
export const MAX_OUTLETS = 20_000;

/**
 * Imports a stock file. It is read twice: first to see that it is whole, since stock of half a file would be wrong for the
 * other half, then to write it. Refused: broken, without one usable entry, or while another runs; the old stock stays.
 */
export async function importStock(house: House, reading: Reading<StockEvent>): Promise<ImportOutcome> {
  const run = await startImport(house, "stock", reading.name);
  if (run === null) return refusal("busy", null);
  try {
    const checked = await check(reading);
    if (checked.broken !== null || checked.entries === 0) return await refuse(house, run, checked);
    const seen = (await run.step(catalogueVersions)).stockVersion + 1;
    await write(run, reading, seen);
    let removed = 0;
    await eachPage(async (after) => {
      const page = await run.step((tx) => removeUnseenStock(tx, seen, after, ROWS_PER_PAGE));
      removed += page.removed;
      return page.last;
    });
    const counts = {
      entries: checked.entries,
      outlets: checked.outlets.size,
      removed,
      ...checked.book.totals(),
    };
    const problems = checked.book.counts();
    await run.end("applied", { counts, problems }, (tx) => publishStock(tx, seen));
    return { kind: "applied", id: run.id, counts, problems };
  } catch (error) {
    if (error instanceof Overtaken) return refusal("overtaken", run.id);
    await run.end("refused", { reason: "failed", counts: {}, problems: [] }).catch(() => undefined);
    throw error;
  }
}

interface Checked {
  readonly broken: FileBroken | null;
  readonly entries: number;
  readonly outlets: ReadonlySet<string>;
  readonly book: ProblemBook;
}

async function check(reading: Reading<StockEvent>): Promise<Checked> {
  const book = new ProblemBook();
  const outlets = new Set<string>();
  let entries = 0;
  for await (const events of reading.read()) {
    for (const event of events) {
      if (event.kind === "broken") return { broken: event, entries, outlets, book };
      if (event.kind === "problem") book.add(event.problem);
      else if (event.kind === "outlet") outlets.add(event.id);
      else {
        entries += 1;
        outlets.add(event.outletId);
      }
      if (outlets.size > MAX_OUTLETS) {
        const broken: FileBroken = { kind: "broken", line: 0, reason: `more than ${MAX_OUTLETS} outlets` };
        return { broken, entries, outlets, book };
      }
    }
  }
  return { broken: null, entries, outlets, book };
}

async function refuse(house: House, run: ImportRun, { broken, book }: Checked): Promise<ImportOutcome> {
  const reason: ImportRefusal = broken === null ? "nothing_usable" : "broken_file";
  const problems = book.counts();
  await run.end("refused", { reason, counts: book.totals(), problems });
  house.alarm("stock_refused", { reason, line: broken?.line ?? 0 });
  return refusal(reason, run.id, { broken, problems });
}

async function write(run: ImportRun, reading: Reading<StockEvent>, seen: number): Promise<void> {
  // Keyed by pair: of two entries for one, the later counts, and one statement may not write a row twice.
  let waiting = new Map<string, StockEntry>();
  let outlets = new Set<string>();
  const flush = async (): Promise<void> => {
    const entries = [...waiting.values()];
    const named = outlets;
    waiting = new Map();
    outlets = new Set();
    await run.step(async (tx) => {
      await writeStock(tx, seen, entries);
      await writeStockOutlets(tx, seen, named);
    });
  };
  for await (const events of reading.read()) {
    for (const event of events) {
      if (event.kind === "outlet") outlets.add(event.id);
      if (event.kind !== "stock") continue;
      waiting.set(`${event.offerId}\u0000${event.outletId}`, event);
      outlets.add(event.outletId);
      if (waiting.size >= ENTRIES_PER_STEP) await flush();
    }
  }
  await flush();
}
