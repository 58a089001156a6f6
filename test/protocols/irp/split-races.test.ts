// Orders of a split cart that come at the same instant: one use together, and what they cost is what the whole was shown.
import { afterAll, beforeAll, expect, test } from "vitest";
import { importPromotions } from "../../../src/flows/index.ts";
import type { Database, Tx } from "../../../src/storage/index.ts";
import { type EngineUnderTest, forEachEngine } from "../../support/engines.ts";
import { type IrpWorld, irpWorld } from "../../support/irp-world.ts";

const item = (configurationId: string, quantity = 1) => ({ configurationId, quantity });

/** A tenth off pans, for so much money. */
const rules = (id: string, budget: number): string => `
promotions:
  - id: ${id}
    name: Pans
    scope: { categories: ["310"] }
    limits: { uses: 9, budget: ${budget} }
    then: [{ percent: 10 }]
`;

/** A whole cart, its parts, and what a tenth of the whole and of a stranger's pan is, kopecks. */
const WHOLE = [item("880101", 3), item("880102")];
const PARTS = [[item("880101")], [item("880101", 2)], [item("880102")]];
const STRANGERS = 24_900;

/** What the parts cost together, what the whole was shown for, and what the counter says. */
interface Outcome {
  readonly paid: number;
  readonly shown: number;
  readonly taken: unknown;
}

forEachEngine("parts of a split cart at once", (engine) => {
  const worlds: IrpWorld[] = [];
  let gross = 0;
  const worldOn = async (database: Database): Promise<IrpWorld> => {
    const world = await irpWorld({ ...engine, database } as EngineUnderTest);
    worlds.push(world);
    return world;
  };
  let world: IrpWorld;
  beforeAll(async () => {
    world = await worldOn(engine.database);
    await apply(world, "promotions: []");
    const { totalPrice } = (await world.basket({ items: WHOLE })).json() as { totalPrice: number };
    gross = totalPrice;
  });
  afterAll(() => Promise.all(worlds.map((one) => one.close())));

  const apply = async ({ house, desk }: IrpWorld, text: string): Promise<void> => {
    const applied = await importPromotions(house, desk.rules, text, { note: "test" });
    if (applied.kind === "refused") throw new Error(JSON.stringify(applied));
    desk.rules.forget();
  };

  /** Places the parts while the promotion's counter is held, until two wait for each other or for it: on SQLite nobody ever does. */
  async function compete(shop: IrpWorld, id: string): Promise<Outcome> {
    // As much money as a stranger and the whole cart need, and not a kopeck more; uses enough to count too many.
    await apply(shop, rules(id, (STRANGERS + gross * 10) / 100));
    await shop.send("/orders", { orders: [{ uuid: `${id}-stranger`, items: [item("880101")] }] });
    const groupId = `${id}-group`;
    const shown = (await shop.basket({ items: WHOLE, groupId })).json() as { totalPrice: number };
    const place = () =>
      Promise.all(
        PARTS.map((items, index) =>
          shop.send("/orders", { orders: [{ uuid: `${id}-${index}`, groupId, items }] }),
        ),
      );
    const answers = await (engine.name === "sqlite" ? place() : counterHeld(id, place));
    const orders = answers.flatMap((answer) => (answer.json() as { orders: { price: number }[] }).orders);
    const [taken] = await engine.database.read((tx) =>
      tx.rows("select uses, spent from limit_use where promotion_id = ? and kind = 'all'", [id]),
    );
    return { paid: orders.reduce((sum, { price }) => sum + price, 0), shown: shown.totalPrice, taken };
  }

  async function counterHeld<Result>(id: string, work: () => Promise<Result>): Promise<Result> {
    const { done } = await engine.database.transaction(async (tx) => {
      await tx.rows("select 1 from limit_use where promotion_id = ? for update", [id]);
      let isOver = false;
      const done = work().finally(() => {
        isOver = true;
      });
      // In a transaction of its own each time: within one, what is going on is looked at once.
      while (!isOver && (await engine.database.read(blockedNow)) < 2)
        await new Promise((next) => setImmediate(next));
      return { done };
    });
    return done;
  }

  test("are one use and take their budget to the kopeck", async () => {
    const { paid, shown, taken } = await compete(world, "at-once");
    expect(shown).toBeCloseTo(gross * 0.9, 2);
    expect(paid).toBeCloseTo(shown, 2);
    expect(taken).toEqual({ uses: 2, spent: STRANGERS + Math.round(gross * 10) });
  });

  // On SQLite there is one writer at a time: no lock can be missing.
  if (engine.name === "postgres")
    test("mutant: parts that do not wait for each other are counted more than once", async () => {
      const careless = await worldOn(withoutHold(engine.database));
      const { taken } = await compete(careless, "careless");
      expect((taken as { uses: number }).uses).toBeGreaterThan(2);
    });
});

/** Who waits for a lock now, but for the moment that it takes to note a part. */
async function blockedNow(tx: Tx): Promise<number> {
  const rows = await tx.rows(
    `select 1 from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'
       and query not like '%insert into cart_group%'`,
  );
  return rows.length;
}

/** The database with one lock left out: that of the whole cart that parts belong to. */
function withoutHold(database: Database): Database {
  const unlocked = (sql: string): string =>
    sql.includes("cart_group") ? sql.replace(/ for update$/, "") : sql;
  const tx = (real: Tx): Tx => ({
    ...real,
    engine: real.engine,
    rows: (sql, parameters) => real.rows(unlocked(sql), parameters),
    run: (sql, parameters) => real.run(sql, parameters),
  });
  return {
    engine: database.engine,
    traits: database.traits,
    read: (work) => database.read(work),
    look: (work) => database.look(work),
    transaction: (work) => database.transaction((real) => work(tx(real))),
    onAnnounced: (listener) => database.onAnnounced(listener),
    close: () => database.close(),
  };
}
