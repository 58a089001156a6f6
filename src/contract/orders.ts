// Orders: what was sold to whom at which price, how far it has come, what came back.
// Long because the calls of one noun are read together.
import { Type } from "typebox";
import { operation } from "./operation.ts";
import { count, identifier, input, minor, moment, nullable, oneOf, output, PAGE, pageOf } from "./shape.ts";

/** Statuses, in the order in which an order usually goes through them. */
const STATUSES = [
  "placed",
  "processing",
  "ready_to_dispatch",
  "dispatched",
  "ready_for_pickup",
  "delivered",
  "done",
  "canceled",
  "closed",
] as const;

/** Longest reason or message, characters. */
const WORDS_LIMIT = 500;

const head = {
  id: identifier("Number of an order placed here; the other system's id of an imported one."),
  uuid: nullable(
    Type.String(),
    "The app's id, under which it was placed; null in lists and for imported orders.",
  ),
  isPlacedHere: Type.Boolean({ description: "False: imported." }),
  status: nullable(Type.String(), "One of the nine statuses; of an imported order any word; null: not told."),
  customerId: nullable(Type.String(), "The customer; null: nobody we know."),
  channel: nullable(Type.String(), "app or seller."),
  outletId: nullable(Type.String(), "The store of a seller."),
  employeeId: nullable(Type.String(), "The seller."),
  groupId: nullable(Type.String(), "Shared by the orders of a split cart."),
  placedAt: nullable(moment("When it was placed.")),
  updatedAt: nullable(moment("When anything of it changed last.")),
  grossMinor: nullable(minor("Goods before discounts, kopecks.")),
  discountMinor: nullable(minor("Discounts, kopecks.")),
  totalMinor: nullable(minor("Goods after discounts, points not deducted, kopecks.")),
  byPointsMinor: nullable(minor("The part of the total that points pay, kopecks.")),
  pointsSpent: nullable(count("Points that pay."), "Null: not told."),
  pointsEarned: nullable(count("Points that it brings once it is done."), "Null: not told."),
  deliveryMinor: nullable(minor("What the app showed for delivery, kopecks.")),
  returnedMinor: minor("What came back was worth, kopecks."),
  refundedMinor: minor("The money of it, kopecks."),
  code: nullable(Type.String(), "The promo code that was applied, folded."),
  calculationId: nullable(Type.String(), "The calculation that explains the price; see /calculations."),
};

/** An order in a list. */
export const OrderHead = output(head, { title: "OrderHead" });

/** Goods that came back. */
export const OrderReturn = output(
  {
    id: identifier("Id of the return."),
    at: moment("When it was noted."),
    reason: nullable(Type.String(), "Why."),
    valueMinor: minor("What the goods cost, money and points together, kopecks."),
    refundMinor: minor("The money to give back, kopecks."),
    pointsBack: count("Points that paid for them."),
    pointsTaken: count("Points that they had brought, or would have."),
    lines: Type.Array(
      output({
        position: count("Position of the line."),
        quantity: count("Thousandths."),
        valueMinor: minor("What it cost, kopecks."),
        refundMinor: minor("The money of it, kopecks."),
      }),
    ),
  },
  { title: "OrderReturn" },
);

