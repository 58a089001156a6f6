// The order webhook: places every order of the call by itself, and answers with what they really cost.
import type { FastifyReply, FastifyRequest } from "fastify";
import { minor, quantity } from "../../core/money/index.ts";
import {
  keepUnusable,
  type OrderDesk,
  type OrderOutcome,
  type PlacedOrder,
  type PlacedOrFailed,
  placeOrders,
} from "../../flows/index.ts";
import { roubles, units } from "./amounts.ts";
import type { IrpErrorCode } from "./errors.ts";
import { type IrpCall, type IrpRoute, refused } from "./face.ts";
import type { Language } from "./messages.ts";
import { type OrderRead, readOrders } from "./order-body.ts";
import { ORDER_SENTENCES, orderMessage, priceOf } from "./order-words.ts";
import { bodyText, exactly, keptBody } from "./raw-body.ts";

/** Settings of the answers about orders; see the configuration manual for each. */
export interface OrderAnswerSettings {
  readonly language: Language;
  /** Before the number that a shopper is shown. */
  readonly numberPrefix: string;
  readonly priceIncludesDelivery: boolean;
}

/** The name under which bodies are kept. */
const CHANNEL = "irp";

/** The webhook `/orders`. */
export function ordersRoute(desk: OrderDesk, settings: OrderAnswerSettings): IrpRoute {
  return {
    path: "/orders",
    answer: (call) => answerOrders(desk, settings, call),
    unreadable: async (text: string, code: IrpErrorCode, request: FastifyRequest): Promise<void> => {
      await keep(desk, request, keptBody(text, exactly(text)), code, 400);
    },
  };
}

async function answerOrders(
  desk: OrderDesk,
  settings: OrderAnswerSettings,
  call: IrpCall,
): Promise<FastifyReply> {
  const { request, reply } = call;
  const read = readOrders(call.body);
  if (read.kind === "refused") {
    await keepCall(desk, request, read.code, 400);
    return refused(request, reply, read.code);
  }
  const requests = read.orders.flatMap((order) => (order.kind === "read" ? [order.request] : []));
  const answer = (order: PlacedOrder): string => JSON.stringify(orderAnswer(order, settings));
  const outcomes = await placeOrders(desk, requests, { answer });
  const [first] = outcomes;
  // A call of which nothing at all could be done is a fault like any other, and is to be sent again.
  if (first?.kind === "failed" && outcomes.every(({ kind }) => kind === "failed")) throw first.error;
  await keepRefused(desk, request, read.orders, outcomes);
  note(request, read.orders, outcomes);
  const texts = read.orders.map((order) =>
    order.kind === "refused"
      ? refusal(order.uuid, order.code, ORDER_SENTENCES[settings.language].unreadable)
      : answerOf(order.request.uuid, outcomes[requests.indexOf(order.request)] as PlacedOrFailed, settings),
  );
  // Stored answers go out as the very text that was kept.
  return reply.type("application/json; charset=utf-8").send(`{"orders":[${texts.join(",")}]}`);
}

function answerOf(uuid: string, outcome: PlacedOrFailed, { language }: OrderAnswerSettings): string {
  const sentences = ORDER_SENTENCES[language];
  switch (outcome.kind) {
    case "placed":
    case "repeated":
      return outcome.answer;
    case "refused":
      return outcome.reason === "no_usable_line"
        ? refusal(uuid, outcome.reason, sentences.noUsableLine)
        : refusal(uuid, outcome.reason, sentences.pricingFailed);
    case "failed":
      return refusal(uuid, "try_again", sentences.pricingFailed);
    default:
      return outcome satisfies never;
  }
}

function refusal(uuid: string | null, errorCode: string, errorMessage: string): string {
  return JSON.stringify({ ...(uuid === null ? {} : { uuid }), success: false, errorCode, errorMessage });
}

interface OrderItemAnswer {
  id: string;
  configurationId: string;
  privateId: string;
  name: string;
  price: number;
  quantity: number;
  discount: number;
  subtotal: number;
  itemKitId?: string;
}

