// A law of pricing: random carts, an oracle that does not ask the engine how it came to its answer, and broken pricers that
// the same oracle must catch. Tests run it shortly on every commit, `npm run laws` at the size that is stated.
import { AssertionError } from "node:assert/strict";
import fc from "fast-check";
import {
  type Cart,
  type Detail,
  type Facts,
  price,
  type Quote,
  type Rules,
} from "../../src/core/pricing/index.ts";
import { NOON } from "../support/shop.ts";

/** Broken pricers meet the same carts every time, so that catching them is no matter of luck. */
export const SEED = 20_261_121;

/** Anything that prices. */
export type Pricer = (cart: Cart, rules: Rules, facts: Facts) => Quote;

/** The engine, telling so much. */
export const engine =
  (detail: Detail): Pricer =>
  (cart, rules, facts) =>
    price(cart, rules, facts, NOON, detail);

/** What one cart showed: how many cases of the law it held, and what was wrong in how many of them. */
export interface Finding {
  readonly cases: number;
  readonly wrong: readonly string[];
}

/** A pricer with a mistake. */
export interface Mutant {
  readonly name: string;
  readonly pricer: Pricer;
}

/** A law. `Value` is what it draws. */
export interface Law<Value = unknown> {
  /** Number in the list of laws; several parts of one law share it. */
  readonly number: number;
  readonly title: string;
  readonly oracle: string;
  /** Carts of the long form. */
  readonly size: number;
  /** Part of the usual number of runs that the short form takes. */
  readonly share: number;
  /** Share of cases that may be wrong; 0 for all laws that know no exceptions. */
  readonly tolerance: number;
  readonly values: fc.Arbitrary<Value>;
  readonly pricer: Pricer;
  judge(value: Value, pricer: Pricer): Finding;
  readonly mutants: readonly Mutant[];
}

/** A law that knows no exceptions: `hold` throws an AssertionError where it is broken. */
export function strictLaw<Value>(
  law: Omit<Law<Value>, "judge" | "tolerance"> & { hold(value: Value, pricer: Pricer): void },
): Law<Value> {
  return {
    ...law,
    tolerance: 0,
    judge: (value, pricer) => {
      try {
        law.hold(value, pricer);
        return { cases: 1, wrong: [] };
      } catch (error) {
        if (error instanceof AssertionError) return { cases: 1, wrong: [error.message] };
        throw error;
      }
    },
  };
}

/** Sums of a run. */
export interface Tally {
  readonly carts: number;
  readonly cases: number;
  readonly wrong: number;
  /** The first wrong case in words, with the way to see it again. */
  readonly example: string | null;
}

const NOTHING: Tally = { carts: 0, cases: 0, wrong: 0, example: null };

/** Judges `carts` drawn from `seed` on; the same seed draws the same carts. */
export function tally<Value>(
  law: Law<Value>,
  pricer: Pricer,
  carts: number,
  seed: number,
  stopAtWrong = Number.POSITIVE_INFINITY,
): Tally {
  let { cases, wrong, example } = NOTHING;
  let count = 0;
  for (const value of fc.sample(law.values, { numRuns: carts, seed })) {
    const finding = law.judge(value, pricer);
    count += 1;
    cases += finding.cases;
    wrong += finding.wrong.length;
    example ??= finding.wrong[0] === undefined ? null : `${finding.wrong[0]} (seed ${seed}, cart ${count})`;
    if (wrong >= stopAtWrong) break;
  }
  return { carts: count, cases, wrong, example };
}

/** True when the law finds the pricer wrong: once where it knows no exceptions, else beyond its tolerance. */
export function catches<Value>(law: Law<Value>, { pricer }: Mutant, carts = 3000): boolean {
  const { wrong, cases } = tally(law, pricer, carts, SEED, law.tolerance === 0 ? 1 : undefined);
  return wrong > law.tolerance * cases;
}