/** An order with everything that is known of it. */
export const Order = output(
  {
    ...head,
    isPaid: nullable(Type.Boolean(), "What the shop said; null: nothing."),
    trackingUrl: nullable(Type.String()),
    statusMessage: nullable(Type.String(), "What the shopper is told with the status."),
    storageUntil: nullable(Type.String(), "Last day of storage at the pickup point."),
    isPriceKept: Type.Boolean({ description: "The price is the one that the shopper was shown before." }),
    contact: nullable(
      output({
        name: nullable(Type.String()),
        phone: nullable(Type.String()),
        email: nullable(Type.String()),
        city: nullable(Type.String()),
        address: nullable(Type.String()),
        recipientName: nullable(Type.String()),
        recipientPhone: nullable(Type.String()),
        comment: nullable(Type.String()),
      }),
      "Who bought; null: not told, or erased.",
    ),
    agreed: nullable(
      output({
        deliveryMethod: nullable(Type.String()),
        deliveryName: nullable(Type.String()),
        deliveryDate: nullable(Type.String()),
        paymentMethod: nullable(Type.String()),
        paymentName: nullable(Type.String()),
        saysPaid: nullable(Type.Boolean(), "What the app said of the payment."),
        pickupPoint: nullable(Type.String()),
        isPreorder: Type.Boolean(),
        isCallUnwanted: Type.Boolean(),
      }),
      "What was agreed beside goods; null for imported orders.",
    ),
    lines: Type.Array(
      output({
        position: count("Position, from 0."),
        offerId: Type.String(),
        name: Type.String(),
        priceMinor: minor("List price of a unit, kopecks."),
        quantity: count("Thousandths."),
        returnedQuantity: count("Thousandths that came back."),
        discountMinor: minor("Kopecks."),
        totalMinor: minor("Kopecks."),
        giftUnits: count("Units that are free."),
        isWeighed: Type.Boolean({ description: "Comes back by weight." }),
        discounts: Type.Array(output({ promotionId: Type.String(), amountMinor: minor("Kopecks.") })),
        units: Type.Array(
          output({
            count: count("How many units are like this; 1 for a whole weighed line."),
            priceMinor: minor("What one costs after discounts, kopecks."),
            byPointsMinor: minor("The part of it that points pay, kopecks."),
            pointsSpent: count("Points."),
            pointsEarned: count("Points."),
            returned: count("Units of these that came back; thousandths of a weighed line."),
          }),
          { description: "What every unit cost, fixed at placement; the dearest first." },
        ),
      }),
    ),
    services: Type.Array(output({ id: Type.String(), title: Type.String(), priceMinor: minor("Kopecks.") })),
    differences: Type.Array(Type.Object({ kind: Type.String() }, { additionalProperties: true }), {
      description: "What differs from what the shopper had seen or asked for.",
    }),
    promotions: Type.Array(output({ promotionId: Type.String(), amountMinor: minor("Kopecks.") }), {
      description: "Promotions that applied.",
    }),
    history: Type.Array(
      output({
        status: Type.String(),
        side: Type.String({ description: "app, shop or import." }),
        reason: nullable(Type.String()),
        at: moment("When."),
      }),
      { description: "Oldest first." },
    ),
    returns: Type.Array(OrderReturn, { description: "Oldest first." }),
    rating: nullable(Type.Integer(), "Stars; null: none."),
    isRatingRequired: Type.Boolean({ description: "The app asks for a rating." }),
  },
  { title: "Order" },
);

/** The path of one order. */
export const byOrder = input({ orderId: identifier("Id of the order.") });

/** Which orders, for lists and files; all that is given must hold. */
export const ORDER_FILTER = {
  customerId: Type.Optional(identifier("Any id of the customer.")),
  status: Type.Optional(identifier("Only in this status.")),
  outletId: Type.Optional(identifier("Only of this store.")),
  employeeId: Type.Optional(identifier("Only of this seller.")),
  groupId: Type.Optional(identifier("Only of this split cart.")),
  code: Type.Optional(identifier("Only with this promo code, in any spelling.")),
  channel: Type.Optional(oneOf(["app", "seller"], "Only placed by this app.")),
  calculationId: Type.Optional(identifier("Only placed at the price of this calculation.")),
  from: Type.Optional(moment("Placed at or after.")),
  until: Type.Optional(moment("Placed before.")),
};

/** Orders. */
export const listOrders = operation({
  id: "listOrders",
  method: "GET",
  path: "/orders",
  tag: "orders",
  summary: "List orders",
  description: "Newest first; imported ones without a moment come last.",
  scope: "orders:read",
  query: input({ ...ORDER_FILTER, ...PAGE }),
  status: 200,
  answer: pageOf(OrderHead, "OrderPage"),
});

