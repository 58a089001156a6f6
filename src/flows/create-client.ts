// Makes the credentials that a vendor is given, and takes them back.
import { randomBytes } from "node:crypto";
import {
  activeSecrets,
  insertOauthClient,
  insertOauthSecret,
  lastCallsOfClients,
  listOauthClients,
  type OauthClient,
  revokeOauthClient,
  revokeOauthSecret,
} from "../storage/index.ts";
import type { House } from "./house.ts";
import { ACTIVE_SECRETS } from "./issue-token.ts";
import type { Secrets } from "./secrets.ts";

/** Credentials as they are shown once; only a hash of the secret is kept. */
export interface NewCredentials {
  readonly clientId: string;
  readonly secretId: string;
  readonly secret: string;
}

/** A new client of `channel` with its first secret. */
export async function createClient(
  house: House,
  secrets: Secrets,
  channel: string,
  label: string,
): Promise<NewCredentials> {
  // Letters, digits and dashes only: it is pasted into forms and never needs encoding.
  const clientId = `${channel}-${randomBytes(9).toString("hex")}`;
  const made = { clientId, secretId: house.newId(), secret: secrets.make("prs") };
  const createdAt = house.now();
  await house.database.transaction(async (tx) => {
    await insertOauthClient(tx, { id: clientId, channel, label, createdAt });
    const hash = secrets.hash(made.secret);
    await insertOauthSecret(tx, { id: made.secretId, clientId, hash, createdAt });
  });
  return made;
}

/** A second secret for a client, so that the vendor can change over; refused for an unknown client and beyond two. */
export async function rotateSecret(
  house: House,
  secrets: Secrets,
  channel: string,
  clientId: string,
): Promise<
  | { readonly kind: "rotated"; readonly credentials: NewCredentials }
  | { readonly kind: "refused"; readonly reason: "client_unknown" | "too_many_secrets" }
> {
  const made = { clientId, secretId: house.newId(), secret: secrets.make("prs") };
  const createdAt = house.now();
  return house.database.transaction(async (tx) => {
    const active = await activeSecrets(tx, channel, clientId);
    if (active.length === 0) return { kind: "refused", reason: "client_unknown" } as const;
    if (active.length >= ACTIVE_SECRETS) return { kind: "refused", reason: "too_many_secrets" } as const;
    const hash = secrets.hash(made.secret);
    await insertOauthSecret(tx, { id: made.secretId, clientId, hash, createdAt });
    return { kind: "rotated", credentials: made } as const;
  });
}

/** Revokes a client, or only one of its secrets, with the tokens issued for it; false when there was nothing to revoke. */
export function revokeClient(
  house: House,
  channel: string,
  clientId: string,
  secretId: string | null = null,
): Promise<boolean> {
  const now = house.now();
  return house.database.transaction((tx) =>
    secretId === null
      ? revokeOauthClient(tx, channel, clientId, now)
      : revokeOauthSecret(tx, clientId, secretId, now),
  );
}

/** A client with when it last called; null: never, or too long ago to tell. */
export interface ClientWithCalls extends OauthClient {
  readonly tokenAt: number | null;
  readonly deliveryAt: number | null;
}

/** The same as `listClients`, with when each last called. */
export function listClientsWithCalls(house: House, channel: string): Promise<ClientWithCalls[]> {
  return house.database.read(async (tx) => {
    const clients = await listOauthClients(tx, channel);
    const calls = await lastCallsOfClients(
      tx,
      clients.map((client) => client.id),
    );
    return clients.map((client) => ({
      ...client,
      tokenAt: calls.get(client.id)?.tokenAt ?? null,
      deliveryAt: calls.get(client.id)?.deliveryAt ?? null,
    }));
  });
}

/** Clients made for a channel, oldest first, revoked ones too; those of the settings are not among them. */
export function listClients(house: House, channel: string): Promise<OauthClient[]> {
  return house.database.read((tx) => listOauthClients(tx, channel));
}
