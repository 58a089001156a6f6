// Recorded carts under other rules: one priced again, and those that are kept as test cases.
import { calculationCaseCalls, calculationRepeatCalls, checkPromotionSet } from "../../contract/index.ts";
import { ONE_UNIT } from "../../core/money/index.ts";
import type { PromotionSet } from "../../core/pricing/index.ts";
import {
  type CalculationCase,
  type CaseTried,
  dropCase,
  findCases,
  type House,
  keepCase,
  pairedOffers,
  pairedVerdicts,
  type RuleShelf,
  repeatCalculation,
  rulesToTry,
  tryCases,
} from "../../flows/index.ts";
import { outcomeShown, verdictShown } from "./calculation-shown.ts";
import { pageOf, pageWish } from "./page.ts";
import { Refusal, refuse } from "./refusal.ts";
import { route, shown } from "./route.ts";
import { refused } from "./rules-shown.ts";

const again = route(calculationRepeatCalls.repeatCalculation, async ({ house, rules, params, body }) => {
  const found = await triedRules(house, rules, body);
  if (found instanceof Refusal) return found;
  const outcome = await repeatCalculation(house, rules, params.calculationId, found.shelved);
  if (outcome.kind === "refused") return refuse(outcome.reason);
  const { before, after, gaps } = outcome;
  const then = (await rules.ofVersion(before.rules.version)) ?? found.shelved;
  const [namesBefore, namesAfter] = [then.rules.byId, found.shelved.rules.byId];
  const pairs = pairedOffers(before.quote, after);
  const verdicts = pairedVerdicts(before.quote, after);
  const isSameMoney = pairs.every(
    (pair) => pair.before?.total === pair.after?.total && pair.before?.quantity === pair.after?.quantity,
  );
  return {
    isSame: isSameMoney && verdicts.every(({ isChanged }) => !isChanged),
    differenceMinor: after.total - before.quote.total,
    before: { rules: { ...before.rules }, ...outcomeShown(before.quote, namesBefore) },
    after: {
      rules: { version: found.version, hash: found.shelved.hash },
      ...outcomeShown(after, namesAfter),
    },
    lines: pairs.map((pair) => ({
      offerId: (pair.after ?? pair.before)?.offerId ?? null,
      name: (pair.after ?? pair.before)?.name ?? null,
      quantityBefore: (pair.before?.quantity ?? 0) / ONE_UNIT,
      quantityAfter: (pair.after?.quantity ?? 0) / ONE_UNIT,
      totalBeforeMinor: pair.before?.total ?? 0,
      totalAfterMinor: pair.after?.total ?? 0,
      differenceMinor: (pair.after?.total ?? 0) - (pair.before?.total ?? 0),
    })),
    verdicts: verdicts.map((pair) => ({
      promotionId: pair.promotionId,
      isChanged: pair.isChanged,
      before: pair.before === null ? null : verdictShown(pair.before, namesBefore),
      after: pair.after === null ? null : verdictShown(pair.after, namesAfter),
    })),
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
  const found = await triedRules(house, rules, body);
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

interface TriedBody {
  readonly version?: number;
  readonly draftId?: string;
  readonly set?: object;
}

/** The rules that a body names; a set stands in it below `set`. */
async function triedRules(house: House, rules: RuleShelf, body: TriedBody) {
  if (Object.keys(body).length > 1) {
    const message = "one of version, draftId and set";
    return refuse("invalid_request", undefined, [{ path: "/body", message }]);
  }
  let set: PromotionSet | null = null;
  if (body.set !== undefined) {
    const checked = checkPromotionSet(body.set);
    if (checked.kind === "refused") return refused(checked.problems.map(withinSet));
    set = checked.document;
  }
  const found = await rulesToTry(house, rules, {
    version: body.version ?? null,
    draftId: body.draftId ?? null,
    set,
  });
  if (found.kind === "found") return found;
  if (found.reason === "promotions_refused") return refused(found.problems.map(withinSet));
  return refuse(found.reason);
}

function withinSet<Problem extends { readonly path: string }>(problem: Problem): Problem {
  return { ...problem, path: problem.path === "" ? "set" : `set.${problem.path}` };
}

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
