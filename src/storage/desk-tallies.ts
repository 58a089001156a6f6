// Keeps the counts of the desk in the transaction of the item.
import { type CountedItem, partsOf, TALLY_COLUMNS, tallyOf } from "../core/numbers/index.ts";
import type { Tx, Value } from "./database.ts";

/**
 * Rows that one count of all branches is spread over, by the number of the item: everybody who writes would wait for a single
 * one until the other's commit.
 */
export const WIDE_SLOTS = 8;

/** What an item was and what it is; null: not there. */
export interface CountedChange {
  readonly before: CountedItem | null;
  readonly after: CountedItem | null;
}

/** Counts one item that was written or changed in this transaction. */
export function countDeskItem(tx: Tx, before: CountedItem | null, after: CountedItem | null): Promise<void> {
  return countDeskChanges(tx, [{ before, after }]);
}

/**
 * Counts several. Call it once a transaction, after all items are written and held: rows are taken in one order, items before
 * counts, so that two transactions never wait for each other in a ring.
 */
export async function countDeskChanges(tx: Tx, changes: readonly CountedChange[]): Promise<void> {
  const books: Books = {
    days: new Sums(TALLY_COLUMNS.length),
    months: new Sums(TALLY_COLUMNS.length),
    wide: new Sums(TALLY_COLUMNS.length),
    parts: new Sums(2),
    wideParts: new Sums(2),
  };
  for (const { before, after } of changes) {
    if (before !== null) add(books, before, -1);
    if (after !== null) add(books, after, 1);
  }
  await addSums(tx, "desk_tally", ["day", "branch_id", "source"], TALLY_COLUMNS, books.days);
  await addSums(tx, "desk_tally_month", ["month", "branch_id", "source"], TALLY_COLUMNS, books.months);
  await addSums(tx, "desk_tally_part", PART_KEY, ["total", "low"], books.parts);
  // What all branches share comes last, so that it is held shortest.
  await addSums(tx, "desk_tally_wide", ["day", "slot", "source"], TALLY_COLUMNS, books.wide);
  await addSums(tx, "desk_tally_part_wide", WIDE_KEY, ["total", "low"], books.wideParts);
}

/** The key of a part of a branch. */
export const PART_KEY = ["kind", "month", "branch_id", "source", "word"] as const;
/** The key of a part of all branches. */
export const WIDE_KEY = ["kind", "span", "period", "slot", "source", "word"] as const;

interface Books {
  readonly days: Sums;
  readonly months: Sums;
  readonly wide: Sums;
  readonly parts: Sums;
  readonly wideParts: Sums;
}

function add({ days, months, wide, parts, wideParts }: Books, item: CountedItem, sign: 1 | -1): void {
  const tally = tallyOf(item);
  const counts = TALLY_COLUMNS.map((column) => sign * tally[column]);
  const { day, source } = item;
  const [branch, month, slot] = [item.branchId ?? "", Math.floor(day / 100), item.seq % WIDE_SLOTS];
  days.add([day, branch, source], counts);
  months.add([month, branch, source], counts);
  wide.add([day, slot, source], counts);
  for (const { kind, word, of, low } of partsOf(item)) {
    const part = [sign * of, sign * low];
    parts.add([kind, month, branch, source, word], part);
    if (kind === "topic") continue;
    wideParts.add([kind, "month", month, slot, source, word], part);
    wideParts.add([kind, "day", day, slot, source, word], part);
  }
}

/** Numbers summed by key. */
export class Sums {
  readonly #width: number;
  readonly #sums = new Map<string, { readonly key: readonly Value[]; readonly sums: number[] }>();

  constructor(width: number) {
    this.#width = width;
  }

  add(key: readonly Value[], numbers: readonly number[]): void {
    const name = JSON.stringify(key);
    const known = this.#sums.get(name) ?? { key, sums: new Array<number>(this.#width).fill(0) };
    this.#sums.set(name, known);
    for (const [index, number] of numbers.entries()) {
      known.sums[index] = (known.sums[index] as number) + number;
    }
  }

  /** What does not cancel out, in the order of the keys. */
  sorted(): { readonly key: readonly Value[]; readonly sums: readonly number[] }[] {
    return [...this.#sums]
      .filter(([, { sums }]) => sums.some((sum) => sum !== 0))
      .sort(([left], [right]) => (left < right ? -1 : 1))
      .map(([, entry]) => entry);
  }
}

/** Rows of one statement: PostgreSQL binds at most 65 535 values. */
const ROWS = 500;

/** Adds sums to a table of counts. */
export async function addSums(
  tx: Tx,
  table: string,
  key: readonly string[],
  columns: readonly string[],
  sums: Sums,
): Promise<void> {
  const rows = sums.sorted();
  for (let from = 0; from < rows.length; from += ROWS) {
    const part = rows.slice(from, from + ROWS);
    const marks = `(${[...key, ...columns].map(() => "?").join(", ")})`;
    await tx.run(
      `insert into ${table} (${[...key, ...columns].join(", ")}) values ${part.map(() => marks).join(", ")}
       on conflict (${key.join(", ")}) do update set
       ${columns.map((column) => `${column} = ${table}.${column} + excluded.${column}`).join(", ")}`,
      part.flatMap((row) => [...row.key, ...row.sums]),
    );
  }
  // The first column counts what is there at all: a row that counts nothing goes, as if it had never been.
  for (const row of rows.filter(({ sums: [first = 0] }) => first < 0)) {
    await tx.run(
      `delete from ${table} where ${key.map((name) => `${name} = ?`).join(" and ")} and ${columns[0]} = 0`,
      row.key,
    );
  }
}

/** The first delivered answer to an item: how many working minutes it took, and whether it was in time. */
export interface FirstAnswer {
  readonly seq: number;
  readonly day: number;
  readonly branchId: string | null;
  readonly source: string;
  /** ms UTC. */
  readonly at: number;
  readonly minutes: number;
  /** Null: nothing was due. */
  readonly isInTime: boolean | null;
}

/** Notes it; only the first counts. */
export async function noteFirstAnswer(tx: Tx, answer: FirstAnswer): Promise<void> {
  await tx.run(
    `insert into desk_first_answer (seq, day, branch_id, source, at, minutes, is_in_time)
     values (?, ?, ?, ?, ?, ?, ?) on conflict do nothing`,
    [
      answer.seq,
      answer.day,
      answer.branchId,
      answer.source,
      answer.at,
      answer.minutes,
      answer.isInTime === null ? null : answer.isInTime ? 1 : 0,
    ],
  );
}
