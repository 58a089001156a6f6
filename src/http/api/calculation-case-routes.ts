// Recorded carts under other rules: one priced again, and those that are kept as test cases.
import {
  calculationCaseCalls,
  calculationRepeatCalls,
  compareOutcomes,
  outcomeShown,
} from "../../contract/index.ts";
import { ONE_UNIT } from "../../core/money/index.ts";
import {
  type CalculationCase,
  type CaseTried,
  dropCase,
  findCases,
  keepCase,
  repeatCalculation,
  tryCases,
} from "../../flows/index.ts";
import { pageOf, pageWish } from "./page.ts";
import { Refusal, refuse } from "./refusal.ts";
import { route, shown } from "./route.ts";
import { rulesChosen } from "./rules-chosen.ts";

const again = route(calculationRepeatCalls.repeatCalculation, async ({ house, rules, params, body }) => {
  const found = await rulesChosen(house, rules, body);
  if (found instanceof Refusal) return found;
  const outcome = await repeatCalculation(house, rules, params.calculationId, found.shelved);
  if (outcome.kind === "refused") return refuse(outcome.reason);
  const { before, after, gaps } = outcome;
  const then = (await rules.ofVersion(before.rules.version)) ?? found.shelved;
  const was = outcomeShown(before.quote, then.rules.byId);
  const is = outcomeShown(after, found.shelved.rules.byId);
  return {
    ...compareOutcomes(was, is),
    before: { rules: { ...before.rules }, ...was },
    after: { rules: { version: found.version, hash: found.shelved.hash }, ...is },
    gaps: [...gaps],
  };
});

const create = route(calculationCaseCalls.createCalculationCase, async (call) => {
  const { house, rules, book, params, body, caller } = call;
  // It may have been answered a moment ago.
  if (book.waiting > 0) await book.flush();
  const { name, note = "", totalMinor = null } = body;
  const wish = { name, note, total: totalMinor, actor: caller.tokenId };
  const kept = await keepCase(house, rules, params.calculationId, wish);
  return kept.kind === "refused" ? refuse(kept.reason) : caseShown(kept.case);
});

const list = route(calculationCaseCalls.listCalculationCases, async ({ house, query }) => {
  const wish = pageWish(query);
  if (wish instanceof Refusal) return wish;
  const found = await findCases(house, { before: wish.after, limit: wish.limit + 1 });
  return pageOf(found, wish.limit, ({ id }) => id, caseShown);
});

const remove = route(calculationCaseCalls.removeCalculationCase, async ({ house, params }) =>
  (await dropCase(house, params.caseId)) ? undefined : refuse("not_found"),
);

const check = route(calculationCaseCalls.checkCalculationCases, async ({ house, rules, body }) => {
  const found = await rulesChosen(house, rules, body);
  if (found instanceof Refusal) return found;
  const tried = await tryCases(house, rules, found.shelved);
  return {
    rules: { version: found.version, hash: found.shelved.hash },
    failed: tried.filter(({ isPassed }) => !isPassed).length,
    cases: tried.map(triedShown),
  };
});

/** Routes of calculations under other rules, of the tag "calculations". */
export const calculationCaseRoutes = [again, create, list, remove, check];

function caseShown(one: CalculationCase) {
  const { lines, expected, at, createdAt, ...head } = one;
  return {
    ...head,
    at: shown(at),
    createdAt: shown(createdAt),
    lineCount: lines,
    expected: {
      totalMinor: expected.total,
      lines:
        expected.lines?.map(([offerId, quantity, total]) => ({
          offerId,
          quantity: quantity / ONE_UNIT,
          totalMinor: total,
        })) ?? null,
      promotions:
        expected.promotions?.map(([promotionId, amount]) => ({ promotionId, amountMinor: amount })) ?? null,
    },
  };
}

function triedShown({ expected, total, lines, promotions, gaps, ...head }: CaseTried) {
  return {
    ...head,
    expectedMinor: expected,
    totalMinor: total,
    lines: lines.map((line) => ({
      offerId: line.offerId,
      expectedMinor: line.expected,
      totalMinor: line.total,
    })),
    promotions: promotions.map((each) => ({
      promotionId: each.promotionId,
      expectedMinor: each.expected,
      amountMinor: each.amount,
    })),
    gaps: [...gaps],
  };
}
