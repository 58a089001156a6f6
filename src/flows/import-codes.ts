// Promo codes from a CSV table: code, promotion, and if wanted state and end. Good rows are taken, bad ones told by line.
import { Readable } from "node:stream";
import { CsvError, parse } from "csv-parse";
import { foldCode, type Rules, readMoment, type Zone } from "../core/pricing/index.ts";
import {
  findPromoCodes,
  type PromoCodeState,
  type StoredPromoCode,
  savePromoCodes,
} from "../storage/index.ts";
import type { House } from "./house.ts";
import type { RuleShelf } from "./rule-shelf.ts";

/** Rows that are written in one transaction. */
const BATCH = 500;

/** Problems that are told in full; of more only the number is. */
export const CODE_PROBLEMS_LIMIT = 100;

/** Longest code, characters. */
const CODE_LIMIT = 100;

/** Why a row was left out. */
export interface CodeProblem {
  /** From 1, the heading included. */
  readonly line: number;
  readonly message: string;
}

/** What came of the table. */
export interface CodesImported {
  readonly added: number;
  readonly changed: number;
  readonly unchanged: number;
  readonly refused: number;
  readonly problems: readonly CodeProblem[];
}

interface Counts {
  added: number;
  changed: number;
  unchanged: number;
}

type Row = Readonly<Record<string, string | undefined>>;

const STATES: readonly string[] = ["free", "redeemed", "blocked"];

/**
 * Reads `text` (headings code, promotion, state, until; comma, semicolon or tab). A code that was redeemed stays redeemed
 * unless the table says otherwise in so many words. Importing the same again changes nothing. Of a text that is no table nothing is taken.
 */
export async function importCodes(
  house: House,
  shelf: RuleShelf,
  text: string,
  batch: string,
): Promise<CodesImported> {
  const bytes = Buffer.from(text);
  const broken = await malformation(bytes);
  if (broken !== null) return { added: 0, changed: 0, unchanged: 0, refused: 1, problems: [broken] };
  const { rules } = await shelf.current();
  const counts: Counts = { added: 0, changed: 0, unchanged: 0 };
  const problems: CodeProblem[] = [];
  let refused = 0;
  let waiting = new Map<string, ReadCode>();
  const flush = async (): Promise<void> => {
    const { added, changed, unchanged } = await store(house, [...waiting.values()]);
    counts.added += added;
    counts.changed += changed;
    counts.unchanged += unchanged;
    waiting = new Map();
  };
  for await (const { record, info } of rowsOf(bytes)) {
    const read = readRow(record, rules, batch, house.now());
    if (typeof read === "string") {
      refused += 1;
      if (problems.length < CODE_PROBLEMS_LIMIT) problems.push({ line: info.lines, message: read });
      continue;
    }
    waiting.set(read.code.folded, read);
    if (waiting.size >= BATCH) await flush();
  }
  await flush();
  return { ...counts, refused, problems };
}

interface ReadCode {
  readonly code: StoredPromoCode;
  /** False: the table says nothing about the state, so what is known stays. */
  readonly isStateGiven: boolean;
}

interface RowRead {
  readonly record: Row;
  readonly info: { readonly lines: number };
}

/** Bytes that are parsed at once: rows wait in memory only for one such piece. */
const PIECE = 64 * 1024;

function rowsOf(text: Buffer): AsyncIterable<RowRead> {
  function* pieces(): Iterable<Buffer> {
    for (let at = 0; at < text.length; at += PIECE) yield text.subarray(at, at + PIECE);
  }
  const parser = parse({
    bom: true,
    columns: (names: string[]) => names.map((name) => name.trim().toLowerCase()),
    delimiter: [",", ";", "\t"],
    info: true,
    relax_column_count: true,
    skip_empty_lines: true,
    trim: true,
    max_record_size: 100_000,
  });
  return Readable.from(pieces()).compose(parser) as AsyncIterable<RowRead>;
}

/** Reads the whole table once for nothing but its form; what is wrong with it, or null. */
async function malformation(text: Buffer): Promise<CodeProblem | null> {
  let line = 1;
  try {
    for await (const { info } of rowsOf(text)) line = info.lines;
    return null;
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    return { line, message: `this is no table from here on: ${error.message}` };
  }
}

/** The code of a row, or what is wrong with it. */
function readRow(row: Row, rules: Rules, batch: string, now: number): ReadCode | string {
  const code = row["code"] ?? "";
  const folded = foldCode(code);
  if (folded === "") return "there is no code";
  if (code.length > CODE_LIMIT) return `the code is longer than ${CODE_LIMIT} characters`;
  const promotionId = row["promotion"] ?? row["promotion_id"] ?? row["promotion id"] ?? "";
  const rule = rules.byId.get(promotionId);
  if (rule === undefined) return `there is no promotion “${promotionId}”`;
  if (!rule.needsCode) return `promotion “${promotionId}” applies without a code (it has no “codes”)`;
  const owner = rules.codes.get(folded);
  if (owner !== undefined && owner !== promotionId)
    return `the rules list this code for promotion “${owner}”`;
  const state = row["state"] || "free";
  if (!STATES.includes(state)) return `the state is free, redeemed or blocked, not “${state}”`;
  const validUntil = readUntil(row["until"] ?? "", rules.zone);
  if (validUntil === "unreadable") return "until must be a date, a local date-time or an ISO 8601 instant";
  return {
    code: { folded, code, promotionId, state: state as PromoCodeState, batch, validUntil, createdAt: now },
    isStateGiven: Boolean(row["state"]),
  };
}

function readUntil(text: string, zone: Zone): number | null | "unreadable" {
  return text === "" ? null : (readMoment(text, zone) ?? "unreadable");
}

async function store(house: House, read: readonly ReadCode[]): Promise<Counts> {
  return house.database.transaction(async (tx): Promise<Counts> => {
    const known = await findPromoCodes(
      tx,
      read.map(({ code }) => code.folded),
    );
    const before = new Map(known.map((code) => [code.folded, code]));
    const wanted = read.map(({ code, isStateGiven }) => {
      const old = before.get(code.folded);
      return old === undefined || isStateGiven ? code : { ...code, state: old.state };
    });
    const different = wanted.filter((code) => !isSame(before.get(code.folded), code));
    await savePromoCodes(tx, different);
    const added = wanted.length - known.length;
    return { added, changed: different.length - added, unchanged: wanted.length - different.length };
  });
}

/** The batch and the day of making do not count: a code that is imported again unchanged stays as it was. */
function isSame(old: StoredPromoCode | undefined, code: StoredPromoCode): boolean {
  return (
    old !== undefined &&
    old.code === code.code &&
    old.promotionId === code.promotionId &&
    old.state === code.state &&
    old.validUntil === code.validUntil
  );
}
