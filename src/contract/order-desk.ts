// Orders as people work on them: found by whatever is at hand, what came of them elsewhere, a return before it is made, and files.
import { Type } from "typebox";
import { operation } from "./operation.ts";
import { byOrder, ORDER_FILTER, OrderReturn, OrderReturnWish } from "./orders.ts";
import { count, identifier, input, LARGEST, minor, moment, nullable, oneOf, output } from "./shape.ts";

/** What a text names. */
export const searchOrders = operation({
  id: "searchOrders",
  method: "POST",
  path: "/orders/search",
  tag: "orders",
  summary: "Tell which orders a text names",
  description:
    "The first that fits: an order by its number or by the id that the app gave it, a customer by id, card or phone, a promo code that orders have. The text stands in the body, because phones must not stand in addresses.",
  scope: "orders:read",
  body: input(
    { text: Type.String({ minLength: 1, maxLength: 100, description: "As it was typed." }) },
    { title: "OrderSearch", examples: [{ text: "100234" }] },
  ),
  status: 200,
  answer: output(
    {
      kind: oneOf(["order", "customer", "code", "nothing"], "What it names."),
      id: nullable(
        Type.String(),
        "Id of the order or of the customer, or the promo code folded: what GET /orders takes. Null: nothing.",
      ),
    },
    { title: "OrdersNamed" },
  ),
  isReading: true,
});

/** Kinds of files. */
const FILES = ["csv", "jsonl"] as const;

/** Orders as a file. */
export const exportOrders = operation({
  id: "exportOrders",
  method: "GET",
  path: "/order-export",
  tag: "orders",
  summary: "Read the orders that a filter finds as a file",
  description:
    "Newest first, sent while it is made. Texts that a spreadsheet would compute are only shown. An order placed meanwhile moves no other.",
  scope: "orders:read",
  query: input({
    ...ORDER_FILTER,
    format: Type.Optional(
      oneOf(
        FILES,
        "csv (the usual): a row for each order, UTF-8 with a mark, semicolons; jsonl: a JSON text a line, with what was sold and came back.",
      ),
    ),
    language: Type.Optional(oneOf(["ru", "en"], "Of the heading of a csv; left out: en.")),
    contacts: Type.Optional(
      Type.Boolean({ description: "true: also names, phones and addresses of those who bought." }),
    ),
  }),
  status: 200,
  files: ["text/csv", "text/plain"],
});

/** What would be given back. */
export const previewReturn = operation({
  id: "previewReturn",
  method: "POST",
  path: "/orders/{orderId}/returns/preview",
  tag: "orders",
  summary: "Tell what a return would give back, without making it",
  description:
    "The same reckoning as the return itself; it holds until something else of the order comes back.",
  scope: "orders:read",
  params: byOrder,
  body: OrderReturnWish,
  status: 200,
  answer: output(
    {
      valueMinor: minor("What the goods cost, money and points together, kopecks."),
      refundMinor: minor("The money to give back, kopecks."),
      pointsBack: count("Points that paid for them."),
      pointsTaken: count("Points that they had brought, or would have."),
      isEarned: Type.Boolean({
        description: "True: those points are taken from the customer; false: they are not issued.",
      }),
      lines: OrderReturn.properties.lines,
    },
    { title: "OrderReturnPreview" },
  ),
  problems: ["not_found", "order_unbought", "return_refused"],
  isReading: true,
});

const points = (description: string) => Type.Integer({ minimum: -LARGEST, maximum: LARGEST, description });

const movement = output({
  at: moment("When."),
  kind: Type.String({ description: "hold, capture, release, earn, activate, expire, return and others." }),
  availablePoints: points("What it changed of what may be spent."),
  pendingPoints: points("What it changed of what is earned and not to be spent yet."),
  heldPoints: points("What it changed of what is held."),
  reason: nullable(Type.String(), "Why."),
});

const use = output({
  promotionId: identifier("The promotion."),
  amountMinor: minor("What it took off, kopecks."),
  isCounted: Type.Boolean({
    description: "False: it takes money only; another order of the same cart holds their one use.",
  }),
  code: nullable(Type.String(), "The promo code that opened it, folded."),
  counters: Type.Array(
    output({
      kind: oneOf(
        ["all", "customer", "code"],
        "What is counted: all orders, those of the customer, of the code.",
      ),
      period: Type.String({ description: "The period, such as 2026-11; empty: all time." }),
    }),
  ),
  at: moment("When it was taken."),
  releasedAt: nullable(moment("When it was given back."), "Null: it was not."),
});

const push = output({
  eventId: identifier("Id of the event."),
  at: moment("When the status changed."),
  code: Type.String({ description: "The status in the words of the shop, as IMSHOP is told it." }),
  state: oneOf(
    ["waiting", "pending", "delivered", "dead", "refused"],
    "waiting: not on its way yet; dead: given up; refused: understood, and answered with a no.",
  ),
  attempts: Type.Array(
    output({
      at: moment("When."),
      ms: count("How long it took."),
      outcome: Type.String({ description: "What it came to, in a word." }),
      status: nullable(Type.Integer(), "HTTP status of the answer."),
    }),
    { description: "Oldest first." },
  ),
  note: nullable(Type.String(), "What IMSHOP said when it refused."),
  nextAt: nullable(moment("When it is tried next."), "Null: it is not."),
});

/** What came of an order elsewhere. */
export const getOrderTrail = operation({
  id: "getOrderTrail",
  method: "GET",
  path: "/orders/{orderId}/trail",
  tag: "orders",
  summary: "Read what an order did to points and limits, and what the app was told of it",
  scope: "orders:read",
  params: byOrder,
  status: 200,
  answer: output(
    {
      hold: nullable(
        output({
          points: count("Points held for it."),
          state: oneOf(
            ["held", "captured", "released", "lapsed"],
            "captured: spent; released: given back; lapsed: given back because the time was up.",
          ),
          releaseAt: moment("When it lapses if nothing more is heard."),
        }),
        "Points held for it; null: none.",
      ),
      movements: Type.Array(movement, {
        description: "What became of points because of it, oldest first, at most a hundred.",
      }),
      uses: Type.Array(use, { description: "Limits of promotions that it uses." }),
      isPushed: Type.Boolean({
        description: "False: IMSHOP is told nothing: no address is set, or it is switched off.",
      }),
      pushes: Type.Array(push, { description: "Statuses told to IMSHOP, oldest first, the last fifty." }),
    },
    { title: "OrderTrail" },
  ),
});
