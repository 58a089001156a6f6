// Takes one delivery of feedback into the record: raw body, effect and revision in one transaction.
import { createHash } from "node:crypto";
import { assert, type Instant } from "../core/basics/index.ts";
import {
  canonicalText,
  carryOver,
  decideEffect,
  type FeedbackContent,
  type FeedbackDecision,
  type FeedbackWarning,
  type Forgotten,
  forgetContent,
} from "../core/feedback/index.ts";
import {
  countDelivery,
  type FeedbackArrival,
  findFeedback,
  forgottenOf,
  insertDelivery,
  insertFeedback,
  isPlaceKnown,
  lockFeedback,
  readFeedbackContent,
  reviseFeedback,
  type Tx,
} from "../storage/index.ts";
import { isFeedbackErased } from "./erased-sources.ts";
import type { House } from "./house.ts";
import { noteEvent } from "./note-event.ts";
import { showFeedback } from "./show-on-desk.ts";

/** A body that came from an authenticated client. */
export interface ReceivedDelivery {
  readonly channel: string;
  readonly route: string;
  readonly clientId: string;
  readonly requestId: string;
  readonly contentType: string | null;
  readonly body: Uint8Array;
}

/** What the channel's protocol made of the body. */
export type FeedbackReading =
  | {
      readonly kind: "usable";
      readonly content: FeedbackContent;
      readonly warnings: readonly FeedbackWarning[];
    }
  /** `reasons` name fields and rules; `status` is what the source is answered. */
  | { readonly kind: "unusable"; readonly reasons: readonly string[]; readonly status: number };

/** What became of a delivery. */
export interface FeedbackReceipt {
  readonly deliveryId: string;
  readonly itemId: string | null;
  /** `erased`: it was erased by a person's wish, and nothing of it was kept again. */
  readonly effect: FeedbackDecision["kind"] | "rejected" | "erased";
  readonly warnings: readonly FeedbackWarning[];
}

/**
 * Stores the delivery and applies it; resolves after the commit, so the caller may answer success. The same delivery
 * any number of times, at once or years later, makes one record.
 */
export async function receiveFeedback(
  house: House,
  delivery: ReceivedDelivery,
  reading: FeedbackReading,
): Promise<FeedbackReceipt> {
  const receivedAt = house.now();
  const deliveryId = house.newId();
  const newItemId = house.newId();
  if (reading.kind === "unusable") return reject(house, delivery, reading, deliveryId, receivedAt);
  const hash = createHash("sha256").update(canonicalText(reading.content)).digest("base64url");
  const receipt = await house.database.transaction(async (tx) => {
    const draft = { content: reading.content, hash, deliveryId, receivedAt, scope: scopeOf(delivery) };
    const applied = await apply(tx, draft, reading, newItemId);
    await insertDelivery(tx, {
      ...delivery,
      ...(applied.isKept ? {} : { body: new Uint8Array(0) }),
      id: deliveryId,
      receivedAt,
      status: 200,
      effect: applied.effect,
      reason: applied.effect === "quarantined" ? "identity_conflict" : null,
      warnings: applied.warnings,
      itemId: applied.itemId,
    });
    await showOnDesk(tx, house, applied, receivedAt);
    await tell(tx, house, { ...applied, channel: delivery.channel, content: reading.content, receivedAt });
    const { itemId, effect, warnings } = applied;
    return { itemId, effect, warnings, deliveryId };
  });
  if (receipt.effect === "quarantined") {
    house.alarm("feedback_identity_conflict", { channel: delivery.channel, deliveryId });
  }
  return receipt;
}

/** A delivery that says nothing new leaves the desk as it is. */
async function showOnDesk(
  tx: Tx,
  house: House,
  { itemId, effect }: Pick<FeedbackReceipt, "itemId" | "effect">,
  receivedAt: Instant,
): Promise<void> {
  if (itemId === null || (effect !== "created" && effect !== "updated" && effect !== "merged")) return;
  const content = await readFeedbackContent(tx, itemId);
  if (content !== null) await showFeedback(tx, house, { itemId, content, receivedAt });
}

/** What an event tells of a feedback. */
interface FeedbackNews extends Pick<FeedbackReceipt, "itemId" | "effect"> {
  readonly channel: string;
  readonly content: FeedbackContent;
  readonly receivedAt: Instant;
}

