// Records made again from the bodies that were delivered are the same, byte for byte; what was misread is mended by them.
import fc from "fast-check";
import { expect, test } from "vitest";
import { bodyReaders } from "../../src/cli/body-readers.ts";
import { readConfig } from "../../src/config/index.ts";
import { receiveFeedback, receiveRating, reprocessFeedback, rereadBodies } from "../../src/flows/index.ts";
import { forEachEngine } from "../support/engines.ts";
import { houseOver } from "../support/house.ts";

const RUNS = 20;
const SEED = 20_261_122;

const config = readConfig({ environment: {} });
if (config.kind === "refused") throw new Error(config.problems.join());
const readers = bodyReaders(config.config);

/** Deliveries as vendors write them: repeated, revised, without an id, out of order. */
const anyDelivery = fc.record({
  isApp: fc.boolean(),
  order: fc.constantFrom("a", "b"),
  rating: fc.constantFrom(1, 3, 5, null),
  comment: fc.constantFrom("", "Суп", "Холодный суп"),
  minute: fc.constantFrom("00", "30"),
  hasId: fc.boolean(),
  hasOrder: fc.boolean(),
});
type Delivery = typeof anyDelivery extends fc.Arbitrary<infer Value> ? Value : never;

const NUMBERS = { a: "241104-123456", b: "241104-654321" } as const;

function bodyOf({ isApp, order, rating, comment, minute, hasId, hasOrder }: Delivery): string {
  if (isApp) return JSON.stringify({ id: order, rating, comment });
  return JSON.stringify({
    feedback: {
      ...(hasId ? { id: `f-${order}` } : {}),
      createdAt: `2026-11-04T18:${minute}:00.123456+00:20`,
      eatsId: NUMBERS[order as "a" | "b"],
      orderId: order,
      restaurantId: "lesnaya",
      rating: rating ?? 2,
      comment,
    },
    ...(hasOrder
      ? { orderInfo: { deliveryInfo: { clientName: "Инга" }, paymentInfo: { total: 900.5 }, items: [] } }
      : {}),
  });
}

const TABLES = [
  "desk_word",
  "desk_item_dish",
  "desk_thread",
  "desk_item",
  "rating_revision",
  "rating",
  "feedback_revision",
  "feedback_item",
  "delivery",
];

forEachEngine("records and the bodies they were read from", (engine) => {
  const everything = () =>
    engine.database.read(async (tx) => {
      const all = [];
      for (const table of TABLES) all.push(await tx.rows(`select * from ${table} order by 1, 2`));
      return JSON.stringify(all, null, 1);
    });

  async function deliver(house: ReturnType<typeof houseOver>, delivery: Delivery): Promise<void> {
    const body = Buffer.from(bodyOf(delivery));
    const kept = { body, contentType: delivery.isApp ? null : "application/json" };
    const head = { route: "/", clientId: "c", requestId: "r", ...kept };
    if (delivery.isApp) {
      const read = readers.rating(kept);
      if (read === null) throw new Error("a body of the app could not be read");
      const reading = { kind: "usable" as const, ...read, warnings: [] };
      await receiveRating(house, { ...head, channel: "irp" }, reading, readers.onAsked);
      return;
    }
    const content = readers.feedback(kept);
    if (content === null) throw new Error("a body of the marketplace could not be read");
    await receiveFeedback(
      house,
      { ...head, channel: "yandex-eats" },
      { kind: "usable", content, warnings: [] },
    );
  }

  test(`are the same after ${RUNS} random histories, and again after they were misread`, {
    timeout: 240_000,
  }, async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(anyDelivery, { minLength: 1, maxLength: 10 }), async (deliveries) => {
        const house = houseOver(engine.database);
        await engine.database.transaction(async (tx) => {
          for (const table of TABLES) await tx.run(`delete from ${table}`);
        });
        for (const delivery of deliveries) {
          house.pass(60_000);
          await deliver(house, delivery);
        }
        const live = await everything();
        expect((await rereadBodies(house, 0, readers)).mended).toBe(0);
        await reprocessFeedback(house, 0);
        expect(await everything()).toBe(live);
        // As an earlier program may have misread them.
        await engine.database.transaction(async (tx) => {
          await tx.run(
            "update feedback_revision set content = replace(content, '\"rating\":', '\"rating\":1')",
          );
          await tx.run("update feedback_item set rating = 1, content = replace(content, 'Суп', 'Cyп')");
          await tx.run("update rating_revision set comment = 'x', stars = 3");
          await tx.run("update rating set comment = 'x', stars = 3");
        });
        expect(await everything()).not.toBe(live);
        await rereadBodies(house, 0, readers);
        await reprocessFeedback(house, 0);
        expect(await everything()).toBe(live);
      }),
      { numRuns: RUNS, seed: SEED },
    );
  });

  test("whose body is gone stays as it was read then; nothing older than it is told is looked at", async () => {
    const house = houseOver(engine.database);
    await engine.database.transaction(async (tx) => {
      for (const table of TABLES) await tx.run(`delete from ${table}`);
    });
    const delivery = {
      order: "a",
      rating: 1,
      comment: "Суп",
      minute: "00",
      hasId: true,
      hasOrder: false,
    } as const;
    for (const isApp of [true, false]) await deliver(house, { ...delivery, isApp });
    const live = await everything();
    await engine.database.transaction((tx) => tx.run("update rating_revision set comment = 'y'"));
    expect(await rereadBodies(house, house.now() + 1, readers)).toEqual({ records: 0, mended: 0 });
    expect(await rereadBodies(house, 0, readers)).toEqual({ records: 2, mended: 1 });
    expect(await everything()).toBe(live);
    await engine.database.transaction(async (tx) => {
      await tx.run("update rating_revision set comment = 'y'");
      await tx.run("update delivery set body = ?", [new Uint8Array(0)]);
    });
    expect(await rereadBodies(house, 0, readers)).toEqual({ records: 2, mended: 0 });
  });
});
