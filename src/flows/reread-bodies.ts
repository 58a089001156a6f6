// Reads the bodies of deliveries again, as today's program reads them, and mends the records that were made of them.
import { createHash } from "node:crypto";
import {
  canonicalText,
  carryOver,
  decideRating,
  type FeedbackContent,
  type OnAsked,
  type RatingGiven,
  type RatingState,
} from "../core/feedback/index.ts";
import {
  feedbackHeads,
  type KeptBody,
  lockRecord,
  mendRating,
  mendRecord,
  mendRevision,
  ratingHeads,
  ratingsWithBodies,
  revisionsWithBodies,
  type Tx,
} from "../storage/index.ts";
import type { House } from "./house.ts";

/** How the channels' bodies are read; null: a body cannot be used. */
export interface BodyReaders {
  feedback(kept: KeptBody): FeedbackContent | null;
  rating(kept: KeptBody): { readonly orderId: string; readonly given: RatingGiven } | null;
  readonly onAsked: OnAsked;
}

/** What was done. */
export interface Reread {
  /** Records and ratings that were looked at. */
  readonly records: number;
  /** Of them: what a body says now is not what was kept of it. */
  readonly mended: number;
}

/** Heads of one read. */
const HANDFUL = 200;

/** Goes through all records delivered at `since` (ms) or later. Whose body is gone stays as it is. Show them on the desk after it. */
export async function rereadBodies(house: House, since: number, readers: BodyReaders): Promise<Reread> {
  const feedback = await walk(house, since, feedbackHeads, (tx, { id }) => mendFeedback(tx, id, readers));
  const ratings = await walk(house, since, ratingHeads, (tx, { orderId }) =>
    mendRatings(tx, orderId, readers),
  );
  return { records: feedback.records + ratings.records, mended: feedback.mended + ratings.mended };
}

async function walk(
  house: House,
  since: number,
  heads: typeof feedbackHeads,
  mend: (tx: Tx, head: { readonly id: string; readonly orderId: string }) => Promise<boolean>,
): Promise<Reread> {
  let [records, mended] = [0, 0];
  for (let after = ""; ; ) {
    const start = after;
    const page = await house.database.read((tx) => heads(tx, since, start, HANDFUL));
    for (const head of page) {
      if (await house.database.transaction((tx) => mend(tx, head))) mended += 1;
    }
    records += page.length;
    const last = page.at(-1);
    if (last === undefined) return { records, mended };
    after = last.id;
  }
}

/** True: something was misread. */
async function mendFeedback(tx: Tx, itemId: string, readers: BodyReaders): Promise<boolean> {
  await lockRecord(tx, itemId);
  const revisions = await revisionsWithBodies(tx, itemId);
  let latest: FeedbackContent | null = null;
  let isMended = false;
  for (const { number, hash, content, kept } of revisions) {
    const read = kept === null ? null : readers.feedback(kept);
    // Who it belongs to was decided when it came: another order's number would make it another record.
    const isSame = read !== null && read.sourceOrderId === content.sourceOrderId;
    const now: FeedbackContent = isSame ? carryOver(read, latest) : content;
    const newHash = isSame ? createHash("sha256").update(canonicalText(read)).digest("base64url") : hash;
    if (newHash !== hash || JSON.stringify(now) !== JSON.stringify(content)) {
      await mendRevision(tx, itemId, { number, hash: newHash, content: now });
      isMended = true;
    }
    latest = now;
  }
  if (latest !== null) await mendRecord(tx, itemId, latest);
  return isMended;
}

async function mendRatings(tx: Tx, orderId: string, readers: BodyReaders): Promise<boolean> {
  const states = await ratingsWithBodies(tx, orderId);
  let before: RatingState | null = null;
  let isMended = false;
  for (const [index, { number, state, kept }] of states.entries()) {
    const read = kept === null ? null : readers.rating(kept);
    const isSame = read !== null && read.orderId === orderId;
    const now: RatingState = isSame ? decideRating(before, read.given, readers.onAsked).state : state;
    if (JSON.stringify(textOf(now)) !== JSON.stringify(textOf(state))) {
      await mendRating(tx, orderId, { number, state: now }, index === states.length - 1);
      isMended = true;
    }
    before = now;
  }
  return isMended;
}

function textOf({ stars, comment, isAsked }: RatingState): readonly unknown[] {
  return [stars, comment, isAsked];
}
