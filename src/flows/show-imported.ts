// Shows past feedback from a file on the desk: needing no reaction, without a clock, marked as imported, and told to nobody.
import {
  addDeskThread,
  addDeskWord,
  countDeskItem,
  deskItem,
  insertDeskItem,
  lockDeskOrder,
  type ToldItem,
  type Tx,
} from "../storage/index.ts";
import type { House } from "./house.ts";
import {
  type ShownFeedback,
  type ShownRating,
  settleDispute,
  tellFeedback,
  tellRating,
} from "./show-on-desk.ts";

/** The tag by which filters find what came from files. */
export const IMPORTED_TAG = "imported";

/** Shows a marketplace's feedback. */
export async function showImportedFeedback(tx: Tx, house: House, shown: ShownFeedback): Promise<void> {
  await show(tx, await tellFeedback(tx, house, shown));
}

/** Shows a rating of the app. */
export async function showImportedRating(tx: Tx, house: House, shown: ShownRating): Promise<void> {
  await show(tx, await tellRating(tx, house, shown));
}

async function show(tx: Tx, told: ToldItem): Promise<void> {
  await lockDeskOrder(tx, told.orderId);
  // Nobody answers what is long past, so it is no miss of anybody.
  const { seq } = await insertDeskItem(tx, told, { state: "no_reaction", dueAt: null });
  await addDeskWord(tx, seq, "tag", IMPORTED_TAG);
  await addDeskThread(tx, told.id, {
    at: told.receivedAt,
    actor: null,
    kind: "imported",
    body: { stars: told.rating },
  });
  await settleDispute(tx, told.orderId);
  await countDeskItem(tx, null, await deskItem(tx, told.id));
}
