// The ways in which a shopper makes an unlocking change: the same goods, cheap and dear ones, new ones; written apart from the engine.
import { minor } from "../../src/core/money/index.ts";
import type {
  Cart,
  CartLine,
  CustomerFacts,
  Facts,
  Goods,
  Offer,
  PromotionDocument,
  Unlock,
} from "../../src/core/pricing/index.ts";
import type { World } from "../support/carts.ts";
import { PLAIN } from "../support/promotions.ts";
import { customer, line, offer } from "../support/shop.ts";
import { isIn } from "./membership.ts";

/** A cart after the change was made in one of the ways that a shopper has. */
export interface Changed {
  readonly way: string;
  readonly cart: Cart;
  readonly facts: Facts;
}

/** The set that the change speaks of: that of the condition on its path, else the promotion's scope. */
export function goodsMeant(document: PromotionDocument, path: string): Goods | undefined {
  const places = [...path.matchAll(/(when|audience|any|all)\[(\d+)\]/g)];
  let at: unknown = document;
  for (const [, key, index] of places) {
    at = (at as Record<string, readonly unknown[]>)[key as string]?.[Number(index)];
  }
  const kit = /^then\[(\d+)\]\.kit\.parts\[(\d+)\]/.exec(path);
  const effect = kit === null ? undefined : document.then[Number(kit[1])];
  if (effect !== undefined && "kit" in effect) return effect.kit.parts[Number(kit?.[2])]?.of;
  if (places.length === 0) return document.scope;
  return Object.values(at as Record<string, { of?: Goods }>)[0]?.of;
}

/** A new offer of the set, with no other marks; null where only offers of the shop can belong. */
function newOffer(id: string, price: number, goods: Goods | undefined): Offer | null {
  const made = {
    ...offer(id, 0),
    price: minor(price),
    categoryIds: goods?.categories?.slice(0, 1) ?? [],
    vendor: goods?.vendors?.[0] ?? null,
  };
  return isIn(made, goods) ? made : null;
}

const withLine = (
  { cart: asked, facts: known }: World,
  way: string,
  more: CartLine,
  sold?: Offer,
): Changed => ({
  way,
  cart: { ...asked, lines: [...asked.lines, more] },
  facts: sold === undefined ? known : { ...known, offers: new Map([...known.offers, [sold.id, sold]]) },
});

/** Goods of the set in the cart by price, the cheapest first; free ones aside. */
function ownGoods(world: World, goods: Goods | undefined): Offer[] {
  const ids = new Set(
    world.cart.lines.filter((each) => each.selected && each.quantity !== null).map((each) => each.offerId),
  );
  return world.offers
    .filter((each) => ids.has(each.id) && each.price > 0 && each.stock === null && isIn(each, goods))
    .sort((a, b) => a.price - b.price);
}

function addSum(world: World, amount: number, goods: Goods | undefined): Changed[] {
  const changed: Changed[] = [];
  for (const each of ownGoods(world, goods)) {
    const step = each.step ?? 1000;
    let count = Math.ceil((amount * 1000) / (each.price * step)) * step;
    while (Math.round((each.price * count) / 1000) < amount) count += step;
    // Nobody adds ten thousand units to reach a sum.
    if (count <= 10_000_000) changed.push(withLine(world, `more of ${each.id}`, line(each.id, count / 1000)));
  }
  const exact = newOffer("n-new", amount, goods);
  if (exact !== null) changed.push(withLine(world, "new goods for exactly it", line("n-new"), exact));
  const third = newOffer("n-third", Math.ceil(amount / 3), goods);
  if (third !== null) changed.push(withLine(world, "three new goods", line("n-third", 3), third));
  return changed;
}

function addQuantity(world: World, units: number, goods: Goods | undefined, offerId?: string): Changed[] {
  const own = ownGoods(world, goods).filter((each) => offerId === undefined || each.id === offerId);
  const changed = own.map((each) => {
    const count = each.step === null ? Math.ceil(units) : units;
    return withLine(world, `more of ${each.id}`, line(each.id, count));
  });
  const fresh = offerId === undefined ? newOffer("n-new", own[0]?.price ?? 10_000, goods) : null;
  if (fresh !== null) changed.push(withLine(world, "new goods", line("n-new", Math.ceil(units)), fresh));
  return changed;
}

function addGoods(world: World, count: number, goods: Goods | undefined): Changed[] {
  const price = ownGoods(world, goods)[0]?.price ?? 10_000;
  const has = new Set(
    world.cart.lines.filter((each) => each.selected && each.quantity !== null).map((each) => each.offerId),
  );
  const fresh = Array.from({ length: count }, (_, index) => newOffer(`n-new${index}`, price, goods));
  const others = world.offers.filter(
    (each) => PLAIN.includes(each.id as never) && !has.has(each.id) && each.price > 0 && isIn(each, goods),
  );
  const sold = fresh.every((each) => each !== null) ? fresh : others.slice(0, count);
  if (sold.length < count) return [];
  return [
    {
      way: "different goods",
      cart: { ...world.cart, lines: [...world.cart.lines, ...sold.map((each) => line(each.id))] },
      facts: {
        ...world.facts,
        offers: new Map([...world.facts.offers, ...sold.map((each) => [each.id, each] as const)]),
      },
    },
  ];
}

/** Every way to make the change. */
export function makeChange(world: World, document: PromotionDocument, unlock: Unlock): Changed[] {
  const goods = "path" in unlock ? goodsMeant(document, unlock.path) : undefined;
  switch (unlock.kind) {
    case "add_sum":
      return addSum(world, unlock.amountMinor, goods);
    case "add_quantity":
      return addQuantity(world, unlock.quantity, goods, unlock.offerId);
    case "add_goods":
      return addGoods(world, unlock.count, goods);
    case "enter_code":
      return [
        {
          way: "the code",
          cart: { ...world.cart, code: document.codes?.list?.[0] ?? null },
          facts: world.facts,
        },
      ];
    case "choose":
      return [
        {
          way: "the choice",
          cart: { ...world.cart, choices: [{ promotionId: document.id, gifts: [] }] },
          facts: world.facts,
        },
      ];
    case "sign_in": {
      const isGold = JSON.stringify(document.audience ?? []).includes("gold");
      const who: Partial<CustomerFacts> = isGold ? { tier: "gold", orderCount: 5 } : {};
      return [{ way: "signing in", cart: world.cart, facts: { ...world.facts, customer: customer(who) } }];
    }
  }
}
