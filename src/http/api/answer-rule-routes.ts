// What the house allows in answers: policy, templates, budgets, places, the learned deadline.
import { answerRuleCalls, answerTemplateCalls } from "../../contract/index.ts";
import type { AnswerPolicy, PromoBudget } from "../../core/desk/index.ts";
import {
  answerBudgets,
  answerDeadline,
  answerMonth,
  answerPlaces,
  answerTemplates,
  dropAnswerTemplate,
  outletsOf,
  readAnswerPolicy,
  saveAnswerTemplate,
  setAnswerBudget,
  switchAnswerPlace,
  type TemplateSaved,
  writeAnswerPolicy,
} from "../../flows/index.ts";
import type { AnswerPlace, StoredTemplate } from "../../storage/index.ts";
import { pageOfWhole, pageWish } from "./page.ts";
import { Refusal, refuse } from "./refusal.ts";
import { route, shown } from "./route.ts";
import { ofStores } from "./stores.ts";

function budgetShown({ promos, amountMinor }: PromoBudget) {
  return { promos, amountMinor };
}

function policyShown(policy: AnswerPolicy) {
  return {
    textLimit: policy.textLimit,
    fourEyesAbove: policy.fourEyesAbove,
    coolDownDays: policy.coolDownDays,
    sameTextLast: policy.sameTextLast,
    profanity: [...policy.profanity],
    ceilings: { ...policy.ceilings },
    levels: { ...policy.levels },
    budget: budgetShown(policy.budget),
  };
}

function templateShown(template: StoredTemplate) {
  const { topics, updatedAt, ...rest } = template;
  return { ...rest, topics: [...topics], updatedAt: shown(updatedAt) };
}

function savedShown(saved: TemplateSaved) {
  if (saved.kind === "saved") return templateShown(saved.template);
  switch (saved.reason) {
    case "not_found":
      return refuse("not_found");
    case "too_many_templates":
      return refuse("answer_refused", undefined, [
        { path: "/body", message: "there are too many templates" },
      ]);
    case "unknown_variable":
      return refuse("answer_refused", undefined, [
        { path: "/body/text", message: "has places that nothing fills: use name, branch, dish or promo" },
      ]);
  }
}

function placeShown({ placeId, isSubscribed, changedAt, changedBy }: AnswerPlace) {
  return { placeId, isSubscribed, changedAt: shown(changedAt), changedBy };
}

/** A month as people write it. */
const monthText = (month: number): string =>
  `${Math.floor(month / 100)}-${String(month % 100).padStart(2, "0")}`;

const seconds = (ms: number): number => Math.floor(ms / 1000);

/** Routes of the rules of answers. */
export const answerRuleRoutes = [
  route(answerRuleCalls.getAnswerPolicy, async ({ house }) => policyShown(await readAnswerPolicy(house))),
  route(answerRuleCalls.putAnswerPolicy, async ({ house, body, caller }) => {
    await writeAnswerPolicy(house, body, caller.tokenId);
    return policyShown(body);
  }),
  route(answerTemplateCalls.listAnswerTemplates, async ({ house, query }) => {
    const wish = pageWish(query);
    if (wish instanceof Refusal) return wish;
    return pageOfWhole(await answerTemplates(house), wish, ({ id }) => id, templateShown);
  }),
  route(answerTemplateCalls.createAnswerTemplate, async ({ house, body, caller }) =>
    savedShown(await saveAnswerTemplate(house, { ...body, id: null }, caller.tokenId)),
  ),
  route(answerTemplateCalls.putAnswerTemplate, async ({ house, params, body, caller }) =>
    savedShown(await saveAnswerTemplate(house, { ...body, id: params.templateId }, caller.tokenId)),
  ),
  route(answerTemplateCalls.removeAnswerTemplate, async ({ house, params, caller }) =>
    (await dropAnswerTemplate(house, params.templateId, caller.tokenId)) ? undefined : refuse("not_found"),
  ),
  route(answerRuleCalls.listAnswerBudgets, async ({ house, query, caller }) => {
    const month = query.month === undefined ? answerMonth(house) : Number(query.month.replace("-", ""));
    const { usual, branches } = await answerBudgets(house, month);
    return {
      month: monthText(month),
      usual: budgetShown(usual),
      branches: ofStores(branches, caller, ({ branchId }) => branchId).map(
        ({ branchId, own, usedPromos, usedMinor }) => ({
          branchId,
          own: own === null ? null : budgetShown(own),
          usedPromos,
          usedMinor,
        }),
      ),
    };
  }),
  route(answerRuleCalls.putAnswerBudget, async ({ house, params, body, caller }) => {
    await setAnswerBudget(house, { ...params, ...body, actor: caller.tokenId });
    return undefined;
  }),
  route(answerRuleCalls.listAnswerPlaces, async ({ house, query, caller }) => {
    const wish = pageWish(query);
    if (wish instanceof Refusal) return wish;
    const { stores } = caller;
    const own = stores === null ? null : (await outletsOf(house, stores)).places;
    const places = (await answerPlaces(house)).filter(({ placeId }) => own?.has(placeId) ?? true);
    return pageOfWhole(places, wish, ({ placeId }) => placeId, placeShown);
  }),
  route(answerRuleCalls.putAnswerPlace, async ({ house, params, body, caller }) =>
    placeShown(await switchAnswerPlace(house, { ...params, ...body, actor: caller.tokenId })),
  ),
  route(answerRuleCalls.getAnswerDeadline, async ({ house }) => {
    const learned = await answerDeadline(house);
    const { kind, outcomes } = learned;
    if (kind === "not_enough")
      return { kind, outcomes, ageSeconds: null, fromSeconds: null, toSeconds: null, unexplained: null };
    return {
      kind,
      outcomes,
      ageSeconds: seconds(learned.ageMs),
      fromSeconds: seconds(learned.fromMs),
      toSeconds: seconds(learned.toMs),
      unexplained: learned.unexplained,
    };
  }),
];
