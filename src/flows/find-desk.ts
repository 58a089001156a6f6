// Finds items of the desk: a written filter is read with the reader's day and zone, then lists and counts take it as it is.
import {
  dayOfEpoch,
  daysBetween,
  type Filter,
  type FilterContext,
  type FilterProblem,
  readFilter,
} from "../core/desk/index.ts";
import { zoneOf } from "../core/pricing/index.ts";
import {
  countDeskItems,
  type DeskPage,
  type DeskPlace,
  type DeskRecord,
  deskDishes,
  deskItem,
  deskItemsOfOrder,
  deskThread,
  employeeOfOrder,
  listDeskItems,
  type NamedDish,
  type NumberedEntry,
  type Tx,
} from "../storage/index.ts";
import { clockOf } from "./desk-policy.ts";
import type { House } from "./house.ts";
import { stemWords } from "./stem-words.ts";

/** Who reads a filter: "me", and whose day "today" is. */
export interface DeskReader {
  readonly me: string | null;
  /** IANA zone; null: the shop's. */
  readonly zone: string | null;
}

/** A filter that was read, or why not. */
export type DeskFilter =
  | { readonly kind: "filter"; readonly filter: Filter }
  | { readonly kind: "refused"; readonly problem: FilterProblem };

const EPOCH = 19_700_101;
const DAY_MS = 86_400_000;

/** Whether a zone of that name is known. */
export function isDeskZone(name: string): boolean {
  return zoneOf(name) !== null;
}

/** Reads a filter as `reader` means it, now. */
export function readDeskFilter(house: House, text: string, reader: DeskReader): DeskFilter {
  return readFilter(text, deskContext(house, reader));
}

/** What words of a filter mean to `reader` now. */
export function deskContext(house: House, { me, zone }: DeskReader): FilterContext {
  const clock = clockOf(house, zone);
  const now = house.now();
  return {
    now,
    today: dayOfEpoch(clock.wallClock(now).day),
    me,
    stems: stemWords,
    dayStart: (day) => clock.instantOf(daysBetween(EPOCH, day) * DAY_MS),
  };
}

const REASONS: { readonly [kind in FilterProblem["kind"]]: string } = {
  too_long: "The filter is longer than can be read, from here on",
  unclosed_quote: "Nothing closes this quote",
  unknown_field: "There is no such field",
  bad_value: "The field does not take this value",
  no_value: "A value is missing",
  not_signed_in: "Nobody is signed in who could be meant by me",
};

/** The problem in a sentence: what is wrong, at which character (from 1), and the words it is about. */
export function filterProblemText({ kind, at, text }: FilterProblem): string {
  return `${REASONS[kind]}: character ${at + 1}${text === "" ? "" : `, ${text}`}`;
}

/** Dishes by the number of their item. */
export type DishesBySeq = ReadonlyMap<number, readonly NamedDish[]>;

/** A page of items, with the names of their dishes. */
export interface DeskFound {
  readonly items: readonly DeskRecord[];
  readonly dishes: DishesBySeq;
  readonly next: DeskPlace | null;
}

/** One page. */
export function findDeskItems(house: House, filter: Filter, page: DeskPage): Promise<DeskFound> {
  return house.database.read(async (tx) => {
    const { items, next } = await listDeskItems(tx, filter, page);
    return {
      items,
      next,
      dishes: bySeq(
        await deskDishes(
          tx,
          items.map(({ seq }) => seq),
        ),
      ),
    };
  });
}

/** How far counts go: beyond, a rail says "10 000+". */
export const DESK_COUNT_LIMIT = 10_000;

/** How many items each filter finds, counted no further than DESK_COUNT_LIMIT; all of one moment. */
export function countDesk(house: House, filters: readonly Filter[]): Promise<number[]> {
  return house.database.read(async (tx) => {
    const counts: number[] = [];
    for (const filter of filters) counts.push(await countDeskItems(tx, filter, DESK_COUNT_LIMIT));
    return counts;
  });
}

/** An item of an order's story. */
export interface StoryItem {
  readonly item: DeskRecord;
  readonly dishes: readonly NamedDish[];
}

/** One item with all that is known around it. */
export interface DeskDetail {
  readonly item: DeskRecord;
  readonly dishes: readonly NamedDish[];
  readonly thread: readonly NumberedEntry[];
  /** See `findDeskStory`. */
  readonly story: readonly StoryItem[];
  readonly employeeId: string | null;
}

/** The item with that id; null: there is none. */
export function findDeskItem(house: House, id: string): Promise<DeskDetail | null> {
  return house.database.read(async (tx) => {
    const item = await deskItem(tx, id);
    if (item === null) return null;
    return {
      item,
      dishes: await deskDishes(tx, [item.seq]),
      thread: await deskThread(tx, id),
      story: await storyOf(tx, item.orderId),
      employeeId: await employeeOfOrder(tx, item.orderId),
    };
  });
}

/** All items of an order, in the order of arrival: the story that its channels tell. */
export function findDeskStory(house: House, orderId: string): Promise<StoryItem[]> {
  return house.database.read((tx) => storyOf(tx, orderId));
}

async function storyOf(tx: Tx, orderId: string): Promise<StoryItem[]> {
  const items = await deskItemsOfOrder(tx, orderId);
  const dishes = bySeq(
    await deskDishes(
      tx,
      items.map(({ seq }) => seq),
    ),
  );
  return items.map((item) => ({ item, dishes: dishes.get(item.seq) ?? [] }));
}

/** Groups dishes. */
export function bySeq(dishes: readonly NamedDish[]): DishesBySeq {
  const found = new Map<number, NamedDish[]>();
  for (const dish of dishes) {
    const known = found.get(dish.seq);
    if (known === undefined) found.set(dish.seq, [dish]);
    else known.push(dish);
  }
  return found;
}
