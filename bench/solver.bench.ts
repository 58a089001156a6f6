// The choice of the best combination: random conflict graphs of promotions on a cart of 20 lines, how many are proven best, and in what time.
import { price } from "../src/core/pricing/index.ts";
import { contestOf, KINDS, randomOf } from "../test/support/contests.ts";
import { NOON, rulesOf } from "../test/support/shop.ts";

/** Sets of the largest kind; smaller for a quick look. */
const SETS = Number(process.env["BENCH_SETS"] ?? 1000);

interface Measured {
  readonly proven: number;
  readonly gaps: readonly number[];
  readonly ms: readonly number[];
}

function measure(size: number, kind: number, sets: number): Measured {
  const random = randomOf(20_261_122 + size * 10 + kind);
  const ms: number[] = [];
  const gaps: number[] = [];
  for (let set = 0; set < sets; set += 1) {
    const { cart, facts, promotions } = contestOf(size, kind, random);
    const rules = rulesOf(promotions);
    price(cart, rules, facts, NOON, "plain");
    const started = performance.now();
    const quote = price(cart, rules, facts, NOON, "plain");
    ms.push(performance.now() - started);
    if (!quote.proof.isOptimal) gaps.push(quote.proof.gapMinor / Math.max(1, quote.total + quote.discount));
  }
  return { proven: sets - gaps.length, gaps, ms: ms.sort((a, b) => a - b) };
}

const at = (ms: readonly number[], share: number): string =>
  (ms[Math.min(ms.length - 1, Math.floor(ms.length * share))] ?? 0).toFixed(2);

console.log("## The best combination\n");
console.log(
  "Random conflict graphs, each promotion in conflict with 10 to 70 % of the others; a cart of 20 lines. Whole calculation, in process.\n",
);
console.log(
  "| promotions | of what | sets | proven best | p50 ms | p99 ms | p99.9 ms | mean gap of the rest |",
);
console.log("| --- | --- | --- | --- | --- | --- | --- | --- |");
measure(20, 2, 50);
for (const [size, kind, sets] of [
  [20, 3, SETS],
  [50, 0, SETS],
  [50, 1, SETS],
  [50, 2, SETS],
  [50, 3, SETS],
  [100, 1, Math.ceil(SETS / 10)],
] as const) {
  const { proven, gaps, ms } = measure(size, kind, sets);
  const gap =
    gaps.length === 0
      ? "-"
      : `${((gaps.reduce((a, b) => a + b, 0) / gaps.length) * 100).toFixed(1)} % of the cart`;
  const share = `${((proven / sets) * 100).toFixed(1)} %`;
  console.log(
    `| ${size} | ${KINDS.slice(0, kind + 1).join(", ")} | ${sets} | ${share} | ${at(ms, 0.5)} | ${at(ms, 0.99)} | ${at(ms, 0.999)} | ${gap} |`,
  );
}
