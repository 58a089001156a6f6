// Clients of a channel, their secrets and tokens. Only hashes are stored: a stolen database opens no door.
import { type Instant, instant } from "../core/basics/index.ts";
import type { Tx } from "./database.ts";

/** A client that may fetch tokens of one channel. */
export interface OauthClient {
  /** The client_id given to the vendor. */
  readonly id: string;
  readonly channel: string;
  readonly label: string;
  readonly createdAt: Instant;
  readonly revokedAt: Instant | null;
  readonly secrets: readonly OauthSecret[];
}

/** One secret of a client; two may be active while a rotation runs. */
export interface OauthSecret {
  readonly id: string;
  readonly createdAt: Instant;
  readonly revokedAt: Instant | null;
}

/** An issued token. */
export interface OauthToken {
  readonly hash: string;
  readonly channel: string;
  readonly clientId: string;
  /** The secret it was issued for; ids that no table knows belong to clients of the settings. */
  readonly secretId: string;
  readonly scope: string;
  readonly issuedAt: Instant;
  /** Refused from this instant on; later than what the client was told. */
  readonly acceptedUntil: Instant;
}

/** Stores a new client. */
export async function insertOauthClient(
  tx: Tx,
  client: Pick<OauthClient, "id" | "channel" | "label" | "createdAt">,
): Promise<void> {
  await tx.kysely
    .insertInto("oauth_client")
    .values({
      id: client.id,
      channel: client.channel,
      label: client.label,
      created_at: client.createdAt,
      revoked_at: null,
    })
    .execute();
}

/** Adds a secret to a client. */
export async function insertOauthSecret(
  tx: Tx,
  secret: {
    readonly id: string;
    readonly clientId: string;
    readonly hash: string;
    readonly createdAt: Instant;
  },
): Promise<void> {
  await tx.kysely
    .insertInto("oauth_secret")
    .values({
      id: secret.id,
      client_id: secret.clientId,
      hash: secret.hash,
      created_at: secret.createdAt,
      revoked_at: null,
    })
    .execute();
}

/** Clients of a channel with all their secrets, oldest first; revoked ones too. */
export async function listOauthClients(tx: Tx, channel: string): Promise<OauthClient[]> {
  const clients = await tx.kysely
    .selectFrom("oauth_client")
    .selectAll()
    .where("channel", "=", channel)
    .orderBy("created_at")
    .orderBy("id")
    .execute();
  const result: OauthClient[] = [];
  for (const client of clients) {
    const secrets = await tx.kysely
      .selectFrom("oauth_secret")
      .select(["id", "created_at", "revoked_at"])
      .where("client_id", "=", client.id)
      .orderBy("created_at")
      .orderBy("id")
      .execute();
    result.push({
      id: client.id,
      channel: client.channel,
      label: client.label,
      createdAt: instant(client.created_at),
      revokedAt: client.revoked_at === null ? null : instant(client.revoked_at),
      secrets: secrets.map((secret) => ({
        id: secret.id,
        createdAt: instant(secret.created_at),
        revokedAt: secret.revoked_at === null ? null : instant(secret.revoked_at),
      })),
    });
  }
  return result;
}

/** When each client of a channel last fetched a token that is still kept, and last delivered something; ms. */
export async function lastCallsOfClients(
  tx: Tx,
  clientIds: readonly string[],
): Promise<ReadonlyMap<string, { readonly tokenAt: number | null; readonly deliveryAt: number | null }>> {
  const found = new Map<string, { tokenAt: number | null; deliveryAt: number | null }>();
  for (const clientId of clientIds) {
    const [row] = await tx.rows<{ token_at: number | null; delivery_at: number | null }>(
      `select (select max(issued_at) from oauth_token where client_id = ?) as token_at,
        (select max(received_at) from delivery where client_id = ?) as delivery_at`,
      [clientId, clientId],
    );
    found.set(clientId, { tokenAt: row?.token_at ?? null, deliveryAt: row?.delivery_at ?? null });
  }
  return found;
}

/** Hashes of a client's active secrets; none for a client that is unknown or revoked. */
export function activeSecrets(
  tx: Tx,
  channel: string,
  clientId: string,
): Promise<{ readonly id: string; readonly hash: string }[]> {
  return tx.rows(
    `select s.id, s.hash from oauth_secret s join oauth_client c on c.id = s.client_id
     where c.id = ? and c.channel = ? and c.revoked_at is null and s.revoked_at is null order by s.id`,
    [clientId, channel],
  );
}

/** Revokes a client with its secrets and deletes its tokens; false when there is no such active client. */
export async function revokeOauthClient(
  tx: Tx,
  channel: string,
  clientId: string,
  now: Instant,
): Promise<boolean> {
  const revoked = await tx.run(
    "update oauth_client set revoked_at = ? where id = ? and channel = ? and revoked_at is null",
    [now, clientId, channel],
  );
  if (revoked === 0) return false;
  await tx.run("update oauth_secret set revoked_at = ? where client_id = ? and revoked_at is null", [
    now,
    clientId,
  ]);
  await tx.run("delete from oauth_token where channel = ? and client_id = ?", [channel, clientId]);
  return true;
}

/** Revokes one secret and deletes the tokens issued for it; false when the client has no such active secret. */
export async function revokeOauthSecret(
  tx: Tx,
  clientId: string,
  secretId: string,
  now: Instant,
): Promise<boolean> {
  const revoked = await tx.run(
    "update oauth_secret set revoked_at = ? where id = ? and client_id = ? and revoked_at is null",
    [now, secretId, clientId],
  );
  if (revoked === 0) return false;
  await tx.run("delete from oauth_token where secret_id = ?", [secretId]);
  return true;
}

/** Stores an issued token. */
export async function insertOauthToken(tx: Tx, token: OauthToken): Promise<void> {
  await tx.run(
    `insert into oauth_token (hash, channel, client_id, secret_id, scope, issued_at, accepted_until)
     values (?, ?, ?, ?, ?, ?, ?)`,
    [
      token.hash,
      token.channel,
      token.clientId,
      token.secretId,
      token.scope,
      token.issuedAt,
      token.acceptedUntil,
    ],
  );
}

/** The token of a hash with whether the secret it was issued for is an active one of the database. */
export async function findOauthToken(
  tx: Tx,
  channel: string,
  hash: string,
): Promise<(OauthToken & { readonly isSecretActive: boolean }) | null> {
  const [row] = await tx.rows<{
    client_id: string;
    secret_id: string;
    scope: string;
    issued_at: number;
    accepted_until: number;
    is_secret_active: number;
  }>(
    `select t.client_id, t.secret_id, t.scope, t.issued_at, t.accepted_until,
       (select count(*) from oauth_secret s join oauth_client c on c.id = s.client_id
        where s.id = t.secret_id and s.revoked_at is null and c.revoked_at is null) as is_secret_active
     from oauth_token t where t.hash = ? and t.channel = ?`,
    [hash, channel],
  );
  if (row === undefined) return null;
  return {
    hash,
    channel,
    clientId: row.client_id,
    secretId: row.secret_id,
    scope: row.scope,
    issuedAt: instant(row.issued_at),
    acceptedUntil: instant(row.accepted_until),
    isSecretActive: row.is_secret_active > 0,
  };
}

/** Deletes up to `limit` tokens that are accepted no more; gives their number. */
export function purgeOauthTokens(tx: Tx, now: Instant, limit: number): Promise<number> {
  return tx.run(
    `delete from oauth_token where hash in
       (select hash from oauth_token where accepted_until <= ? order by accepted_until limit ?)`,
    [now, limit],
  );
}
