// Rule sets by version, and the promotions in force one by one for those who list them.
import type { Tx } from "./database.ts";

/** What is known of a version without its documents. */
export interface RulesetHeader {
  readonly version: number;
  /** SHA-256 of the canonical documents. */
  readonly hash: string;
  readonly note: string;
  readonly createdAt: number;
}

/** A version with its documents as JSON texts, their keys in the order of their authors. */
export interface StoredRuleset extends RulesetHeader {
  readonly documents: string;
  readonly programme: string | null;
}

/** A promotion in force, as JSON text. */
export interface StoredPromotion {
  readonly id: string;
  readonly document: string;
}

interface RulesetRow {
  version: number;
  hash: string;
  documents: string;
  programme: string | null;
  note: string;
  created_at: number;
}

function rulesetFromRow(row: RulesetRow): StoredRuleset {
  return {
    version: row.version,
    hash: row.hash,
    documents: row.documents,
    programme: row.programme,
    note: row.note,
    createdAt: row.created_at,
  };
}

/** Number of the newest version; 0 where there is none. */
export async function latestRulesetVersion(tx: Tx): Promise<number> {
  const [row] = await tx.rows<{ version: number | null }>("select max(version) as version from ruleset");
  return row?.version ?? 0;
}

/** The newest version; null where there is none. */
export async function latestRuleset(tx: Tx): Promise<StoredRuleset | null> {
  const [row] = await tx.rows<RulesetRow>(
    "select version, hash, documents, programme, note, created_at from ruleset order by version desc limit 1",
  );
  return row === undefined ? null : rulesetFromRow(row);
}

/** One version; null when there is none of that number. */
export async function rulesetOf(tx: Tx, version: number): Promise<StoredRuleset | null> {
  const row = await tx.kysely
    .selectFrom("ruleset")
    .selectAll()
    .where("version", "=", version)
    .executeTakeFirst();
  return row === undefined ? null : rulesetFromRow(row);
}

/** Versions, newest first. */
export async function listRulesets(tx: Tx, limit: number): Promise<RulesetHeader[]> {
  const rows = await tx.kysely
    .selectFrom("ruleset")
    .select(["version", "hash", "note", "created_at"])
    .orderBy("version", "desc")
    .limit(limit)
    .execute();
  return rows.map(({ version, hash, note, created_at }) => ({ version, hash, note, createdAt: created_at }));
}

/** Adds a version; false when another took its number meanwhile. */
export async function addRuleset(tx: Tx, ruleset: StoredRuleset): Promise<boolean> {
  const { version, hash, documents, programme, note, createdAt } = ruleset;
  tx.announce("rules");
  const added = await tx.run(
    `insert into ruleset (version, hash, documents, programme, note, created_at) values (?, ?, ?, ?, ?, ?)
    on conflict (version) do nothing`,
    [version, hash, documents, programme, note, createdAt],
  );
  return added === 1;
}

/** Promotions in force, in the order of their file. */
export async function listPromotions(tx: Tx): Promise<StoredPromotion[]> {
  return tx.kysely.selectFrom("promotion").select(["id", "document"]).orderBy("position").execute();
}

/** Makes `promotions` the ones in force; touches only rows that differ. */
export async function replacePromotions(tx: Tx, promotions: readonly StoredPromotion[]): Promise<void> {
  const before = new Map(
    (
      await tx.rows<{ id: string; position: number; document: string }>(
        "select id, position, document from promotion",
      )
    ).map((row) => [row.id, row]),
  );
  for (const [position, { id, document }] of promotions.entries()) {
    const old = before.get(id);
    before.delete(id);
    if (old?.document === document && old.position === position) continue;
    await tx.run(
      `insert into promotion (id, position, document) values (?, ?, ?)
      on conflict (id) do update set position = excluded.position, document = excluded.document`,
      [id, position, document],
    );
  }
  for (const id of before.keys()) await tx.run("delete from promotion where id = ?", [id]);
}
