// The rating webhook: answers success only after the rating is on disk, and keeps every body that had a good key.
import type { FastifyReply, FastifyRequest } from "fastify";
import { type House, type RatingReading, type RatingReceipt, receiveRating } from "../../flows/index.ts";
import { isObject } from "./body.ts";
import type { IrpErrorCode } from "./errors.ts";
import { type IrpCall, type IrpRoute, refused } from "./face.ts";
import { readRating } from "./rating-body.ts";

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
      const exact = exactly(textOf(request));
      const reading = readRating(exact ?? body);
      const receipt = await keep(house, settings, request, reading, keptBody(textOf(request), exact));
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

function textOf(request: FastifyRequest): string {
  return typeof request.body === "string" ? request.body : "";
}

/** JSON with whole numbers beyond 2^53 as their text: an order's id may be one. Null when it is no object. */
function exactly(text: string): Record<string, unknown> | null {
  const reviver = (_key: string, value: unknown, context?: { readonly source?: string }): unknown =>
    typeof value === "number" && !Number.isSafeInteger(value) && /^-?\d+$/.test(context?.source ?? "")
      ? context?.source
      : value;
  try {
    const value: unknown = JSON.parse(text.charCodeAt(0) === 0xfeff ? text.slice(1) : text, reviver);
    return isObject(value) ? value : null;
  } catch {
    return null;
  }
}

/** The body as it came, but for the key: that must never be stored. */
function keptBody(text: string, parsed: Record<string, unknown> | null): string {
  if (parsed === null)
    return text.replace(/("(?:key|headers)"\s*:\s*)("(?:[^"\\]|\\.)*"?|\{[^}]*\}?)/g, '$1""');
  if (!Object.hasOwn(parsed, "key") && !Object.hasOwn(parsed, "headers")) return text;
  const { key: _key, headers: _headers, ...rest } = parsed;
  return JSON.stringify(rest);
}
