// Under what an anonymous shopper's carts are noted, so that their order finds the price that they were shown.
import type { Secrets } from "./secrets.ts";

/** Keyed hash of an install; null without one. */
export function deviceKey(secrets: Secrets, deviceId: string | null | undefined): string | null {
  return deviceId === null || deviceId === undefined ? null : secrets.hash(`device:${deviceId}`).slice(0, 22);
}
