// Feedback as both channels bring it, made by hand: the marketplace's and the app's, for any order and instant.
import { instant } from "../../src/core/basics/index.ts";
import type { FeedbackContent } from "../../src/core/feedback/index.ts";
import {
  type FeedbackReceipt,
  type House,
  type RatingReceipt,
  receiveFeedback,
  receiveRating,
} from "../../src/flows/index.ts";

/** What tests say of a marketplace's feedback. */
export interface SaidOfOrder {
  readonly orderId: string;
  readonly rating: number;
  readonly comment?: string | null;
  readonly sourceId?: string | null;
  readonly placeId?: string;
  readonly customerName?: string | null;
  readonly dishes?: readonly string[];
  readonly createdAt?: number;
}

/** Start of every feedback's day unless told otherwise. */
export const EVENING = Date.UTC(2026, 10, 4, 18);

/** A marketplace's feedback in our words. */
export function contentOf(said: SaidOfOrder): FeedbackContent {
  const at = (ms: number) => ({
    at: instant(ms),
    micros: 0,
    offsetMinutes: 0,
    text: new Date(ms).toISOString(),
  });
  const { orderId, rating, comment = null, dishes, createdAt = EVENING } = said;
  const part = { id: null, quantity: 1, price: 100 };
  return {
    sourceId: said.sourceId ?? `f-${orderId}`,
    sourceOrderId: `e-${orderId}`,
    orderId,
    placeId: said.placeId ?? "lesnaya",
    rating,
    createdAt: at(createdAt),
    takenAt: at(createdAt - 3_600_000),
    deliveredAt: at(createdAt - 1_800_000),
    comment,
    presetComment: null,
    order:
      dishes === undefined && said.customerName === undefined
        ? null
        : {
            createdAt: null,
            comment: null,
            platform: null,
            deliveryKind: null,
            customerName: said.customerName ?? null,
            total: 900,
            items: (dishes ?? []).map((name) => ({ ...part, name, modifications: [] })),
          },
  };
}

/** The marketplace delivers it. The body is that content, so that bodies can be looked through for names. */
export function marketplaceSays(house: House, said: SaidOfOrder): Promise<FeedbackReceipt> {
  const content = contentOf(said);
  const delivery = {
    channel: "yandex-eats",
    route: "/v1/feedback",
    clientId: "client",
    requestId: "r",
    contentType: "application/json",
    body: Buffer.from(JSON.stringify(content)),
  };
  return receiveFeedback(house, delivery, { kind: "usable", content, warnings: [] });
}

/** The app delivers a rating; null asks for one. */
export function appSays(
  house: House,
  said: { readonly orderId: string; readonly rating: number | null; readonly comment?: string },
): Promise<RatingReceipt> {
  const { orderId, rating, comment = "" } = said;
  const delivery = {
    channel: "irp",
    route: "/irp/rating",
    clientId: "app",
    requestId: "r",
    contentType: "application/json",
    body: Buffer.from(JSON.stringify(said)),
  };
  const given = { stars: rating ?? ("asked" as const), comment };
  return receiveRating(house, delivery, { kind: "usable", orderId, given, warnings: [] }, "keep");
}
