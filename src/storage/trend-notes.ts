// Notes on days of the trend, written by staff about the shop.
import type { Tx } from "./database.ts";

/** A note. */
export interface TrendNote {
  readonly id: string;
  /** yyyymmdd. */
  readonly day: number;
  /** Null: of all branches. */
  readonly branchId: string | null;
  /** Null: of all sources. */
  readonly source: string | null;
  readonly text: string;
  /** A person's or token's id. */
  readonly author: string;
  /** ms UTC. */
  readonly at: number;
}

const COLUMNS = `id, day, branch_id as "branchId", source, body as text, author, at`;

/** Writes a new one. */
export async function insertTrendNote(tx: Tx, note: TrendNote): Promise<void> {
  const { id, day, branchId, source, text, author, at } = note;
  await tx.run(
    "insert into trend_note (id, day, branch_id, source, body, author, at) values (?, ?, ?, ?, ?, ?, ?)",
    [id, day, branchId, source, text, author, at],
  );
}

/** Notes of days `from` to `to`, the latest days first; `branches` null: of every branch, else general ones and theirs. */
export function trendNotes(
  tx: Tx,
  wish: {
    readonly from: number;
    readonly to: number;
    readonly branches: readonly string[] | null;
    readonly most: number;
  },
): Promise<TrendNote[]> {
  const { from, to, branches, most } = wish;
  const own = (branches ?? []).map(() => "?").join(", ");
  const kept =
    branches === null ? "" : `and (branch_id is null${own === "" ? "" : ` or branch_id in (${own})`})`;
  return tx.rows<TrendNote>(
    `select ${COLUMNS} from trend_note where day >= ? and day <= ? ${kept} order by day desc, at desc, id desc limit ?`,
    [from, to, ...(branches ?? []), most],
  );
}

/** One note; null: there is none. */
export async function trendNoteById(tx: Tx, id: string): Promise<TrendNote | null> {
  const [note] = await tx.rows<TrendNote>(`select ${COLUMNS} from trend_note where id = ?`, [id]);
  return note ?? null;
}

/** Removes one; false: it was gone. */
export async function removeTrendNote(tx: Tx, id: string): Promise<boolean> {
  return (await tx.run("delete from trend_note where id = ?", [id])) > 0;
}
