// A compiled condition: a test, the words of its failure for verdicts, and what might mend it for unlocking changes.
import type { CustomerFacts } from "./facts.ts";
import type { Situation } from "./situation.ts";
import type { GoodsSet } from "./specimen.ts";

/** Money of each pool after the layers before. */
export type Money = readonly number[];

/** What money a condition looks at. */
export type Dependence = "nothing" | "total" | "parts";

/** What a failing condition lacks: goods of a set, or a customer of whom it speaks. To be tried before it is promised. */
export type Remedy =
  | {
      /** "sum": kopecks, "quantity": thousandths of a unit, "different": number of different offers. */
      readonly kind: "sum" | "quantity" | "different";
      readonly of: GoodsSet;
      readonly lack: number;
      readonly path: string;
    }
  | { readonly kind: "customer"; readonly customer: CustomerFacts };

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
  /** What it lacks where it fails, each by itself enough; none where no addition could mend it. */
  remedies(situation: Situation, money: Money): readonly Remedy[];
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
