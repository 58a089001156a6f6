// Takes opening balances of points as one batch with a control sum, and takes the whole batch back again.
import { createHash } from "node:crypto";
import type { Instant } from "../core/basics/index.ts";
import {
  addBalanceRows,
  type BalanceImport,
  balanceImportById,
  balanceRows,
  beginBalanceImport,
  listBalanceImports,
  lockBalanceImport,
  lockCustomer,
  noteNotUndone,
  turnBalanceImport,
  usedOfImport,
} from "../storage/index.ts";
import { FaultBook, type FileReport } from "./file-report.ts";
import type { House } from "./house.ts";
import { type PlannedBalance, planBalances, type RejectedBalance } from "./plan-balances.ts";
import type { Secrets } from "./secrets.ts";
import { setPoints, undoSetPoints } from "./set-points.ts";

/** How a file is to be taken. */
export interface BalancesWish {
  /** Name of the file, kept with the batch. */
  readonly name: string;
  /** Who imports: a person at the terminal, or "cli". */
  readonly actor: string;
  /** True: read, look up and add up, and change nothing. */
  readonly isDry?: boolean;
  /** Sum of the points by the system that the file comes from; where it differs nothing is taken. */
  readonly expectSum?: number;
  /** True: fractions of points are dropped; otherwise lines that have some are left out. */
  readonly roundDown?: boolean;
}

/** What became of a file. `total` of a refused file is what its sum came to. */
export interface BalancesImported extends FileReport {
  /** The batch; null where nothing was begun. */
  readonly importId: string | null;
  /** Lines left out, with what they said. */
  readonly rejects: readonly RejectedBalance[];
}

/** Balances of one transaction: others must not wait long for an import. */
const HANDFUL = 100;

/**
 * Imports balances.csv. Each balance becomes what the file says, as a movement of the ledger with the file's figure as
 * its control. The same file again changes nothing, until the import is undone; after a crash it goes on.
 */
export async function importBalances(
  house: House,
  secrets: Secrets,
  bytes: Uint8Array,
  wish: BalancesWish,
): Promise<BalancesImported> {
  const book = new FaultBook();
  const planned = await planBalances(house, secrets, bytes, book, { roundDown: wish.roundDown ?? false });
  if (planned.kind === "refused") return told(book.report(0, { reason: planned.reason }), null, []);
  const { balances, sum: total, rejects } = planned;
  const taken = balances.length;
  if (wish.expectSum !== undefined && wish.expectSum !== total)
    return told(book.report(0, { total, reason: "sum_differs" }), null, rejects);
  if (wish.isDry || taken === 0)
    return told(book.report(taken, { total, isDry: wish.isDry ?? false }), null, rejects);
  const hash = createHash("sha256").update(bytes).digest("base64url");
  const { name, actor } = wish;
  const fresh = { id: house.newId(), name, hash, actor, rows: taken, total, startedAt: house.now() };
  const batch = await house.database.transaction((tx) => beginBalanceImport(tx, fresh));
  if (batch.state === "running") {
    const isTaken = await take(house, batch, balances);
    return isTaken
      ? told(book.report(taken, { total }), batch.id, rejects)
      : told(book.report(0, { reason: "import_undone" }), batch.id, rejects);
  }
  if (batch.state === "undoing") return told(book.report(0, { reason: "import_undone" }), batch.id, rejects);
  const before = book.report(batch.rows, { total: batch.total });
  return told({ ...before, kind: "unchanged" }, batch.id, rejects);
}

function told(
  report: FileReport,
  importId: string | null,
  rejects: readonly RejectedBalance[],
): BalancesImported {
  return { ...report, importId, rejects };
}

/** Posts what is not posted yet; false when the import was undone meanwhile. */
async function take(
  house: House,
  batch: BalanceImport,
  balances: readonly PlannedBalance[],
): Promise<boolean> {
  for (let from = 0; from < balances.length; from += HANDFUL) {
    const handful = balances.slice(from, from + HANDFUL);
    if (!(await takeHandful(house, batch, handful))) return false;
  }
  const turn = { from: ["running", "done"], to: "done", at: house.now(), actor: batch.actor } as const;
  return house.database.transaction((tx) => turnBalanceImport(tx, batch.id, turn));
}

