// Keys of channels and tokens of the management API: only hashes are kept, with what an operator needs to tell them apart.
import type { Tx } from "./database.ts";

/** A key as an operator sees it. */
export interface StoredKey {
  readonly id: string;
  readonly channel: string;
  readonly label: string;
  /** First characters of the key, to recognise it by. */
  readonly prefix: string;
  readonly hash: string;
  readonly createdAt: number;
  readonly revokedAt: number | null;
  readonly lastUsedAt: number | null;
}

interface KeyRow {
  id: string;
  channel: string;
  label: string;
  prefix: string;
  hash: string;
  created_at: number;
  revoked_at: number | null;
  last_used_at: number | null;
}

function keyFromRow(row: KeyRow): StoredKey {
  return {
    id: row.id,
    channel: row.channel,
    label: row.label,
    prefix: row.prefix,
    hash: row.hash,
    createdAt: row.created_at,
    revokedAt: row.revoked_at,
    lastUsedAt: row.last_used_at,
  };
}

/** Adds a key. */
export async function addKey(tx: Tx, key: Omit<StoredKey, "revokedAt" | "lastUsedAt">): Promise<void> {
  tx.announce("keys");
  await tx.kysely
    .insertInto("channel_key")
    .values({
      id: key.id,
      channel: key.channel,
      label: key.label,
      prefix: key.prefix,
      hash: key.hash,
      created_at: key.createdAt,
      revoked_at: null,
      last_used_at: null,
    })
    .execute();
}

/** Keys of a channel, newest first, revoked ones too. */
export async function listKeys(tx: Tx, channel: string): Promise<StoredKey[]> {
  const rows = await tx.kysely
    .selectFrom("channel_key")
    .selectAll()
    .where("channel", "=", channel)
    .orderBy("created_at", "desc")
    .orderBy("id")
    .execute();
  return rows.map(keyFromRow);
}

/** Revokes a key by id or by its prefix; gives how many were still active. */
export async function revokeKey(tx: Tx, channel: string, idOrPrefix: string, at: number): Promise<number> {
  tx.announce("keys");
  return tx.run(
    "update channel_key set revoked_at = ? where channel = ? and revoked_at is null and (id = ? or prefix = ?)",
    [at, channel, idOrPrefix, idOrPrefix],
  );
}

/** Notes that a key was used. */
export async function touchKey(tx: Tx, id: string, at: number): Promise<void> {
  await tx.run("update channel_key set last_used_at = ? where id = ?", [at, id]);
}

/** A token of the management API. */
export interface StoredToken {
  readonly id: string;
  readonly label: string;
  readonly prefix: string;
  readonly hash: string;
  readonly scopes: readonly string[];
  readonly createdAt: number;
  readonly expiresAt: number | null;
  readonly revokedAt: number | null;
  readonly lastUsedAt: number | null;
}

/** Adds a token. */
export async function addToken(tx: Tx, token: Omit<StoredToken, "revokedAt" | "lastUsedAt">): Promise<void> {
  tx.announce("tokens");
  await tx.kysely
    .insertInto("api_token")
    .values({
      id: token.id,
      label: token.label,
      prefix: token.prefix,
      hash: token.hash,
      scopes: token.scopes.join(" "),
      created_at: token.createdAt,
      expires_at: token.expiresAt,
      revoked_at: null,
      last_used_at: null,
    })
    .execute();
}

/** All tokens, newest first. */
export async function listTokens(tx: Tx): Promise<StoredToken[]> {
  const rows = await tx.kysely
    .selectFrom("api_token")
    .selectAll()
    .orderBy("created_at", "desc")
    .orderBy("id")
    .execute();
  return rows.map((row) => ({
    id: row.id,
    label: row.label,
    prefix: row.prefix,
    hash: row.hash,
    scopes: row.scopes.split(" ").filter((scope) => scope !== ""),
    createdAt: row.created_at,
    expiresAt: row.expires_at,
    revokedAt: row.revoked_at,
    lastUsedAt: row.last_used_at,
  }));
}

/** Revokes a token by id or prefix; gives how many were still active. */
export async function revokeToken(tx: Tx, idOrPrefix: string, at: number): Promise<number> {
  tx.announce("tokens");
  return tx.run("update api_token set revoked_at = ? where revoked_at is null and (id = ? or prefix = ?)", [
    at,
    idOrPrefix,
    idOrPrefix,
  ]);
}

/** Notes that a token was used. */
export async function touchToken(tx: Tx, id: string, at: number): Promise<void> {
  await tx.run("update api_token set last_used_at = ? where id = ?", [at, id]);
}
