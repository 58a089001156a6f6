// Recorded calculations computed again, each with its own cart, facts, rules and instant: is the engine still the one that answered?
import { price } from "../core/pricing/index.ts";
import type { House } from "./house.ts";
import { type Judgement, judgeCalculation, type Pricing } from "./judge-calculation.ts";
import {
  keepWorst,
  RecordedRules,
  type ReplayPlan,
  type ReplayState,
  type ReplayWatch,
  walk,
} from "./replay-run.ts";
import type { RuleShelf } from "./rule-shelf.ts";

/** A calculation that came out otherwise, kopecks. */
export interface Deviation {
  readonly id: string;
  readonly at: number;
  readonly verdict: Judgement["verdict"];
  readonly engineVersion: string;
  readonly answered: number;
  /** Null: the engine failed. */
  readonly again: number | null;
}

/** Counts by verdict, and the worst of what differs. */
export interface CheckTally {
  readonly counts: Record<Judgement["verdict"], number>;
  readonly worst: Deviation[];
}

/** The state of a check that has not begun. */
export function newCheck(): ReplayState<CheckTally> {
  const counts = { same: 0, differs: 0, engine_changed: 0, rules_gone: 0, goods_gone: 0, not_engine: 0 };
  return { after: null, seen: 0, taken: 0, tally: { counts, worst: [] } };
}

/** Goes on from `state` to the end; `pricing` is another engine only in tests. */
export function replayCalculations(
  house: House,
  shelf: RuleShelf,
  plan: ReplayPlan,
  state: ReplayState<CheckTally> = newCheck(),
  watch: ReplayWatch<CheckTally> = {},
  pricing: Pricing = price,
): Promise<ReplayState<CheckTally>> {
  const rules = new RecordedRules(shelf);
  const { counts, worst } = state.tally;
  return walk(house, plan, state, watch, async (page, turns) => {
    for (const paged of page) {
      const { id, at, engineVersion, kept } = paged.stored;
      const shelved = await rules.of(paged.stored.rules.version);
      const { verdict, total } = judgeCalculation(paged, shelved, pricing);
      counts[verdict] += 1;
      if ((verdict === "differs" || verdict === "engine_changed") && kept.kind === "digest") {
        const deviation = { id, at, verdict, engineVersion, answered: kept.digest.total, again: total };
        keepWorst(worst, deviation, gravity, plan.worst);
      }
      await turns.breathe();
    }
  });
}

/** What differs under the same engine is worse than anything under another; an engine that fails is worst. */
function gravity({ verdict, answered, again }: Deviation): number {
  const difference = again === null ? 1e12 : Math.min(Math.abs(answered - again), 1e12 - 1);
  return verdict === "differs" ? 1e13 + difference : difference;
}