/** The answer to one order that was placed. */
export interface OrderAnswer {
  success: true;
  uuid: string;
  id: string;
  publicId?: string;
  message?: string;
  price: number;
  deliveryPrice?: number;
  items: OrderItemAnswer[];
}

/** The answer; it is kept with the order, so it depends on nothing but these two. */
export function orderAnswer(order: PlacedOrder, settings: OrderAnswerSettings): OrderAnswer {
  const { id, request, frozen } = order;
  const delivery = request.agreed.deliveryPrice;
  const message = orderMessage(order, settings.language);
  return {
    success: true,
    uuid: request.uuid,
    id,
    ...(settings.numberPrefix === "" ? {} : { publicId: `${settings.numberPrefix}${id}` }),
    ...(message === null ? {} : { message }),
    price: roubles(priceOf(frozen.total, delivery, settings.priceIncludesDelivery)),
    ...(delivery === null ? {} : { deliveryPrice: roubles(delivery) }),
    items: order.lines.map(itemOf),
  };
}

function itemOf({ frozen, refs }: PlacedOrder["lines"][number]): OrderItemAnswer {
  const { offerId } = frozen;
  return {
    id: refs?.productRef ?? refs?.ref ?? offerId,
    configurationId: refs?.ref ?? offerId,
    privateId: refs?.privateRef ?? offerId,
    name: frozen.name,
    price: roubles(minor(frozen.price)),
    quantity: units(quantity(frozen.quantity)),
    discount: roubles(minor(frozen.discount)),
    subtotal: roubles(minor(frozen.total)),
    ...(refs?.kitId == null ? {} : { itemKitId: refs.kitId }),
  };
}

async function keep(desk: OrderDesk, request: FastifyRequest, body: string, reason: string, status: number) {
  const delivery = await keepUnusable(
    desk.house,
    {
      channel: CHANNEL,
      route: request.routeOptions.url ?? "",
      clientId: String(request.canonical["keyId"] ?? "open"),
      requestId: request.id,
      contentType: null,
      body: Buffer.from(body),
    },
    { reason, status },
  );
  request.canonical["delivery"] = delivery;
}

function keepCall(desk: OrderDesk, request: FastifyRequest, reason: string, status: number): Promise<void> {
  const text = bodyText(request);
  return keep(desk, request, keptBody(text, exactly(text)), reason, status);
}

/** A call with an order that could not be placed is kept whole: somebody may still save the order. */
async function keepRefused(
  desk: OrderDesk,
  request: FastifyRequest,
  orders: readonly OrderRead[],
  outcomes: readonly PlacedOrFailed[],
): Promise<void> {
  const reasons = [
    ...orders.flatMap((order) => (order.kind === "refused" ? [order.code] : [])),
    ...outcomes.flatMap((outcome) => (outcome.kind === "refused" ? [outcome.reason] : [])),
  ];
  if (reasons.length > 0) await keepCall(desk, request, `orders: ${[...new Set(reasons)].join(", ")}`, 200);
}

/** Ids and amounts only. */
function note(
  request: FastifyRequest,
  orders: readonly OrderRead[],
  outcomes: readonly PlacedOrFailed[],
): void {
  const placed = outcomes.flatMap((one) => (one.kind === "placed" ? [one.order] : []));
  const repeated = outcomes.filter(
    (one): one is Extract<OrderOutcome, { kind: "repeated" }> => one.kind === "repeated",
  );
  Object.assign(request.canonical, {
    outcome: placed.length > 0 ? "placed" : repeated.length > 0 ? "repeated" : "refused",
    orders: [...placed.map(({ id }) => id), ...repeated.map(({ orderId }) => orderId)].join(","),
    refused: orders.length - placed.length - repeated.length,
    totalMinor: placed.reduce((sum, { frozen }) => sum + frozen.total, 0),
    pointsSpent: placed.reduce((sum, { frozen }) => sum + frozen.spent, 0),
    customerId: placed[0]?.priced.customer?.id ?? null,
    ...(placed.some(({ priced }) => priced.isKept) ? { isPriceKept: true } : {}),
    ...(repeated.some(({ isOtherContents }) => isOtherContents) ? { isOtherContents: true } : {}),
  });
}
