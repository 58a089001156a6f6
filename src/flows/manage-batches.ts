// Batches of promo codes after they were made: listed, switched off as a whole and on again, handed out as a table.
import {
  blockedAmong,
  type CodeBatch,
  codeBatchById,
  codeBatchByName,
  codesOfBatch,
  listCodeBatches,
  type StoredPromoCode,
  switchCodeBatch,
  type Tx,
  usesOfCodes,
} from "../storage/index.ts";
import type { House } from "./house.ts";

/** Codes read at once when a batch is handed out. */
const PAGE = 1000;

/** Batches, newest first; `before`: id of the last one of the page before. */
export function findBatches(
  house: House,
  page: { readonly before: string | null; readonly limit: number },
): Promise<CodeBatch[]> {
  return house.database.read((tx) => listCodeBatches(tx, page));
}

/** The batch of that id, or else of that name; null when there is none. */
export function findBatch(house: House, idOrName: string): Promise<CodeBatch | null> {
  return house.database.read(
    async (tx) => (await codeBatchById(tx, idOrName)) ?? (await codeBatchByName(tx, idOrName)),
  );
}

/** A code with the orders that used it and stand; where these are all that it allows, it is redeemed; what people blocked is blocked. */
export interface CodeWithUses extends StoredPromoCode {
  readonly uses: number;
}

/** Codes of a batch behind a place in it (see `StoredPromoCode`), in the order of making. */
export function findCodes(
  house: House,
  batchId: string,
  page: { readonly after: number; readonly limit: number },
): Promise<CodeWithUses[]> {
  return house.database.read(async (tx) => withUses(tx, await codesOfBatch(tx, batchId, page)));
}

async function withUses(tx: Tx, codes: readonly StoredPromoCode[]): Promise<CodeWithUses[]> {
  const folded = codes.map((code) => code.folded);
  const used = await usesOfCodes(tx, folded);
  const blocked = await blockedAmong(tx, folded);
  return codes.map((code) => {
    const uses = used.get(code.folded) ?? 0;
    if (blocked.has(code.folded)) return { ...code, uses, state: "blocked" };
    return { ...code, uses, ...(isUsedUp(code, uses) ? { state: "redeemed" as const } : {}) };
  });
}

function isUsedUp({ state, usesPerCode }: StoredPromoCode, uses: number): boolean {
  return state === "free" && usesPerCode !== null && uses >= usesPerCode;
}

/** What is told of codes and does not stand in their rows. */
export interface ToldOfCodes {
  /** Folded spellings of those that only orders have made redeemed. */
  readonly usedUp: ReadonlySet<string>;
  /** Folded spellings of those that people have blocked. */
  readonly blocked: ReadonlySet<string>;
}

/** What is told of these codes. */
export async function toldOfCodes(tx: Tx, codes: readonly StoredPromoCode[]): Promise<ToldOfCodes> {
  const folded = codes.map((code) => code.folded);
  const limited = codes.filter(({ state, usesPerCode }) => state === "free" && usesPerCode !== null);
  const used = await usesOfCodes(
    tx,
    limited.map((code) => code.folded),
  );
  const full = limited.filter((code) => isUsedUp(code, used.get(code.folded) ?? 0));
  return { usedUp: new Set(full.map((code) => code.folded)), blocked: await blockedAmong(tx, folded) };
}

/** Switches all codes of a batch off or on; from the next cart on. What is so already stays as it is. Null: no such batch. */
export function switchBatch(house: House, id: string, isOff: boolean): Promise<CodeBatch | null> {
  const now = house.now();
  return house.database.transaction(async (tx) => {
    const batch = await codeBatchById(tx, id);
    if (batch === null || (batch.disabledAt !== null) === isOff) return batch;
    await switchCodeBatch(tx, id, isOff ? now : null);
    return { ...batch, disabledAt: isOff ? now : null };
  });
}

/** Codes of a batch as they are now, a page at a time, in the order of making; each page is a read of its own. */
export async function* codesOf(house: House, batchId: string): AsyncGenerator<readonly CodeWithUses[]> {
  let after = 0;
  for (;;) {
    const codes = await findCodes(house, batchId, { after, limit: PAGE });
    const last = codes.at(-1);
    if (last === undefined) return;
    yield codes;
    after = last.place;
  }
}

/** Headings of the table that `codeTable` gives: those that the import takes. */
const HEADINGS = ["code", "promotion", "state", "until", "uses", "customer"] as const;

/** The batch as a CSV table, in pieces; importing it elsewhere makes the same codes. Lines end as RFC 4180 has it. */
export async function* codeTable(house: House, batchId: string): AsyncGenerator<string> {
  yield `${HEADINGS.join(",")}\r\n`;
  for await (const codes of codesOf(house, batchId)) {
    yield codes.map((code) => `${cellsOf(code).map(quoted).join(",")}\r\n`).join("");
  }
}

function cellsOf({
  code,
  promotionId,
  state,
  validUntil,
  usesPerCode,
  customerId,
}: StoredPromoCode): string[] {
  const until = validUntil === null ? "" : new Date(validUntil).toISOString();
  return [code, promotionId, state, until, usesPerCode === null ? "" : String(usesPerCode), customerId ?? ""];
}

function quoted(cell: string): string {
  return /[",;\t\r\n]|^\s|\s$/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell;
}
