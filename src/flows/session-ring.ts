// Sessions in memory, so that a console's calls are let in without a query each; never older than a second.
import { scopesOf } from "../core/people/index.ts";
import {
  type Person,
  type PersonSession,
  personById,
  sessionByHash,
  touchSession,
} from "../storage/index.ts";
import type { House } from "./house.ts";
import { KEY_RING_AGE } from "./key-ring.ts";
import type { SessionTerms } from "./people-desk.ts";
import type { Secrets } from "./secrets.ts";
import type { ApiCaller } from "./token-ring.ts";

/** How often the use of a session is written down, ms: its idle end is right to that much. */
const TOUCH_EVERY = 60_000;

/** Most sessions that are remembered; a secret that nobody holds is not. */
const REMEMBERED = 10_000;

/** Longest secret that is looked at, characters. */
const TOKEN_LIMIT = 128;

interface Remembered {
  readonly session: PersonSession;
  readonly person: Person;
  readonly loadedAt: number;
}

/** Recognises sessions. */
export class SessionRing {
  readonly #house: House;
  readonly #secrets: Secrets;
  readonly #terms: SessionTerms;
  readonly #allScopes: readonly string[];
  readonly #known = new Map<string, Remembered>();
  readonly #touchedAt = new Map<string, number>();
  /** How often everything was forgotten: what was read before does not count as fresh. */
  #forgotten = 0;

  constructor(house: House, secrets: Secrets, terms: SessionTerms, allScopes: readonly string[]) {
    this.#house = house;
    this.#secrets = secrets;
    this.#terms = terms;
    this.#allScopes = allScopes;
    house.database.onAnnounced((topic) => {
      if (topic === "sessions") this.forget();
    });
  }

  /** The caller of a living session; null for one that is unknown, ended, or whose person is blocked. */
  async recognise(token: string): Promise<ApiCaller | null> {
    if (token.length > TOKEN_LIMIT) return null;
    const now = this.#house.now();
    const hash = this.#secrets.hash(token);
    const found = await this.#find(hash, now);
    if (found === null) return null;
    const { session, person } = found;
    const seenAt = Math.max(session.seenAt, this.#touchedAt.get(session.id) ?? 0);
    const isOver = now >= session.createdAt + this.#terms.absoluteMs || now >= seenAt + this.#terms.idleMs;
    if (isOver || person.blockedAt !== null) return null;
    this.#touch(session.id, seenAt, now);
    return {
      tokenId: person.id,
      scopes: scopesOf(person.role, this.#allScopes),
      person: { ...person, sessionId: session.id, freshUntil: session.freshUntil },
      stores: person.outlets,
    };
  }

  /** What a changing call of the session `token` must carry: made of its secret, so it is nowhere stored. */
  proofOf(token: string): string {
    return this.#secrets.hash(`csrf ${token}`);
  }

  /** Whether `given` is that proof. */
  isProof(token: string, given: string): boolean {
    return this.#secrets.isSame(given, this.proofOf(token));
  }

  /** Forgets what was loaded: the next call reads the tables. */
  forget(): void {
    this.#forgotten += 1;
    this.#known.clear();
  }

  async #find(hash: string, now: number): Promise<Remembered | null> {
    const known = this.#known.get(hash);
    if (known !== undefined && now >= known.loadedAt && now - known.loadedAt < KEY_RING_AGE) return known;
    const forgotten = this.#forgotten;
    const found = await this.#house.database.read(async (tx) => {
      const session = await sessionByHash(tx, hash);
      const person = session === null ? null : await personById(tx, session.personId);
      return session === null || person === null ? null : { session, person, loadedAt: now };
    });
    this.#known.delete(hash);
    if (found === null || forgotten !== this.#forgotten) return found;
    this.#known.set(hash, found);
    if (this.#known.size > REMEMBERED) {
      const oldest = this.#known.keys().next();
      if (oldest.done !== true) this.#known.delete(oldest.value);
    }
    return found;
  }

  #touch(id: string, seenAt: number, now: number): void {
    if (now - seenAt < TOUCH_EVERY) return;
    if (this.#touchedAt.size >= REMEMBERED) this.#touchedAt.clear();
    this.#touchedAt.set(id, now);
    // A call is not held up, nor failed, by it.
    this.#house.database.transaction((tx) => touchSession(tx, id, now)).catch(() => undefined);
  }
}
