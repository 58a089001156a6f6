// Numbers of the work: first answers, clocks, what was opened again, what codes cost, and who came back satisfied.
import type { Filter } from "../core/desk/index.ts";
import {
  inTimeShare,
  type Recovery,
  recoveryOf,
  type ShareNumber,
  type Spread,
  shareOf,
  spreadOf,
  type TALLY_COLUMNS,
  type TallyCounts,
} from "../core/numbers/index.ts";
import { firstAnswers, lowRaters, openWork, type Tx } from "../storage/index.ts";

/** The work. */
export interface TeamNumbers {
  readonly firstAnswer: Spread;
  readonly inTime: ShareNumber;
  readonly overdue: number;
  readonly openAgeP90Ms: number | null;
  readonly reopened: ShareNumber;
  readonly promoMinor: number;
  readonly recovery: Recovery;
}

/** The work on what the filter finds; `counts` are its counts by source. */
export async function teamOf(
  tx: Tx,
  filter: Filter,
  counts: readonly TallyCounts[],
  now: number,
): Promise<TeamNumbers> {
  const answers = await firstAnswers(tx, filter);
  const work = await openWork(tx, filter, now);
  const inTime = answers.reduce((sum, each) => sum + each.inTime, 0);
  const late = answers.reduce((sum, each) => sum + each.late, 0);
  const sum = (column: (typeof TALLY_COLUMNS)[number]): number =>
    counts.reduce((all, each) => all + each[column], 0);
  return {
    firstAnswer: spreadOf(answers.flatMap(({ minutes, count }) => new Array<number>(count).fill(minutes))),
    inTime: inTimeShare({ inTime, late, overdue: work.overdue, running: work.running }),
    overdue: work.overdue,
    openAgeP90Ms: work.openAgeP90Ms,
    reopened: shareOf(work.reopened, sum("given")),
    promoMinor: sum("promo_minor"),
    recovery: recoveryOf(await lowRaters(tx, filter, now)),
  };
}
