// Which topics come up more often than expected: shrunk, bounded, and judged together so that many looks find no false one.
import { gammaQuantile, poissonTail } from "./special.ts";

/** Pseudo-counts on both sides, the bound that must be passed, the fewest counts. */
export const EXCESS = { weight: 5, bound: 1.3, least: 5, discovery: 0.1 } as const;

/** What was seen of a topic at a branch, and what the network's share leads to expect there. */
export interface TopicCount {
  readonly branch: string | null;
  readonly topic: string;
  readonly observed: number;
  readonly expected: number;
}

/** A topic's excess; only `excess` may be pointed out. */
export type TopicExcess = TopicCount &
  (
    | { readonly kind: "excess"; readonly ratio: number; readonly bound: number }
    | { readonly kind: "not_enough" }
  );

/**
 * Which hypotheses stand when each of many is tested: Benjamini and Hochberg's step, with this share of false ones among
 * those that stand, on average.
 */
export function discoveries(chances: readonly number[], rate: number = EXCESS.discovery): readonly boolean[] {
  const order = chances.map((chance, index) => ({ chance, index })).sort((a, b) => a.chance - b.chance);
  let last = -1;
  for (const [place, { chance }] of order.entries()) {
    if (chance <= (rate * (place + 1)) / chances.length) last = place;
  }
  const stand = chances.map(() => false);
  for (const { index } of order.slice(0, last + 1)) stand[index] = true;
  return stand;
}

/** Ratio (O + k) / (E + k) and the lower end of its 95 % interval. */
export function excessOf(
  observed: number,
  expected: number,
): { readonly ratio: number; readonly bound: number } {
  const { weight } = EXCESS;
  return {
    ratio: (observed + weight) / (expected + weight),
    bound: gammaQuantile(0.025, observed + weight) / (expected + weight),
  };
}

/** Judges all topics of all branches at once. */
export function topicExcesses(counts: readonly TopicCount[]): readonly TopicExcess[] {
  const stand = discoveries(counts.map(({ observed, expected }) => poissonTail(observed, expected)));
  return counts.map((count, index) => {
    const { ratio, bound } = excessOf(count.observed, count.expected);
    const isShown = stand[index] && count.observed >= EXCESS.least && bound > EXCESS.bound;
    return isShown ? { ...count, kind: "excess", ratio, bound } : { ...count, kind: "not_enough" };
  });
}

/** Counts of topics and feedback of a branch. */
export interface TopicSlice {
  readonly branch: string | null;
  /** Feedback with words, on which a topic could have been put. */
  readonly of: number;
  readonly topics: ReadonlyMap<string, number>;
}

/** What each branch would have if all were like the whole: its share of the network's feedback. */
export function expectedTopics(slices: readonly TopicSlice[]): TopicCount[] {
  const all = slices.reduce((sum, { of }) => sum + of, 0);
  const totals = new Map<string, number>();
  for (const { topics } of slices) {
    for (const [topic, count] of topics) totals.set(topic, (totals.get(topic) ?? 0) + count);
  }
  return slices.flatMap(({ branch, of, topics }) =>
    [...totals].map(([topic, total]) => ({
      branch,
      topic,
      observed: topics.get(topic) ?? 0,
      expected: (total * of) / all,
    })),
  );
}
