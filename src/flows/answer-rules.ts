// What the house allows in answers, and ready-made answers: read by every check, changed by whoever may.
import {
  type AnswerPolicy,
  type AnswerTemplate,
  dayOfEpoch,
  type LearnedDeadline,
  learnDeadline,
  type PromoBudget,
  USUAL_POLICY,
  unknownVariables,
} from "../core/desk/index.ts";
import {
  type AnswerPlace,
  agedOutcomes,
  type BudgetUse,
  budgetsOfMonth,
  deskSetting,
  listAnswerPlaces,
  listTemplates,
  removeTemplate,
  type StoredTemplate,
  saveAnswerPlace,
  saveTemplate,
  setBranchBudget,
  type Tx,
  templateById,
  writeDeskSetting,
} from "../storage/index.ts";
import { clockOf } from "./desk-policy.ts";
import type { House } from "./house.ts";
import { keepAudit } from "./keep-audit.ts";

const NAME = "answer-policy";

/** The policy that holds now. */
export async function answerPolicy(tx: Tx): Promise<AnswerPolicy> {
  const text = await deskSetting(tx, NAME);
  return text === null ? USUAL_POLICY : (JSON.parse(text) as AnswerPolicy);
}

/** The policy, for showing. */
export function readAnswerPolicy(house: House): Promise<AnswerPolicy> {
  return house.database.read(answerPolicy);
}

/** Sets the policy; it counts for what is sent from now on. */
export async function writeAnswerPolicy(house: House, policy: AnswerPolicy, actor: string): Promise<void> {
  const at = house.now();
  await house.database.transaction(async (tx) => {
    const details = { before: await answerPolicy(tx), after: policy };
    await writeDeskSetting(tx, NAME, JSON.stringify(policy), at);
    await keepAudit(tx, { at, actor, action: "answer.policy", subject: "answers", details });
  });
}

/** All templates. */
export function answerTemplates(house: House): Promise<readonly StoredTemplate[]> {
  return house.database.read(listTemplates);
}

/** Most templates of one installation. */
const TEMPLATE_LIMIT = 1000;

/** What became of a template. */
export type TemplateSaved =
  | { readonly kind: "saved"; readonly template: StoredTemplate }
  | { readonly kind: "refused"; readonly reason: "not_found" | "too_many_templates" }
  /** Nothing fills these in. */
  | { readonly kind: "refused"; readonly reason: "unknown_variable"; readonly names: readonly string[] };

/** Writes a template; without an id a new one. */
export async function saveAnswerTemplate(
  house: House,
  wish: Omit<AnswerTemplate, "id"> & { readonly id: string | null },
  actor: string,
): Promise<TemplateSaved> {
  const names = unknownVariables(wish.text);
  if (names.length > 0) return { kind: "refused", reason: "unknown_variable", names };
  const at = house.now();
  const template: StoredTemplate = {
    ...wish,
    id: wish.id ?? house.newId(),
    updatedBy: actor,
    updatedAt: at,
  };
  return house.database.transaction(async (tx): Promise<TemplateSaved> => {
    const before = wish.id === null ? null : await templateById(tx, wish.id);
    if (wish.id !== null && before === null) return { kind: "refused", reason: "not_found" };
    if (wish.id === null && (await listTemplates(tx)).length >= TEMPLATE_LIMIT)
      return { kind: "refused", reason: "too_many_templates" };
    await saveTemplate(tx, template);
    const details = { name: template.name, before, after: template };
    await keepAudit(tx, { at, actor, action: "answer.template", subject: template.id, details });
    return { kind: "saved", template };
  });
}

/** Removes a template; false when there is none. */
export async function dropAnswerTemplate(house: House, id: string, actor: string): Promise<boolean> {
  const at = house.now();
  return house.database.transaction(async (tx) => {
    const before = await templateById(tx, id);
    const isRemoved = await removeTemplate(tx, id);
    const details = { before, after: null };
    if (isRemoved)
      await keepAudit(tx, { at, actor, action: "answer.template_removed", subject: id, details });
    return isRemoved;
  });
}

/** What a branch may give away in a month, and has. */
export interface BudgetView extends BudgetUse {
  readonly branchId: string;
  /** Null: the usual one counts. */
  readonly own: PromoBudget | null;
}

/** Budgets of a month, yyyymm, of all branches that have used one or have their own; with the usual one. */
export function answerBudgets(
  house: House,
  month: number,
): Promise<{ readonly usual: PromoBudget; readonly branches: readonly BudgetView[] }> {
  return house.database.read(async (tx) => ({
    usual: (await answerPolicy(tx)).budget,
    branches: await budgetsOfMonth(tx, month),
  }));
}

/** The month that it is by the shop's clock, yyyymm. */
export function answerMonth(house: House): number {
  return Math.floor(dayOfEpoch(clockOf(house, null).wallClock(house.now()).day) / 100);
}

/** Gives a branch a monthly budget of its own; null: the usual one. */
export async function setAnswerBudget(
  house: House,
  wish: { readonly branchId: string; readonly budget: PromoBudget | null; readonly actor: string },
): Promise<void> {
  const at = house.now();
  const { branchId, budget, actor } = wish;
  await house.database.transaction(async (tx) => {
    await setBranchBudget(tx, branchId, budget, { actor, at });
    const details = { budget };
    await keepAudit(tx, { at, actor, action: "answer.budget", subject: branchId, details });
  });
}

/** Places of which it is known whether they take answers. */
export function answerPlaces(house: House): Promise<readonly AnswerPlace[]> {
  return house.database.read(listAnswerPlaces);
}

/** Where answers go. */
export const ANSWER_SOURCE = "yandex-eats";

/** Switches answers of a place on or off by hand. */
export async function switchAnswerPlace(
  house: House,
  wish: { readonly placeId: string; readonly isSubscribed: boolean; readonly actor: string },
): Promise<AnswerPlace> {
  const at = house.now();
  const { placeId, isSubscribed, actor } = wish;
  const place = { source: ANSWER_SOURCE, placeId, isSubscribed, changedAt: at, changedBy: actor };
  await house.database.transaction(async (tx) => {
    await saveAnswerPlace(tx, place);
    const details = { isSubscribed };
    await keepAudit(tx, { at, actor, action: "answer.place", subject: placeId, details });
  });
  return place;
}

/** Most outcomes that the deadline is learned from: the newest, as the marketplace may change it. */
const LEARNED_FROM = 2000;

/** The age at which answers stop arriving, as far as it is known. */
export async function deadlineOf(tx: Tx): Promise<LearnedDeadline> {
  return learnDeadline(await agedOutcomes(tx, ANSWER_SOURCE, LEARNED_FROM));
}

/** The same, for showing. */
export function answerDeadline(house: House): Promise<LearnedDeadline> {
  return house.database.read(deadlineOf);
}
