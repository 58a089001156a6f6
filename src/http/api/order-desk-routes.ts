// Orders as people work on them: found by a text, followed, a return reckoned before it is made, files.
import { orderDeskCalls } from "../../contract/index.ts";
import {
  followOrder,
  type OrderTrail,
  orderLines,
  ordersTable,
  previewReturn as reckonReturn,
  searchOrders as tellNamed,
} from "../../flows/index.ts";
import { FileAnswer } from "./file-answer.ts";
import { filterOf, linesShown, linesWished, returnRefusal } from "./order-routes.ts";
import { refuse } from "./refusal.ts";
import { route, shown, shownOrNull } from "./route.ts";

const searchOrders = route(orderDeskCalls.searchOrders, async ({ house, secrets, body, caller }) => {
  const named = await tellNamed(house, secrets, { text: body.text, stores: caller.stores });
  return named.kind === "nothing" ? { kind: named.kind, id: null } : named;
});

const exportOrders = route(orderDeskCalls.exportOrders, async ({ house, query, caller }) => {
  const { format = "csv", language = "en", contacts = false, ...filter } = query;
  const wish = { ...filterOf(filter, caller), hasContacts: contacts, language };
  const texts = format === "csv" ? ordersTable(house, wish) : orderLines(house, wish);
  return new FileAnswer(MEDIA[format], `orders.${format}`, bytesOf(texts));
});

const MEDIA = { csv: "text/csv; charset=utf-8", jsonl: "text/plain; charset=utf-8" } as const;

async function* bytesOf(texts: AsyncIterable<string>): AsyncGenerator<Uint8Array> {
  for await (const text of texts) yield Buffer.from(text);
}

const getOrderTrail = route(orderDeskCalls.getOrderTrail, async ({ house, params }) => {
  const trail = await followOrder(house, params.orderId);
  return trail === null ? refuse("not_found") : trailShown(trail);
});

const previewReturn = route(orderDeskCalls.previewReturn, async ({ house, params, body }) => {
  const wish = { orderId: params.orderId, lines: linesWished(body) };
  const outcome = await reckonReturn(house, wish);
  if (outcome.kind === "refused") return returnRefusal(outcome, body);
  const { sums, isEarned } = outcome;
  return {
    valueMinor: sums.value,
    refundMinor: sums.refund,
    pointsBack: sums.spentBack,
    pointsTaken: sums.earnedBack,
    isEarned,
    lines: linesShown(sums.lines),
  };
});

/** Routes of orders for people, beside those of the tag's systems. */
export const orderDeskRoutes = [searchOrders, exportOrders, getOrderTrail, previewReturn];

function trailShown({ hold, movements, uses, isPushed, pushes }: OrderTrail) {
  return {
    hold: hold === null ? null : { points: hold.amount, state: hold.state, releaseAt: shown(hold.releaseAt) },
    movements: movements.map(({ at, available, pending, held, ...rest }) => ({
      ...rest,
      at: shown(at),
      availablePoints: available,
      pendingPoints: pending,
      heldPoints: held,
    })),
    uses: uses.map(({ amount, counted, at, releasedAt, ...rest }) => ({
      ...rest,
      amountMinor: amount,
      counters: counted.map(([kind, period]) => ({ kind, period })),
      at: shown(at),
      releasedAt: shownOrNull(releasedAt),
    })),
    isPushed,
    pushes: pushes.map(({ eventId, at, code, state, note, nextAt, attempts }) => ({
      eventId,
      at: shown(at),
      code,
      state: state ?? ("waiting" as const),
      attempts: attempts.map(({ at: triedAt, ms, outcome, status }) => ({
        at: shown(triedAt),
        ms,
        outcome,
        status,
      })),
      note,
      nextAt: shownOrNull(nextAt),
    })),
  };
}
