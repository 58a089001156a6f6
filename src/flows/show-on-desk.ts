// Shows on the desk what a channel has brought: one item a feedback, in the transaction that stores it.
import { type DeskState, dayOfEpoch } from "../core/desk/index.ts";
import type { FeedbackContent, RatingState } from "../core/feedback/index.ts";
import {
  addDeskThread,
  branchOfPlace,
  countDeskItem,
  type DeskBranch,
  type DeskOrder,
  type DeskRecord,
  deskItem,
  insertDeskItem,
  lockDeskOrder,
  markDisputed,
  orderOfDesk,
  retellDeskItem,
  starsOfOrder,
  type ToldItem,
  type Tx,
} from "../storage/index.ts";
import { clockOf, dueOf } from "./desk-policy.ts";
import type { House } from "./house.ts";
import { raiseAlerts } from "./raise-alerts.ts";
import { stemText } from "./stem-words.ts";

/** Channels disagree about an order when their stars are this far apart. */
const DISPUTE_STARS = 2;

/** Years that a feedback's own dates are believed in; beyond them it counts on the day it came. */
const BELIEVED = { from: 2015, to: 2035 };

const DAY_MS = 86_400_000;

/** Longest that a delivery is believed to take, ms. */
const LATE_MOST = 7 * DAY_MS;

/** A marketplace's feedback as a revision has it. */
export interface ShownFeedback {
  readonly itemId: string;
  readonly content: FeedbackContent;
  readonly receivedAt: number;
  /** Nothing leads from it to the customer any more. */
  readonly isErased?: boolean;
}

/** Shows a marketplace's feedback as its latest revision has it. */
export async function showFeedback(tx: Tx, house: House, shown: ShownFeedback): Promise<void> {
  await show(tx, house, await tellFeedback(tx, house, shown));
}

/** What a marketplace's feedback says to the desk, with what is known of its order. */
export async function tellFeedback(tx: Tx, house: House, shown: ShownFeedback): Promise<ToldItem> {
  const { itemId, content, receivedAt } = shown;
  const order = await orderOfDesk(tx, content.orderId);
  const branch = (await branchOfPlace(tx, content.placeId)) ?? order?.branch ?? null;
  const takenAt = content.takenAt?.at ?? null;
  const deliveredAt = content.deliveredAt?.at ?? null;
  const late = takenAt === null || deliveredAt === null ? null : deliveredAt - takenAt;
  const total = content.order?.total ?? null;
  return {
    id: itemId,
    source: "yandex-eats",
    orderId: content.orderId,
    sourceOrderId: content.sourceOrderId,
    branchId: branch?.id ?? null,
    rating: content.rating,
    wasAsked: false,
    comment: content.comment,
    preset: content.presetComment,
    totalMinor: total === null ? (order?.totalMinor ?? null) : kopecks(total),
    customerId: shown.isErased ? null : (order?.customerId ?? null),
    ...dayOn(
      house,
      branch,
      [order?.placedAt ?? null, takenAt, deliveredAt, content.createdAt.at],
      receivedAt,
    ),
    receivedAt,
    takenAt,
    deliveredAt,
    lateMs: late !== null && late >= 0 && late <= LATE_MOST ? late : null,
    revision: 1,
    stems: stemText(content.comment, content.presetComment),
    dishes: dishesOf(content.order?.items ?? order?.articles ?? []),
  };
}

/** The app's rating of an order as a revision has it. */
export interface ShownRating {
  readonly ratingId: string;
  readonly orderId: string;
  readonly state: RatingState;
  readonly receivedAt: number;
  /** See `ShownFeedback`. */
  readonly isErased?: boolean;
}

/** Shows the app's rating of an order as it is now. */
export async function showRating(tx: Tx, house: House, shown: ShownRating): Promise<void> {
  await show(tx, house, await tellRating(tx, house, shown));
}

/** What the app's rating says to the desk, with what is known of its order. */
export async function tellRating(tx: Tx, house: House, shown: ShownRating): Promise<ToldItem> {
  const { ratingId, orderId, state, receivedAt } = shown;
  const order: DeskOrder | null = await orderOfDesk(tx, orderId);
  // Words that were taken out are still words: shares of those with words stay what they were.
  const comment = state.wordsGone ? "" : state.comment.trim() === "" ? null : state.comment;
  return {
    id: ratingId,
    source: "app",
    orderId,
    sourceOrderId: null,
    branchId: order?.branch?.id ?? null,
    rating: state.stars,
    wasAsked: state.isAsked,
    comment,
    preset: null,
    totalMinor: order?.totalMinor ?? null,
    customerId: shown.isErased ? null : (order?.customerId ?? null),
    ...dayOn(house, order?.branch ?? null, [order?.placedAt ?? null], receivedAt),
    receivedAt,
    takenAt: null,
    deliveredAt: null,
    lateMs: null,
    revision: 1,
    stems: stemText(comment),
    dishes: dishesOf(order?.articles ?? []),
  };
}

