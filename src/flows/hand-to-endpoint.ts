// Hands a message to an endpoint of webhooks: noted as an event of that endpoint alone, signed and delivered as every other.
import type { NoticeEnd } from "../core/desk/index.ts";
import {
  type Destination,
  endpointById,
  hasEvent,
  insertEvent,
  type NoticeMessage,
} from "../storage/index.ts";
import type { House } from "./house.ts";

/** Notes it under the message's own id: a message that is tried twice is one event. */
export async function handToEndpoint(
  house: House,
  destination: Destination,
  message: NoticeMessage,
  text: string,
): Promise<NoticeEnd> {
  const at = house.now();
  const end = await house.database.transaction(async (tx): Promise<NoticeEnd> => {
    const endpoint = await endpointById(tx, destination.address);
    if (endpoint === null || endpoint.channel !== "webhook")
      return { kind: "refused", why: "unknown_endpoint" };
    if (endpoint.state !== "enabled")
      return { kind: "failed", why: "endpoint_disabled", isReached: false, retryAfterMs: null };
    if (await hasEvent(tx, message.id)) return { kind: "sent" };
    const notices = message.notices.map(({ kind, body }) => ({ kind, ...(JSON.parse(body) as object) }));
    await insertEvent(tx, {
      id: message.id,
      kind: "desk.notice",
      subjectType: "desk.destination",
      subjectId: destination.id,
      body: JSON.stringify({ destinationId: destination.id, text, skipped: message.skipped, notices }),
      addressee: endpoint.id,
      at,
    });
    return { kind: "sent" };
  });
  if (end.kind === "sent") house.eventNoted?.();
  return end;
}
