// Alert rules for single items: what cannot be read is not kept, and there are no more than an item can be held against at once.
import type { FilterProblem } from "../core/desk/index.ts";
import {
  type AlertRule,
  alertRules,
  listDestinations,
  removeAlertRule,
  saveAlertRule,
} from "../storage/index.ts";
import { readDeskFilter } from "./find-desk.ts";
import type { House } from "./house.ts";
import { keepAudit } from "./keep-audit.ts";

/** Most rules: every item that comes is held against each of them. */
const RULE_LIMIT = 100;

/** What people say of a rule. */
export type RuleWish = Pick<AlertRule, "name" | "filter" | "destinations" | "isOn">;

/** What became of a wish. */
export type RuleOutcome =
  | { readonly kind: "saved"; readonly rule: AlertRule }
  | { readonly kind: "refused"; readonly reason: "not_found" | "too_many_rules" | "unknown_destination" }
  | { readonly kind: "unreadable"; readonly problem: FilterProblem };

/** All rules, oldest first. */
export function findAlertRules(house: House): Promise<AlertRule[]> {
  return house.database.read((tx) => alertRules(tx));
}

/** Adds a rule, or with an id writes it anew. It counts for what comes from now on. */
export async function keepAlertRule(
  house: House,
  actor: string,
  id: string | null,
  wish: RuleWish,
): Promise<RuleOutcome> {
  // It stands for everybody: nobody is "me", and days are the shop's.
  const read = readDeskFilter(house, wish.filter, { me: null, zone: null });
  if (read.kind === "refused") return { kind: "unreadable", problem: read.problem };
  const at = house.now();
  const newId = house.newId();
  return house.database.transaction(async (tx): Promise<RuleOutcome> => {
    const all = await alertRules(tx);
    const before = all.find((one) => one.id === id) ?? null;
    if (id !== null && before === null) return { kind: "refused", reason: "not_found" };
    if (before === null && all.length >= RULE_LIMIT) return { kind: "refused", reason: "too_many_rules" };
    const known = new Set((await listDestinations(tx)).map((one) => one.id));
    const { name, filter, isOn } = wish;
    const destinations = [...new Set(wish.destinations)];
    if (destinations.some((one) => !known.has(one)))
      return { kind: "refused", reason: "unknown_destination" };
    const made = { createdBy: before?.createdBy ?? actor, createdAt: before?.createdAt ?? at };
    const rule = { id: id ?? newId, name, filter, destinations, isOn, ...made, updatedAt: at };
    await saveAlertRule(tx, rule);
    const details = { before, after: rule };
    await keepAudit(tx, { at, actor, action: "desk.alert_rule", subject: rule.id, details });
    return { kind: "saved", rule };
  });
}

/** Removes a rule; false: there is none. What it has queued is still told. */
export function dropAlertRule(house: House, actor: string, id: string): Promise<boolean> {
  const at = house.now();
  return house.database.transaction(async (tx) => {
    const before = (await alertRules(tx)).find((one) => one.id === id);
    if (before === undefined || !(await removeAlertRule(tx, id))) return false;
    const details = { before, after: null };
    await keepAudit(tx, { at, actor, action: "desk.alert_rule", subject: id, details });
    return true;
  });
}
