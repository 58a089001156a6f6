// The same call under the same key: carried out once, answered the same each time, in one transaction with its effect.
import {
  claimRepeatKey,
  keepRepeatAnswer,
  type RepeatKey,
  releaseRepeatKey,
  type Tx,
} from "../storage/index.ts";
import type { House } from "./house.ts";
import type { Secrets } from "./secrets.ts";

/** How long an answer is kept, ms. */
export const REPEAT_AGE = 7 * 86_400_000;

/** What one run of the work gives: its answer, and whether it is kept for repeats. */
export interface Run<Answer> {
  readonly answer: Answer;
  /** Null: refused, so nothing is kept and the key stays free. */
  readonly kept: { readonly status: number; readonly body: string } | null;
}

/** How a call under a key ended. */
export type AnsweredOnce<Answer> =
  | { readonly kind: "done"; readonly answer: Answer }
  | { readonly kind: "repeated"; readonly status: number; readonly body: string }
  | { readonly kind: "refused"; readonly reason: "in_flight" | "idempotency_key_reused" };

/** Carries out calls under keys; remembers which are on their way in this process. */
export class OnceKeeper {
  readonly #house: House;
  readonly #secrets: Secrets;
  readonly #inFlight = new Set<string>();

  constructor(house: House, secrets: Secrets) {
    this.#house = house;
    this.#secrets = secrets;
  }

  /** `work` is given a house whose transactions are this one; it awaits nothing but them. */
  async answer<Answer>(
    key: RepeatKey,
    work: (house: House) => Promise<Run<Answer>>,
  ): Promise<AnsweredOnce<Answer>> {
    const name = `${key.tokenId}\n${key.name}`;
    if (this.#inFlight.has(name)) return { kind: "refused", reason: "in_flight" };
    this.#inFlight.add(name);
    const now = this.#house.now();
    try {
      return await this.#house.database.transaction((tx) => this.#within(tx, key, now, work));
    } finally {
      this.#inFlight.delete(name);
    }
  }

  async #within<Answer>(
    tx: Tx,
    key: RepeatKey,
    now: number,
    work: (house: House) => Promise<Run<Answer>>,
  ): Promise<AnsweredOnce<Answer>> {
    const claim = await claimRepeatKey(tx, key, now, now - REPEAT_AGE);
    if (claim.kind === "other_call") return { kind: "refused", reason: "idempotency_key_reused" };
    if (claim.kind === "answered") {
      return { kind: "repeated", status: claim.status, body: this.#secrets.open(claim.answer) };
    }
    const run = await work(houseWithin(this.#house, tx));
    if (run.kept === null) await releaseRepeatKey(tx, key);
    // Sealed: an answer may hold a secret that is shown once, and a stolen database must not show it again.
    else await keepRepeatAnswer(tx, key, run.kept.status, this.#secrets.seal(run.kept.body));
    return { kind: "done", answer: run.answer };
  }
}

/** A house whose reads and transactions are all `tx`. */
export function houseWithin(house: House, tx: Tx): House {
  const { engine, traits } = house.database;
  return {
    database: {
      engine,
      traits,
      read: (work) => work(tx),
      look: (work) => work(tx),
      transaction: (work) => work(tx),
      onAnnounced: (listener) => house.database.onAnnounced(listener),
      close: () => Promise.reject(new TypeError("a transaction does not close its database")),
    },
    now: () => house.now(),
    newId: () => house.newId(),
    alarm: (kind, details) => house.alarm(kind, details),
    ...(house.eventNoted === undefined ? {} : { eventNoted: house.eventNoted }),
    ...(house.dataErased === undefined ? {} : { dataErased: house.dataErased }),
  };
}
