// Random carts as a person writes them on the page that tries carts, the same ones for the same seed.
import type { TriedCart } from "../../src/console/pages/playground/engine.ts";
import { chanceOf, DEMO_SHOP } from "./random-baskets.ts";

/** A cart, who is supposed to buy it, and the rules that it is tried under. */
export interface WrittenTry {
  readonly cart: TriedCart;
  readonly supposed?: Readonly<Record<string, unknown>>;
  readonly rules: { readonly version?: number; readonly draftId?: string };
}

const WEIGHED = ["1103", "1601", "1602", "1102"];
const MOMENTS = ["2026-11-21T19:30", "2026-11-23T09:00:00Z", "2026-12-31", "2027-06-01T12:00"];

/** `count` of them over the demo world; `rules`: what they may be tried under. */
export function writtenCarts(
  seed: number,
  count: number,
  rules: readonly WrittenTry["rules"][],
): WrittenTry[] {
  const chance = chanceOf(seed);
  const whole = (below: number): number => Math.floor(chance() * below);
  const one = <Value>(of: readonly Value[]): Value => of[whole(of.length)] as Value;
  const line = () => {
    const offer = chance() < 0.03 ? "gone-from-the-shop" : one([...DEMO_SHOP.offers, ...WEIGHED]);
    const quantity = chance() < 0.2 ? (1 + whole(3500)) / 1000 : 1 + whole(7);
    const plain = { offer, quantity, ...(chance() < 0.1 ? { selected: false } : {}) };
    if (chance() >= 0.2) return plain;
    return {
      ...plain,
      addons: Array.from({ length: 1 + whole(2) }, () => one(["1501", "3003", "2101", "gone"])),
    };
  };
  const menu = [
    { promotion: "instead-500" },
    { promotion: "gift-spices", gifts: [{ offer: one(["3003", "3004"]) }] },
    { promotion: "no-such-promotion" },
  ];
  const cart = (): TriedCart => ({
    lines: Array.from({ length: 1 + whole(9) }, line),
    ...(chance() < 0.4 ? { code: one([...DEMO_SHOP.codes, "нет-такого"]) } : {}),
    ...(chance() < 0.3 ? { choices: [one(menu)] } : {}),
    ...(chance() < 0.3 ? { points: whole(900) } : {}),
    ...(chance() < 0.2 ? { channel: "seller" as const, employee: "0042" } : {}),
    ...(chance() < 0.3 ? { outlet: one(DEMO_SHOP.outlets) } : {}),
    ...(chance() < 0.3 ? { delivery: one(["courier", "pickup"]), payment: one(["card", "cash"]) } : {}),
    ...(chance() < 0.2 ? { city: one(["Москва", "Екатеринбург"]) } : {}),
    ...(chance() < 0.5 ? { at: one(MOMENTS) } : {}),
  });
  const supposed = () => ({
    segments: chance() < 0.5 ? [one(["new", "regular", "staff"])] : [],
    ...(chance() < 0.5 ? { tier: one(["gold", "silver"]) } : {}),
    ...(chance() < 0.5 ? { orderCount: whole(3) } : {}),
    ...(chance() < 0.5 ? { balancePoints: whole(2000), birthday: "11-22" } : {}),
    ...(chance() < 0.3 ? { spentMinor: whole(3_000_000) } : {}),
  });
  return Array.from({ length: count }, () => {
    const who = chance();
    return {
      cart: { ...cart(), ...(who < 0.5 ? { customer: one(DEMO_SHOP.customers) } : {}) },
      ...(who > 0.75 ? { supposed: supposed() } : {}),
      rules: one(rules),
    };
  });
}
