// Three months of an invented shop, told through the real doors with a clock that runs fast: one place goes bad, one promotion loses money.
import { activatePoints, expirePoints, watchDesk } from "../flows/index.ts";
import type { DemoKeys } from "./demo-calls.ts";
import { Days } from "./demo-day.ts";
import type { Neighbours } from "./demo-neighbours.ts";
import { PastShop } from "./demo-past.ts";
import {
  correctPoints,
  goodsOf,
  holdFeed,
  importPastFeedback,
  loadWorld,
  makeChannelKeys,
  makeCodes,
  openEndpoints,
  refreshGoods,
  setUpDesk,
  tillOf,
} from "./demo-setup.ts";
import { BAD_PLACE, DAYS, HISTORY_DAYS, LOSER, PLACES } from "./demo-shop.ts";
import { acknowledgeAll, hire, publishLoser, type Staff, tidyDesk, workAtDesk } from "./demo-staff.ts";
import { leaveFaults, leaveTraces, leaveWaiting } from "./demo-today.ts";
import type { Installation } from "./installation.ts";
import type { Register } from "./program.ts";
import { Story } from "./story.ts";
import { Dice } from "./story-dice.ts";

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

/** Moscow's midnight by UTC: days of the shop begin there. */
const MIDNIGHT = -3 * HOUR;

/** Days for which events are delivered to the shop's other systems. */
const DELIVERED_DAYS = 6;

/** Days of which the bad place's feedback is not worked on yet. */
const LEFT_DAYS = 2;

/** What a history is told with. */
export interface HistoryParts {
  readonly installation: Installation;
  readonly keys: DemoKeys;
  readonly neighbours: Neighbours;
  readonly commands: readonly Register[];
  /** Where files of the demo may lie. */
  readonly folder: string;
}

/** What was told. */
export interface HistoryTold {
  /** Goes on telling, for whoever plays the vendors afterwards. */
  readonly story: Story;
  readonly calls: number;
  readonly imported: number;
}

/** Tells it up to now; the installation is as a server leaves it. */
export async function tellHistory(parts: HistoryParts): Promise<HistoryTold> {
  const { installation, keys, commands, folder, neighbours } = parts;
  const present = installation.house.now();
  const today = Math.floor((present - MIDNIGHT) / DAY) * DAY + MIDNIGHT;
  const shop = new PastShop(installation, keys, today - HISTORY_DAYS * DAY);
  await loadWorld(shop, commands);
  const story = new Story(20_261_121, await goodsOf(shop), Object.keys(PLACES));
  shop.at(today - DAYS.lived * DAY);
  const imported = await importPastFeedback(shop, story, shop.now);
  const staff = await hire(shop);
  await setUpDesk(shop, staff);
  await makeChannelKeys(shop);
  const days = new Days(shop, story, await tillOf(shop), await makeCodes(shop));
  // Draws of its own: what customers say must not hang on what is answered.
  const dice = new Dice(7);
  // What came in the last days from the place that went bad is still to be answered.
  const shiftOf = (ago: number) => (): Promise<void> =>
    workAtDesk(shop, staff, dice, neighbours, ago <= LEFT_DAYS ? BAD_PLACE.id : null);
  for (let ago = DAYS.lived; ago > 0; ago -= 1) {
    const start = today - ago * DAY;
    shop.at(start + 8 * HOUR);
    await eventsOf(ago, parts, shop, staff);
    await days.live(start, ago, start + DAY, shiftOf(ago));
    await endDay(shop, staff, ago);
  }
  await refreshGoods(shop, commands, folder);
  await days.live(today, 0, present - 10 * 60_000, async () => undefined);
  shop.at(present - 5 * 60_000);
  await holdFeed(shop, commands, folder);
  await leaveTraces(shop, staff, days.carts);
  await leaveWaiting(shop, staff);
  await leaveFaults(shop, neighbours);
  await shop.close();
  return { story, calls: shop.taken, imported };
}

/** What stands in the calendar of the day that began. */
async function eventsOf(
  ago: number,
  { neighbours }: HistoryParts,
  shop: PastShop,
  staff: Staff,
): Promise<void> {
  if (ago === LOSER.days) await publishLoser(shop, staff);
  if (ago === DELIVERED_DAYS) await openEndpoints(shop, neighbours);
  if (ago === 20 || ago === 4) await correctPoints(shop, staff);
}

/** The end of a day: what runs by itself does its part. */
async function endDay(shop: PastShop, staff: Staff, ago: number): Promise<void> {
  const { signal } = new AbortController();
  if (ago % 7 === 1) await tidyDesk(shop, staff);
  // Longer ago nothing was amiss, and the watch looks at no more than the last days of what it sees first.
  if (ago <= BAD_PLACE.days + 1) {
    await watchDesk(shop.house, signal);
    await acknowledgeAll(shop, staff);
  }
  await activatePoints(shop.house, signal);
  await expirePoints(shop.house, signal);
  await shop.settle();
}
