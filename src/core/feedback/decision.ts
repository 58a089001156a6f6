// What a delivery does to the feedback already stored: sources resend, edit, and name a feedback only later.
import type { FeedbackContent } from "./content.ts";
import { isSameMoment, type Moment } from "./moment.ts";

/** A stored feedback as far as the decision needs it. */
export interface StoredFeedback {
  readonly itemId: string;
  readonly sourceId: string | null;
  readonly sourceOrderId: string;
  /** Oldest first, at least one. */
  readonly revisions: readonly StoredRevision[];
}

/** One revision's fingerprint. */
export interface StoredRevision extends Pick<Moment, "at" | "micros"> {
  /** Of the delivery that made it, before anything was carried over from the revision before. */
  readonly hash: string;
}

/** A delivery and the hash of its canonicalText. */
export interface IncomingFeedback {
  readonly content: FeedbackContent;
  readonly hash: string;
}

/** What to do; every kind is answered to the source as a success. */
export type FeedbackDecision =
  | { readonly kind: "created" }
  /** The stored record had no id and this delivery brings it; `revises` when it also says something new. */
  | {
      readonly kind: "merged";
      readonly itemId: string;
      readonly revises: boolean;
      readonly replaysOlder: boolean;
    }
  | { readonly kind: "duplicate"; readonly itemId: string }
  /** `replaysOlder` when an earlier revision said exactly this: a late retry or a change back, arrival order wins. */
  | { readonly kind: "updated"; readonly itemId: string; readonly replaysOlder: boolean }
  /** One id for two orders: `itemId` is the record that keeps it. */
  | { readonly kind: "quarantined"; readonly itemId: string; readonly reason: "identity_conflict" };

/** Decides by the source's id first, else by order number and moment; `stored` holds the candidates of one client. */
export function decideEffect(
  incoming: IncomingFeedback,
  stored: readonly StoredFeedback[],
): FeedbackDecision {
  const { sourceId, sourceOrderId } = incoming.content;
  const named = sourceId === null ? undefined : stored.find((item) => item.sourceId === sourceId);
  if (named !== undefined) {
    if (named.sourceOrderId !== sourceOrderId) {
      return { kind: "quarantined", itemId: named.itemId, reason: "identity_conflict" };
    }
    return repeatOf(named, incoming);
  }
  const sameMoment = stored.filter(
    (item) => item.sourceOrderId === sourceOrderId && hasMoment(item, incoming),
  );
  if (sourceId === null) {
    const match = sameMoment.find((item) => latestHash(item) === incoming.hash) ?? sameMoment[0];
    return match === undefined ? { kind: "created" } : repeatOf(match, incoming);
  }
  const unnamed = sameMoment.find((item) => item.sourceId === null);
  if (unnamed === undefined) return { kind: "created" };
  const repeat = repeatOf(unnamed, incoming);
  return {
    kind: "merged",
    itemId: unnamed.itemId,
    revises: repeat.kind === "updated",
    replaysOlder: repeat.kind === "updated" && repeat.replaysOlder,
  };
}

/** Latest revision's content after `incoming`: an order that is not mentioned again is not erased. */
export function carryOver(incoming: FeedbackContent, latest: FeedbackContent | null): FeedbackContent {
  return { ...incoming, order: incoming.order ?? latest?.order ?? null };
}

function repeatOf(
  item: StoredFeedback,
  incoming: IncomingFeedback,
): Extract<FeedbackDecision, { kind: "duplicate" | "updated" }> {
  if (latestHash(item) === incoming.hash) return { kind: "duplicate", itemId: item.itemId };
  const replaysOlder = item.revisions.some((revision) => revision.hash === incoming.hash);
  return { kind: "updated", itemId: item.itemId, replaysOlder };
}

function latestHash(item: StoredFeedback): string | undefined {
  return item.revisions.at(-1)?.hash;
}

function hasMoment(item: StoredFeedback, incoming: IncomingFeedback): boolean {
  return item.revisions.some((revision) => isSameMoment(revision, incoming.content.createdAt));
}
