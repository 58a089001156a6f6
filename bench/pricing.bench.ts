// How fast carts are priced in one process: beside JSON.parse and JSON.stringify of the same cart, in the same run.
import { type Facts, price, type Rules } from "../src/core/pricing/index.ts";
import { facts, NOON, rulesOf } from "../test/support/shop.ts";
import { cartOf, idle, matching, measure, offersOf, wireOf } from "./priced-carts.ts";

const offers = offersOf(1000);
const world: Facts = { ...facts([]), offers };

function report(name: string, micros: number, floor: number): void {
  const perSecond = Math.round(1_000_000 / micros).toLocaleString("en");
  console.log(`| ${name} | ${micros.toFixed(1)} | ${perSecond} | ${(micros / floor).toFixed(2)} |`);
}

function rulesFor(matched: number, idleCount = 0): Rules {
  return rulesOf([...matching(matched), ...idle(idleCount)]);
}

console.log("## Pricing in process\n");
console.log("| what | µs | carts/s | × parse + stringify |\n|---|---|---|---|");
for (const [lines, promotions] of [
  [1, 10],
  [20, 20],
  [20, 100],
  [100, 100],
  [100, 500],
  [1000, 500],
] as const) {
  const wire = wireOf(lines, offers);
  const floor = measure(() => JSON.stringify(JSON.parse(wire)));
  const of = cartOf(lines);
  const rules = rulesFor(promotions);
  report(`${lines} lines: parse + stringify of ${wire.length} B`, floor, floor);
  const name = `${lines} lines × ${promotions} matching promotions`;
  report(
    `${name}, verdicts and amounts`,
    measure(() => price(of, rules, world, NOON, "plain")),
    floor,
  );
  report(
    `${name}, in full`,
    measure(() => price(of, rules, world, NOON)),
    floor,
  );
}
const floor = measure(() => JSON.stringify(JSON.parse(wireOf(20, offers))));
const of = cartOf(20);
for (const idleCount of [0, 1000, 20_000]) {
  const rules = rulesFor(20, idleCount);
  report(
    `20 lines × 20 matching and ${idleCount} others`,
    measure(() => price(of, rules, world, NOON, "plain")),
    floor,
  );
}
