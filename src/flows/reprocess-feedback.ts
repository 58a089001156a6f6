// Makes the desk again from the records it shows: fills it with what came before it existed, mends what was misread. People's work stays.
import {
  countDeskItem,
  type DeskSourceHead,
  deskItem,
  feedbackHeads,
  feedbackHistory,
  isImported,
  listRatingRevisions,
  lockDeskOrder,
  ratingHeads,
  retellDeskItem,
  type ToldItem,
  type Tx,
} from "../storage/index.ts";
import { dueOf } from "./desk-policy.ts";
import type { House } from "./house.ts";
import { showImportedFeedback, showImportedRating } from "./show-imported.ts";
import {
  saysSame,
  settleDispute,
  showFeedback,
  showRating,
  stateOf,
  tellFeedback,
  tellRating,
} from "./show-on-desk.ts";

/** What was done. */
export interface Reprocessed {
  /** Records looked at. */
  readonly records: number;
  /** Items that were not on the desk. */
  readonly added: number;
}

/** Records of one transaction: others must not wait. */
const HANDFUL = 100;

/** A record of either channel. */
interface Source extends DeskSourceHead {
  readonly isRating: boolean;
}

/** Goes through all records that were delivered at `since` (ms UTC) or later, in the order of their first arrival. */
export async function reprocessFeedback(
  house: House,
  since: number,
  onProgress: (records: number) => void = () => undefined,
): Promise<Reprocessed> {
  let done = { records: 0, added: 0 };
  let after = "";
  for (;;) {
    const sources = await house.database.read((tx) => nextSources(tx, since, after));
    const last = sources.at(-1);
    if (last === undefined) return done;
    const added = await house.database.transaction(async (tx) => {
      let count = 0;
      for (const source of sources) if (await remake(tx, house, source)) count += 1;
      return count;
    });
    done = { records: done.records + sources.length, added: done.added + added };
    after = last.id;
    onProgress(done.records);
  }
}

/** The next records of both channels: ids tell who came first, so that the desk is filled in the order of arrival. */
async function nextSources(tx: Tx, since: number, after: string): Promise<Source[]> {
  const feedback = await feedbackHeads(tx, since, after, HANDFUL);
  const ratings = await ratingHeads(tx, since, after, HANDFUL);
  return [
    ...feedback.map((head) => ({ ...head, isRating: false })),
    ...ratings.map((head) => ({ ...head, isRating: true })),
  ]
    .sort((left, right) => (left.id < right.id ? -1 : 1))
    .slice(0, HANDFUL);
}

/** True: the item was not there. */
async function remake(tx: Tx, house: House, source: Source): Promise<boolean> {
  await lockDeskOrder(tx, source.orderId);
  const before = await deskItem(tx, source.id, true);
  if (before === null) {
    await tellAll(tx, house, source);
    return true;
  }
  const states = source.isRating
    ? await toldRatings(tx, house, source)
    : await toldFeedback(tx, house, source);
  const now = lastOf(states);
  if (now === null) return false;
  const isOpened = before.state === "asked" && stateOf(now) === "new";
  const work = isOpened
    ? { state: "new" as const, dueAt: await dueOf(tx, house, now, now.receivedAt) }
    : { state: before.state, dueAt: before.dueAt };
  await retellDeskItem(tx, before.seq, now, work, before.changedAt);
  await settleDispute(tx, source.orderId);
  await countDeskItem(tx, before, await deskItem(tx, source.id));
  return false;
}

/** What came before the desk existed comes again, state by state, as it did. */
async function tellAll(tx: Tx, house: House, source: Source): Promise<void> {
  const { id, orderId, isRating, isErased } = source;
  if (await isImported(tx, id)) return tellImported(tx, house, source);
  if (isRating) {
    for (const { receivedAt, ...state } of await listRatingRevisions(tx, orderId)) {
      await showRating(tx, house, { ratingId: id, orderId, state, receivedAt, isErased });
    }
    return;
  }
  for (const { content, receivedAt } of await feedbackHistory(tx, id)) {
    await showFeedback(tx, house, { itemId: id, content, receivedAt, isErased });
  }
}

/** What came from a file is shown as it was then; what a channel has said of it since comes after. */
async function tellImported(
  tx: Tx,
  house: House,
  { id, orderId, isRating, isErased }: Source,
): Promise<void> {
  if (isRating) {
    for (const [index, { receivedAt, ...state }] of (await listRatingRevisions(tx, orderId)).entries()) {
      const show = index === 0 ? showImportedRating : showRating;
      await show(tx, house, { ratingId: id, orderId, state, receivedAt, isErased });
    }
    return;
  }
  for (const [index, { content, receivedAt }] of (await feedbackHistory(tx, id)).entries()) {
    const show = index === 0 ? showImportedFeedback : showFeedback;
    await show(tx, house, { itemId: id, content, receivedAt, isErased });
  }
}

async function toldFeedback(tx: Tx, house: House, { id, isErased }: Source): Promise<ToldItem[]> {
  const states: ToldItem[] = [];
  for (const { content, receivedAt } of await feedbackHistory(tx, id)) {
    states.push(await tellFeedback(tx, house, { itemId: id, content, receivedAt, isErased }));
  }
  return states;
}

async function toldRatings(tx: Tx, house: House, { id, orderId, isErased }: Source): Promise<ToldItem[]> {
  const states: ToldItem[] = [];
  for (const { receivedAt, ...state } of await listRatingRevisions(tx, orderId)) {
    states.push(await tellRating(tx, house, { ratingId: id, orderId, state, receivedAt, isErased }));
  }
  return states;
}

/** The last state, with how often the customer said something, and whether the channel ever asked. */
function lastOf(states: readonly ToldItem[]): ToldItem | null {
  let now: ToldItem | null = null;
  for (const told of states) {
    if (now === null) now = told;
    else {
      const wasAsked = told.wasAsked || now.wasAsked;
      const next: ToldItem = { ...told, wasAsked };
      now = { ...next, revision: now.revision + (saysSame(now, next) ? 0 : 1) };
    }
  }
  return now;
}
