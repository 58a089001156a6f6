// Takes the list of outlets: adds and corrects, never removes, since orders and feedback speak of closed outlets too.
import { assignFeedback, type Outlet, saveOutlet } from "../storage/index.ts";
import type { FileProblem } from "./feed-events.ts";
import type { House } from "./house.ts";
import { type ImportOutcome, refusal, startImport } from "./import-run.ts";
import { ProblemBook } from "./problem-book.ts";

/** A row of the list with the line it stands at. */
export interface OutletRead {
  readonly line: number;
  readonly outlet: Outlet;
}

/** Imports outlets in one transaction. A row with a fault is left out and told; the others count. */
export async function importOutlets(
  house: House,
  source: string,
  rows: readonly OutletRead[],
): Promise<ImportOutcome> {
  const run = await startImport(house, "outlets", source);
  if (run === null) return refusal("busy", null);
  const book = new ProblemBook();
  const usable = usableOutlets(rows, (problem) => book.add(problem));
  if (usable.length === 0) {
    await run.end("refused", { reason: "nothing_usable", counts: book.totals(), problems: book.counts() });
    return refusal("nothing_usable", run.id, { problems: book.counts() });
  }
  const difference = await run.step(async (tx) => {
    const counts = { added: 0, changed: 0, unchanged: 0 };
    for (const outlet of usable) counts[await saveOutlet(tx, outlet)] += 1;
    await assignFeedback(tx);
    return counts;
  });
  const counts = { outlets: usable.length, ...difference, ...book.totals() };
  const problems = book.counts();
  const kind = difference.added + difference.changed > 0 ? "applied" : "unchanged";
  await run.end(kind, { counts, problems });
  return { kind, id: run.id, counts, problems };
}

function usableOutlets(rows: readonly OutletRead[], tell: (problem: FileProblem) => void): Outlet[] {
  const ids = new Set<string>();
  const eatsIds = new Set<string>();
  const usable: Outlet[] = [];
  for (const { line, outlet } of rows) {
    const reason = faultOf(outlet, ids, eatsIds);
    if (reason === null) {
      usable.push(outlet);
      ids.add(outlet.id);
      if (outlet.yandexEatsId !== null) eatsIds.add(outlet.yandexEatsId);
    } else {
      tell({ line, offerId: null, isSkipped: true, reason, detail: outlet.id.slice(0, 100) });
    }
  }
  return usable;
}

function faultOf(outlet: Outlet, ids: ReadonlySet<string>, eatsIds: ReadonlySet<string>): string | null {
  if (outlet.id === "") return "no_id";
  if (ids.has(outlet.id)) return "outlet_repeated";
  if (outlet.yandexEatsId !== null && eatsIds.has(outlet.yandexEatsId)) return "yandex_eats_id_repeated";
  if (outlet.timezone !== null && !isZone(outlet.timezone)) return "timezone_unknown";
  return null;
}

/** Whether `name` is an IANA time zone. */
export function isZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat("en", { timeZone: name });
    return true;
  } catch {
    return false;
  }
}
