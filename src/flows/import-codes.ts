// Promo codes from a CSV table of any length: good rows are taken some hundred at a time, bad ones told by line.
import {
  addCodeBatch,
  addPromoCodes,
  type CodeBatch,
  codeBatchById,
  codeBatchByName,
  countIntoBatch,
  findPromoCodes,
  lastPlace,
  lockCodeBatch,
  removeCodeBatch,
  type StoredPromoCode,
  savePromoCodes,
} from "../storage/index.ts";
import {
  type CodeFault,
  CodeReport,
  type CodeRow,
  type CodesImported,
  emptyReport,
  isSameCode,
  type RowFault,
} from "./code-report.ts";
import { streamTable, type TableFile } from "./csv-stream.ts";
import { TableBroken } from "./csv-table.ts";
import { BATCH_NAME_LIMIT } from "./generate-codes.ts";
import type { House } from "./house.ts";
import { type ToldOfCodes, toldOfCodes } from "./manage-batches.ts";
import { CODE_COLUMNS, CodeRowReader } from "./read-code-row.ts";
import type { RuleShelf } from "./rule-shelf.ts";

/** Rows of one transaction: others wait for no more than these, some tens of milliseconds. */
const CHUNK = 2048;

/** Rows read before they are stored in the order of their spelling, so that a transaction touches few pages of the index. */
const BLOCK = 16 * CHUNK;

/** Most rows of a table. */
export const CODE_ROWS_LIMIT = 5_000_000;

/** How a table is taken. */
export interface CodesImportOptions {
  /** Name of the batch that new codes belong to; a batch of that name that was imported before is added to. */
  readonly batch: string;
  /** Promotion of rows that name none. */
  readonly promotionId?: string;
  /** Told how many rows were read. */
  readonly onRows?: (rows: number) => void;
  /** Rows read before they are stored in the order of their spelling; less memory, more pages of the index touched. */
  readonly blockRows?: number;
}

/**
 * Takes the codes of a table. A code that was redeemed stays redeemed unless the table says otherwise in so many words.
 * Importing the same again changes nothing, and ends the same after an interruption. Of a text that is no table nothing is taken.
 */
export async function importCodes(
  house: House,
  shelf: RuleShelf,
  file: TableFile,
  options: CodesImportOptions,
): Promise<CodesImported> {
  const table = await streamTable(file, CODE_COLUMNS, ["code"]);
  if (table.kind === "broken") return emptyReport(1, "not_a_table", BROKEN[table.reason]);
  const broken = await malformation(table);
  if (broken !== null) return broken;
  const batch = await beginBatch(house, options);
  if (batch === null)
    return emptyReport(1, "batch_name", "the batch needs a name of its own, not that of generated codes");
  const { rules } = await shelf.current();
  const report = new CodeReport();
  const reader = new CodeRowReader(rules, table.has, batch.id, house.now());
  let block: CodeRow[] = [];
  let rows = 0;
  const flush = async (): Promise<void> => {
    await storeBlock(house, batch.id, block, report);
    block = [];
  };
  for await (const piece of table.rows) {
    for (const row of piece) {
      const read = reader.read(row, options.promotionId ?? "");
      if (read.kind === "fault") report.refuse(read);
      else block.push(read.row);
    }
    rows += piece.length;
    options.onRows?.(rows);
    if (block.length >= (options.blockRows ?? BLOCK)) await flush();
  }
  await flush();
  await endBatch(house, batch.id);
  return report.told();
}

const BROKEN = {
  empty: "the table is empty",
  column_missing: "there is no column “code”",
  column_repeated: "a column is there twice",
  not_a_table: "this is no table",
} as const;

/** What is wrong with the form of the table, or null. */
async function malformation(table: { countRows(): Promise<number> }): Promise<CodesImported | null> {
  try {
    const rows = await table.countRows();
    if (rows <= CODE_ROWS_LIMIT) return null;
    return emptyReport(1, "too_many_rows", `a table has at most ${CODE_ROWS_LIMIT} rows: split it`);
  } catch (error) {
    if (!(error instanceof TableBroken)) throw error;
    return emptyReport(error.line, "not_a_table", `this is no table from here on: ${error.message}`);
  }
}

/** The batch that new codes go to; null when the name cannot be used. */
async function beginBatch(
  house: House,
  { batch: name, promotionId }: CodesImportOptions,
): Promise<CodeBatch | null> {
  if (name.trim() === "" || name.length > BATCH_NAME_LIMIT) return null;
  const batch: CodeBatch = {
    id: house.newId(),
    name,
    kind: "imported",
    promotionId: promotionId ?? null,
    pattern: null,
    alphabet: null,
    usesPerCode: null,
    validUntil: null,
    wanted: null,
    codes: 0,
    createdAt: house.now(),
    completedAt: null,
    disabledAt: null,
  };
  const known = await house.database.transaction(async (tx) =>
    (await addCodeBatch(tx, batch)) ? batch : await codeBatchByName(tx, name),
  );
  return known?.kind === "imported" ? known : null;
}

