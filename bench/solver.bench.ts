// The choice of the best combination: random conflict graphs of promotions on a cart of 20 lines, how many are proven best, and in what time.
import { type Effect, type Goods, type PromotionDocument, price } from "../src/core/pricing/index.ts";
import { cart, facts, line, NOON, offer, rulesOf } from "../test/support/shop.ts";

/** Sets of the largest kind; smaller for a quick look. */
const SETS = Number(process.env["BENCH_SETS"] ?? 1000);

/** A small generator, so that every run meets the same sets. */
function randomOf(seed: number): (least: number, most: number) => number {
  let state = seed;
  return (least, most) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return least + Math.floor((state / 2 ** 32) * (most - least + 1));
  };
}

type Random = ReturnType<typeof randomOf>;

const OFFERS = 20;
const idOf = (index: number): string => `o${String(index).padStart(2, "0")}`;

/** What promotions are made of; each kind adds to those before. */
const KINDS = ["percent", "amounts and fixed prices", "n for m", "sums after discounts"] as const;

function effectOf(kind: number, random: Random): Effect {
  const draw = random(0, 99);
  if (kind === 0 || draw < 60) return { percent: random(100, 2000) / 100 };
  if (draw < 75) return { amount: random(5000, 50_000) / 100 };
  if (draw < 85) return { amount: random(100, 5000) / 100, per: "unit" };
  if (draw < 92 || kind === 1) return { fixedPrice: random(100_000, 200_000) / 100 };
  return { nForM: { take: 3, pay: 2 } };
}

function scopeOf(random: Random): Goods | undefined {
  const draw = random(0, 3);
  if (draw === 0) return undefined;
  if (draw === 1) return { categories: [`c${random(0, 3)}`] };
  if (draw === 2) return { vendors: [`v${random(0, 2)}`] };
  return { offers: Array.from({ length: 6 }, () => idOf(random(0, OFFERS - 1))) };
}

/** Promotions in conflict with a random part of the others, from a tenth to seven tenths. */
function setOf(size: number, kind: number, random: Random): PromotionDocument[] {
  const density = random(10, 70);
  const foes = Array.from({ length: size }, () => new Set<number>());
  for (let left = 0; left < size; left += 1)
    for (let right = 0; right < left; right += 1)
      if (random(0, 99) < density) {
        foes[left]?.add(right);
        foes[right]?.add(left);
      }
  return Array.from({ length: size }, (_, index) => {
    const scope = scopeOf(random);
    const friends = foes.flatMap((_, other) => (foes[index]?.has(other) === true ? [] : [`g${other}`]));
    const sum =
      kind === 3 && random(0, 9) === 0 ? { when: [{ sum: { atLeast: random(1000, 60_000) } }] } : {};
    return {
      id: `p${index}`,
      name: "Promotion",
      then: [effectOf(kind, random)],
      ...(scope === undefined ? {} : { scope }),
      ...sum,
      combining: { group: `g${index}`, with: friends, layer: random(0, 3) === 0 && kind > 1 ? 10 : 0 },
    };
  });
}

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
    const offers = Array.from({ length: OFFERS }, (_, index) =>
      offer(idOf(index), random(500, 500_000) / 100, {
        categoryIds: [`c${index % 4}`],
        vendor: `v${index % 3}`,
      }),
    );
    const asked = cart(offers.map(({ id }) => line(id, random(1, 3))));
    const rules = rulesOf(setOf(size, kind, random));
    const known = facts(offers);
    price(asked, rules, known, NOON, "plain");
    const started = performance.now();
    const quote = price(asked, rules, known, NOON, "plain");
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
