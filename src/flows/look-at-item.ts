// Who else has an item open: noted by the calls that a page makes anyway, so that nobody asks for it and nobody has to say goodbye.
import { looksAtItem, noteLook, type OpenLook, openLooks } from "../storage/index.ts";
import type { House } from "./house.ts";

/** A page that shows an item reads it every 20 s; after two readings that did not come it is closed. */
const LEASE_MS = 50_000;

/** A lease that has longer than this is not written anew. */
const FRESH_MS = 35_000;

/** Most looks of one answer: more people than that are at no desk. */
const LOOKS_MOST = 200;

/**
 * Who has the item open beside `personId`, who is noted as having it open; null notes nobody. The noting is not waited for,
 * and may be lost: the next reading notes again.
 */
export async function lookAtItem(house: House, itemId: string, personId: string | null): Promise<string[]> {
  const now = house.now();
  const looks = await house.database.read((tx) => looksAtItem(tx, itemId, now));
  const own = looks.find((look) => look.personId === personId);
  if (personId !== null && (own === undefined || own.until - now < FRESH_MS)) {
    const look = { itemId, personId, until: now + LEASE_MS, now };
    house.database.transaction((tx) => noteLook(tx, look), { isLosable: true }).catch(() => undefined);
  }
  return looks.filter((look) => look !== own).map((look) => look.personId);
}

/** What colleagues of `personId` have open; null: what anybody has. */
export async function openItems(house: House, personId: string | null): Promise<OpenLook[]> {
  const now = house.now();
  const looks = await house.database.read((tx) => openLooks(tx, now, LOOKS_MOST));
  return looks.filter((look) => look.personId !== personId);
}
