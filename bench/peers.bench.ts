// Carts priced by our engine and by those of others, in one run and one thread, beside JSON.parse and JSON.stringify of the cart.
import { type Facts, type PromotionDocument, price } from "../src/core/pricing/index.ts";
import { facts, NOON, offer, rulesOf } from "../test/support/shop.ts";
import { installPeers, type Peer, type PeerLine, type PeerTask } from "./peer.ts";
import { medusa } from "./peer-medusa.ts";
import { jsonRules, zen } from "./peer-rules.ts";
import { vendure } from "./peer-vendure.ts";
import { cartOf, idle, matching, offersOf, wireOf } from "./priced-carts.ts";

const LINES = [1, 20, 100, 1000];
const PROMOTIONS = [10, 20, 100, 500, 5000];
/** Calls that would take longer are left out, µs. */
const LONGEST_CALL = 4_000_000;
const ROUNDS = 4;
const LEAST_MICROS = 60_000;
const WARM_MS = 50;

/**
 * Microseconds of the process's time a call, the best of some rounds. All threads count: some engines have their own,
 * and every one makes work for the collector's.
 */
async function costOf(run: () => unknown): Promise<number> {
  const warm = performance.now() + WARM_MS;
  while (performance.now() < warm) {
    const result = run();
    if (result instanceof Promise) await result;
  }
  let best = Number.POSITIVE_INFINITY;
  for (let round = 0; round < ROUNDS; round += 1) {
    const start = process.cpuUsage();
    let spent = 0;
    let calls = 0;
    for (let batch = 1; spent < LEAST_MICROS; batch = Math.min(batch * 2, 64)) {
      for (let each = 0; each < batch; each += 1) {
        const result = run();
        if (result instanceof Promise) await result;
      }
      calls += batch;
      const { user, system } = process.cpuUsage(start);
      spent = user + system;
    }
    best = Math.min(best, spent / calls);
    if (best > LEAST_MICROS) break;
  }
  return best;
}

/** Our engine in the same shape. */
function ours(offers: Facts["offers"]): Peer {
  const world: Facts = { ...facts([]), offers };
  return {
    name: "Prilavok",
    remark: "verdicts and amounts of every promotion",
    task: (lines, promotions): PeerTask => {
      const rules = rulesOf(promotions);
      const of = cartOf(lines.length);
      let total = 0;
      return {
        run: () => {
          total = price(of, rules, world, NOON, "plain").total;
        },
        total: () => total,
      };
    },
  };
}

function linesOf(count: number, offers: Facts["offers"]): PeerLine[] {
  return cartOf(count).lines.map((line) => {
    const found = offers.get(line.offerId ?? "");
    if (found === undefined) throw new Error("the cart asks for a good that does not exist");
    return {
      id: found.id,
      price: found.price,
      count: (line.quantity ?? 0) / 1000,
      categories: found.categoryIds,
      vendor: found.vendor ?? "",
    };
  });
}

/** Round prices, one percentage a category, so that no engine has anything to round or to put in an order. */
async function compareTotals(peers: readonly ((offers: Facts["offers"]) => Peer)[]): Promise<string[]> {
  const offers = facts(
    Array.from({ length: 20 }, (_, index) =>
      offer(`offer-${index}`, 100 * (index + 1), {
        categoryIds: [`category-${index}`],
        vendor: `vendor-${index}`,
      }),
    ),
  ).offers;
  const promotions = Array.from({ length: 20 }, (_, index): PromotionDocument => {
    const id = `promotion-${index}`;
    const scope = { categories: [`category-${index}`] };
    return { id, name: id, scope, then: [{ percent: 1 + index }] };
  });
  const rows: string[] = [];
  for (const peer of peers.map((make) => make(offers))) {
    const task = peer.task(linesOf(20, offers), promotions);
    await task.run();
    const total = task.total();
    rows.push(`| ${peer.name} | ${total === null ? "decides no money" : (total / 100).toFixed(2)} |`);
  }
  return rows;
}

function show(micros: number): string {
  if (Number.isNaN(micros)) return "—";
  if (micros >= 100_000) return `${(micros / 1000).toFixed(0)} ms`;
  return micros >= 1000 ? `${(micros / 1000).toFixed(1)} ms` : `${micros.toFixed(1)} µs`;
}

/** What one call cost in a cell, by which the next one's cost is foreseen. */
interface Cell {
  readonly lines: number;
  readonly promotions: number;
  readonly micros: number;
}

/** Microseconds that a call may take at worst: some engines look at all lines again for each line. */
function foreseen(before: Cell | undefined, lines: number, promotions: number): number {
  if (before === undefined) return 0;
  return before.micros * (lines / before.lines) ** 2 * (promotions / before.promotions);
}

