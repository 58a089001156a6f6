// What the programme owes, what will end, what came and went: the reports of the points ledger, in points and money.
import type { Instant } from "../core/basics/index.ts";
import {
  type HistoryPlace,
  idsOfCustomer,
  type PointsAudit,
  type PointsEnding,
  type PointsEvent,
  type PointsFlow,
  type PointsOut,
  pointsEnding,
  pointsFlows,
  pointsHistory,
  pointsOut,
  pointsOutAt,
  rebuildBalances,
  survivorOf,
} from "../storage/index.ts";
import type { House } from "./house.ts";

/** What the programme owes its customers. */
export interface PointsLiability extends PointsOut {
  readonly at: Instant;
  /** All three together. */
  readonly total: number;
  /** Their worth in kopecks; null without a programme. */
  readonly totalMinor: number | null;
}

/**
 * The liability by the book: now, or at a past instant from the entries. `pointValueMinor`: kopecks a point is worth
 * (`Programme.pointValueMinor`); null without a programme. Points whose day has come within the last minutes may still
 * stand in the account that they are leaving.
 */
export async function pointsLiability(
  house: House,
  at: Instant | null,
  pointValueMinor: number | null,
): Promise<PointsLiability> {
  const out = await house.database.read((tx) => (at === null ? pointsOut(tx) : pointsOutAt(tx, at)));
  const total = out.pending + out.available + out.held;
  return {
    ...out,
    at: at ?? house.now(),
    total,
    totalMinor: pointValueMinor === null ? null : total * pointValueMinor,
  };
}

/** Points that end by each of the instants, counted from the one before (the first from now). */
export async function pointsEndingBy(
  house: House,
  until: readonly Instant[],
): Promise<readonly (PointsEnding & { readonly until: Instant })[]> {
  return house.database.read(async (tx) => {
    const result: (PointsEnding & { until: Instant })[] = [];
    let from = house.now();
    for (const end of until) {
      result.push({ until: end, ...(await pointsEnding(tx, from, end)) });
      from = end;
    }
    return result;
  });
}

/** What came and went in a time. */
export interface PointsTurnover {
  readonly from: Instant;
  readonly until: Instant;
  /** Earned by orders, and taken back of it after returns. */
  readonly issued: number;
  readonly takenBack: number;
  /** Paid for orders, and given back after returns; what was given back too late is not: it stands under `expired`. */
  readonly redeemed: number;
  readonly returned: number;
  readonly expired: number;
  /** Put in and taken out by hand. */
  readonly correctedUp: number;
  readonly correctedDown: number;
  /** The same by balances that came from elsewhere, and what was undone of them. */
  readonly openedUp: number;
  readonly openedDown: number;
}

/** Turnover of each time between neighbours of `bounds`, which ascend; the last bound is not within. */
export async function pointsTurnover(
  house: House,
  bounds: readonly Instant[],
): Promise<readonly PointsTurnover[]> {
  return house.database.read(async (tx) => {
    const result: PointsTurnover[] = [];
    for (const [index, until] of bounds.slice(1).entries()) {
      const from = bounds[index] as Instant;
      result.push({ from, until, ...turnoverOf(await pointsFlows(tx, from, until)) });
    }
    return result;
  });
}

function turnoverOf(flows: readonly PointsFlow[]): Omit<PointsTurnover, "from" | "until"> {
  const sum = (side: "arrived" | "left", account: string, ...kinds: readonly string[]): number =>
    flows
      .filter((flow) => flow.account === account && (kinds.length === 0 || kinds.includes(flow.kind)))
      .reduce((total, flow) => total + flow[side], 0);
  return {
    issued: sum("left", "issued"),
    takenBack: sum("arrived", "issued"),
    redeemed: sum("arrived", "redeemed"),
    returned: sum("left", "redeemed"),
    expired: sum("arrived", "expired"),
    correctedUp: sum("left", "adjustments", "correct"),
    correctedDown: sum("arrived", "adjustments", "correct"),
    openedUp: sum("left", "adjustments", "open", "undo"),
    openedDown: sum("arrived", "adjustments", "open", "undo"),
  };
}

/** The history of a customer, whichever of their ids is named; newest first. The next page begins before the last one. */
export async function findPointsHistory(
  house: House,
  customerId: string,
  page: { readonly before: HistoryPlace | null; readonly limit: number },
): Promise<readonly PointsEvent[]> {
  return house.database.read(async (tx) => {
    const ids = await idsOfCustomer(tx, await survivorOf(tx, customerId));
    return pointsHistory(tx, ids, page.before, page.limit);
  });
}

/** Recomputes every balance from the entries; differences are one sentence each. Takes long on a large ledger. */
export function auditPoints(house: House): Promise<PointsAudit> {
  const { engine, read, transaction } = house.database;
  // A transaction of SQLite would keep all writers waiting; a read of PostgreSQL may not take long.
  return engine === "postgres" ? transaction(rebuildBalances) : read(rebuildBalances);
}
