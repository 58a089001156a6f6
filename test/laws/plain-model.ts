// A slow plain model of what promotions take off, written from the rules as told and not from the engine: an oracle.
import type { Effect, Offer, PromotionDocument } from "../../src/core/pricing/index.ts";
import type { World } from "../support/carts.ts";
import { isIn } from "./membership.ts";
import {
  type Heap,
  halfUp,
  kitWish,
  kopecks,
  offOnly,
  rounded,
  shares,
  total,
  unitWish,
  type Wish,
} from "./plain-units.ts";

/** The ticked goods that can be bought (of which enough is left), by offer id. */
export function heapsOf({ cart, facts }: Pick<World, "cart" | "facts">): Heap[] {
  const heaps = new Map<string, { offer: Offer; quantity: number; gross: number }>();
  for (const { offerId, quantity, selected } of cart.lines) {
    const offer = facts.offers.get(offerId ?? "");
    if (offer === undefined || quantity === null || !selected) continue;
    const heap = heaps.get(offer.id) ?? { offer, quantity: 0, gross: 0 };
    heap.quantity += quantity;
    heap.gross += halfUp((offer.price * quantity) / 1000);
    heaps.set(offer.id, heap);
  }
  return [...heaps.values()]
    .filter(({ offer, quantity }) => offer.stock === null || quantity <= offer.stock)
    .sort((a, b) => (a.offer.id < b.offer.id ? -1 : 1))
    .map(({ offer, quantity, gross }) => {
      const byWeight = offer.step !== null;
      return {
        offer,
        quantity,
        gross,
        byWeight,
        money: gross,
        before: gross,
        units: byWeight ? 0 : quantity / 1000,
      };
    });
}

/** True when all conditions hold, sums after discounts measured by the money with which the layer began. */
export function allHold(promotion: PromotionDocument, heaps: readonly Heap[]): boolean {
  return (promotion.when ?? []).every((condition) => {
    if ("sum" in condition) {
      const { of, atLeast, atMost, measured } = condition.sum;
      const value = total(
        heaps
          .filter(({ offer }) => isIn(offer, of))
          .map((heap) => (measured === "list" ? heap.gross : heap.before)),
      );
      return value >= kopecks(atLeast ?? 0) && (atMost === undefined || value <= kopecks(atMost));
    }
    if ("quantity" in condition) {
      const value = total(heaps.map((heap) => (isIn(heap.offer, condition.quantity.of) ? heap.quantity : 0)));
      return value >= (condition.quantity.atLeast ?? 0) * 1000;
    }
    throw new Error("the model knows sums and quantities only");
  });
}

/** The goods that a promotion acts on. */
export function goodsOf(promotion: PromotionDocument, heaps: readonly Heap[]): Heap[] {
  const isOfKit = (offer: Offer): boolean =>
    promotion.then.every(
      (effect) => !("kit" in effect) || effect.kit.parts.some(({ of }) => isIn(offer, of)),
    );
  return heaps.filter(({ offer }) =>
    promotion.scope === undefined ? isOfKit(offer) : isIn(offer, promotion.scope),
  );
}

/** Takes off what the promotion gives, one kopeck being the least that a unit may cost. */
export function apply(promotion: PromotionDocument, heaps: readonly Heap[]): void {
  const goods = goodsOf(promotion, heaps);
  const given = goods.map(() => 0);
  for (const effect of promotion.then) {
    const room = goods.map((heap, at) => roomOf(promotion, heap, given[at] as number));
    const wish = wishOf(effect, promotion, goods, room);
    const most = kopecks(promotion.caps?.perOrder ?? 1e12) - total(given);
    let isFree = wish.map(
      (each, at) => each.isFree && each.off <= freeRoom(promotion, goods[at] as Heap, given[at] as number),
    );
    let take = wish.map(({ off }, at) => (isFree[at] ? off : Math.min(off, room[at] as number)));
    if (total(take) > most) {
      take = shares(
        most,
        take,
        take.map((each, at) => Math.min(each, room[at] as number)),
      );
      isFree = isFree.map(() => false);
    }
    for (const [at, heap] of goods.entries()) {
      heap.money -= take[at] as number;
      if (isFree[at]) heap.units -= wish[at]?.units ?? 0;
      given[at] = (given[at] as number) + (take[at] as number);
    }
  }
}