/** A delivery that says nothing new is no event. */
async function tell(tx: Tx, house: House, news: FeedbackNews): Promise<void> {
  const { itemId, effect, channel, content, receivedAt } = news;
  if (itemId === null || (effect !== "created" && effect !== "updated" && effect !== "merged")) return;
  await noteEvent(tx, house, {
    kind: "feedback.received",
    subject: { type: "feedback", id: itemId },
    // No free text: who needs the comment reads it from the API.
    body: {
      feedbackId: itemId,
      source: channel,
      orderId: content.sourceOrderId,
      stars: content.rating,
      effect,
    },
    at: receivedAt,
  });
}

async function reject(
  house: House,
  delivery: ReceivedDelivery,
  reading: Extract<FeedbackReading, { kind: "unusable" }>,
  deliveryId: string,
  receivedAt: Instant,
): Promise<FeedbackReceipt> {
  await house.database.transaction((tx) =>
    insertDelivery(tx, {
      ...delivery,
      id: deliveryId,
      receivedAt,
      status: reading.status,
      effect: "rejected",
      reason: reading.reasons.join("; "),
      warnings: [],
      itemId: null,
    }),
  );
  // A refused feedback is probably never sent again, so somebody has to look.
  house.alarm("delivery_unusable", { channel: delivery.channel, deliveryId });
  return { deliveryId, itemId: null, effect: "rejected", warnings: [] };
}

/** Nothing was taken out. */
const NOTHING: Forgotten = { words: false, names: false };

/** Tries again when another delivery took the place between looking and writing; the second look sees it. */
const TRIES = 3;

async function apply(
  tx: Tx,
  draft: Omit<FeedbackArrival, "effect" | "warnings" | "isUnassigned">,
  reading: Extract<FeedbackReading, { kind: "usable" }>,
  newItemId: string,
): Promise<Applied> {
  const isUnassigned = !(await isPlaceKnown(tx, draft.content.placeId));
  await lockFeedback(tx, draft.scope, draft.content);
  const isErased = await isFeedbackErased(tx, draft.scope.source, draft.content);
  for (let attempt = 1; attempt <= TRIES; attempt += 1) {
    const decision = decideEffect(draft, await findFeedback(tx, draft.scope, draft.content));
    const warnings = [...reading.warnings, ...warningsOf(decision)];
    if (isUnassigned) warnings.push("restaurant_unknown");
    const arrival = { ...draft, effect: decision.kind, warnings, isUnassigned };
    if (isErased) return passOver(tx, decision, arrival);
    const itemId = decision.kind === "created" ? newItemId : decision.itemId;
    const forgotten = decision.kind === "created" ? NOTHING : await forgottenOf(tx, itemId);
    const kept = { ...arrival, content: forgetContent(arrival.content, forgotten) };
    const isKept = !forgotten.words && !forgotten.names;
    if (await save(tx, decision, itemId, kept)) return { itemId, effect: decision.kind, warnings, isKept };
  }
  assert(false, "a feedback could be neither found nor inserted");
}

/** What became of it; not kept: its body holds what may not be stored any more. */
interface Applied extends Omit<FeedbackReceipt, "deliveryId"> {
  readonly isKept: boolean;
}

/** Of what nothing may be kept any more it is only counted that it came. */
async function passOver(tx: Tx, decision: FeedbackDecision, arrival: FeedbackArrival): Promise<Applied> {
  const itemId = decision.kind === "created" ? null : decision.itemId;
  if (itemId !== null) await countDelivery(tx, itemId, { ...arrival, effect: "erased" });
  return { itemId, effect: "erased", warnings: arrival.warnings as FeedbackWarning[], isKept: false };
}

function warningsOf(decision: FeedbackDecision): FeedbackWarning[] {
  if (decision.kind === "quarantined") return [decision.reason];
  const isReplay = "replaysOlder" in decision && decision.replaysOlder;
  return isReplay ? ["replay_of_older_revision"] : [];
}

/** False when a new record's place was taken meanwhile. */
async function save(
  tx: Tx,
  decision: FeedbackDecision,
  itemId: string,
  arrival: FeedbackArrival,
): Promise<boolean> {
  switch (decision.kind) {
    case "created":
      return insertFeedback(tx, itemId, arrival);
    case "duplicate":
      await countDelivery(tx, itemId, arrival);
      return true;
    case "merged":
      if (!decision.revises) {
        await countDelivery(tx, itemId, arrival);
        return true;
      }
      break;
    case "updated":
      break;
    case "quarantined":
      // The record that has the id stays as it is; the body is kept with the delivery.
      return true;
  }
  await reviseFeedback(
    tx,
    itemId,
    arrival,
    carryOver(arrival.content, await readFeedbackContent(tx, itemId)),
  );
  return true;
}

function scopeOf(delivery: ReceivedDelivery): FeedbackArrival["scope"] {
  return { source: delivery.channel, clientId: delivery.clientId };
}