/** Measures the whole grid; gives its rows and the costs of the cell of the goals, floor first. */
async function measureGrid(peers: readonly Peer[], offers: Facts["offers"]) {
  const rows: string[] = [];
  const last = new Map<Peer, Cell>();
  let atGoal: number[] = [];
  for (const lines of LINES) {
    const wire = wireOf(lines, offers);
    for (const promotions of PROMOTIONS) {
      const floor = await costOf(() => JSON.stringify(JSON.parse(wire)));
      const costs = [floor];
      for (const peer of peers) {
        if (foreseen(last.get(peer), lines, promotions) > LONGEST_CALL) {
          costs.push(Number.NaN);
          continue;
        }
        const task = peer.task(linesOf(lines, offers), matching(promotions));
        const micros = await costOf(() => task.run());
        last.set(peer, { lines, promotions, micros });
        costs.push(micros);
      }
      rows.push(`| ${lines} × ${promotions} | ${costs.map(show).join(" | ")} |`);
      if (lines === 20 && promotions === 20) atGoal = costs;
    }
  }
  return { rows, atGoal };
}

function goalsOf(peers: readonly Peer[], [floor = 1, own = 1, ...others]: readonly number[]): string[] {
  const rows = [`| parse + stringify of the cart | ${(own / floor).toFixed(2)} × as long | at most 1 × |`];
  const goals = [50, 50, 3];
  for (const [index, cost] of others.entries()) {
    const goal = goals[index] === undefined ? "" : `at least ${goals[index]} ×`;
    rows.push(`| ${peers[index + 1]?.name} | ${(cost / own).toFixed(1)} × faster | ${goal} |`);
  }
  return rows;
}

function quantile(values: readonly number[], share: number): number {
  return values.toSorted((left, right) => left - right)[Math.floor(values.length * share)] ?? 0;
}

/**
 * Calls with 1,000 and with 20,000 promotions that do not match, in turns; the quantiles of each turn, of which the
 * middle one counts: what a busy machine does to some turns is not what promotions cost.
 */
function idleRows(offers: Facts["offers"]): string[] {
  const world: Facts = { ...facts([]), offers };
  const of = cartOf(20);
  const sets = [1000, 20_000].map((count) => ({
    count,
    rules: rulesOf([...matching(20), ...idle(count)]),
    p50: [] as number[],
    p99: [] as number[],
  }));
  for (let turn = 0; turn < 110; turn += 1) {
    for (const { rules, p50, p99 } of sets) {
      const micros: number[] = [];
      for (let call = 0; call < 500; call += 1) {
        const started = process.hrtime.bigint();
        price(of, rules, world, NOON, "plain");
        micros.push(Number(process.hrtime.bigint() - started) / 1000);
      }
      if (turn < 10) continue;
      p50.push(quantile(micros, 0.5));
      p99.push(quantile(micros, 0.99));
    }
  }
  const middles = sets.map(({ count, p50, p99 }) => ({
    count,
    p50: quantile(p50, 0.5),
    p99: quantile(p99, 0.5),
  }));
  const rows = middles.map(
    ({ count, p50, p99 }) => `| ${count.toLocaleString("en")} | ${p50.toFixed(1)} | ${p99.toFixed(1)} |`,
  );
  const [few, many] = middles as [(typeof middles)[number], (typeof middles)[number]];
  const change = (before: number, after: number): string => `${((after / before - 1) * 100).toFixed(1)} %`;
  return [
    ...rows,
    `| change | ${change(few.p50, many.p50)} | ${change(few.p99, many.p99)} (goal: under 10 %) |`,
  ];
}

async function main(): Promise<void> {
  const offers = offersOf(1000);
  const missing = installPeers();
  const makers = [ours, ...(missing === null ? [medusa, vendure, jsonRules, zen] : [])];
  const peers = makers.map((make) => make(offers));
  const totals = await compareTotals(makers);
  const { rows, atGoal } = await measureGrid(peers, offers);
  const print = (...lines: readonly string[]): void => {
    process.stdout.write(`${lines.join("\n")}\n`);
  };
  print("## Beside other engines", "");
  if (missing !== null) print(`The engines of others could not be installed (${missing}): ours alone.`, "");
  print(
    "Time of the whole process a call, the least of some rounds, every engine in this one run on the same carts and promotions.",
    "A dash: one call would have taken over four seconds. Where they differ:",
    "",
    ...peers.map(({ name, remark }) => `- ${name}: ${remark}.`),
    "",
    `| lines × promotions | parse + stringify | ${peers.map((peer) => peer.name).join(" | ")} |`,
    `|---|---|${peers.map(() => "---|").join("")}`,
    ...rows,
    "",
    "20 lines × 20 promotions, ours against each:",
    "",
    "| | measured | goal |\n|---|---|---|",
    ...goalsOf(peers, atGoal),
    "",
    "Totals where all can agree (round prices, one percentage a good, no buy X get Y), roubles:",
    "",
    "| engine | total |\n|---|---|",
    ...totals,
    "",
    "20 lines × 20 promotions beside active promotions that do not match, µs a call:",
    "",
    "| others | p50 | p99 |\n|---|---|---|",
    ...idleRows(offers),
    "",
  );
}

await main();
