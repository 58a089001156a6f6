// Drafts of rule sets that several people see and change: each write names the version that was read before it.
import type { Tx } from "./database.ts";
import type { PromotionTables } from "./tables/promotion.ts";

/** A draft; `document` is the set as JSON. Instants in ms. */
export interface StoredRuleDraft {
  readonly id: string;
  readonly name: string;
  readonly note: string;
  /** Version of the rules that it was begun from, or last brought up to. */
  readonly baseVersion: number;
  readonly document: string;
  /** Grows by one with every change. */
  readonly version: number;
  readonly createdBy: string;
  readonly createdAt: number;
  readonly updatedBy: string;
  readonly updatedAt: number;
  /** Version of the rules that it became; null: it is open. */
  readonly publishedVersion: number | null;
  readonly publishedAt: number | null;
}

const COLUMNS = `id, name, note, base_version, document, version, created_by, created_at, updated_by, updated_at,
  published_version, published_at`;

function fromRow(row: PromotionTables["rule_draft"]): StoredRuleDraft {
  return {
    id: row.id,
    name: row.name,
    note: row.note,
    baseVersion: row.base_version,
    document: row.document,
    version: row.version,
    createdBy: row.created_by,
    createdAt: row.created_at,
    updatedBy: row.updated_by,
    updatedAt: row.updated_at,
    publishedVersion: row.published_version,
    publishedAt: row.published_at,
  };
}

/** Keeps a new draft. */
export async function addRuleDraft(tx: Tx, draft: StoredRuleDraft): Promise<void> {
  await tx.run(`insert into rule_draft (${COLUMNS}) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`, [
    draft.id,
    draft.name,
    draft.note,
    draft.baseVersion,
    draft.document,
    draft.version,
    draft.createdBy,
    draft.createdAt,
    draft.updatedBy,
    draft.updatedAt,
    draft.publishedVersion,
    draft.publishedAt,
  ]);
}

/** The draft of that id; null: there is none. */
export async function ruleDraftById(tx: Tx, id: string): Promise<StoredRuleDraft | null> {
  const [row] = await tx.rows<PromotionTables["rule_draft"]>(
    `select ${COLUMNS} from rule_draft where id = ?`,
    [id],
  );
  return row === undefined ? null : fromRow(row);
}

/** Drafts, newest first, from before the one of id `before`. */
export async function listRuleDrafts(
  tx: Tx,
  { before, limit }: { readonly before: string | null; readonly limit: number },
): Promise<StoredRuleDraft[]> {
  const rows = await tx.rows<PromotionTables["rule_draft"]>(
    `select ${COLUMNS} from rule_draft ${before === null ? "" : "where id < ?"} order by id desc limit ?`,
    before === null ? [limit] : [before, limit],
  );
  return rows.map(fromRow);
}

/** Drafts that are not published, newest first. */
export async function openRuleDrafts(tx: Tx): Promise<StoredRuleDraft[]> {
  const rows = await tx.rows<PromotionTables["rule_draft"]>(
    `select ${COLUMNS} from rule_draft where published_version is null order by id desc`,
  );
  return rows.map(fromRow);
}

/** How many drafts are open. */
export async function countOpenRuleDrafts(tx: Tx): Promise<number> {
  const [row] = await tx.rows<{ count: number }>(
    "select count(*) as count from rule_draft where published_version is null",
  );
  return row?.count ?? 0;
}

/** Writes what a person may change of an open draft; false: it was changed or published since `draft.version`. */
export async function rewriteRuleDraft(tx: Tx, draft: StoredRuleDraft): Promise<boolean> {
  const written = await tx.run(
    `update rule_draft set name = ?, note = ?, base_version = ?, document = ?, updated_by = ?, updated_at = ?,
     version = version + 1 where id = ? and version = ? and published_version is null`,
    [
      draft.name,
      draft.note,
      draft.baseVersion,
      draft.document,
      draft.updatedBy,
      draft.updatedAt,
      draft.id,
      draft.version,
    ],
  );
  return written === 1;
}

/** Holds an open draft of that version until the transaction ends; false: it was changed or published since. */
export async function holdRuleDraft(tx: Tx, id: string, version: number): Promise<boolean> {
  const held = await tx.run(
    "update rule_draft set version = version where id = ? and version = ? and published_version is null",
    [id, version],
  );
  return held === 1;
}

/** Notes what a draft has become. */
export async function publishRuleDraft(
  tx: Tx,
  id: string,
  { version, actor, at }: { readonly version: number; readonly actor: string; readonly at: number },
): Promise<void> {
  await tx.run(
    `update rule_draft set published_version = ?, published_at = ?, updated_by = ?, updated_at = ?, version = version + 1
     where id = ?`,
    [version, at, actor, at, id],
  );
}

/** Throws a draft away; false: there is none. What was published stays in the versions of the rules. */
export async function removeRuleDraft(tx: Tx, id: string): Promise<boolean> {
  return (await tx.run("delete from rule_draft where id = ?", [id])) === 1;
}
