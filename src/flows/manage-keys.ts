// Keys of the IMSHOP channel: made, listed, revoked. The key itself is seen once, by whoever made it.
import { addKey, listKeys, revokeKey, type StoredKey } from "../storage/index.ts";
import type { House } from "./house.ts";
import { type Secrets, SHOWN } from "./secrets.ts";

/** Most active keys of a channel: one in use, one coming in, and one to spare for a second backend. */
export const ACTIVE_KEYS_LIMIT = 8;

/** A new key, or why there is none. */
export type KeyCreated =
  | { readonly kind: "created"; readonly id: string; readonly key: string; readonly label: string }
  | { readonly kind: "refused"; readonly reason: "too_many_keys" };

/** Makes a key for `channel`. */
export async function createKey(
  house: House,
  secrets: Secrets,
  channel: string,
  label: string,
): Promise<KeyCreated> {
  const key = secrets.make("prk");
  const id = house.newId();
  const createdAt = house.now();
  return house.database.transaction(async (tx): Promise<KeyCreated> => {
    const active = (await listKeys(tx, channel)).filter((stored) => stored.revokedAt === null);
    if (active.length >= ACTIVE_KEYS_LIMIT) return { kind: "refused", reason: "too_many_keys" };
    await addKey(tx, { id, channel, label, prefix: key.slice(0, SHOWN), hash: secrets.hash(key), createdAt });
    return { kind: "created", id, key, label };
  });
}

/** Keys of a channel, newest first. */
export function keysOf(house: House, channel: string): Promise<StoredKey[]> {
  return house.database.read((tx) => listKeys(tx, channel));
}

/** Revokes by id or prefix; false when nothing active matched. */
export async function revokeChannelKey(house: House, channel: string, idOrPrefix: string): Promise<boolean> {
  const at = house.now();
  return (await house.database.transaction((tx) => revokeKey(tx, channel, idOrPrefix, at))) > 0;
}
