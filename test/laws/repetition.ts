// Law 10: the same four values give the same quote, byte for byte, whatever was priced before.
import assert from "node:assert/strict";
import { anyWorld, type World } from "../support/carts.ts";
import { rulesOf } from "../support/shop.ts";
import { engine, type Law, type Pricer, strictLaw } from "./law.ts";

const full = engine("full");

function freeze(value: unknown): void {
  if (typeof value !== "object" || value === null || Object.isFrozen(value)) return;
  Object.freeze(value);
  for (const each of Object.values(value)) freeze(each);
}

let previous: World | null = null;

function holdRepetition(world: World, pricer: Pricer): void {
  freeze(world.cart);
  freeze(world.promotions);
  freeze([...world.facts.offers.values()]);
  const rules = rulesOf(world.promotions);
  const first = JSON.stringify(pricer(world.cart, rules, world.facts));
  if (previous !== null) pricer(previous.cart, rulesOf(previous.promotions), previous.facts);
  previous = world;
  assert.equal(JSON.stringify(pricer(world.cart, rules, world.facts)), first, "the same rules");
  assert.equal(
    JSON.stringify(pricer(world.cart, rulesOf(world.promotions), world.facts)),
    first,
    "rules compiled anew",
  );
}

let calls = 0;

/** Law 10, the part that needs no stored quotes. */
export const repetition: Law<World> = strictLaw({
  number: 10,
  title: "the same four values give the same quote, byte for byte",
  oracle: "the same again from frozen values, after another cart, with rules compiled anew",
  size: 100_000,
  share: 0.2,
  values: anyWorld,
  pricer: full,
  hold: holdRepetition,
  mutants: [
    {
      name: "remembers how many carts it priced",
      pricer: (cart, rules, facts) => {
        calls += 1;
        const quote = full(cart, rules, facts);
        return calls % 7 === 0 ? { ...quote, verdicts: [...quote.verdicts].reverse() } : quote;
      },
    },
  ],
});
