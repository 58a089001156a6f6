// What the gate claims for certain is certain: no cart of thousands, priced by the engine, ever says otherwise.
import { expect, test } from "vitest";
import { chaos, GOODS, type Visit, visit } from "../../../test/support/rule-chaos.ts";
import { Dice, TODAY, ZONE } from "../../../test/support/rule-sets.ts";
import { facts } from "../../../test/support/shop.ts";
import { instant } from "../basics/index.ts";
import {
  compileRules,
  type Offer,
  type PromotionDocument,
  price,
  type Quote,
  type Rules,
} from "../pricing/index.ts";
import { analysePublication, type Finding } from "./index.ts";

const SETS = Number(process.env["PRILAVOK_PROPERTY_RUNS"] ?? 3000);
const VISITS = 40;
const SEED = 4_700_000;
const LIMIT = { timeout: 60_000 + SETS * 60 };

const NEVER = [
  "schedule_empty",
  "conditions_contradict",
  "scope_empty",
  "threshold_unreachable",
  "already_over",
];
const NOTHING = [
  "effect_unreachable",
  "zero_effect",
  "cap_zero",
  "floor_too_high",
  "fixed_price_too_high",
  "weight_only",
];
const BEATEN = ["always_beaten", "best_of_never_wins", "always_replaced"];

interface Case {
  readonly promotions: readonly PromotionDocument[];
  readonly rules: Rules;
  readonly dice: Dice;
}

function caseOf(seed: number): Case | null {
  const dice = new Dice(seed);
  const promotions = chaos(dice);
  const compiled = compileRules({ promotions }, ZONE);
  return compiled.kind === "refused" ? null : { promotions, rules: compiled.rules, dice };
}

function claimsOf({ promotions, rules }: Case, offers: readonly Offer[], today: number): readonly Finding[] {
  const catalogue = { offers, categories: [] };
  const set = { promotions };
  const input = {
    set,
    rules,
    timeZone: ZONE,
    catalogue,
    names: {},
    codes: null,
    settings: {},
    today: instant(today),
  };
  return analysePublication(input).findings.filter(
    ({ severity, code }) => severity === "error" || BEATEN.includes(code) || code === "already_over",
  );
}

function quoteOf(rules: Rules, { cart, customer, at }: Visit): Quote {
  return price(cart, rules, facts(GOODS, { customer }), instant(at), "plain");
}

/** Claims that a cart refutes, of those made with this catalogue on this day. */
function refuted(one: Case, claims: readonly Finding[]): string[] {
  const wrong: string[] = [];
  for (let count = 0; count < VISITS; count += 1) {
    const each = visit(one.dice);
    const quote = quoteOf(one.rules, each);
    for (const { code, promotionIds } of claims) {
      const verdict = quote.verdicts.find(({ promotionId }) => promotionId === promotionIds[0]);
      const isApplied = verdict?.kind === "applied";
      if (NEVER.includes(code) && isApplied) wrong.push(code);
      if (NOTHING.includes(code) && isApplied && verdict.amount > 0) wrong.push(code);
      if (!BEATEN.includes(code) || !isApplied) continue;
      // Beaten: without it the shopper pays no more, but for the kopecks of rounding.
      const rest = one.promotions.filter(({ id }) => id !== promotionIds[0]);
      const without = compileRules({ promotions: rest }, ZONE);
      if (without.kind === "refused") throw new Error("does not compile");
      if (quoteOf(without.rules, each).total > quote.total + one.promotions.length) wrong.push(code);
    }
  }
  return wrong;
}

test("what the gate calls dead or beaten never matters to any cart", LIMIT, () => {
  const claimed = new Map<string, number>();
  for (let seed = 0; seed < SETS; seed += 1) {
    const one = caseOf(SEED + seed);
    if (one === null) continue;
    const claims = claimsOf(one, GOODS, TODAY);
    for (const { code } of claims) claimed.set(code, (claimed.get(code) ?? 0) + 1);
    expect({ seed: SEED + seed, wrong: refuted(one, claims) }).toEqual({ seed: SEED + seed, wrong: [] });
  }
  // The law is not about nothing: every kind of claim was made. The rarest needs its thousands of sets.
  const rare = SETS >= 3000 ? ["best_of_never_wins", "always_replaced"] : [];
  for (const code of [...NEVER, ...NOTHING.filter((each) => each !== "weight_only"), ...rare])
    expect(claimed.get(code) ?? 0, code).toBeGreaterThan(0);
});

test(
  "a gate that forgets half of the goods, or the day, or takes winners for losers, is caught by the same carts",
  LIMIT,
  () => {
    const half = GOODS.slice(3);
    const later = TODAY + 5 * 86_400_000;
    const caught = (offers: readonly Offer[], today: number): boolean => {
      for (let seed = 0; seed < 500; seed += 1) {
        const one = caseOf(SEED + seed);
        if (one !== null && refuted(one, claimsOf(one, offers, today)).length > 0) return true;
      }
      return false;
    };
    const swapped = Array.from({ length: 1500 }, (_, seed) => caseOf(SEED + seed)).some((one) => {
      const claims =
        one === null ? [] : claimsOf(one, GOODS, TODAY).filter(({ code }) => BEATEN.includes(code));
      const wrong = claims.map((each) => ({ ...each, promotionIds: [...each.promotionIds].reverse() }));
      return one !== null && wrong.length > 0 && refuted(one, wrong).length > 0;
    });
    expect(swapped).toBe(true);
    expect(caught(half, TODAY)).toBe(true);
    expect(caught(GOODS, later)).toBe(true);
  },
);
