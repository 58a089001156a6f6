// The order of the queue: what is worth most and runs out soonest comes first, by whole numbers that anybody can recompute.

/** What the order is made of; every part is a column of the list and of its export. */
export interface QueueItem {
  /** Order of arrival. */
  readonly seq: number;
  readonly rating: number | null;
  /** Kopecks. */
  readonly totalMinor: number | null;
  /** ms UTC; null: no clock runs. */
  readonly dueAt: number | null;
}

/** The value at risk with its three factors. */
export interface QueueValue {
  /** 5 for one star to 1 for five; 1 without stars. */
  readonly lowness: number;
  /** Whole roubles of the order, at least 1; 500 when nobody told. */
  readonly roubles: number;
  /** 1 to 8: past due 8, under an hour 7, two 6, four 5, eight 4, a day 3, later 2, no clock 1. */
  readonly haste: number;
  /** Product of the three. */
  readonly value: number;
}

const HOUR = 3_600_000;
const HASTES: readonly { readonly within: number; readonly haste: number }[] = [
  { within: 0, haste: 8 },
  { within: HOUR, haste: 7 },
  { within: 2 * HOUR, haste: 6 },
  { within: 4 * HOUR, haste: 5 },
  { within: 8 * HOUR, haste: 4 },
  { within: 24 * HOUR, haste: 3 },
];

/** Roubles of an order whose sum is not known. */
const UNKNOWN_ROUBLES = 500;

/** The value at risk at `now`. */
export function queueValue({ rating, totalMinor, dueAt }: QueueItem, now: number): QueueValue {
  const lowness = rating === null ? 1 : 6 - rating;
  const roubles = totalMinor === null ? UNKNOWN_ROUBLES : Math.max(1, Math.floor(totalMinor / 100));
  const haste = hasteOf(dueAt, now);
  return { lowness, roubles, haste, value: lowness * roubles * haste };
}

function hasteOf(dueAt: number | null, now: number): number {
  if (dueAt === null) return 1;
  return HASTES.find(({ within }) => dueAt - now <= within)?.haste ?? 2;
}

/** Sorts by value, highest first; equals by arrival, earliest first. */
export function queueOrder<Item extends QueueItem>(items: readonly Item[], now: number): Item[] {
  const valued = items.map((item) => ({ item, value: queueValue(item, now).value }));
  valued.sort((left, right) => right.value - left.value || left.item.seq - right.item.seq);
  return valued.map(({ item }) => item);
}