/** Writes the item, new or told again; what it says of the order's other items follows. */
async function show(tx: Tx, house: House, told: ToldItem): Promise<void> {
  await lockDeskOrder(tx, told.orderId);
  const before = await deskItem(tx, told.id, true);
  const entry = { at: told.receivedAt, actor: null, body: { stars: told.rating } };
  if (before === null) {
    const state = stateOf(told);
    const dueAt = state === "new" ? await dueOf(tx, house, told, told.receivedAt) : null;
    const item = await insertDeskItem(tx, told, { state, dueAt });
    await addDeskThread(tx, told.id, { ...entry, kind: "received" });
    const isDisputed = await settleDispute(tx, told.orderId);
    await countDeskItem(tx, null, item);
    await raiseAlerts(tx, house, { ...item, isDisputed }, told.receivedAt);
  } else {
    const wasAsked = told.wasAsked || before.wasAsked;
    const isSame = saysSame(before, { ...told, wasAsked });
    const revision = before.revision + (isSame ? 0 : 1);
    // An answer belongs to the day of its ask: nothing but an arrival is known of either.
    const when = told.isDayOfArrival === true ? { day: before.day, hour: before.hour } : {};
    const now: ToldItem = { ...told, ...when, receivedAt: before.receivedAt, wasAsked, revision };
    const state = isSame ? before.state : stateAfter(before, now);
    const isOpened = state === "new" && before.state !== "new";
    const dueAt = isOpened ? await dueOf(tx, house, now, told.receivedAt) : before.dueAt;
    // Told word for word again, an item has not changed.
    const at = isSame && isSameBesides(before, now) ? before.changedAt : told.receivedAt;
    await retellDeskItem(tx, before.seq, now, { state, dueAt }, at);
    if (!isSame) await addDeskThread(tx, told.id, { ...entry, kind: "revised" });
    await settleDispute(tx, told.orderId);
    const after = await deskItem(tx, told.id);
    await countDeskItem(tx, before, after);
    if (!isSame && after !== null) await raiseAlerts(tx, house, after, told.receivedAt);
  }
}

/** Without stars and words there is nothing to do yet. */
export function stateOf(told: Pick<ToldItem, "rating" | "comment">): DeskState {
  return told.rating === null && told.comment === null ? "asked" : "new";
}

/** What the customer says anew opens a closed item again; people's work on an open one goes on. */
function stateAfter(before: DeskRecord, now: ToldItem): DeskState {
  return before.state === "in_progress" || before.state === "waiting" ? before.state : stateOf(now);
}

/** Whether the customer says what was said before. */
export function saysSame(before: Said, now: Said): boolean {
  return (
    before.rating === now.rating &&
    before.comment === now.comment &&
    before.preset === now.preset &&
    before.wasAsked === now.wasAsked
  );
}

/** What a customer says. */
export type Said = Pick<ToldItem, "rating" | "comment" | "preset" | "wasAsked">;

/** Whether all that is told besides the customer's words is the same too. */
function isSameBesides(before: DeskRecord, now: ToldItem): boolean {
  const dishes = (item: Pick<DeskRecord, "dishes"> | ToldItem): string =>
    JSON.stringify(item.dishes.map(({ id, stems }) => [id ?? "", stems]).sort());
  return (
    before.sourceOrderId === now.sourceOrderId &&
    before.branchId === now.branchId &&
    before.totalMinor === now.totalMinor &&
    before.customerId === now.customerId &&
    before.day === now.day &&
    before.takenAt === now.takenAt &&
    before.deliveredAt === now.deliveredAt &&
    dishes(before) === dishes(now)
  );
}

/** Marks or unmarks an order that channels disagree about; gives whether they do. */
export async function settleDispute(tx: Tx, orderId: string): Promise<boolean> {
  const channels = await starsOfOrder(tx, orderId);
  const isFar = channels.some((one) =>
    channels.some(
      (other) =>
        other !== one && one.most !== null && other.least !== null && one.most - other.least >= DISPUTE_STARS,
    ),
  );
  await markDisputed(tx, orderId, isFar);
  return isFar;
}

/** Day and hour, on the branch's clock, of the first instant that is known and believed; else of the arrival. */
function dayOn(
  house: House,
  branch: DeskBranch | null,
  instants: readonly (number | null)[],
  receivedAt: number,
): Pick<ToldItem, "day" | "hour" | "isDayOfArrival"> {
  const zone = clockOf(house, branch?.timezone ?? null);
  const whenOf = (at: number) => {
    const { day, minute } = zone.wallClock(at);
    return { day: dayOfEpoch(day), hour: Math.floor(minute / 60) };
  };
  const believed = instants.find(
    (at) => at !== null && at >= Date.UTC(BELIEVED.from, 0, 1) && at < Date.UTC(BELIEVED.to + 1, 0, 1),
  );
  return believed == null ? { ...whenOf(receivedAt), isDayOfArrival: true } : whenOf(believed);
}

function kopecks(total: number): number | null {
  const minor = Math.round(total * 100);
  return Number.isSafeInteger(minor) && minor >= 0 ? minor : null;
}

/** Each article once, by id and name. */
function dishesOf(
  items: readonly { readonly id: string | null; readonly name: string | null }[],
): ToldItem["dishes"] {
  const found = new Map<string, ToldItem["dishes"][number]>();
  for (const { id, name } of items) {
    if (id === null && name === null) continue;
    found.set(JSON.stringify([id, name]), { id: id ?? "", name: name ?? "", stems: stemText(name) });
  }
  return [...found.values()];
}
