// The tokens of the management API in memory, so that a call is authenticated without a query; never older than a second.
import { listTokens, type Person, type StoredToken, touchToken } from "../storage/index.ts";
import type { House } from "./house.ts";
import { KEY_RING_AGE } from "./key-ring.ts";
import { isActive } from "./manage-tokens.ts";
import type { Secrets } from "./secrets.ts";

/** How often the use of a token is written down, ms. */
const TOUCH_EVERY = 60_000;

/** Who calls the management API. */
export interface ApiCaller {
  /** Who it was, as logs, items and answers name them: the person's id, the token's, or "setting" for that of the configuration. */
  readonly tokenId: string;
  readonly scopes: readonly string[];
  /** Who is signed in; null: a token calls. */
  readonly person: CallingPerson | null;
  /** Ids of the outlets whose things the caller may see and change; null: all. */
  readonly stores: readonly string[] | null;
}

/** A person with the session they call through. */
export interface CallingPerson extends Person {
  readonly sessionId: string;
  /** ms UTC until which the password counts as given just now. */
  readonly freshUntil: number;
}

/** Recognises tokens. */
export class TokenRing {
  readonly #house: House;
  readonly #secrets: Secrets;
  readonly #configured: { readonly hash: string; readonly caller: ApiCaller } | null;
  #tokens: ReadonlyMap<string, StoredToken> = new Map();
  #loadedAt = Number.NEGATIVE_INFINITY;
  /** How often everything was forgotten: what was read before does not count as fresh. */
  #forgotten = 0;
  readonly #touchedAt = new Map<string, number>();

  /** `configured` is the token given by configuration; it holds `allScopes` and does not end. */
  constructor(house: House, secrets: Secrets, configured: string | null, allScopes: readonly string[]) {
    this.#house = house;
    this.#secrets = secrets;
    this.#configured =
      configured === null ? null : { hash: secrets.hash(configured), caller: callerOf("setting", allScopes) };
    house.database.onAnnounced((topic) => {
      if (topic === "tokens") this.forget();
    });
  }

  /** The caller of an active token; null for one that is unknown, revoked or ended. */
  async recognise(token: string): Promise<ApiCaller | null> {
    const now = this.#house.now();
    if (now - this.#loadedAt >= KEY_RING_AGE || now < this.#loadedAt) await this.#load(now);
    const hash = this.#secrets.hash(token);
    if (this.#configured !== null && this.#secrets.isSame(hash, this.#configured.hash)) {
      return this.#configured.caller;
    }
    // Looked up by a keyed hash: how long the look-up takes says nothing about any token.
    const stored = this.#tokens.get(hash);
    if (stored === undefined || !isActive(stored, now)) return null;
    this.#touch(stored.id, now);
    return callerOf(stored.id, stored.scopes);
  }

  /** Forgets what was loaded: the next call reads the table. */
  forget(): void {
    this.#forgotten += 1;
    this.#loadedAt = Number.NEGATIVE_INFINITY;
  }

  async #load(now: number): Promise<void> {
    const forgotten = this.#forgotten;
    const stored = await this.#house.database.read((tx) => listTokens(tx));
    this.#tokens = new Map(stored.map((token) => [token.hash, token]));
    if (forgotten === this.#forgotten) this.#loadedAt = now;
  }

  #touch(id: string, now: number): void {
    if (now - (this.#touchedAt.get(id) ?? 0) < TOUCH_EVERY) return;
    this.#touchedAt.set(id, now);
    // Only a convenience for operators: a call is not held up, nor failed, by it.
    this.#house.database.transaction((tx) => touchToken(tx, id, now)).catch(() => undefined);
  }
}

function callerOf(tokenId: string, scopes: readonly string[]): ApiCaller {
  return { tokenId, scopes, person: null, stores: null };
}
