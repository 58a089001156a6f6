// What became of a file: how many entries were taken, and what was wrong with the others, by line and never by value.
import { TableBroken } from "./csv-table.ts";

/** Problems kept with their lines; the rest are counted. */
export const SHOWN_FAULTS = 100;

/** Something wrong with an entry. No values: they may be people's phones and cards. */
export interface EntryFault {
  readonly line: number;
  /** One of a small set of words. */
  readonly reason: string;
  /** True: the entry was left out; false: it was taken without the part that was wrong. */
  readonly isSkipped: boolean;
}

/** What became of a file. */
export interface FileReport {
  /** `checked`: a dry run, nothing was written; `unchanged`: taken before; `refused`: nothing was taken from it. */
  readonly kind: "imported" | "checked" | "unchanged" | "refused";
  /** Why it was refused, or where reading stopped; null when all was read. */
  readonly reason: string | null;
  /** Entries taken. */
  readonly taken: number;
  /** Entries left out. */
  readonly skipped: number;
  /** Control sum of what was taken, where the file has one: points of balances, kopecks of gift cards. */
  readonly total: number | null;
  readonly faults: readonly EntryFault[];
  /** Faults beyond those listed. */
  readonly moreFaults: number;
}

/** Collects what is said of a file's entries. */
export class FaultBook {
  readonly #faults: EntryFault[] = [];
  #more = 0;
  #skipped = 0;

  skip(line: number, reason: string): void {
    this.#skipped += 1;
    this.#add({ line, reason, isSkipped: true });
  }

  remark(line: number, reason: string): void {
    this.#add({ line, reason, isSkipped: false });
  }

  /** The report; a file of which nothing was taken but something left out is refused. */
  report(
    taken: number,
    told: { readonly total?: number; readonly isDry?: boolean; readonly reason?: string | null } = {},
  ): FileReport {
    const isRefused = taken === 0 && (this.#skipped > 0 || (told.reason ?? null) !== null);
    return {
      kind: isRefused ? "refused" : told.isDry ? "checked" : "imported",
      reason: told.reason ?? (isRefused ? "nothing_usable" : null),
      taken,
      skipped: this.#skipped,
      total: told.total ?? null,
      faults: this.#faults,
      moreFaults: this.#more,
    };
  }

  #add(fault: EntryFault): void {
    if (this.#faults.length < SHOWN_FAULTS) this.#faults.push(fault);
    else this.#more += 1;
  }
}

/** Entries of one transaction: others must not wait long for an import. */
const HANDFUL = 100;

/** Hands entries over in handfuls. What was read before a broken place counts; gives why reading stopped, or null. */
export async function inHandfuls<Entry>(
  entries: Iterable<Entry>,
  save: (handful: readonly Entry[]) => Promise<void>,
): Promise<string | null> {
  let handful: Entry[] = [];
  let reason: string | null = null;
  try {
    for (const entry of entries) {
      handful.push(entry);
      if (handful.length < HANDFUL) continue;
      await save(handful);
      handful = [];
    }
  } catch (error) {
    if (!(error instanceof TableBroken)) throw error;
    reason = `broken_at_line_${error.line}`;
  }
  if (handful.length > 0) await save(handful);
  return reason;
}
