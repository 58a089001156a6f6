// Problems of one file, counted by reason: a feed of 100,000 equal faults must not become 100,000 rows.
import type { ProblemCount } from "../storage/index.ts";
import type { FileProblem } from "./feed-events.ts";

/** Problems of a reason that are kept with their lines. */
export const SAMPLES_PER_REASON = 50;

/** Collects problems of one file. */
export class ProblemBook {
  readonly #pages = new Map<
    string,
    { reason: string; isSkipped: boolean; count: number; samples: FileProblem[] }
  >();

  add(problem: FileProblem): void {
    const key = `${problem.isSkipped} ${problem.reason}`;
    let page = this.#pages.get(key);
    if (page === undefined) {
      page = { reason: problem.reason, isSkipped: problem.isSkipped, count: 0, samples: [] };
      this.#pages.set(key, page);
    }
    page.count += 1;
    if (page.samples.length < SAMPLES_PER_REASON) page.samples.push(problem);
  }

  /** Left-out entries and remarks. */
  totals(): { skipped: number; remarks: number } {
    let skipped = 0;
    let remarks = 0;
    for (const { isSkipped, count } of this.#pages.values()) {
      if (isSkipped) skipped += count;
      else remarks += count;
    }
    return { skipped, remarks };
  }

  /** By reason: left-out entries first, then the most frequent. */
  counts(): ProblemCount[] {
    return [...this.#pages.values()]
      .sort((a, b) => Number(b.isSkipped) - Number(a.isSkipped) || b.count - a.count)
      .map(({ reason, isSkipped, count, samples }) => ({
        reason,
        isSkipped,
        count,
        samples: samples.map(({ line, offerId, detail }) => ({ line, offerId, detail })),
      }));
  }
}
