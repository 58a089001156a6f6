// Recorded calculations come out the same to the bit, also after an interruption; another engine, fact or limit is caught.
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { forEachEngine } from "../../test/support/engines.ts";
import { type IrpWorld, irpWorld } from "../../test/support/irp-world.ts";
import { randomBaskets, SAMPLE_SHOP } from "../../test/support/random-baskets.ts";
import { ENGINE_VERSION, price, type Quote } from "../core/pricing/index.ts";
import { removeCalculations, removeGoods } from "../storage/index.ts";
import { returnToVersion } from "./apply-rules.ts";
import { importPromotions } from "./import-rules.ts";
import type { Pricing } from "./judge-calculation.ts";
import { type CheckTally, newCheck, replayCalculations } from "./replay-calculations.ts";
import type { ReplayPlan, ReplayState } from "./replay-run.ts";

const CARTS = 60;

forEachEngine("a replay", (engine) => {
  let world: IrpWorld;
  let plan: ReplayPlan;

  const run = (
    state?: ReplayState<CheckTally>,
    watch?: Parameters<typeof replayCalculations>[4],
    pricing?: Pricing,
    more: Partial<ReplayPlan> = {},
  ) => replayCalculations(world.house, world.desk.rules, { ...plan, ...more }, state, watch, pricing);

  const sql = (text: string, ...values: (string | number)[]) =>
    engine.database.transaction((tx) => tx.run(text, values));

  beforeAll(async () => {
    world = await irpWorld(engine);
  });
  afterAll(() => world.close());

  beforeEach(async () => {
    await engine.database.transaction((tx) => removeCalculations(tx, Number.MAX_SAFE_INTEGER, 10_000));
    for (const body of randomBaskets(7, CARTS, SAMPLE_SHOP)) {
      world.house.pass(1);
      expect((await world.basket(body)).statusCode).toBe(200);
    }
    await world.desk.book.flush();
    const span = { from: 0, until: world.house.now() + 1, channel: null };
    plan = { span, every: 1, limit: null, worst: 5, page: 7 };
  });

  test("finds every calculation the same", async () => {
    const { taken, seen, tally } = await run();
    expect([taken, seen]).toEqual([CARTS, CARTS]);
    expect(tally.counts).toEqual({
      same: CARTS,
      differs: 0,
      engine_changed: 0,
      rules_gone: 0,
      goods_gone: 0,
      not_engine: 0,
    });
    expect(tally.worst).toEqual([]);
  });

  test("also when other rules are in force since", async () => {
    await importPromotions(world.house, world.desk.rules, "promotions: []", { note: "" });
    expect((await run()).tally.counts).toMatchObject({ same: CARTS, differs: 0 });
    await returnToVersion(world.house, world.desk.rules, null, { note: "" });
  });

  describe("catches", () => {
    const dearer: Pricing = (...asked) => {
      const quote = price(...asked);
      return { ...quote, total: (quote.total + 1) as Quote["total"] };
    };
    const failing: Pricing = (cart, ...rest) => {
      if (cart.channel === "seller") throw new Error("a fault");
      return price(cart, ...rest);
    };

    test("an engine that is one kopeck off, in every cart", async () => {
      const { tally } = await run(undefined, {}, dearer);
      expect(tally.counts).toMatchObject({ same: 0, differs: CARTS });
      expect(tally.worst).toHaveLength(5);
      for (const { answered, again } of tally.worst) expect(again).toBe(answered + 1);
    });

    test("an engine that gives the discounts to other lines, though the totals are right", async () => {
      const swapped: Pricing = (...asked) => {
        const quote = price(...asked);
        return { ...quote, lines: [...quote.lines].reverse() };
      };
      const { counts } = (await run(undefined, {}, swapped)).tally;
      expect(counts.differs).toBeGreaterThan(CARTS / 2);
    });

    test("an engine that fails, and goes on with the other carts", async () => {
      const { tally } = await run(undefined, {}, failing);
      expect(tally.counts.differs).toBeGreaterThan(0);
      expect(tally.counts.same + tally.counts.differs).toBe(CARTS);
      for (const { again } of tally.worst) expect(again).toBeNull();
    });

    test("a price that is another kopeck in one record", async () => {
      const [victim] = await engine.database.read((tx) =>
        tx.rows<{ id: string; input: string }>(
          "select id, input from calculation where input like '%,249000,%' order by id limit 1",
        ),
      );
      const changed = (victim?.input ?? "").replace(",249000,", ",249001,");
      expect(changed).not.toBe(victim?.input);
      await sql("update calculation set input = ? where id = ?", changed, victim?.id ?? "");
      const { counts, worst } = (await run()).tally;
      expect(counts).toMatchObject({ same: CARTS - 1, differs: 1 });
      expect(worst.map(({ id }) => id)).toEqual([victim?.id]);
    });

    test("what the engine of another version made apart from what this one made", async () => {
      await sql("update calculation set engine_version = '0' where channel = 'seller'");
      const { counts, worst } = (await run(undefined, {}, dearer)).tally;
      expect(counts.engine_changed).toBeGreaterThan(0);
      expect(counts.differs + counts.engine_changed).toBe(CARTS);
      expect(worst.every(({ verdict }) => verdict === "differs")).toBe(true);
      expect((await run()).tally.counts.same).toBe(CARTS);
      await sql("update calculation set engine_version = ?", ENGINE_VERSION);
    });

    test("that rules or goods are gone", async () => {
      await sql("update calculation set rules_hash = 'other' where channel = 'seller'");
      const { rules_gone, same } = (await run()).tally.counts;
      expect(rules_gone).toBeGreaterThan(0);
      expect(rules_gone + same).toBe(CARTS);
      await engine.database.transaction((tx) => removeGoods(tx, Number.MAX_SAFE_INTEGER));
      const { counts } = (await run()).tally;
      expect(counts).toMatchObject({ same: 0, rules_gone, goods_gone: CARTS - rules_gone });
      // The book relies on goods that it wrote: another one writes them anew.
      await world.close();
      world = await irpWorld(engine);
    });
  });

  describe("that was interrupted", () => {
    /** The state after the `pages`-th page, as a file would have kept it, and nothing after it. */
    async function interrupted(pages: number, pricing?: Pricing): Promise<ReplayState<CheckTally>> {
      let kept = "";
      let done = 0;
      const stop = new Error("killed");
      const onPage = (state: ReplayState<CheckTally>): void => {
        done += 1;
        if (done > pages) throw stop;
        kept = JSON.stringify(state);
      };
      await expect(run(undefined, { onPage }, pricing)).rejects.toBe(stop);
      return JSON.parse(kept) as ReplayState<CheckTally>;
    }

    test("ends as one that was not, wherever it was stopped", async () => {
      const off: Pricing = (...asked) => {
        const quote = price(...asked);
        return { ...quote, total: (quote.total + (quote.total % 7)) as Quote["total"] };
      };
      const whole = await run(undefined, {}, off);
      expect(whole.tally.counts.differs).toBeGreaterThan(5);
      for (const pages of [1, 2, 5, 8])
        expect(await run(await interrupted(pages, off), {}, off)).toEqual(whole);
    });

    test("and forgot where it stood would count carts twice", async () => {
      const state = await interrupted(3);
      const careless = await run({ ...newCheck(), taken: state.taken, tally: state.tally });
      expect(careless.taken).toBeGreaterThan(CARTS);
    });
  });

  describe("is narrowed to", () => {
    test("a channel, a time, every n-th and a number", async () => {
      const all = await run();
      const seller = await run(newCheck(), {}, price, { span: { ...plan.span, channel: "seller" } });
      const app = await run(newCheck(), {}, price, { span: { ...plan.span, channel: "app" } });
      expect(seller.taken).toBeGreaterThan(0);
      expect(seller.taken + app.taken).toBe(all.taken);
      expect((await run(newCheck(), {}, price, { every: 7 })).taken).toBe(Math.ceil(CARTS / 7));
      expect((await run(newCheck(), {}, price, { limit: 11 })).taken).toBe(11);
      expect((await run(newCheck(), {}, price, { limit: 3, every: 9 })).taken).toBe(3);
      const { until } = plan.span;
      const early = await run(newCheck(), {}, price, { span: { ...plan.span, until: until - 20 } });
      const late = await run(newCheck(), {}, price, { span: { ...plan.span, from: until - 20 } });
      expect(early.taken + late.taken).toBe(CARTS);
      expect(late.taken).toBeGreaterThan(0);
    });

    test("nothing where nothing is recorded", async () => {
      expect((await run(newCheck(), {}, price, { span: { from: 1, until: 2, channel: null } })).taken).toBe(
        0,
      );
    });
  });
});
