// Which unlocking changes are looked for, within what one calculation may cost: first those that the shopper is told of.
import type { Allowance } from "./attempts.ts";
import type { OfferedGroup, Verdict } from "./quote.ts";
import type { Rule } from "./rule.ts";
import type { Slot } from "./slot.ts";
import type { Calculation } from "./supposition.ts";
import { type FoundUnlock, findUnlock, leastDistance } from "./unlocks.ts";
import type { Finding } from "./verdicts.ts";

/**
 * Work that suppositions may cost, in the unit of MOST_WORK, and the most of them. "answer": for hints, while a shopper
 * waits; "full" and "every": what the details of these names may cost on top. Counted, not timed.
 */
const LIMITS = {
  answer: { work: 60_000, most: 40, least: 6 },
  full: { work: 100_000, most: 100, least: 6 },
  every: { work: 1_000_000, most: 600, least: 12 },
} as const;

/** The changes of one calculation, each looked for once. */
export class Promises {
  readonly #calculation: Calculation;
  readonly #work: number;
  readonly #isProven: boolean;
  readonly #found = new Map<Rule, FoundUnlock | null>();
  #allowance: Allowance;

  /** `isProven`: the choice made is the best for certain. Where it is not, nothing about another cart is promised. */
  constructor(calculation: Calculation, slots: readonly Slot[], isProven: boolean) {
    this.#calculation = calculation;
    this.#isProven = isProven;
    this.#work = slots.reduce((sum, { goods }) => sum + 3 + goods.length, 20);
    this.#allowance = this.#allow("answer");
  }

  /** The change that unlocks the finding's promotion; null where none is known. */
  of({ rule, verdict, money }: Finding): FoundUnlock | null {
    const known = this.#found.get(rule);
    if (known !== undefined) return known;
    const found =
      verdict.kind === "applied" || !this.#isProven
        ? null
        : findUnlock(this.#calculation, { rule, reason: verdict.reason, money }, this.#allowance);
    this.#found.set(rule, found);
    return found;
  }

  /** What the change would cost at the very least, before it is looked for; Infinity where there is none to look for. */
  leastDistance({ rule, verdict, money }: Finding): number {
    if (verdict.kind === "applied" || !this.#isProven) return Number.POSITIVE_INFINITY;
    return leastDistance(this.#calculation.situation, { rule, reason: verdict.reason, money });
  }

  /** The verdict with its change; of a promotion on the menu that is to choose it. */
  tell(finding: Finding, verdict: Verdict, offered: readonly OfferedGroup[]): Verdict {
    if (verdict.kind === "applied") return verdict;
    if (verdict.reason === "not_chosen") {
      const { promotionId } = verdict;
      const isOffered = offered.some((group) =>
        group.promotions.some((each) => each.promotionId === promotionId),
      );
      return isOffered ? { ...verdict, unlock: { kind: "choose" } } : verdict;
    }
    const found = this.of(finding);
    return found === null ? verdict : { ...verdict, unlock: found.unlock };
  }

  /** From here on somebody reads: more may be tried. */
  readAtLeisure(detail: "full" | "every"): void {
    this.#allowance = this.#allow(detail);
  }

  #allow(purpose: keyof typeof LIMITS): Allowance {
    const { work, most, least } = LIMITS[purpose];
    return { left: Math.max(least, Math.min(most, Math.floor(work / this.#work))) };
  }
}