/** A batch that got nothing is none. */
async function endBatch(house: House, batchId: string): Promise<void> {
  const now = house.now();
  await house.database.transaction(async (tx) => {
    const batch = await codeBatchById(tx, batchId);
    if (batch?.codes === 0) await removeCodeBatch(tx, batchId);
    else await countIntoBatch(tx, batchId, 0, now);
  });
}

interface Stored {
  readonly added: number;
  readonly changed: number;
  readonly unchanged: number;
  readonly repeated: number;
  readonly faults: readonly RowFault[];
}

/** Stores a block, sorted; rows of one code stay in their order. */
async function storeBlock(
  house: House,
  batchId: string,
  block: readonly CodeRow[],
  report: CodeReport,
): Promise<void> {
  const sorted = [...block].sort((left, right) => {
    if (left.code.folded === right.code.folded) return left.line - right.line;
    return left.code.folded < right.code.folded ? -1 : 1;
  });
  for (let at = 0; at < sorted.length; at += CHUNK)
    report.add(await store(house, batchId, sorted.slice(at, at + CHUNK)));
}

/** One chunk in one transaction. What the table itself says twice is judged by what its first row has made of the code. */
async function store(house: House, batchId: string, chunk: readonly CodeRow[]): Promise<Stored> {
  const firsts = new Map<string, CodeRow>();
  const later: CodeRow[] = [];
  for (const row of chunk) {
    if (firsts.has(row.code.folded)) later.push(row);
    else firsts.set(row.code.folded, row);
  }
  return house.database.transaction(async (tx): Promise<Stored> => {
    const faults: RowFault[] = [];
    const rows = [...firsts.values()];
    await lockCodeBatch(tx, batchId);
    const last = await lastPlace(tx, batchId);
    const added = await addPromoCodes(
      tx,
      rows.map(({ code }, index) => ({ ...code, place: last + 1 + index })),
    );
    const known = rows.filter(({ code }) => !added.has(code.folded));
    const before = new Map(
      (
        await findPromoCodes(
          tx,
          known.map(({ code }) => code.folded),
        )
      ).map((code) => [code.folded, code]),
    );
    const told = await toldOfCodes(tx, [...before.values()]);
    const changes: StoredPromoCode[] = [];
    let unchanged = 0;
    let repeated = 0;
    for (const row of [...known, ...later]) {
      const first = firsts.get(row.code.folded);
      const old = before.get(row.code.folded) ?? first?.code ?? row.code;
      const isRepeat = row !== first || row.firstLine !== null;
      const verdict = judge(asTold(row, old, told), old, isRepeat);
      if (verdict.kind === "fault") faults.push(verdict.fault);
      else if (verdict.kind === "same") {
        if (isRepeat) repeated += 1;
        else unchanged += 1;
      } else {
        changes.push(verdict.code);
        before.set(row.code.folded, verdict.code);
      }
    }
    await savePromoCodes(tx, changes);
    if (added.size > 0) await countIntoBatch(tx, batchId, added.size, null);
    return { added: added.size, changed: changes.length, unchanged, repeated, faults };
  });
}

/**
 * A table that says redeemed of a code whose uses are used up says nothing new: a cancelled order may still free it. Nor
 * does one that says blocked of what people have blocked: they may let it go again.
 */
function asTold(row: CodeRow, old: StoredPromoCode, { usedUp, blocked }: ToldOfCodes): CodeRow {
  const { folded, state } = row.code;
  const isNoNews =
    (state === "redeemed" && usedUp.has(folded)) || (state === "blocked" && blocked.has(folded));
  return isNoNews && old.state === "free" ? { ...row, code: { ...row.code, state: "free" } } : row;
}

type Verdict =
  | { readonly kind: "same" }
  | { readonly kind: "changed"; readonly code: StoredPromoCode }
  | { readonly kind: "fault"; readonly fault: RowFault };

/** What a row means for a code that exists. */
function judge(
  { line, code, isStateGiven, firstLine, has }: CodeRow,
  old: StoredPromoCode,
  isRepeat: boolean,
): Verdict {
  const fault = (reason: CodeFault, message: string): Verdict => ({
    kind: "fault",
    fault: { line, reason, message },
  });
  if (old.code !== code.code)
    return fault("collides", `“${code.code}” and “${old.code}” are the same code once compared`);
  const wanted: StoredPromoCode = {
    ...code,
    ...(isStateGiven ? {} : { state: old.state }),
    // What the table has no column for stays as it is.
    ...(has.has("until") ? {} : { validUntil: old.validUntil }),
    ...(has.has("uses") ? {} : { usesPerCode: old.usesPerCode }),
    ...(has.has("customer") ? {} : { customerId: old.customerId }),
  };
  if (isSameCode(old, wanted)) return { kind: "same" };
  if (!isRepeat) return { kind: "changed", code: wanted };
  const where = firstLine === null ? "before" : `in line ${firstLine}`;
  return fault("repeated_otherwise", `the code stands ${where} with other values`);
}
