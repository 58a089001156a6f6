// What another loyalty programme would have cost over the orders of the last days, beside the one in force.
import type { Instant } from "../core/basics/index.ts";
import { type ProgrammeCost, type SimulatedOrder, simulateProgramme } from "../core/loyalty/index.ts";
import { minor } from "../core/money/index.ts";
import { compileProgramme, type ProgrammeDocument } from "../core/pricing/index.ts";
import {
  linesOfOrders,
  listOrders,
  type StoredOrder,
  type StoredOrderLine,
  survivorsOf,
  type Tx,
  tiersOf,
} from "../storage/index.ts";
import type { House } from "./house.ts";
import { problemsOfProgramme } from "./read-promotions.ts";
import type { RuleShelf } from "./rule-shelf.ts";

const DAY = 86_400_000;

/** Orders that are looked at, the latest; a shop with more in the time is told so. */
const SIMULATED_ORDERS = 20_000;

/** Orders of one read. */
const PAGE = 500;

/** Statuses of orders that nobody bought. */
const UNBOUGHT: ReadonlySet<string> = new Set(["canceled", "closed"]);

/** The two beside each other, or why not. */
export type ProgrammeSimulated =
  | {
      readonly kind: "simulated";
      readonly from: Instant;
      readonly until: Instant;
      /** Orders of known customers that were not cancelled. */
      readonly orders: number;
      readonly customers: number;
      /** False: only the latest orders of the time were looked at. */
      readonly isWhole: boolean;
      /** Null: there is no programme in force. */
      readonly current: ProgrammeCost | null;
      readonly wished: ProgrammeCost;
    }
  | { readonly kind: "refused"; readonly problems: ReturnType<typeof problemsOfProgramme> };

/** Tries `programme` on the orders of the last `days` days. Lets other work of the process go on in between. */
export async function simulateOnOrders(
  house: House,
  rules: RuleShelf,
  programme: ProgrammeDocument,
  days: number,
): Promise<ProgrammeSimulated> {
  const compiled = compileProgramme(programme);
  if (compiled.kind === "refused") return { kind: "refused", problems: problemsOfProgramme(programme) };
  const until = house.now();
  const from = (until - days * DAY) as Instant;
  const { programme: inForce } = await rules.current();
  const { orders, isWhole } = await ordersSince(house, from);
  return {
    kind: "simulated",
    from,
    until,
    orders: orders.length,
    customers: new Set(orders.map(({ customerId }) => customerId)).size,
    isWhole,
    current: inForce === null ? null : simulateProgramme(orders, inForce, until),
    wished: simulateProgramme(orders, compiled.programme, until),
  };
}

/** Orders from `from` on, in the order of time. */
async function ordersSince(house: House, from: number) {
  const found: SimulatedOrder[] = [];
  let looked = 0;
  let after: { readonly placedAt: number; readonly id: string } | undefined;
  for (;;) {
    const page = await house.database.read(async (tx) => {
      const orders = await listOrders(tx, {
        placedFrom: from,
        limit: PAGE,
        ...(after === undefined ? {} : { after }),
      });
      return { orders, ...(await around(tx, orders)) };
    });
    for (const order of page.orders) {
      const read = readOrder(order, page.lines.get(order.id) ?? [], page.ownerOf, page.tiers);
      if (read !== null) found.push(read);
    }
    looked += page.orders.length;
    const last = page.orders.at(-1);
    const isEnd = page.orders.length < PAGE || last === undefined;
    if (isEnd || looked >= SIMULATED_ORDERS) return { orders: found.reverse(), isWhole: isEnd };
    after = { placedAt: last.placedAt ?? 0, id: last.id };
  }
}

/** What there is to know of the orders besides. */
async function around(tx: Tx, orders: readonly StoredOrder[]) {
  const ids = [...new Set(orders.flatMap(({ customerId }) => customerId ?? []))];
  const survivors = await survivorsOf(tx, ids);
  const ownerOf = (id: string): string => survivors.get(id) ?? id;
  return {
    lines: await linesOfOrders(
      tx,
      orders.map(({ id }) => id),
    ),
    ownerOf,
    tiers: await tiersOf(tx, [...new Set(ids.map(ownerOf))]),
  };
}

function readOrder(
  { customerId, placedAt, status }: StoredOrder,
  lines: readonly StoredOrderLine[],
  ownerOf: (id: string) => string,
  tiers: ReadonlyMap<string, string | null>,
): SimulatedOrder | null {
  if (customerId === null || placedAt === null || UNBOUGHT.has(status ?? "")) return null;
  const owner = ownerOf(customerId);
  return {
    customerId: owner,
    tier: tiers.get(owner) ?? null,
    at: placedAt as Instant,
    lines: lines.map(({ total, quantity }) => ({ total: minor(total), units: Math.ceil(quantity / 1000) })),
  };
}
