// What channels call feedback that was erased, as salted hashes: so that it is known when it is delivered again, and not stored.
import { createHmac, randomBytes } from "node:crypto";
import type { FeedbackContent } from "../core/feedback/index.ts";
import {
  addErasedSources,
  erasedSalt,
  isSourceErased,
  keepErasedSalt,
  sourceOfId,
  sourceOfMoment,
  sourceOfRating,
  type Tx,
} from "../storage/index.ts";

/** Bytes of the salt. */
const SALT = 32;

/** Remembers that these were erased. */
export async function rememberErased(tx: Tx, sources: readonly string[], at: number): Promise<void> {
  if (sources.length === 0) return;
  const salt = await keepErasedSalt(tx, randomBytes(SALT).toString("base64url"), at);
  await addErasedSources(tx, hashed(salt, sources), at);
}

/** Whether this feedback was erased, by its id or by its order's number and moment. */
export function isFeedbackErased(tx: Tx, source: string, content: FeedbackContent): Promise<boolean> {
  const { sourceId, sourceOrderId, createdAt } = content;
  return isErased(tx, [
    ...(sourceId === null ? [] : [sourceOfId(source, sourceId)]),
    sourceOfMoment(source, sourceOrderId, createdAt.at, createdAt.micros),
  ]);
}

/** Whether the app's rating of this order was erased. */
export function isRatingErased(tx: Tx, orderId: string): Promise<boolean> {
  return isErased(tx, [sourceOfRating(orderId)]);
}

async function isErased(tx: Tx, sources: readonly string[]): Promise<boolean> {
  const salt = await erasedSalt(tx);
  return salt !== null && isSourceErased(tx, hashed(salt, sources));
}

function hashed(salt: string, sources: readonly string[]): string[] {
  return sources.map((source) => createHmac("sha256", salt).update(source).digest("base64url"));
}
