// The shape of refusals on IRP paths. The vendor documents none, so it is ours, and never has `items` in it: an answer's
// items are "the new composition", and an empty list could wipe a shopper's cart.
import type { FastifyReply } from "fastify";

/** Every reason an IRP path answers with something other than its documented answer. */
export type IrpErrorCode =
  | "not_json"
  | "not_an_object"
  | "items_not_array"
  | "too_many_items"
  | "too_deep"
  | "too_many_keys"
  | "too_long_text"
  | "missing_order_id"
  | "no_orders"
  | "too_many_orders"
  | "unauthorized"
  | "catalogue_unavailable"
  | "pricing_failed"
  | "not_found"
  | "method_not_allowed"
  | "too_large"
  | "too_many"
  | "overloaded"
  | "bad_request"
  | "internal";

const REFUSALS: Readonly<Record<IrpErrorCode, { readonly status: number; readonly message: string }>> = {
  not_json: { status: 400, message: "The body is not JSON." },
  not_an_object: { status: 400, message: "The body is not a JSON object." },
  items_not_array: { status: 400, message: "`items` is not an array." },
  too_many_items: { status: 413, message: "There are more than 1000 items." },
  too_deep: { status: 400, message: "The body is nested deeper than 32 levels." },
  too_many_keys: { status: 400, message: "The body has more than 20000 keys." },
  too_long_text: { status: 400, message: "A text is longer than 100000 characters." },
  missing_order_id: { status: 400, message: "Neither `id` nor `orderId` names an order." },
  no_orders: { status: 400, message: "`orders` holds no order." },
  too_many_orders: { status: 413, message: "There are more than 50 orders." },
  unauthorized: { status: 401, message: "A valid key is needed." },
  catalogue_unavailable: { status: 503, message: "The catalogue cannot be read now; try again." },
  pricing_failed: { status: 503, message: "The cart cannot be priced now; try again." },
  not_found: { status: 404, message: "There is no such path." },
  method_not_allowed: { status: 405, message: "Only POST is answered here." },
  too_large: { status: 413, message: "The body is too large." },
  too_many: { status: 429, message: "Too many calls; try again later." },
  overloaded: { status: 503, message: "The server is busy; try again." },
  bad_request: { status: 400, message: "The call cannot be read." },
  internal: { status: 500, message: "Something went wrong here; the request id tells us what." },
};

/** Codes after which the same call may succeed soon: they carry Retry-After. */
const RETRY_AFTER_SECONDS = 2;

/** Answers with a refusal; `status` replaces the code's own where the server has decided already. */
export function refuse(
  reply: FastifyReply,
  code: IrpErrorCode,
  status = REFUSALS[code].status,
): FastifyReply {
  reply.code(status).header("cache-control", "no-store");
  if ((status === 503 || status === 429) && !reply.hasHeader("retry-after"))
    reply.header("retry-after", RETRY_AFTER_SECONDS);
  return reply.send({ success: false, errorCode: code, message: REFUSALS[code].message });
}
