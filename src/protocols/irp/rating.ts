// The rating webhook: answers success only after the rating is on disk, and keeps every body that had a good key.
import type { FastifyReply, FastifyRequest } from "fastify";
import { type House, type RatingReading, type RatingReceipt, receiveRating } from "../../flows/index.ts";
import type { IrpErrorCode } from "./errors.ts";
import { type IrpCall, type IrpRoute, refused } from "./face.ts";
import { readRating } from "./rating-body.ts";
import { bodyText, exactly, keptBody } from "./raw-body.ts";

/** What the webhook must know. */
export interface RatingSettings {
  /** irp.nullRating: what rating null does to an earlier rating. */
  readonly onAsked: "keep" | "reopen";
  readonly language: "ru" | "en";
}

/** The name under which deliveries are kept. */
const CHANNEL = "irp";

const OUT_OF_RANGE = {
  ru: "Оценка — целое число от 1 до 5.",
  en: "A rating is a whole number from 1 to 5.",
} as const;

/** The webhook `/rating`. */
export function ratingRoute(house: House, settings: RatingSettings): IrpRoute {
  return {
    path: "/rating",
    answer: async ({ body, request, reply }: IrpCall): Promise<FastifyReply> => {
      const exact = exactly(bodyText(request));
      const reading = readRating(exact ?? body);
      const receipt = await keep(house, settings, request, reading, keptBody(bodyText(request), exact));
      if (reading.fault === "missing_order_id") return refused(request, reply, reading.fault);
      if (reading.fault !== null) {
        const message = OUT_OF_RANGE[settings.language];
        return reply.send({ success: false, errorCode: reading.fault, message });
      }
      note(request, receipt, reading.orderId, reading.warnings);
      return reply.send({ success: true });
    },
    unreadable: async (text: string, code: IrpErrorCode, request: FastifyRequest): Promise<void> => {
      const reading: RatingReading = { kind: "unusable", reason: code, status: 400 };
      await keep(house, settings, request, reading, keptBody(text, exactly(text)));
    },
  };
}

async function keep(
  house: House,
  settings: RatingSettings,
  request: FastifyRequest,
  reading: RatingReading,
  body: string,
): Promise<RatingReceipt> {
  const receipt = await receiveRating(
    house,
    {
      channel: CHANNEL,
      route: request.routeOptions.url ?? "",
      clientId: String(request.canonical["keyId"] ?? "open"),
      requestId: request.id,
      contentType: null,
      body: Buffer.from(body),
    },
    reading,
    settings.onAsked,
  );
  Object.assign(request.canonical, { outcome: receipt.effect, delivery: receipt.deliveryId });
  return receipt;
}

function note(
  request: FastifyRequest,
  receipt: RatingReceipt,
  orderId: string,
  warnings: readonly string[],
): void {
  Object.assign(request.canonical, {
    order: orderId,
    orderKnown: receipt.isOrderKnown,
    ...(warnings.length === 0 ? {} : { warnings: warnings.join(",") }),
  });
}
