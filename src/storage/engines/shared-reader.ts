// Reads of one turn of the event loop share a snapshot: beginning and ending one costs as much as a cart's statements.
import type { Tx } from "../database.ts";
import type { Commits, Connection } from "./sqlite-connection.ts";

/** One connection whose snapshot is shared while it is the newest state there is. */
export class SharedReader {
  readonly #connection: Connection;
  readonly #commits: Commits;
  #isOpen = false;
  #users = 0;
  /** The turn that began the snapshot is over: the last user ends it, so that it does not hold up the log. */
  #isOver = false;
  /** Commits that the snapshot has seen. */
  #seen = 0;

  constructor(connection: Connection, commits: Commits) {
    this.#connection = connection;
    this.#commits = commits;
  }

  /** Runs `work` on the newest state; null while others still read an older one. */
  look<Result>(work: (tx: Tx) => Promise<Result>): Promise<Result> | null {
    if (this.#isOpen && this.#seen !== this.#commits.count) {
      if (this.#users > 0) return null;
      this.#finish();
    }
    if (!this.#isOpen) this.#begin();
    return this.#run(work);
  }

  /** Ends the snapshot and closes the connection. */
  close(): void {
    this.#finish();
    this.#connection.raw.close();
  }

  async #run<Result>(work: (tx: Tx) => Promise<Result>): Promise<Result> {
    this.#users += 1;
    const { tx, end } = this.#connection.open();
    try {
      return await work(tx);
    } finally {
      end();
      this.#users -= 1;
      if (this.#isOver && this.#users === 0) this.#finish();
    }
  }

  #begin(): void {
    this.#connection.begin();
    this.#isOpen = true;
    this.#isOver = false;
    this.#seen = this.#commits.count;
    setImmediate(() => {
      this.#isOver = true;
      if (this.#users === 0) this.#finish();
    });
  }

  #finish(): void {
    if (!this.#isOpen) return;
    this.#isOpen = false;
    this.#connection.finish();
  }
}