function takeHandful(
  house: House,
  { id, name, actor }: BalanceImport,
  handful: readonly PlannedBalance[],
): Promise<boolean> {
  const at = house.now();
  // Always in the same order, so that two imports never wait for each other.
  const ordered = [...handful].sort((left, right) => (left.customerId < right.customerId ? -1 : 1));
  return house.database.transaction(async (tx) => {
    if (!(await lockBalanceImport(tx, id, "running"))) return false;
    const rows = [];
    for (const { line, customerId, amount } of ordered)
      rows.push({ position: line, points: amount, customerId: await lockCustomer(tx, customerId, at) });
    const added = await addBalanceRows(tx, id, rows);
    for (const { position, customerId, points: amount } of rows) {
      if (!added.has(position)) continue;
      await setPoints(tx, house, { customerId, amount, at, key: keyOf(id, customerId), actor, reason: name });
    }
    return true;
  });
}

function keyOf(importId: string, customerId: string): string {
  return `${importId}:${customerId}`;
}

/** What became of the wish to take an import back. */
export type BalancesUndone =
  | { readonly kind: "undone" | "unchanged"; readonly import: BalanceImport }
  | { readonly kind: "refused"; readonly reason: "import_unknown" }
  /** Some of it is spent or held: nothing was taken back. */
  | {
      readonly kind: "refused";
      readonly reason: "points_spent";
      readonly customers: number;
      readonly points: number;
    };

/**
 * Takes an import back as a whole: every balance that it set loses what it gained by it, and gets back what it lost.
 * Refused where some of the points are spent or held, unless `despiteSpent`: then what is left is taken, and the import
 * says how much is missing. Again, it goes on where a crash interrupted it, or changes nothing.
 */
export async function undoBalances(
  house: House,
  importId: string,
  wish: { readonly actor: string; readonly despiteSpent: boolean },
): Promise<BalancesUndone> {
  const { actor } = wish;
  const begun = await house.database.transaction(async (tx): Promise<BalancesUndone | null> => {
    const found = await balanceImportById(tx, importId);
    if (found === null) return { kind: "refused", reason: "import_unknown" };
    if (found.state === "undone") return { kind: "unchanged", import: found };
    const turn = { from: ["running", "done"], to: "undoing", at: house.now(), actor } as const;
    const used = wish.despiteSpent || found.state === "undoing" ? null : await usedOfImport(tx, importId);
    if (used !== null && used.points > 0) return { kind: "refused", reason: "points_spent", ...used };
    await turnBalanceImport(tx, importId, turn);
    return null;
  });
  if (begun !== null) return begun;
  await giveBack(house, importId, actor);
  return house.database.transaction(async (tx) => {
    const turn = { from: ["undoing"], to: "undone", at: house.now(), actor } as const;
    await turnBalanceImport(tx, importId, turn);
    return { kind: "undone", import: (await balanceImportById(tx, importId)) as BalanceImport };
  });
}

async function giveBack(house: House, importId: string, actor: string): Promise<void> {
  for (let after = -1; ; ) {
    const rows = await house.database.read((tx) => balanceRows(tx, importId, after, HANDFUL));
    const last = rows.at(-1);
    if (last === undefined) return;
    const ordered = [...rows].sort((left, right) => (left.customerId < right.customerId ? -1 : 1));
    const at: Instant = house.now();
    await house.database.transaction(async (tx) => {
      let [missing, lost] = [0, 0];
      for (const { customerId } of ordered) {
        const key = keyOf(importId, customerId);
        const undone = await undoSetPoints(tx, house, { key, at, actor, reason: "import undone" });
        if (undone.kind !== "undone") continue;
        missing += undone.missing;
        lost += undone.lost;
      }
      if (missing + lost > 0) await noteNotUndone(tx, importId, { missing, lost });
    });
    after = last.position;
  }
}

/** Imports of balances, newest first. */
export function findBalanceImports(
  house: House,
  page: { readonly before: string | null; readonly limit: number },
): Promise<readonly BalanceImport[]> {
  return house.database.read((tx) => listBalanceImports(tx, page.before, page.limit));
}
