// Kits: which units of the cart make up how many kits, so that the shopper saves most. Offers may fit several parts.
import type { Ledger } from "./ledger-of-units.ts";
import { rowOf } from "./row.ts";
import type { MoneyEffect } from "./rule.ts";
import type { Pool, Situation } from "./situation.ts";
import type { Slot } from "./slot.ts";

/** A kit effect. */
export type KitEffect = Extract<MoneyEffect, { kind: "kit" }>;

/** What the units in kits cost now, kopecks: by place in the slot's goods, and in all. */
export interface KitUnits {
  readonly kits: number;
  readonly worth: readonly number[];
  readonly sum: number;
}

/** Units of one pool at one price. */
interface Bundle {
  readonly place: number;
  readonly price: number;
  readonly count: number;
}

const NONE: KitUnits = { kits: 0, worth: [], sum: 0 };

/**
 * The best kits of the cart: the dearest units that fit, as many kits as pay. For so many kits the units worth most are
 * found one by one, dearest first, each taken when room can be made for it in some part (such sets of units form a
 * matroid, so greed is exact). What one more kit saves only falls, so the number is found by halving.
 */
export function bestKits(effect: KitEffect, slot: Slot, ledger: Ledger, situation: Situation): KitUnits {
  const bundles = bundlesOf(slot, ledger, situation);
  const fits = effect.parts.map(({ of: { test } }) =>
    slot.goods.map((pool) => test === null || test((situation.pools[pool] as Pool).offer)),
  );
  let most = effect.most ?? Number.MAX_SAFE_INTEGER;
  for (const [part, { units }] of effect.parts.entries()) {
    let held = 0;
    for (const { place, count } of bundles) if (fits[part]?.[place] === true) held += count;
    most = Math.min(most, Math.floor(held / units));
  }
  const ofKits = (kits: number): KitUnits | null => fill(kits, effect, bundles, fits, slot.goods.length);
  let [low, high] = [0, most];
  // Parts that share goods may not get the most at once; and more kits are worth while only as long as they save more.
  while (low < high) {
    const middle = low + Math.ceil((high - low) / 2);
    const [more, fewer] = [ofKits(middle), ofKits(middle - 1)];
    if (more !== null && gainOf(more, effect) > gainOf(fewer ?? NONE, effect)) low = middle;
    else high = middle - 1;
  }
  return low === 0 ? NONE : (ofKits(low) ?? NONE);
}

/** What the kits save, or for a percentage what it is a share of: to compare one number of kits with another. */
function gainOf({ kits, sum }: KitUnits, { price }: KitEffect): number {
  return price === null ? sum : sum - price * kits;
}

/** Units still paid for, dearest first; equal prices by offer. Goods sold by fraction make no kits. */
function bundlesOf({ goods }: Slot, ledger: Ledger, { pools }: Situation): Bundle[] {
  const bundles: Bundle[] = [];
  for (const [place, index] of goods.entries()) {
    const paid = ledger.paid[index] as number;
    if (paid === 0 || (pools[index] as Pool).isFractional) continue;
    const money = ledger.money[index] as number;
    const price = Math.floor(money / paid);
    const dear = money - price * paid;
    if (dear > 0) bundles.push({ place, price: price + 1, count: dear });
    bundles.push({ place, price, count: paid - dear });
  }
  return bundles.sort((a, b) => b.price - a.price || a.place - b.place);
}

/** The dearest units that fill so many kits; null where they cannot be filled. */
function fill(
  kits: number,
  effect: KitEffect,
  bundles: readonly Bundle[],
  fits: readonly (readonly boolean[])[],
  places: number,
): KitUnits | null {
  const room = effect.parts.map(({ units }) => units * kits);
  const used = effect.parts.map(() => rowOf(places));
  const worth = rowOf(places);
  let sum = 0;
  for (const { place, price, count } of bundles) {
    let left = count;
    while (left > 0) {
      const moved = seat(place, left, room, used, fits);
      if (moved === 0) break;
      left -= moved;
    }
    const taken = count - left;
    worth[place] = (worth[place] as number) + taken * price;
    sum += taken * price;
  }
  if (room.some((units) => units > 0)) return null;
  return { kits, worth, sum };
}

/**
 * Seats up to `count` units of a place in some part, moving seated units of other places to other parts where that makes
 * room: a shortest chain of moves. Gives how many were seated.
 */
function seat(
  place: number,
  count: number,
  room: number[],
  used: readonly number[][],
  fits: readonly (readonly boolean[])[],
): number {
  const parts = room.length;
  /** Per part: the part that units come from, and the place whose units move; -1: the new units themselves. */
  const via: ({ from: number; place: number } | null)[] = new Array(parts).fill(null);
  const queue: number[] = [];
  for (let part = 0; part < parts; part += 1) {
    if (fits[part]?.[place] !== true) continue;
    via[part] = { from: -1, place };
    queue.push(part);
  }
  for (let head = 0; head < queue.length; head += 1) {
    const part = queue[head] as number;
    if ((room[part] as number) > 0) return move(part, count, room, used, via);
    const own = used[part] as number[];
    for (let other = 0; other < parts; other += 1) {
      if (via[other] !== null) continue;
      const guest = own.findIndex((units, at) => units > 0 && fits[other]?.[at] === true);
      if (guest < 0) continue;
      via[other] = { from: part, place: guest };
      queue.push(other);
    }
  }
  return 0;
}

/** Moves units along the chain that ends in `last`, as many as all its links bear. */
function move(
  last: number,
  count: number,
  room: number[],
  used: readonly number[][],
  via: readonly ({ from: number; place: number } | null)[],
): number {
  let units = Math.min(count, room[last] as number);
  for (let part = last; part >= 0; ) {
    const { from, place } = via[part] as { from: number; place: number };
    if (from >= 0) units = Math.min(units, used[from]?.[place] as number);
    part = from;
  }
  room[last] = (room[last] as number) - units;
  for (let part = last; part >= 0; ) {
    const { from, place } = via[part] as { from: number; place: number };
    (used[part] as number[])[place] = (used[part]?.[place] as number) + units;
    if (from >= 0) (used[from] as number[])[place] = (used[from]?.[place] as number) - units;
    part = from;
  }
  return units;
}
