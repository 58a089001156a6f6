// The desk made again is the desk as live intake made it, byte for byte, whatever came twice or out of order; people's work stays.
import fc from "fast-check";
import { expect, test } from "vitest";
import { reprocessFeedback, workOn } from "../../src/flows/index.ts";
import { type DeskRecord, deskItemsOfOrder, type Tx } from "../../src/storage/index.ts";
import { appSays, marketplaceSays } from "../support/desk-channels.ts";
import { forEachEngine } from "../support/engines.ts";
import { houseOver } from "../support/house.ts";

const RUNS = Number(process.env["PRILAVOK_DESK_RUNS"] ?? 25);
const SEED = 20_261_122;

/** One delivery: few orders and words, so that many repeat or revise each other, the order's time out of order with the arrival. */
const anyDelivery = fc.record({
  isApp: fc.boolean(),
  orderId: fc.constantFrom("a", "b", "c"),
  rating: fc.integer({ min: 1, max: 5 }),
  isAsking: fc.boolean(),
  comment: fc.constantFrom("", "Суп", "Холодный суп", "Late"),
  dishes: fc.constantFrom(undefined, ["Суп"], ["Суп", "Каша"], ["каша"]),
  createdAt: fc.constantFrom(0, -86_400_000),
  hasId: fc.boolean(),
});
type Delivery = typeof anyDelivery extends fc.Arbitrary<infer Value> ? Value : never;

/** Tables in the order in which they may be emptied. */
const DERIVED = ["desk_word", "desk_item_dish", "desk_thread", "desk_item", "desk_dish"];
const RECORDS = ["rating_revision", "rating", "feedback_revision", "feedback_item"];

async function empty(tx: Tx, tables: readonly string[]): Promise<void> {
  for (const table of tables) await tx.run(`delete from ${table}`);
}

/** All that the desk says, with items numbered by the order of arrival. */
async function deskText(tx: Tx): Promise<string> {
  const items = await tx.rows<{ seq: number }>("select * from desk_item order by seq");
  const ranks = new Map(items.map(({ seq }, index) => [seq, index]));
  const ranked = (rows: readonly { seq: number }[]) =>
    rows.map((row) => ({ ...row, seq: ranks.get(row.seq) }));
  const dishes = await tx.rows<{ seq: number }>(
    `select d.seq, n.dish_id, n.name, n.stems from desk_item_dish d join desk_dish n on n.id = d.dish
     order by d.seq, n.dish_id, n.name`,
  );
  const words = await tx.rows<{ seq: number }>("select * from desk_word order by seq, kind, word");
  const thread = await tx.rows("select * from desk_thread order by item_id, number");
  return JSON.stringify([ranked(items), ranked(dishes), ranked(words), thread], null, 1);
}

forEachEngine("the desk made again", (engine) => {
  const read = () => engine.database.read(deskText);

  async function deliverAll(
    house: ReturnType<typeof houseOver>,
    deliveries: readonly Delivery[],
  ): Promise<void> {
    for (const { isApp, isAsking, createdAt, hasId, ...said } of deliveries) {
      house.pass(60_000);
      if (isApp) await appSays(house, { ...said, rating: isAsking ? null : said.rating });
      else {
        const { dishes, ...rest } = said;
        await marketplaceSays(house, {
          ...rest,
          ...(dishes === undefined ? {} : { dishes }),
          comment: said.comment === "" ? null : said.comment,
          createdAt: Date.UTC(2026, 10, 4, 18) + createdAt,
          sourceId: hasId ? `f-${said.orderId}` : null,
        });
      }
    }
  }

  test(`is the same after ${RUNS} random histories, from nothing and over damaged rows`, {
    timeout: 240_000,
  }, async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(anyDelivery, { minLength: 1, maxLength: 14 }), async (deliveries) => {
        const house = houseOver(engine.database);
        await engine.database.transaction((tx) => empty(tx, [...DERIVED, ...RECORDS]));
        await deliverAll(house, deliveries);
        const live = await read();
        house.pass(3_600_000);
        await engine.database.transaction((tx) => empty(tx, DERIVED));
        await reprocessFeedback(house, 0);
        expect(await read()).toBe(live);
        await engine.database.transaction(async (tx) => {
          await tx.run(
            "update desk_item set comment = 'x', stems = ' x ', day = 20200101, rating = 3, revision = 9, is_disputed = 1 - is_disputed",
          );
          await tx.run("delete from desk_item_dish");
        });
        expect(await read()).not.toBe(live);
        await reprocessFeedback(house, 0);
        expect(await read()).toBe(live);
      }),
      { numRuns: RUNS, seed: SEED },
    );
  });

  test("keeps what people did, opens what was only asked for, and looks at nothing older than it is told", async () => {
    const house = houseOver(engine.database);
    await engine.database.transaction((tx) => empty(tx, [...DERIVED, ...RECORDS]));
    await marketplaceSays(house, { orderId: "w", rating: 1, comment: "Суп" });
    const [item] = (await engine.database.read((tx) => deskItemsOfOrder(tx, "w"))) as [DeskRecord];
    const changes = [
      { kind: "state", to: "closed" },
      { kind: "word", of: "tag", word: "cold", isOn: true },
      { kind: "note", text: "Called" },
      { kind: "assign", person: "ann" },
    ] as const;
    await workOn(house, { itemId: item.id, version: 1, actor: "ann", changes });
    const before = await read();
    house.pass(1000);
    expect(await reprocessFeedback(house, 0)).toEqual({ records: 1, added: 0 });
    expect(await read()).toBe(before);
    expect(await reprocessFeedback(house, house.now() + 1)).toEqual({ records: 0, added: 0 });
    await appSays(house, { orderId: "v", rating: 2 });
    await engine.database.transaction((tx) =>
      tx.run("update desk_item set state = 'asked', rating = null, due_at = null where order_id = 'v'"),
    );
    await reprocessFeedback(house, 0);
    const [opened] = (await engine.database.read((tx) => deskItemsOfOrder(tx, "v"))) as [DeskRecord];
    expect(opened).toMatchObject({ state: "new", rating: 2 });
    expect(opened.dueAt).not.toBeNull();
  });
});
