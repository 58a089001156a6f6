// How old a feedback may be for an answer still to arrive: the marketplace does not say, so it is learned from what it answered.
import type { AnswerWord, DeskSource, DeskState } from "./item.ts";
import { isOpenState } from "./work.ts";

/** An answer that arrived, or came too late. */
export interface AgedOutcome {
  /** From the customer's feedback to the marketplace's answer, ms. */
  readonly ageMs: number;
  readonly isDelivered: boolean;
}

/** The age at which answers stop arriving. */
export type LearnedDeadline =
  | {
      readonly kind: "learned";
      /** Best estimate, ms. */
      readonly ageMs: number;
      /** It lies between these two as far as the outcomes tell, ms. */
      readonly fromMs: number;
      readonly toMs: number;
      readonly outcomes: number;
      /** Outcomes that an exact deadline there does not explain. */
      readonly unexplained: number;
    }
  | { readonly kind: "not_enough"; readonly outcomes: number };

/** Fewest outcomes of each kind. */
const LEAST = 5;

/** An estimate that explains no more than this share of what came too late is none. */
const EXPLAINED = 0.5;

/**
 * The cut that fewest outcomes contradict: delivered ones should be younger, outdated ones older. Where several cuts are equally
 * good, the middle of them. Single outdated answers to young feedback have other reasons and do not move it.
 */
export function learnDeadline(outcomes: readonly AgedOutcome[]): LearnedDeadline {
  const sorted = [...outcomes].sort((left, right) => left.ageMs - right.ageMs);
  const late = sorted.filter(({ isDelivered }) => !isDelivered).length;
  if (late < LEAST || sorted.length - late < LEAST) return { kind: "not_enough", outcomes: sorted.length };
  const { best, cuts } = bestCuts(sorted);
  // Delivered ones beyond the cut are contradictions too, so this also tells mixed outcomes from a deadline.
  const last = cuts[cuts.length - 1] as number;
  if (best > late * EXPLAINED || last === sorted.length)
    return { kind: "not_enough", outcomes: sorted.length };
  const first = cuts[0] as number;
  const fromMs = sorted[first - 1]?.ageMs ?? 0;
  const toMs = (sorted[last] as AgedOutcome).ageMs;
  const middle = cuts[Math.floor(cuts.length / 2)] as number;
  const ageMs = Math.round(((sorted[middle - 1]?.ageMs ?? 0) + (sorted[middle] as AgedOutcome).ageMs) / 2);
  return { kind: "learned", ageMs, fromMs, toMs, outcomes: sorted.length, unexplained: best };
}

/** Cuts are counted as how many outcomes lie before them; `best` is how many contradict the best ones. */
function bestCuts(sorted: readonly AgedOutcome[]): { readonly best: number; readonly cuts: number[] } {
  // Before the first outcome everything delivered contradicts.
  let wrong = sorted.filter(({ isDelivered }) => isDelivered).length;
  let best = wrong;
  let cuts = [0];
  for (const [index, { isDelivered }] of sorted.entries()) {
    wrong += isDelivered ? -1 : 1;
    if (wrong < best) {
      best = wrong;
      cuts = [];
    }
    if (wrong === best) cuts.push(index + 1);
  }
  return { best, cuts };
}

/** How long an answer can still arrive, ms, below 0 when it is too late; null: nobody knows the deadline. */
export function timeLeft(feedbackAt: number, now: number, deadline: LearnedDeadline): number | null {
  return deadline.kind === "learned" ? feedbackAt + deadline.ageMs - now : null;
}

/** What the time that is left depends on. */
export interface TimedItem {
  readonly source: DeskSource;
  readonly state: DeskState;
  readonly answer: AnswerWord;
  /** ms UTC: when the customer said it. */
  readonly saidAt: number;
  /** ms UTC; null: no clock runs. */
  readonly dueAt: number | null;
}

const UNANSWERED: readonly AnswerWord[] = [
  "no",
  "awaiting_approval",
  "no_subscription",
  "rejected",
  "failed",
];

/**
 * The instant until which there is time: when our own answer is due, or when the marketplace stops taking one if that is
 * sooner. Null: nothing runs, or it is too late for any answer. `deadlineMs` null: the marketplace's deadline is not known.
 */
export function timeEnds(item: TimedItem, now: number, deadlineMs: number | null): number | null {
  const { source, state, answer, saidAt, dueAt } = item;
  const isAnswerable = source === "yandex-eats" && isOpenState(state) && UNANSWERED.includes(answer);
  if (deadlineMs === null || !isAnswerable) return dueAt;
  const end = saidAt + deadlineMs;
  if (end <= now) return null;
  return dueAt === null ? end : Math.min(end, dueAt);
}
