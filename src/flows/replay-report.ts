// What a replay says when it is done: plain values for scripts, made of its tally.
import type { CalculationSpan } from "../storage/index.ts";
import type { DraftTally, Effect, Share, Sums } from "./draft-tally.ts";
import type { CheckTally, Deviation } from "./replay-calculations.ts";
import type { ReplayState } from "./replay-run.ts";
import type { ShelvedRules } from "./rule-shelf.ts";
import { segmentsNamed } from "./segments-named.ts";
import { asleepIn } from "./undated-rules.ts";

/** The outcome of a check. */
export interface CheckReport {
  readonly kind: "check";
  /** Calculations taken. */
  readonly taken: number;
  readonly counts: CheckTally["counts"];
  readonly worst: readonly Deviation[];
}

/** One promotion under both. */
export interface PromotionEffect {
  readonly id: string;
  readonly before: Share;
  readonly after: Share;
  /** Gift units under the draft. */
  readonly gifts: number;
}

/** The outcome of a replay under a draft; money in kopecks. */
export interface DraftReport {
  readonly kind: "draft";
  readonly taken: number;
  readonly carts: DraftTally["carts"];
  readonly before: Sums;
  readonly after: Sums;
  /** Largest change of discount first. */
  readonly promotions: readonly PromotionEffect[];
  readonly gifts: readonly { readonly offerId: string; readonly units: number }[];
  readonly cheaper: readonly Effect[];
  readonly dearer: readonly Effect[];
  readonly leftOut: DraftTally["leftOut"];
  readonly gaps: DraftTally["gaps"];
  readonly giftsUnknown: readonly string[];
  /** Segments that the draft names and no recorded customer was in. */
  readonly segmentsUnseen: readonly string[];
  /** Promotions of the draft that could not run in that time, by status or dates. */
  readonly asleep: readonly string[];
  /** The rest of the draft's promotions that applied in no cart. */
  readonly neverApplied: readonly string[];
}

/** The report of a finished check. */
export function checkReport({ taken, tally }: ReplayState<CheckTally>): CheckReport {
  return { kind: "check", taken, ...tally };
}

/** The report of a finished replay under `draft`. */
export function draftReport(
  { taken, tally }: ReplayState<DraftTally>,
  draft: ShelvedRules,
  span: CalculationSpan,
): DraftReport {
  const { promotions, gifts, giftsUnknown, segmentsSeen, ...rest } = tally;
  const asleep = asleepIn(draft, span);
  return {
    kind: "draft",
    taken,
    ...rest,
    promotions: [...promotions]
      .map(([id, entry]) => ({ id, ...entry }))
      .sort((left, right) => weight(right) - weight(left) || (left.id < right.id ? -1 : 1)),
    gifts: [...gifts]
      .map(([offerId, units]) => ({ offerId, units }))
      .sort((left, right) => right.units - left.units || (left.offerId < right.offerId ? -1 : 1)),
    giftsUnknown: [...giftsUnknown].sort(),
    segmentsUnseen: segmentsNamed(draft.documents.set).filter((segment) => !segmentsSeen.has(segment)),
    asleep,
    neverApplied: draft.rules.promotions
      .map(({ id }) => id)
      .filter((id) => !asleep.includes(id) && (promotions.get(id)?.after.carts ?? 0) === 0),
  };
}

function weight({ before, after }: PromotionEffect): number {
  return Math.abs(after.amount - before.amount);
}
