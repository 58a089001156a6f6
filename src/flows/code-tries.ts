// Guessing promo codes: who has tried ten different unknown ones in ten minutes is told "unknown" of every further one.
import type { CodeFacts } from "../core/pricing/index.ts";

/** Different unknown codes that one customer (or device) may try within CODE_TRIES_MS. */
export const CODE_TRIES = 10;
/** From the first unknown code on, ms. */
export const CODE_TRIES_MS = 10 * 60_000;
/** Customers remembered at once; beyond it the oldest are forgotten. */
const REMEMBERED = 10_000;

interface Guesses {
  readonly since: number;
  readonly codes: Set<string>;
}

/** Counts unknown codes by who tried them. The same code again, as every change of a cart sends it, counts once. */
export class CodeTries {
  readonly #guesses = new Map<string, Guesses>();

  /** What is known of `code` for `who`: as it is, or unknown when too many others were tried before it. */
  judge(who: string, code: string, facts: CodeFacts, now: number): CodeFacts {
    const guesses = this.#of(who, now);
    if (facts.promotionId === null) {
      if (guesses === undefined) this.#remember(who, code, now);
      else if (guesses.codes.size < CODE_TRIES) guesses.codes.add(code);
      return facts;
    }
    const isGuess = guesses !== undefined && guesses.codes.size >= CODE_TRIES;
    return isGuess ? { promotionId: null, state: "free" } : facts;
  }

  #of(who: string, now: number): Guesses | undefined {
    const guesses = this.#guesses.get(who);
    if (guesses === undefined || (now - guesses.since < CODE_TRIES_MS && now >= guesses.since))
      return guesses;
    this.#guesses.delete(who);
    return undefined;
  }

  #remember(who: string, code: string, now: number): void {
    this.#guesses.set(who, { since: now, codes: new Set([code]) });
    if (this.#guesses.size <= REMEMBERED) return;
    const [oldest] = this.#guesses.keys();
    if (oldest !== undefined) this.#guesses.delete(oldest);
  }
}
