// Destinations of notices: made, changed, tried and removed by people, with the log of who did.
import { isMailbox, isTelegramChat } from "../core/desk/index.ts";
import {
  type Destination,
  type DestinationState,
  type DestinationTerms,
  destinationById,
  endpointById,
  listDestinations,
  listMessages,
  type MessageState,
  pauseDestination,
  queueNoticeFor,
  removeDestination,
  saveDestination,
  type Tx,
} from "../storage/index.ts";
import { isDeskZone } from "./find-desk.ts";
import type { House } from "./house.ts";
import { keepAudit } from "./keep-audit.ts";

/** Most destinations of one installation. */
const DESTINATION_LIMIT = 50;

/** Why a destination was not kept. */
export type DestinationRefusal =
  | "not_found"
  | "too_many_destinations"
  | "bad_address"
  | "unknown_endpoint"
  | "unknown_zone";

/** What became of a wish. */
export type DestinationOutcome =
  | { readonly kind: "saved"; readonly destination: DestinationState }
  | { readonly kind: "refused"; readonly reason: DestinationRefusal };

/** All destinations with their queues. */
export function findDestinations(house: House): Promise<DestinationState[]> {
  return house.database.read(listDestinations);
}

/** Adds a destination, or with an id writes it anew; what waits goes to the new address at once. */
export async function keepDestination(
  house: House,
  actor: string,
  id: string | null,
  terms: DestinationTerms,
): Promise<DestinationOutcome> {
  const at = house.now();
  const newId = house.newId();
  return house.database.transaction(async (tx): Promise<DestinationOutcome> => {
    const all = await listDestinations(tx);
    const before = all.find((one) => one.id === id) ?? null;
    if (id !== null && before === null) return { kind: "refused", reason: "not_found" };
    if (before === null && all.length >= DESTINATION_LIMIT)
      return { kind: "refused", reason: "too_many_destinations" };
    const reason = await whyNot(tx, terms);
    if (reason !== null) return { kind: "refused", reason };
    await saveDestination(tx, id ?? newId, terms, at);
    const saved = (await listDestinations(tx)).find((one) => one.id === (id ?? newId));
    const details = { before: before === null ? null : termsOf(before), after: terms };
    await keepAudit(tx, { at, actor, action: "desk.destination", subject: id ?? newId, details });
    return saved === undefined
      ? { kind: "refused", reason: "not_found" }
      : { kind: "saved", destination: saved };
  });
}

async function whyNot(tx: Tx, { kind, address, zone }: DestinationTerms): Promise<DestinationRefusal | null> {
  if (zone !== null && !isDeskZone(zone)) return "unknown_zone";
  if (kind === "telegram") return isTelegramChat(address) ? null : "bad_address";
  if (kind === "email") return isMailbox(address) ? null : "bad_address";
  const endpoint = await endpointById(tx, address);
  return endpoint?.channel === "webhook" ? null : "unknown_endpoint";
}

function termsOf({ kind, address, label, language, gets, quiet, zone, isOn }: Destination): DestinationTerms {
  return { kind, address, label, language, gets, quiet, zone, isOn };
}

/** Removes a destination with all that it had still to get; false: there is none. */
export function dropDestination(house: House, actor: string, id: string): Promise<boolean> {
  const at = house.now();
  return house.database.transaction(async (tx) => {
    const before = await destinationById(tx, id);
    if (before === null || !(await removeDestination(tx, id))) return false;
    const details = { before: termsOf(before), after: null };
    await keepAudit(tx, { at, actor, action: "desk.destination", subject: id, details });
    return true;
  });
}

/** Queues a trial: it goes at once, in quiet hours too. "off": the destination is switched off. */
export function tryDestination(house: House, id: string): Promise<"queued" | "off" | "not_found"> {
  const at = house.now();
  const notice = { key: `trial:${house.newId()}`, kind: "trial" as const, body: "{}", at };
  return house.database.transaction(async (tx) => {
    const destination = await destinationById(tx, id, true);
    if (destination === null) return "not_found";
    if (!destination.isOn) return "off";
    await queueNoticeFor(tx, notice, id);
    await pauseDestination(tx, id, null);
    return "queued";
  });
}

/** Messages of a destination, latest first; null: there is no such destination. */
export function findMessages(house: House, id: string, limit: number): Promise<MessageState[] | null> {
  return house.database.read(async (tx) =>
    (await destinationById(tx, id)) === null ? null : listMessages(tx, id, limit),
  );
}
