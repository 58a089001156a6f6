// The only way to data: one handle that opens transactions, and the transaction that every storage function takes first.
import type { Kysely } from "kysely";
import type { Tables } from "./tables.ts";

/** What may be bound to a statement; booleans are stored as 0 and 1 on both engines. */
export type Value = string | number | null | Uint8Array;

/** The engines there are. */
export type EngineName = "sqlite" | "postgres";

/** What instances tell each other with a commit: that what they keep at hand of it is out of date. */
export type Topic = "rules" | "keys" | "tokens" | "catalogue" | "sessions";

/** All topics. */
export const TOPICS: readonly Topic[] = ["rules", "keys", "tokens", "catalogue", "sessions"];

/** A running transaction (or a read). Dead once the work it was given to has ended. */
export interface Tx {
  readonly engine: EngineName;
  /** How often goods or stock had changed when this began; null where only the database itself can tell. */
  readonly catalogueChanges: number | null;
  /**
   * Says that `topic` changes with the commit: heard by every instance that listens, and by nobody when it is rolled back.
   * For what changes now and then: PostgreSQL lets announcing transactions commit only one after another.
   */
  announce(topic: Topic): void;
  /** Typed queries, for everything that is not on a webhook's path. */
  readonly kysely: Kysely<Tables>;
  /** Rows of a raw statement with `?` placeholders, prepared once per text. 7 µs instead of Kysely's 34 on SQLite (November 2026). */
  rows<Row>(sql: string, parameters?: readonly Value[]): Promise<Row[]>;
  /** Runs a raw statement; gives the number of affected rows. */
  run(sql: string, parameters?: readonly Value[]): Promise<number>;
  /**
   * Says what happens last, at most once. On PostgreSQL it goes to the server in one message with the commit, so that a row which
   * many want is held for the commit alone and not for the way to this process and back. Null on SQLite, where writers take
   * turns and nobody waits for a row.
   */
  readonly last: ((closing: Closing) => void) | null;
}

/** The last words of a transaction. */
export interface Closing {
  /** Statements without parameters; an error of theirs undoes the transaction, and with code 40001 all is done again. */
  readonly sql: string;
  /** What they find in `current_setting('prilavok.last')`. */
  readonly input: string;
  /** Names of what other transactions want too, in an order that is the same for all: of each process few go at once. */
  readonly turns: readonly string[];
}

/** How a transaction may differ from the usual. */
export interface TransactionChoices {
  /** May a power cut undo it after it has resolved? SQLite then spares the wait for the disk; PostgreSQL keeps it anyway. */
  readonly isLosable?: boolean;
}

/** An open database. */
export interface Database {
  readonly engine: EngineName;
  /** What the engine is and how it is set, for `doctor` and the start-up log. */
  readonly traits: Readonly<Record<string, string | number>>;
  /** Reads committed data; the work may not write. */
  read<Result>(work: (tx: Tx) => Promise<Result>): Promise<Result>;
  /** The same for what every cart reads: on SQLite such reads share a snapshot while nothing is committed. */
  look<Result>(work: (tx: Tx) => Promise<Result>): Promise<Result>;
  /**
   * Runs `work` atomically and resolves only after the commit is durable. `work` awaits nothing but its `tx`, and may be
   * run again from the start (PostgreSQL serialization failures), so it has no effects outside `tx`. With `isLosable` it
   * resolves after the commit, which a power cut in the next moments may undo: for what is then simply done again.
   */
  transaction<Result>(work: (tx: Tx) => Promise<Result>, choices?: TransactionChoices): Promise<Result>;
  /**
   * Calls `listener` after commits that announced a topic, and with every topic when announcements may have been missed.
   * A hint that comes early, never a promise that it comes: whoever keeps something at hand looks once a second besides.
   */
  onAnnounced(listener: (topic: Topic) => void): void;
  /** Runs statements outside any transaction's batch: migrations and maintenance only. */
  close(): Promise<void>;
}

/** Thrown by a write whose commit failed: the outcome is unknown, the caller must be able to repeat it under the same key. */
export class CommitUnknown extends Error {
  override readonly name = "CommitUnknown";
}

/**
 * Thrown when the database is away, too busy, or kept a statement waiting too long: nothing of the transaction has happened, and
 * the caller may repeat it. Callers of the server are answered 503.
 */
export class DatabaseUnavailable extends Error {
  override readonly name = "DatabaseUnavailable";
}

/** Thrown when the engine cannot be used as it is: wrong version, wrong setting, a second process. Exit code 78. */
export class EngineRefused extends Error {
  override readonly name = "EngineRefused";
}

/** Thrown when more writers wait than the queue holds: the caller answers 503 and the vendor tries again. */
export class WriteQueueFull extends Error {
  override readonly name = "WriteQueueFull";
}