/** One order. */
export const getOrder = operation({
  id: "getOrder",
  method: "GET",
  path: "/orders/{orderId}",
  tag: "orders",
  summary: "Read an order",
  scope: "orders:read",
  params: byOrder,
  status: 200,
  answer: Order,
});

/** The status, from the retailer's own systems. */
export const setOrderStatus = operation({
  id: "setOrderStatus",
  method: "PUT",
  path: "/orders/{orderId}/status",
  tag: "orders",
  summary: "Set the status of an order",
  description:
    "`done` spends the points that were held and issues those that were earned; `canceled` and `closed` (ended unbought) give points and uses of promotions back. These three are final. The app is told. Said twice it is one change.",
  scope: "orders:write",
  params: byOrder,
  body: input(
    {
      status: oneOf(STATUSES, "The new status."),
      reason: Type.Optional(Type.String({ maxLength: WORDS_LIMIT, description: "Why, for the history." })),
      message: Type.Optional(
        Type.String({ maxLength: WORDS_LIMIT, description: "What the shopper is told." }),
      ),
      trackingUrl: Type.Optional(
        Type.String({ maxLength: 2000, description: "Where the parcel is followed." }),
      ),
      storageUntil: Type.Optional(
        Type.String({ format: "date", description: "Last day of storage at the pickup point." }),
      ),
      payment: Type.Optional(
        input(
          {
            paid: Type.Boolean({ description: "Whether it is paid now." }),
            paymentId: nullable(Type.String({ maxLength: 255 }), "Null while nothing is paid."),
          },
          { description: "Only when it changed." },
        ),
      ),
    },
    { title: "OrderStatusWish", examples: [{ status: "ready_for_pickup", storageUntil: "2026-11-28" }] },
  ),
  status: 200,
  answer: Order,
  problems: ["not_found", "order_final"],
  hasOwnHistory: true,
});

/** The cancellation. */
export const cancelOrder = operation({
  id: "cancelOrder",
  method: "POST",
  path: "/orders/{orderId}/cancel",
  tag: "orders",
  summary: "Cancel an order",
  description: "The same as the status `canceled`; repeating it changes nothing.",
  scope: "orders:write",
  params: byOrder,
  body: Type.Optional(
    input(
      {
        reason: Type.Optional(Type.String({ maxLength: WORDS_LIMIT, description: "Why, for the history." })),
      },
      { title: "OrderCancellation", examples: [{ reason: "out of stock" }] },
    ),
  ),
  status: 200,
  answer: Order,
  problems: ["not_found", "order_final"],
});

/** What is to come back. */
export const OrderReturnWish = input(
  {
    lines: Type.Array(
      input({
        position: Type.Integer({ minimum: 0, maximum: 1000, description: "Position of the line." }),
        quantity: Type.Integer({
          minimum: 1,
          maximum: 1e12,
          description: "Thousandths: one unit is 1000.",
        }),
        first: Type.Optional(
          oneOf(
            ["cheapest", "dearest"],
            "Which units of the line where they cost differently; cheapest if not said.",
          ),
        ),
      }),
      { minItems: 1, maxItems: 1000 },
    ),
    reason: Type.Optional(Type.String({ maxLength: WORDS_LIMIT, description: "Why." })),
  },
  { title: "OrderReturnWish", examples: [{ lines: [{ position: 0, quantity: 1000 }] }] },
);

/** Goods that come back. */
export const returnOrder = operation({
  id: "returnOrder",
  method: "POST",
  path: "/orders/{orderId}/returns",
  tag: "orders",
  summary: "Take goods of an order back",
  description:
    "Money and points as the units were sold: refunds of an order add up to what was paid, whatever comes back in whatever order. Also before the order is done, for goods refused at hand-over.",
  scope: "orders:write",
  params: byOrder,
  body: OrderReturnWish,
  status: 201,
  answer: OrderReturn,
  problems: ["not_found", "order_unbought", "return_refused"],
  isCreating: true,
});
