// The active keys of a channel in memory, so that a webhook is authenticated without a query; never older than a second.
import { listKeys, touchKey } from "../storage/index.ts";
import type { House } from "./house.ts";
import type { Secrets } from "./secrets.ts";

/** Longest that a revoked key may go on working, ms. */
export const KEY_RING_AGE = 1000;

/** How often the use of a key is written down, ms. */
const TOUCH_EVERY = 60_000;

/** Right keys whose hashes are kept at hand. */
const REMEMBERED_HASHES = 64;

/** Who called: the key's id, or "setting" for a key given by configuration. */
export interface Caller {
  readonly keyId: string;
}

/** Recognises keys. */
export class KeyRing {
  readonly #house: House;
  readonly #secrets: Secrets;
  readonly #channel: string;
  readonly #configured: readonly { id: string; hash: string }[];
  #keys: readonly { id: string; hash: string }[] = [];
  #loadedAt = Number.NEGATIVE_INFINITY;
  /** How often everything was forgotten: what was read before does not count as fresh. */
  #forgotten = 0;
  readonly #touchedAt = new Map<string, number>();
  /** Hashes of right keys: hashing is the dear part of a call (2.6 % of a basket's time). A guess is never in here. */
  readonly #hashes = new Map<string, string>();

  constructor(house: House, secrets: Secrets, channel: string, configured: readonly string[]) {
    this.#house = house;
    this.#secrets = secrets;
    this.#channel = channel;
    this.#configured = configured.map((key) => ({ id: "setting", hash: secrets.hash(key) }));
    house.database.onAnnounced((topic) => {
      if (topic === "keys") this.forget();
    });
  }

  /** The caller whose active key is among `candidates`; null when none is. With no key configured nobody is let in. */
  async recognise(candidates: readonly string[]): Promise<Caller | null> {
    if (candidates.length === 0) return null;
    const now = this.#house.now();
    if (now - this.#loadedAt >= KEY_RING_AGE || now < this.#loadedAt) await this.#load(now);
    for (const candidate of candidates) {
      const hash = this.#hashes.get(candidate) ?? this.#secrets.hash(candidate);
      for (const key of [...this.#configured, ...this.#keys]) {
        if (this.#secrets.isSame(hash, key.hash)) {
          if (this.#hashes.size >= REMEMBERED_HASHES) this.#hashes.clear();
          this.#hashes.set(candidate, hash);
          this.#touch(key.id, now);
          return { keyId: key.id };
        }
      }
    }
    return null;
  }

  /** Forgets what was loaded: the next call reads the table. */
  forget(): void {
    this.#forgotten += 1;
    this.#loadedAt = Number.NEGATIVE_INFINITY;
  }

  async #load(now: number): Promise<void> {
    const forgotten = this.#forgotten;
    const stored = await this.#house.database.read((tx) => listKeys(tx, this.#channel));
    this.#keys = stored.filter((key) => key.revokedAt === null).map(({ id, hash }) => ({ id, hash }));
    if (forgotten === this.#forgotten) this.#loadedAt = now;
  }

  #touch(id: string, now: number): void {
    if (id === "setting" || now - (this.#touchedAt.get(id) ?? 0) < TOUCH_EVERY) return;
    this.#touchedAt.set(id, now);
    // Only a convenience for operators: a call is not held up, nor failed, by it.
    this.#house.database.transaction((tx) => touchKey(tx, id, now)).catch(() => undefined);
  }
}
