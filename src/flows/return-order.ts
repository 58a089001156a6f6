// Goods of an order come back: money and points exactly as the units were sold, in whatever order they come.
import { minor, points, quantity } from "../core/money/index.ts";
import { returnUnits, type TakenFirst } from "../core/orders/index.ts";
import {
  addOrderReturn,
  changeOrder,
  claimOrder,
  linesOfOrders,
  type OrderReturn,
  orderById,
  type ReturnedLine,
  returnsOfOrders,
  type StoredOrder,
  type Tx,
} from "../storage/index.ts";
import { type StatusDesk, statusOf } from "./change-order-status.ts";
import type { House } from "./house.ts";
import { noteEvent } from "./note-event.ts";
import { loyaltyTerms, returnOrderPoints } from "./order-points.ts";
import { type OrderLine, readLine } from "./order-terms.ts";

/** What comes back. */
export interface ReturnWish {
  readonly orderId: string;
  readonly lines: readonly {
    readonly position: number;
    /** Thousandths. */
    readonly quantity: number;
    readonly first: TakenFirst;
  }[];
  readonly reason: string | null;
}

/** What became of it; `position`: the line that was refused. */
export type ReturnOutcome =
  | { readonly kind: "returned"; readonly given: OrderReturn }
  | {
      readonly kind: "refused";
      readonly reason:
        | "order_unknown"
        | "order_unbought"
        | "line_unknown"
        | "bad_quantity"
        | "more_than_kept";
      readonly position: number | null;
    };

/** Units of each run taken by all returns so far, by line. */
export function takenOf(returns: readonly OrderReturn[]): Map<number, number[]> {
  const taken = new Map<number, number[]>();
  for (const line of returns.flatMap(({ lines }) => lines)) add(taken, line);
  return taken;
}

function add(
  taken: Map<number, number[]>,
  { position, taken: more }: Pick<ReturnedLine, "position" | "taken">,
): void {
  const before = taken.get(position) ?? [];
  taken.set(
    position,
    more.map((count, run) => count + (before[run] ?? 0)),
  );
}

/** Takes goods back, all lines or none. Orders that ended unbought have nothing to give back: they were never paid. */
export async function returnOrder(desk: StatusDesk, wish: ReturnWish): Promise<ReturnOutcome> {
  const terms = await loyaltyTerms(desk.rules);
  const { house } = desk;
  const at = house.now();
  const id = house.newId();
  return house.database.transaction(async (tx): Promise<ReturnOutcome> => {
    const order = await claimOrder(tx, wish.orderId);
    const refused = refusalOf(order);
    if (order === null || refused !== null) return refused ?? UNKNOWN;
    const decided = await decide(tx, order, wish);
    if (decided.kind === "refused") return decided;
    const given: OrderReturn = { id, orderId: order.id, reason: wish.reason, at, ...decided.sums };
    await addOrderReturn(tx, given);
    await changeOrder(tx, order.id, {
      returnedMinor: (order.returnedMinor ?? 0) + given.value,
      refundedMinor: (order.refundedMinor ?? 0) + given.refund,
      updatedAt: at,
    });
    await returnOrderPoints(tx, house, terms, {
      orderId: order.id,
      returnId: id,
      spentBack: points(given.spentBack),
      // What the order has not earned yet is not taken back: it will earn less.
      earnedBack: points(statusOf(order) === "done" ? given.earnedBack : 0),
      at,
    });
    await noteEvent(tx, house, {
      kind: "order.returned",
      subject: { type: "order", id: order.id },
      body: bodyOf(given),
      at,
    });
    return { kind: "returned", given };
  });
}

/** What a return comes to. */
export type ReturnSums = Pick<OrderReturn, "value" | "refund" | "spentBack" | "earnedBack" | "lines">;

/** What a return would give, without making it; `isEarned`: the order's points were issued, and would be taken back. */
export function previewReturn(
  house: House,
  wish: Omit<ReturnWish, "reason">,
): Promise<
  | { readonly kind: "would"; readonly sums: ReturnSums; readonly isEarned: boolean }
  | Extract<ReturnOutcome, { kind: "refused" }>
> {
  return house.database.read(async (tx) => {
    const order = await orderById(tx, wish.orderId);
    const refused = refusalOf(order);
    if (order === null || refused !== null) return refused ?? UNKNOWN;
    const decided = await decide(tx, order, wish);
    if (decided.kind === "refused") return decided;
    return { kind: "would", sums: decided.sums, isEarned: statusOf(order) === "done" };
  });
}

const UNKNOWN = { kind: "refused", reason: "order_unknown", position: null } as const;

/** Why nothing of the order can come back. */
function refusalOf(order: StoredOrder | null): Extract<ReturnOutcome, { kind: "refused" }> | null {
  if (order === null) return UNKNOWN;
  return ["canceled", "closed"].includes(statusOf(order))
    ? { kind: "refused", reason: "order_unbought", position: null }
    : null;
}

async function decide(
  tx: Tx,
  order: StoredOrder,
  wish: Pick<ReturnWish, "lines">,
): Promise<
  { readonly kind: "decided"; readonly sums: ReturnSums } | Extract<ReturnOutcome, { kind: "refused" }>
> {
  const stored = (await linesOfOrders(tx, [order.id])).get(order.id) ?? [];
  const lines = new Map(stored.map((line): [number, OrderLine] => [line.position, readLine(line)]));
  const taken = takenOf((await returnsOfOrders(tx, [order.id])).get(order.id) ?? []);
  const sums = { value: 0, refund: 0, spentBack: 0, earnedBack: 0 };
  const returned: ReturnedLine[] = [];
  for (const { position, quantity: count, first } of wish.lines) {
    const line = lines.get(position);
    if (line === undefined) return { kind: "refused", reason: "line_unknown", position };
    const part = returnUnits(line.frozen, taken.get(position) ?? [], quantity(count), first);
    if (part.kind === "refused") return { ...part, position };
    add(taken, { position, taken: part.taken });
    sums.value = minor(sums.value + part.value);
    sums.refund = minor(sums.refund + part.refund);
    sums.spentBack += part.spentBack;
    sums.earnedBack += part.earnedBack;
    returned.push({ position, quantity: count, taken: part.taken, value: part.value, refund: part.refund });
  }
  return { kind: "decided", sums: { ...sums, lines: returned } };
}

function bodyOf(given: OrderReturn): Readonly<Record<string, unknown>> {
  return {
    id: given.orderId,
    returnId: given.id,
    valueMinor: given.value,
    refundMinor: given.refund,
    pointsBack: given.spentBack,
    lines: given.lines.map(({ position, quantity: count, refund }) => ({
      position,
      quantity: count,
      refundMinor: refund,
    })),
  };
}
