// Views and policy of the desk, and the audit log.
import { deskSettingCalls } from "../../contract/index.ts";
import { reaches } from "../../core/people/index.ts";
import {
  type ApiCaller,
  brokenShift,
  type DeskPolicy,
  dropDeskView,
  findAuditEntries,
  findDeskPolicy,
  findDeskViews,
  type House,
  keepDeskView,
  proveAudit,
  setDeskPolicy,
  type ViewOutcome,
} from "../../flows/index.ts";
import type { AuditEntry, DeskSort, DeskView } from "../../storage/index.ts";
import { filterRefusal } from "./desk-routes.ts";
import { pageOf, pageOfWhole, pageWish } from "./page.ts";
import { Refusal, refuse } from "./refusal.ts";
import { route, shown } from "./route.ts";
import { ofStores } from "./stores.ts";

const listDeskViews = route(deskSettingCalls.listDeskViews, async ({ house, query, caller }) => {
  const wish = pageWish(query);
  if (wish instanceof Refusal) return wish;
  return pageOfWhole(await findDeskViews(house, caller.tokenId), wish, ({ id }) => id, viewShown);
});

const createDeskView = route(
  deskSettingCalls.createDeskView,
  async ({ house, body, caller }) =>
    sharedByFew(caller, body.isShared) ??
    viewAnswer(await keepDeskView(house, caller.tokenId, { ...body, id: null })),
);

const putDeskView = route(
  deskSettingCalls.putDeskView,
  async ({ house, params, body, caller }) =>
    sharedByFew(caller, body.isShared || (await isShared(house, caller, params.viewId))) ??
    viewAnswer(await keepDeskView(house, caller.tokenId, { ...body, id: params.viewId })),
);

const removeDeskView = route(deskSettingCalls.removeDeskView, async ({ house, params, caller }) =>
  (sharedByFew(caller, await isShared(house, caller, params.viewId)) ??
  (await dropDeskView(house, caller.tokenId, params.viewId)))
    ? undefined
    : refuse("not_found"),
);

/** What everybody sees is changed by people of all outlets. */
function sharedByFew({ stores }: ApiCaller, isOfAll: boolean): Refusal | null {
  return stores !== null && isOfAll
    ? refuse("forbidden", "Shared views are for people of all outlets.")
    : null;
}

async function isShared(house: House, caller: ApiCaller, viewId: string): Promise<boolean> {
  const view = (await findDeskViews(house, caller.tokenId)).find(({ id }) => id === viewId);
  return view !== undefined && view.owner === null;
}

function viewAnswer(done: ViewOutcome) {
  if (done.kind === "unknown_view") return refuse("not_found");
  return done.kind === "refused" ? filterRefusal(done.problem, "/body/filter") : viewShown(done.view);
}

function viewShown({ id, owner, name, filter, sort, createdAt }: DeskView) {
  return { id, isShared: owner === null, name, filter, sort: sort as DeskSort, createdAt: shown(createdAt) };
}

const getDeskPolicy = route(deskSettingCalls.getDeskPolicy, async ({ house, caller }) => {
  const { rules, hours, branchHours } = policyShown(await findDeskPolicy(house));
  return {
    rules: rules.filter(({ branchId }) => branchId === null || reaches(caller.stores, branchId)),
    hours,
    branchHours: [...ofStores(branchHours, caller, ({ branchId }) => branchId)],
  };
});

const putDeskPolicy = route(deskSettingCalls.putDeskPolicy, async ({ house, body, caller }) => {
  const { rules, hours, branchHours } = body;
  const policy = {
    rules,
    hours,
    branchHours: Object.fromEntries(branchHours.map((each) => [each.branchId, each.hours])),
  };
  const broken = brokenShift(policy);
  if (broken !== null) {
    const message = `the shift from ${broken.from} to ${broken.to} ends before it begins`;
    return refuse("invalid_request", undefined, [{ path: "/body/hours", message }]);
  }
  return policyShown(await setDeskPolicy(house, caller.tokenId, policy));
});

function policyShown({ rules, hours, branchHours }: DeskPolicy) {
  return {
    rules: rules.map((rule) => ({ ...rule, source: rule.source as "app" | "yandex-eats" | null })),
    hours: [...hours],
    branchHours: Object.entries(branchHours).map(([branchId, own]) => ({ branchId, hours: [...own] })),
  };
}

const listAuditEntries = route(deskSettingCalls.listAuditEntries, async ({ house, query }) => {
  const wish = pageWish(query);
  if (wish instanceof Refusal) return wish;
  const after = wish.after === null ? null : Number(wish.after);
  if (after !== null && !Number.isSafeInteger(after)) return refuse("bad_cursor");
  const { actor, subject, action, from, until } = query;
  const found = await findAuditEntries(house, {
    after,
    limit: wish.limit + 1,
    isNewestFirst: query.order === "newest",
    ...(actor === undefined ? {} : { actor }),
    ...(subject === undefined ? {} : { subject }),
    ...(action === undefined ? {} : { action }),
    ...(from === undefined ? {} : { from: Date.parse(from) }),
    ...(until === undefined ? {} : { until: Date.parse(until) }),
  });
  return pageOf(found, wish.limit, ({ number }) => String(number), entryShown);
});

const getAuditEntry = route(deskSettingCalls.getAuditEntry, async ({ house, params }) => {
  if (!/^[1-9]\d{0,14}$/.test(params.entryNumber)) return refuse("not_found");
  const number = Number(params.entryNumber);
  const [found] = await findAuditEntries(house, { after: number - 1, limit: 1 });
  return found?.number === number ? entryShown(found) : refuse("not_found");
});

function entryShown({ number, at, actor, action, subject, details, hash }: AuditEntry) {
  return { number, at: shown(at), actor, action, subject, details: JSON.parse(details) as object, hash };
}

const verifyAudit = route(deskSettingCalls.verifyAudit, ({ house }) => proveAudit(house));

/** Routes of settings and of the log. */
export const deskSettingRoutes = [
  listDeskViews,
  createDeskView,
  putDeskView,
  removeDeskView,
  getDeskPolicy,
  putDeskPolicy,
  listAuditEntries,
  getAuditEntry,
  verifyAudit,
];
