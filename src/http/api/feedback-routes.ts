// Feedback, ratings and deliveries.
import { deliveryCalls, feedbackCalls, ratingCalls } from "../../contract/index.ts";
import type { FeedbackContent } from "../../core/feedback/index.ts";
import { formatMoment } from "../../core/feedback/index.ts";
import {
  findDelivery,
  findFeedbackPage,
  findRatings,
  findUnusableHeads,
  type RatingHistory,
} from "../../flows/index.ts";
import type { Delivery, DeliveryHead, FeedbackView } from "../../storage/index.ts";
import { pageOf, pageWish } from "./page.ts";
import { Refusal, refuse } from "./refusal.ts";
import { route, shown } from "./route.ts";
import { onlyOfStores } from "./stores.ts";

const listFeedback = route(feedbackCalls.listFeedback, async ({ house, query, caller }) => {
  const wish = pageWish(query);
  if (wish instanceof Refusal) return wish;
  const { source, eatsId, orderId, restaurantId, isUnassigned } = query;
  const found = await findFeedbackPage(house, {
    ...onlyOfStores(caller),
    ...(source === undefined ? {} : { source }),
    ...(eatsId === undefined ? {} : { sourceOrderId: eatsId }),
    ...(orderId === undefined ? {} : { orderId }),
    ...(restaurantId === undefined ? {} : { placeId: restaurantId }),
    ...(isUnassigned === undefined ? {} : { isUnassigned }),
    ...(wish.after === null ? {} : { before: wish.after }),
    limit: wish.limit + 1,
  });
  return pageOf(found, wish.limit, (view) => view.id, feedbackShown);
});

const getFeedback = route(feedbackCalls.getFeedback, async ({ house, params }) => {
  const [view] = await findFeedbackPage(house, { id: params.recordId, limit: 1 });
  return view === undefined ? refuse("not_found") : feedbackShown(view);
});

const listRatings = route(ratingCalls.listRatings, async ({ house, query, caller }) => {
  const wish = pageWish(query);
  if (wish instanceof Refusal) return wish;
  const narrowed = { orderId: query.orderId ?? null, ...onlyOfStores(caller) };
  const page = { ...narrowed, before: wish.after, limit: wish.limit + 1 };
  return pageOf(await findRatings(house, page), wish.limit, (rating) => rating.id, ratingShown);
});

const listUnusableDeliveries = route(deliveryCalls.listUnusableDeliveries, async ({ house, query }) => {
  const wish = pageWish(query);
  if (wish instanceof Refusal) return wish;
  const from = query.from === undefined ? {} : { from: Date.parse(query.from) };
  const found = await findUnusableHeads(house, { before: wish.after, limit: wish.limit + 1, ...from });
  return pageOf(found, wish.limit, (delivery) => delivery.id, headShown);
});

const getDelivery = route(deliveryCalls.getDelivery, async ({ house, params }) => {
  const delivery = await findDelivery(house, params.deliveryId);
  return delivery === null ? refuse("not_found") : deliveryShown(delivery);
});

/** Routes of the tag "feedback". */
export const feedbackRoutes = [listFeedback, getFeedback, listRatings, listUnusableDeliveries, getDelivery];

function feedbackShown(view: FeedbackView) {
  const { id, source, clientId, content } = view;
  return {
    id,
    source,
    clientId,
    feedbackId: content.sourceId,
    eatsId: content.sourceOrderId,
    ...saidShown(content),
    order: orderShown(content.order),
    effect: view.effect,
    warnings: [...view.warnings],
    canReply: view.canReply,
    isUnassigned: view.isUnassigned,
    deliveries: view.deliveries,
    firstReceivedAt: shown(view.firstReceivedAt),
    lastReceivedAt: shown(view.lastReceivedAt),
    revisions: view.revisions.map((revision) => ({
      number: revision.number,
      deliveryId: revision.deliveryId,
      receivedAt: shown(revision.receivedAt),
      ...saidShown(revision.content),
    })),
  };
}

type Told = FeedbackContent["createdAt"];

function momentShown(moment: Told): string {
  return formatMoment(moment.at, moment.micros);
}

function momentShownOrNull(moment: Told | null): string | null {
  return moment === null ? null : momentShown(moment);
}

function saidShown(content: FeedbackContent) {
  return {
    orderId: content.orderId,
    restaurantId: content.placeId,
    rating: content.rating,
    comment: content.comment,
    predefinedComment: content.presetComment,
    instants: {
      createdAt: momentShown(content.createdAt),
      takenAt: momentShownOrNull(content.takenAt),
      deliveredAt: momentShownOrNull(content.deliveredAt),
    },
  };
}

function orderShown(order: FeedbackContent["order"]) {
  if (order === null) return null;
  const { comment, platform, deliveryKind, customerName, total } = order;
  return {
    createdAt: momentShownOrNull(order.createdAt),
    comment,
    platform,
    deliveryKind,
    customerName,
    total,
    items: order.items.map((item) => ({
      ...partShown(item),
      modifications: item.modifications.map(partShown),
    })),
  };
}

type OrderedPart = NonNullable<FeedbackContent["order"]>["items"][number]["modifications"][number];

function partShown({ id, name, quantity, price }: OrderedPart) {
  return { id, name, quantity, price };
}

function ratingShown(rating: RatingHistory) {
  return {
    id: rating.id,
    orderId: rating.orderId,
    rating: rating.stars,
    comment: rating.comment,
    isAsked: rating.isAsked,
    isOrderKnown: rating.isOrderKnown,
    firstReceivedAt: shown(rating.firstReceivedAt),
    lastReceivedAt: shown(rating.lastReceivedAt),
    revisions: rating.revisions.map((revision) => ({
      number: revision.number,
      rating: revision.stars,
      comment: revision.comment,
      isAsked: revision.isAsked,
      deliveryId: revision.deliveryId,
      receivedAt: shown(revision.receivedAt),
    })),
  };
}

function headShown(head: DeliveryHead) {
  return {
    id: head.id,
    channel: head.channel,
    route: head.route,
    clientId: head.clientId,
    requestId: head.requestId,
    receivedAt: shown(head.receivedAt),
    contentType: head.contentType,
    status: head.status,
    effect: head.effect,
    reason: head.reason,
    warnings: [...head.warnings],
    recordId: head.itemId,
    size: head.size,
  };
}

function deliveryShown(delivery: Delivery) {
  const bytes = Buffer.from(delivery.body);
  const text = bytes.toString("utf8");
  // Only bytes that come back the same are told as text.
  const isText = Buffer.from(text, "utf8").equals(bytes);
  return {
    ...headShown({ ...delivery, size: bytes.length }),
    body: isText ? text : bytes.toString("base64"),
    bodyEncoding: isText ? ("text" as const) : ("base64" as const),
  };
}