/** Most that may come off a heap by this promotion. */
function roomOf(
  { floor, caps }: PromotionDocument,
  { offer, money, units, quantity, byWeight }: Heap,
  given: number,
): number {
  const own = Math.ceil((offer.price * Math.round((floor?.percentOfPrice ?? 0) * 100)) / 10_000);
  const least = Math.max(1, kopecks(floor?.unitPrice ?? 0), own);
  const floorOfHeap = byWeight ? Math.max(1, halfUp((least * quantity) / 1000)) : least * units;
  const perUnit =
    caps?.perUnit === undefined
      ? 1e12
      : Math.floor((kopecks(caps.perUnit) * (byWeight ? quantity : units * 1000)) / 1000);
  return Math.max(0, Math.min(money - floorOfHeap, perUnit - given, kopecks(caps?.perLine ?? 1e10) - given));
}

/** The same for units that become free: the lowest price does not bind them, a floor of the promotion forbids it. */
function freeRoom(promotion: PromotionDocument, heap: Heap, given: number): number {
  const { floor, caps } = promotion;
  if (floor?.unitPrice !== undefined || floor?.percentOfPrice !== undefined) return -1;
  const perUnit = caps?.perUnit === undefined ? 1e12 : kopecks(caps.perUnit) * heap.units;
  return Math.min(perUnit - given, kopecks(caps?.perLine ?? 1e10) - given);
}

function wishOf(
  effect: Effect,
  promotion: PromotionDocument,
  goods: readonly Heap[],
  room: readonly number[],
): Wish[] {
  const share = (money: number, percent: number): number => rounded(money, percent, promotion);
  if ("percent" in effect) return goods.map(({ money }) => offOnly(share(money, effect.percent)));
  if ("fixedPrice" in effect) {
    const price = kopecks(effect.fixedPrice);
    return goods.map((heap) =>
      offOnly(
        Math.max(
          0,
          heap.money - (heap.byWeight ? halfUp((price * heap.quantity) / 1000) : price * heap.units),
        ),
      ),
    );
  }
  if ("amount" in effect) {
    const amount = kopecks(effect.amount);
    if (effect.per === "line") return goods.map(() => offOnly(amount));
    if (effect.per === "unit")
      return goods.map((heap) =>
        offOnly(heap.byWeight ? halfUp((amount * heap.quantity) / 1000) : amount * heap.units),
      );
    return shares(
      amount,
      goods.map(({ money }) => money),
      room,
    ).map(offOnly);
  }
  if ("steps" in effect) {
    const { by, levels } = effect.steps;
    const measure = total(goods.map((heap) => (by === "sum" ? heap.before : heap.quantity)));
    const scale = by === "sum" ? 100 : 1000;
    const reached = [...levels]
      .sort((a, b) => Number(a.from) - Number(b.from))
      .filter(({ from }) => measure >= Math.round(Number(from) * scale))
      .at(-1);
    if (reached === undefined) return goods.map(() => offOnly(0));
    return wishOf(
      reached.percent === undefined ? { amount: reached.amount ?? 0 } : { percent: reached.percent },
      promotion,
      goods,
      room,
    );
  }
  if ("kit" in effect) return kitWish(effect, goods, room, promotion);
  return unitWish(effect, goods, share);
}

/** Within a layer fixed prices come first, then percentages, amounts off units and lines, units and kits, amounts off the cart. */
export function turnOf({ then }: PromotionDocument): number {
  const rank = (effect: Effect): number => {
    if ("fixedPrice" in effect) return 0;
    if ("percent" in effect) return 1;
    if ("amount" in effect) return effect.per === "unit" || effect.per === "line" ? 2 : 4;
    if ("steps" in effect) return effect.steps.levels.some(({ amount }) => amount !== undefined) ? 4 : 1;
    return 3;
  };
  return Math.max(...then.map(rank));
}
