// The points ledger as a whole: the report, the entries, and imports of balances.
import { checkProgramme, ENTRIES_PAGE_LIMIT, ledgerCalls, programmeCalls } from "../../contract/index.ts";
import type { ProgrammeCost } from "../../core/loyalty/index.ts";
import {
  auditPoints,
  findBalanceImports,
  findLedgerEntries,
  reportLoyalty,
  simulateOnOrders,
  undoBalances,
} from "../../flows/index.ts";
import type { BalanceImport, EntryPlace, LedgerEntry } from "../../storage/index.ts";
import { pageOf, pageWish } from "./page.ts";
import { Refusal, refuse } from "./refusal.ts";
import { route, shown, shownOrNull } from "./route.ts";
import { refused } from "./rules-shown.ts";

const getReport = route(ledgerCalls.getLoyaltyReport, async ({ house, rules, query }) => {
  const read = (text: string | undefined) => (text === undefined ? null : Date.parse(text));
  const [at, from, until] = [read(query.at), read(query.from), read(query.until)];
  const report = await reportLoyalty(house, rules, { at, from, until, by: query.by ?? "whole" });
  if (report.kind === "refused") return refuse("invalid_request", undefined, [WRONG[report.reason]]);
  const { liability, ending, turnover } = report;
  return {
    liability: {
      at: shown(liability.at),
      availablePoints: liability.available,
      pendingPoints: liability.pending,
      heldPoints: liability.held,
      totalPoints: liability.total,
      totalMinor: liability.totalMinor,
    },
    ending: ending.map(({ days, points, customers }) => ({ days, points, customers })),
    turnover: turnover.map((row) => ({ ...row, from: shown(row.from), until: shown(row.until) })),
  };
});

const WRONG = {
  span_backwards: { path: "/query/from", message: "must lie before until" },
  too_many_periods: { path: "/query/by", message: "makes more than 400 rows" },
  instant_ahead: { path: "/query/at", message: "must not lie ahead" },
} as const;

const listEntries = route(ledgerCalls.listLedgerEntries, async ({ house, query }) => {
  const wish = pageWish({ ...query, limit: query.limit ?? ENTRIES_PAGE_LIMIT });
  if (wish instanceof Refusal) return wish;
  const after = wish.after === null ? null : placeOf(wish.after);
  if (after === undefined) return refuse("bad_cursor");
  const span = {
    from: query.from === undefined ? 0 : Date.parse(query.from),
    until: query.until === undefined ? Number.MAX_SAFE_INTEGER : Date.parse(query.until),
  };
  if (Number.isNaN(span.from) || Number.isNaN(span.until)) return refuse("invalid_request");
  const found = await findLedgerEntries(house, span, { after, limit: wish.limit + 1 });
  return pageOf(
    found,
    wish.limit,
    (entry) => `${entry.at} ${entry.position} ${entry.movementId}`,
    entryShown,
  );
});

const getInvariants = route(ledgerCalls.getLedgerInvariants, async ({ house }) => {
  const checkedAt = shown(house.now());
  const { movements, entries, accounts, lots, sum, differences } = await auditPoints(house);
  return {
    checkedAt,
    isSound: sum === 0 && differences.length === 0,
    movements,
    entries,
    accounts,
    lots,
    sumPoints: sum,
    differences: [...differences],
  };
});

/** Where a page ended; undefined for what is none of ours. */
function placeOf(text: string): EntryPlace | undefined {
  const match = /^(\d{1,15}) (\d{1,9}) (.+)$/s.exec(text);
  if (match === null) return undefined;
  return { at: Number(match[1]), position: Number(match[2]), movementId: match[3] as string };
}

function entryShown({ at, amount, control, ...entry }: LedgerEntry) {
  return { at: shown(at), ...entry, points: amount, controlPoints: control };
}

const listImports = route(ledgerCalls.listBalanceImports, async ({ house, query }) => {
  const wish = pageWish(query);
  if (wish instanceof Refusal) return wish;
  const found = await findBalanceImports(house, { before: wish.after, limit: wish.limit + 1 });
  return pageOf(found, wish.limit, ({ id }) => id, importShown);
});

const undoImport = route(ledgerCalls.undoBalanceImport, async ({ house, params, body, caller }) => {
  const wish = { actor: caller.tokenId, despiteSpent: body.despiteSpent ?? false };
  const undone = await undoBalances(house, params.importId, wish);
  if (undone.kind !== "refused") return importShown(undone.import);
  if (undone.reason === "import_unknown") return refuse("not_found");
  return refuse(
    "points_spent",
    `${undone.customers} customers have spent or held ${undone.points} of its points.`,
  );
});

function importShown(one: BalanceImport) {
  return {
    id: one.id,
    name: one.name,
    actor: one.actor,
    state: one.state,
    balances: one.rows,
    points: one.total,
    startedAt: shown(one.startedAt),
    undoneAt: shownOrNull(one.undoneAt),
    missingPoints: one.missing,
    lostPoints: one.lost,
  };
}

const simulate = route(programmeCalls.simulateProgramme, async ({ house, rules, query, body }) => {
  const checked = checkProgramme(body ?? null);
  if (checked.kind === "refused") return refused(checked.problems);
  const tried = await simulateOnOrders(house, rules, checked.document, query.days ?? 90);
  if (tried.kind === "refused") return refused(tried.problems);
  const { from, until, orders, customers, isWhole, current, wished } = tried;
  return {
    from: shown(from),
    until: shown(until),
    orders,
    customers,
    isWhole,
    current: current === null ? null : costShown(current),
    wished: costShown(wished),
  };
});

function costShown(cost: ProgrammeCost) {
  return {
    earnedPoints: cost.earned,
    earnedMinor: cost.earnedMinor,
    spentPoints: cost.spent,
    spentMinor: cost.spentMinor,
    endedPoints: cost.ended,
    owedPoints: cost.owed,
    owedMinor: cost.owedMinor,
  };
}

/** Routes of the ledger, within the tag "loyalty". */
export const ledgerRoutes = [simulate, getReport, listEntries, getInvariants, listImports, undoImport];
