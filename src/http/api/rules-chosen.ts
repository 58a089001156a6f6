// The rules that a call names to price with: those in force, a version, a draft, or a set that is sent along.
import { checkPromotionSet } from "../../contract/index.ts";
import type { PromotionSet } from "../../core/pricing/index.ts";
import { type House, type RuleShelf, rulesToTry } from "../../flows/index.ts";
import { refuse } from "./refusal.ts";
import { refused } from "./rules-shown.ts";

/** What a body says of rules. */
export interface RulesWish {
  readonly version?: number;
  readonly draftId?: string;
  readonly set?: object;
}

/** Finds them; mistakes of a set are told below `set`. */
export async function rulesChosen(house: House, rules: RuleShelf, wish: RulesWish) {
  if (Object.keys(wish).length > 1) {
    const message = "one of version, draftId and set";
    return refuse("invalid_request", undefined, [{ path: "/body", message }]);
  }
  let set: PromotionSet | null = null;
  if (wish.set !== undefined) {
    const checked = checkPromotionSet(wish.set);
    if (checked.kind === "refused") return refused(checked.problems.map(withinSet));
    set = checked.document;
  }
  const found = await rulesToTry(house, rules, {
    version: wish.version ?? null,
    draftId: wish.draftId ?? null,
    set,
  });
  if (found.kind === "found") return found;
  if (found.reason === "promotions_refused") return refused(found.problems.map(withinSet));
  return refuse(found.reason);
}

function withinSet<Problem extends { readonly path: string }>(problem: Problem): Problem {
  return { ...problem, path: problem.path === "" ? "set" : `set.${problem.path}` };
}
