// Roles and scopes are two tables of two rooms: every scope that a role names exists, and both name the same roles.
import { expect, test } from "vitest";
import { PAGE_IDS, type PageId, pageRow } from "../../src/console/pages/registry.ts";
import {
  isScope,
  keepingOf,
  operations,
  SCOPE_NAMES,
  SHUT_SCOPES,
  STORE_KEEPING,
} from "../../src/contract/index.ts";
import { ROLE_NAMES } from "../../src/contract/me.ts";
import { FRESH_SCOPES, ROLE_SCOPES, ROLES, scopesOf } from "../../src/core/people/index.ts";
import { routes } from "../../src/http/api/routes.ts";

test("the contract and the core name the same roles", () => {
  expect([...ROLE_NAMES]).toEqual([...ROLES]);
});

test("every scope of a role is a scope", () => {
  const unknown = Object.values(ROLE_SCOPES)
    .flatMap((scopes) => (scopes === "all" ? [] : scopes))
    .concat(FRESH_SCOPES)
    .filter((scope) => !isScope(scope));
  expect(unknown).toEqual([]);
  expect(scopesOf("administrator", SCOPE_NAMES)).toEqual(SCOPE_NAMES);
});

const kept = operations.filter(({ scope }) => isScope(scope));

test("every call that takes a scope says how it keeps to outlets, and the table names no other", () => {
  expect(Object.keys(STORE_KEEPING).toSorted()).toEqual(kept.map(({ id }) => id).toSorted());
});

test("every call that is mounted is one of the contract's", () => {
  const mounted = routes.map(({ operation }) => operation.id);
  expect(mounted.toSorted()).toEqual(operations.map(({ id }) => id).toSorted());
});

test("a thing that is kept to its outlet is named by a parameter of the path", () => {
  for (const { id, path } of operations) {
    const keeping = keepingOf(id);
    if (typeof keeping !== "object") continue;
    expect([id, path.includes(`{${keeping.param}}`)]).toEqual([id, true]);
  }
});

test("scopes that are shut to people of some outlets are those whose every call is refused", () => {
  const shut = SCOPE_NAMES.filter((scope) =>
    kept.filter((call) => call.scope === scope).every(({ id }) => keepingOf(id) === "refused"),
  );
  expect(shut.toSorted()).toEqual([...SHUT_SCOPES].toSorted());
});

/** The call that each page of the console stands on. */
const CALL_OF: Readonly<Partial<Record<PageId, string>>> = {
  home: "readOverview",
  live: "listLiveCalls",
  promotions: "readPromotionBoard",
  promotionDraft: "getPromotionDraft",
  promotionEditor: "getPromotionDraft",
  promotionVersion: "getPromotionVersion",
  promotion: "getPromotion",
  codes: "listCodeBatches",
  codeBatch: "getCodeBatch",
  calculations: "listCalculations",
  calculation: "getCalculation",
  playground: "readCartFacts",
  orders: "listOrders",
  order: "getOrder",
  catalogue: "listOffers",
  offer: "getOffer",
  catalogueImport: "getImport",
  customers: "findCustomer",
  customer: "getCustomer",
  loyalty: "getLoyaltyReport",
  desk: "listDeskItems",
  deskItem: "getDeskItem",
  deskApprovals: "listAnswers",
  deskSettings: "getDeskPolicy",
  numbers: "readDeskNumbers",
  alerts: "listDeskAlarms",
  channels: "listChannels",
  webhooks: "listWebhooks",
  webhook: "getWebhook",
  people: "listPeople",
  person: "getPerson",
  tokens: "listTokens",
  audit: "listAuditEntries",
  system: "getSystem",
};

test("a page is for people of all outlets exactly where its call is", () => {
  for (const id of PAGE_IDS) {
    const { scopes, isOfAll = false } = pageRow(id);
    const call = CALL_OF[id];
    if (call === undefined) {
      expect([id, scopes, isOfAll]).toEqual([id, undefined, false]);
      continue;
    }
    expect([id, operations.some((one) => one.id === call)]).toEqual([id, true]);
    expect([id, isOfAll]).toEqual([id, keepingOf(call) === "refused"]);
  }
});
