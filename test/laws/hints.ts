// Section on hints of law 4: at most one for the cart and one for a line, each the nearest of those that are promised there.
import assert from "node:assert/strict";
import type { PromotionDocument, Quote, Unlock } from "../../src/core/pricing/index.ts";
import type { World } from "../support/carts.ts";
import { rulesOf } from "../support/shop.ts";
import { goodsMeant } from "./changes.ts";
import { engine, type Law, type Pricer, strictLaw } from "./law.ts";
import { actsOn, isIn } from "./membership.ts";
import { anyLockedWorld } from "./unlocks.ts";

const every = engine("every");

/** Everything that asks for something says so. */
function withHints(world: World): World {
  const promotions = world.promotions.map(
    (each): PromotionDocument => (each.when === undefined ? each : { ...each, texts: { hint: "{missing}" } }),
  );
  return { ...world, promotions };
}

/** Kopecks that the change costs about: cheapest goods of the set for units and different goods. */
function distanceOf(unlock: Unlock, { cart, facts }: World, document: PromotionDocument): number | null {
  if (unlock.kind === "add_sum") return unlock.amountMinor;
  if (unlock.kind !== "add_quantity" && unlock.kind !== "add_goods") return null;
  const goods = goodsMeant(document, unlock.path);
  const prices = cart.lines
    .filter((each) => each.selected && each.quantity !== null)
    .flatMap((each) => facts.offers.get(each.offerId ?? "") ?? [])
    .filter((each) => each.stock === null || each.stock > 0)
    .filter((each) =>
      unlock.kind === "add_quantity" && unlock.offerId !== undefined
        ? each.id === unlock.offerId
        : isIn(each, goods),
    )
    .map((each) => each.price as number);
  // Nothing of the set in the cart: a hundred roubles a unit.
  const cheapest = prices.length === 0 ? 10_000 : Math.min(...prices);
  return unlock.kind === "add_goods" ? cheapest * unlock.count : Math.round(cheapest * unlock.quantity);
}

/** It acts on everything, so that no line is nearer to it than another. */
function isOfCart({ scope, then }: PromotionDocument): boolean {
  return scope === undefined && !then.every((effect) => "kit" in effect);
}

/** Distances of all promises, by the line they belong to; -1: the cart. */
function promised(quote: Quote, world: World): Map<number, number[]> {
  const { promotions, cart, facts } = world;
  const byPlace = new Map<number, number[]>();
  for (const verdict of quote.verdicts) {
    const document = promotions.find((each) => each.id === verdict.promotionId);
    if (document?.texts === undefined || verdict.kind === "applied" || verdict.unlock === undefined) continue;
    const distance = distanceOf(verdict.unlock, world, document);
    if (distance === null) continue;
    const { unlock } = verdict;
    const named = unlock.kind === "add_quantity" ? unlock.offerId : undefined;
    const place = cart.lines.findIndex((each, index) => {
      const offer = facts.offers.get(each.offerId ?? "");
      const isCounted = quote.lines.some((line) => line.lineIndex === index && line.isCounted);
      if (offer === undefined || !isCounted) return false;
      if (named !== undefined) return offer.id === named;
      return document.scope === undefined
        ? !isOfCart(document) && actsOn(document, offer)
        : isIn(offer, document.scope);
    });
    byPlace.set(place, [...(byPlace.get(place) ?? []), distance]);
  }
  return byPlace;
}

function holdHints(given: World, pricer: Pricer): void {
  const world = withHints(given);
  const quote = pricer(world.cart, rulesOf(world.promotions), world.facts);
  const told = new Set(quote.verdicts.map(({ promotionId }) => promotionId));
  const whole = every(world.cart, rulesOf(world.promotions), world.facts);
  // Of promotions that the index passed over an answer says nothing.
  const known = { ...whole, verdicts: whole.verdicts.filter(({ promotionId }) => told.has(promotionId)) };
  const byPlace = promised(known, world);
  const spoken = [
    { place: -1, notices: quote.notices },
    ...quote.lines.flatMap((each) =>
      each.lineIndex === null ? [] : [{ place: each.lineIndex, notices: each.notices }],
    ),
  ];
  for (const { place, notices } of spoken) {
    const hints = notices.filter((notice) => notice.code === "hint");
    assert(hints.length <= 1, "one hint in one place");
    const distances = byPlace.get(place) ?? [];
    const [hint] = hints;
    if (hint === undefined) continue;
    const verdict = whole.verdicts.find((each) => each.promotionId === hint.promotionId);
    const document = world.promotions.find((each) => each.id === hint.promotionId);
    assert(
      verdict?.kind === "not_applied" && verdict.unlock !== undefined && document !== undefined,
      "a hint is a promise",
    );
    const distance = distanceOf(verdict.unlock, world, document);
    assert.equal(distance, Math.min(...distances), "the nearest");
  }
  const places = spoken.filter(({ notices }) => notices.some((notice) => notice.code === "hint"));
  const asking = quote.verdicts.filter(
    (verdict) => verdict.kind === "not_applied" && verdict.reason === "condition",
  );
  // An answer tries less than an explanation, so that it may miss one of many promises; of a single one it tells.
  if (byPlace.size > 0 && asking.length === 1) assert(places.length > 0, "a promise is told");
}

/** Hints. */
export const hints: Law<World> = strictLaw({
  number: 4,
  title: "hints: at most one for the cart and one for a line, the nearest",
  oracle: "the nearest of all promises, reckoned from the verdicts",
  size: 100_000,
  share: 0.05,
  values: anyLockedWorld,
  pricer: engine("menu"),
  hold: holdHints,
  mutants: [
    {
      name: "tells every promise",
      pricer: (cart, rules, facts) => {
        const quote = engine("menu")(cart, rules, facts);
        return {
          ...quote,
          notices: quote.notices.flatMap((notice) => (notice.code === "hint" ? [notice, notice] : [notice])),
        };
      },
    },
    {
      name: "tells the promise that it met last",
      pricer: (cart, rules, facts) => {
        const quote = engine("menu")(cart, rules, facts);
        const last = every(cart, rules, facts).verdicts.findLast(
          (verdict) => verdict.kind === "not_applied" && verdict.unlock?.kind === "add_sum",
        );
        if (last === undefined) return quote;
        const notices = quote.notices.map((notice) =>
          notice.code === "hint" ? { ...notice, promotionId: last.promotionId } : notice,
        );
        return { ...quote, notices };
      },
    },
  ],
});
