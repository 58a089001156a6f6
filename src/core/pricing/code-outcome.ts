// What becomes of the code in the cart: whose it is, whether it may be used, and what the shopper is told.
import type { Cart } from "./cart.ts";
import { foldCode } from "./code-folding.ts";
import type { CodeFacts, Facts } from "./facts.ts";
import type { CodeOutcome, Notice, Unlock } from "./quote.ts";
import type { Rule } from "./rule.ts";
import type { Rules } from "./rules.ts";
import type { Finding } from "./verdicts.ts";

/** The code as found. */
export interface CodeReading {
  readonly entered: string;
  readonly rule: Rule | null;
  readonly state: CodeFacts["state"];
}

/** What the facts say of the code; without facts, what the set's own list says. Null when the cart has no code. */
export function readCode(cart: Cart, rules: Rules, facts: Facts): CodeReading | null {
  const entered = cart.code?.trim() ?? "";
  if (entered === "") return null;
  const id = facts.code === null ? (rules.codes.get(foldCode(entered)) ?? null) : facts.code.promotionId;
  const rule = id === null ? null : (rules.byId.get(id) ?? null);
  return { entered, rule: rule?.needsCode === true ? rule : null, state: facts.code?.state ?? "free" };
}

/** The outcome, with a notice unless the code was applied; `unlock`: what would make it so, where that is known. */
export function codeOutcome(
  { entered, rule, state }: CodeReading,
  findings: readonly Finding[],
  unlock: Unlock | null,
): { outcome: CodeOutcome; notice: Notice | null } {
  const verdict = findings.find((each) => each.rule === rule)?.verdict;
  const promotionId = rule?.id ?? null;
  const outcome = (is: CodeOutcome["state"], notice: Notice["code"] | null, more: Partial<Notice> = {}) => ({
    outcome: { entered, state: is, promotionId },
    notice:
      notice === null ? null : { code: notice, ...(promotionId === null ? {} : { promotionId }), ...more },
  });
  if (promotionId === null) return outcome("not_found", "code_unknown");
  if (state === "redeemed") return outcome("already_redeemed", "code_redeemed");
  if (state === "blocked") return outcome("not_redeemable", "code_blocked");
  if (state !== "free" || verdict === undefined) return outcome("not_redeemable", "code_not_redeemable");
  if (verdict.kind === "applied") return outcome("applied", null);
  switch (verdict.reason) {
    case "condition":
    case "no_goods":
      return outcome("not_redeemable", "code_condition", missing(unlock));
    case "replaced":
    case "beaten":
    case "left_out":
      return outcome("replaced", "code_replaced");
    case "capped_to_zero":
    case "gift_sold_out":
    case "not_chosen":
    case "other_group_chosen":
      return outcome("not_redeemable", "code_no_effect");
    default:
      return outcome("not_redeemable", "code_not_redeemable");
  }
}

function missing(unlock: Unlock | null): Partial<Notice> {
  if (unlock?.kind === "add_sum") return { amountMinor: unlock.amountMinor };
  if (unlock?.kind === "add_quantity")
    return { quantity: (unlock.quantity * 1000) as NonNullable<Notice["quantity"]> };
  return {};
}
