// Blocks that people put on single promo codes, wherever the codes stand: by folded spelling, with a version for those who race.
import type { Tx } from "./database.ts";
import { LIST } from "./promo-codes.ts";

/** The last word of people on a code. */
export interface CodeBlock {
  /** As compared. */
  readonly folded: string;
  /** False: it was let go again. */
  readonly isBlocked: boolean;
  readonly reason: string;
  readonly by: string;
  /** ms UTC. */
  readonly at: number;
  /** From 1; grows by one with every change. */
  readonly version: number;
}

interface CodeBlockRow {
  folded: string;
  is_blocked: number;
  reason: string;
  changed_by: string;
  changed_at: number;
  version: number;
}

/** The last word on the code; null: nobody ever said one. */
export async function codeBlockOf(tx: Tx, folded: string): Promise<CodeBlock | null> {
  const [row] = await tx.rows<CodeBlockRow>(
    "select folded, is_blocked, reason, changed_by, changed_at, version from code_block where folded = ?",
    [folded],
  );
  if (row === undefined) return null;
  const { is_blocked, changed_by, changed_at, reason, version } = row;
  return { folded, isBlocked: is_blocked === 1, reason, by: changed_by, at: changed_at, version };
}

/** Which of these folded spellings are blocked. */
export async function blockedAmong(tx: Tx, folded: readonly string[]): Promise<ReadonlySet<string>> {
  if (folded.length === 0) return new Set();
  const rows = await tx.rows<{ folded: string }>(
    `select folded from code_block where is_blocked = 1 and folded ${LIST[tx.engine]}`,
    [JSON.stringify(folded)],
  );
  return new Set(rows.map((row) => row.folded));
}

/** Keeps the next word on a code; its version must be the one after that which stands, else nothing changes and it is false. */
export async function putCodeBlock(tx: Tx, block: CodeBlock): Promise<boolean> {
  const { folded, isBlocked, reason, by, at, version } = block;
  const kept = await tx.run(
    version === 1
      ? `insert into code_block (is_blocked, reason, changed_by, changed_at, version, folded)
         values (?, ?, ?, ?, ?, ?) on conflict (folded) do nothing`
      : `update code_block set is_blocked = ?, reason = ?, changed_by = ?, changed_at = ?, version = ?
         where folded = ? and version = ?`,
    [isBlocked ? 1 : 0, reason, by, at, version, folded, ...(version === 1 ? [] : [version - 1])],
  );
  return kept === 1;
}

/**
 * Keeps a code as it is until the transaction ends: "sell" is for orders, which do not wait for each other, "change" for
 * who blocks it, and waits for all of them. So no order that was not there before gets a code after its block was
 * answered. SQLite has one writer anyway. Before the code is read, as a look from before the wait may be out of date.
 */
export async function holdCode(tx: Tx, folded: string, purpose: "sell" | "change"): Promise<void> {
  if (tx.engine === "sqlite") return;
  const lock = purpose === "sell" ? "pg_advisory_xact_lock_shared" : "pg_advisory_xact_lock";
  await tx.rows(`select ${lock}(hashtextextended(?, 0))`, [`code\n${folded}`]);
}
