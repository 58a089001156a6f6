// Wishes of the app for an order that stands: another status (nearly always its cancellation), a longer storage.
import type { FastifyReply } from "fastify";
import { isOrderStatus, type OrderStatus } from "../../core/orders/index.ts";
import {
  changeOrderStatus,
  extendStorage,
  type House,
  type StatusDesk,
  type StatusOutcome,
  type StorageTerms,
  statusCode,
} from "../../flows/index.ts";
import { type IrpCall, type IrpRoute, refused } from "./face.ts";
import { ORDER_SENTENCES } from "./order-words.ts";
import type { OrderAnswerSettings } from "./orders.ts";
import { firstId, idOf, storable } from "./values.ts";

/** The webhook `/orders/cancel`. */
export function cancelRoute(desk: StatusDesk, settings: OrderAnswerSettings): IrpRoute {
  return { path: "/orders/cancel", answer: (call) => answerStatus(desk, settings, call) };
}

/** The webhook `/orders/storage`. */
export function storageRoute(
  house: House,
  settings: OrderAnswerSettings & { readonly storage: StorageTerms },
): IrpRoute {
  return { path: "/orders/storage", answer: (call) => answerStorage(house, settings, call) };
}

/** Longest reason that is kept. */
const LONGEST_REASON = 500;

async function answerStatus(
  desk: StatusDesk,
  settings: OrderAnswerSettings,
  call: IrpCall,
): Promise<FastifyReply> {
  const { body, request, reply } = call;
  const orderId = orderIdOf(body, settings);
  if (orderId === null) return refused(request, reply, "missing_order_id");
  const status = statusNamed(body["status"]);
  const reason =
    typeof body["reason"] === "string" ? storable(body["reason"]).trim().slice(0, LONGEST_REASON) : "";
  const outcome: StatusOutcome | null =
    status === null
      ? null
      : await changeOrderStatus(desk, {
          orderId,
          status,
          side: "app",
          reason: reason === "" ? null : storable(reason),
        });
  Object.assign(request.canonical, {
    order: orderId,
    outcome: outcome === null ? "status_unknown" : outcome.kind === "refused" ? outcome.reason : outcome.kind,
  });
  return reply.send(statusAnswer(outcome, status, settings));
}

function statusAnswer(
  outcome: StatusOutcome | null,
  wished: OrderStatus | null,
  { language }: OrderAnswerSettings,
): Record<string, unknown> {
  const sentences = ORDER_SENTENCES[language];
  if (outcome === null || wished === null) return { success: false, message: sentences.statusUnknown };
  if (outcome.kind === "refused") {
    const message = {
      order_unknown: sentences.unknownOrder,
      order_final: sentences.orderFinal,
      not_cancellable: sentences.notCancellable,
      status_backward: sentences.orderFinal,
    }[outcome.reason];
    return { success: false, message };
  }
  const isUnbought = wished === "canceled" || wished === "closed";
  return {
    success: true,
    status: statusCode(isOrderStatus(outcome.status) ? outcome.status : wished),
    ...(isUnbought ? { message: sentences.cancelled } : {}),
  };
}

/** A word of the app's vocabulary, in either spelling of "canceled"; no word at all at this address is a cancellation. */
function statusNamed(value: unknown): OrderStatus | null {
  const word =
    idOf(value)
      ?.toLowerCase()
      .replaceAll(/[\s-]+/g, "_") ?? "canceled";
  if (word === "cancelled") return "canceled";
  return isOrderStatus(word) ? word : null;
}

/** Our id, also where the app sends the number as the shopper sees it. */
function orderIdOf(
  body: Readonly<Record<string, unknown>>,
  { numberPrefix }: OrderAnswerSettings,
): string | null {
  const id = firstId(body["id"], body["orderId"]);
  return id !== null && numberPrefix !== "" && id.startsWith(numberPrefix)
    ? id.slice(numberPrefix.length)
    : id;
}

/** Extends the storage of an order and tells its new deadline. */
export async function answerStorage(
  house: House,
  settings: OrderAnswerSettings & { readonly storage: StorageTerms },
  call: IrpCall,
): Promise<FastifyReply> {
  const { body, request, reply } = call;
  const orderId = orderIdOf(body, settings);
  if (orderId === null) return refused(request, reply, "missing_order_id");
  const outcome = await extendStorage(house, orderId, settings.storage);
  Object.assign(request.canonical, {
    order: orderId,
    outcome: outcome.kind === "refused" ? outcome.reason : outcome.kind,
  });
  if (outcome.kind === "refused") {
    const sentences = ORDER_SENTENCES[settings.language];
    const message = outcome.reason === "order_unknown" ? sentences.unknownOrder : sentences.notStored;
    return reply.send({ success: false, message });
  }
  return reply.send({
    success: true,
    storageDateDeadline: outcome.storageUntil,
    canExtendStorageTime: outcome.mayAgain,
  });
}
