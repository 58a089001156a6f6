// A compiled condition: a test, and the words of its failure, for verdicts and unlocking changes.
import type { Unlock } from "./quote.ts";
import type { Situation } from "./situation.ts";

/** Money of each pool after the layers before. */
export type Money = readonly number[];

/** What money a condition looks at. */
export type Dependence = "nothing" | "total" | "parts";

/** A condition ready to be asked. */
export interface Check {
  /** Where it stands in its promotion, such as "when[0].sum". */
  readonly path: string;
  readonly kind: string;
  /** What of the money after earlier layers the answer depends on: "total" on the whole cart's alone. */
  readonly dependsOn: Dependence;
  /** True when more money never makes it fail. */
  readonly isRising: boolean;
  /** The children of a nested condition. */
  readonly children: readonly Check[];
  test(situation: Situation, money: Money): boolean;
  needed(): string | number | null;
  actual(situation: Situation, money: Money): string | number | null;
  /** The smallest change of the cart that makes it hold; null when no addition does. */
  unlock(situation: Situation, money: Money): Unlock | null;
}

/** The innermost condition to blame: the failing child of "all", otherwise the condition itself. */
export function failingCheck(checks: readonly Check[], situation: Situation, money: Money): Check | null {
  for (const check of checks) {
    if (check.test(situation, money)) continue;
    if (check.kind !== "all") return check;
    return failingCheck(check.children, situation, money) ?? check;
  }
  return null;
}

/** True when all hold. */
export function holdAll(checks: readonly Check[], situation: Situation, money: Money): boolean {
  for (let index = 0; index < checks.length; index += 1) {
    if (!(checks[index] as Check).test(situation, money)) return false;
  }
  return true;
}

/** The widest dependence of several checks. */
export function dependenceOf(checks: readonly Check[]): Dependence {
  if (checks.some((check) => check.dependsOn === "parts")) return "parts";
  return checks.some((check) => check.dependsOn === "total") ? "total" : "nothing";
}
