// However attempts fail, repeat and overlap: a receiver that knows ids ends in the state that the sender is in.
import { afterAll, beforeAll, expect, test } from "vitest";
import { LANE_LEASE_MS } from "../../src/flows/index.ts";
import { removeEndpoint } from "../../src/storage/index.ts";
import { forEachEngine } from "../support/engines.ts";
import { type PostOffice, postOffice, result, run } from "../support/post-office.ts";

/** Runs on SQLite; a tenth as many on PostgreSQL. The long form is 1,000. */
const RUNS = Number(process.env["PRILAVOK_EVENT_RUNS"] ?? 60);

/** Chance that can be repeated (mulberry32). */
function chanceOf(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

const ORDERS = ["a", "b", "c"];
const STEPS = ["placed", "changed", "paid", "done"];

/** A receiver that keeps the last step of each order and ignores ids that it knows. */
class Shop {
  readonly #known = new Set<string>();
  readonly state = new Map<string, string>();
  readonly steps: string[] = [];

  take(id: string, order: string, step: string): void {
    if (this.#known.has(id)) return;
    this.#known.add(id);
    this.state.set(order, step);
    this.steps.push(`${order} ${step}`);
  }
}

const FINAL = new Map(ORDERS.map((order) => [order, "done"]));

forEachEngine("shuffled runs", (engine) => {
  let office: PostOffice;
  beforeAll(() => {
    office = postOffice(engine.database);
  });
  afterAll(() => office.clear());

  /** Two instances with calls that fail, arrive without an answer, or never end. */
  const deliver = async (endpoint: string, chance: () => number): Promise<Shop> => {
    const shop = new Shop();
    const post = (isMortal: boolean): Parameters<PostOffice["courier"]>[0] => {
      return async (_endpoint, { event, attempts }) => {
        const { order, step } = JSON.parse(event.body) as { order: string; step: string };
        // The schedule ends some day: after a few attempts the world is kind.
        const luck = attempts < 4 ? chance() : 1;
        if (luck < 0.2) return result("connection_reset");
        shop.take(event.id, order, step);
        if (luck < 0.35) return result("timeout");
        if (luck < 0.4 && isMortal) return new Promise(() => undefined);
        return result("delivered");
      };
    };
    const lasting = office.courier(post(false), chance);
    for (let look = 0; look < 40 && shop.steps.length < ORDERS.length * STEPS.length; look += 1) {
      const mortal = office.courier(post(true), chance);
      await Promise.all(chance() < 0.5 ? [mortal.look(), run(lasting)] : [run(lasting)]);
      office.house.pass(Math.ceil(LANE_LEASE_MS * (1 + 100 * chance())));
    }
    await engine.database.transaction((tx) => removeEndpoint(tx, endpoint));
    return shop;
  };

  const runs = engine.name === "sqlite" ? RUNS : Math.ceil(RUNS / 10);
  test(`${runs} runs end in the state of the sender, step by step`, { timeout: 1_800_000 }, async () => {
    for (let seed = 1; seed <= runs; seed += 1) {
      const chance = chanceOf(seed);
      const endpoint = `run-${seed}`;
      await office.endpoint(endpoint);
      for (const step of STEPS) {
        for (const order of ORDERS) {
          await office.note(`${seed}-${order}`, { body: { order, step } });
        }
      }
      const shop = await deliver(endpoint, chance);
      expect(shop.state, `seed ${seed}`).toEqual(FINAL);
      for (const order of ORDERS) {
        const seen = shop.steps.filter((step) => step.startsWith(`${order} `));
        expect(seen, `seed ${seed}`).toEqual(STEPS.map((step) => `${order} ${step}`));
      }
    }
  });
});

test("a sender that does not wait for the earlier event of an order is caught", () => {
  let wrong = 0;
  for (let seed = 1; seed <= 100; seed += 1) {
    const chance = chanceOf(seed);
    const shop = new Shop();
    let waiting = STEPS.flatMap((step) => ORDERS.map((order) => ({ order, step })));
    while (waiting.length > 0) {
      const failed: typeof waiting = [];
      for (const event of waiting) {
        if (chance() < 0.2) failed.push(event);
        else shop.take(`${event.order} ${event.step}`, event.order, event.step);
      }
      waiting = failed;
    }
    if (ORDERS.some((order) => shop.state.get(order) !== "done")) wrong += 1;
  }
  expect(wrong).toBeGreaterThan(20);
});
