// Whether a running server may get traffic and whether it does: what readiness, shedding and work beside calls ask.
import type { Readiness } from "../http/index.ts";
import type { EventOffice } from "../jobs/index.ts";
import { endProbe, probeWrite } from "../storage/index.ts";
import type { Installation } from "./installation.ts";

/** How long after a call what runs beside calls keeps clear of them, ms. */
const CALLED_MS = 1000;

/** May this server get traffic, and does it? */
export class ServingState implements Readiness {
  #fault: string | null = null;
  #calledAt = Number.NEGATIVE_INFINITY;
  isStopping = false;
  /** Set as soon as it is open. */
  installation: Installation | null = null;
  /** Set as soon as there is one. */
  office: EventOffice | null = null;

  isServing(): boolean {
    return !this.isStopping;
  }

  called(): void {
    this.#calledAt = performance.now();
  }

  /** Has a call come within the last second? */
  isCalled(): boolean {
    return performance.now() - this.#calledAt < CALLED_MS;
  }

  writersWaiting(): number {
    return this.installation?.database.writersWaiting() ?? 0;
  }

  /** Notes that the disk refused a write; true when that is news. */
  writesFail(code: string): boolean {
    const isNews = this.#fault === null;
    this.#fault = code;
    return isNews;
  }

  /** Rejects while the database does not answer, or does not take a write after it once refused one. */
  async pingDatabase(): Promise<void> {
    if (this.installation === null) throw new Error("the database is not open yet");
    const { database } = this.installation;
    await database.read((tx) => tx.rows("select 1 as one"));
    if (this.#fault === null) return;
    await database.transaction(probeWrite);
    await database.transaction(endProbe);
    this.#fault = null;
  }
}
