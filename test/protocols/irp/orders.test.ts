// The order webhooks on the samples and around them: placement, repeats, kept prices, cancellation, history, storage.
import { readFileSync } from "node:fs";
import { afterAll, beforeAll, expect, test } from "vitest";
import { findOrder } from "../../../src/flows/index.ts";
import { forEachEngine } from "../../support/engines.ts";
import { type IrpWorld, irpWorld } from "../../support/irp-world.ts";

const sample = (name: string): Record<string, unknown> =>
  JSON.parse(readFileSync(new URL(`samples/${name}`, import.meta.url), "utf8")) as Record<string, unknown>;

interface Placed {
  success: boolean;
  uuid?: string;
  id: string;
  publicId?: string;
  message?: string;
  errorCode?: string;
  price: number;
  deliveryPrice?: number;
  items: {
    id: string;
    configurationId: string;
    quantity: number;
    discount: number;
    subtotal: number;
    price: number;
  }[];
}

forEachEngine("the order webhooks", (engine) => {
  let world: IrpWorld;
  beforeAll(async () => {
    world = await irpWorld(engine);
  });
  afterAll(() => world.close());

  let keys = 0;
  const order = (items: readonly unknown[], more: Record<string, unknown> = {}) => {
    keys += 1;
    return { uuid: `key-${engine.name}-${keys}`, items, ...more };
  };
  const item = (configurationId: string, quantity = 1, more: Record<string, unknown> = {}) => ({
    configurationId,
    quantity,
    ...more,
  });
  const place = async (orders: readonly unknown[], top: Record<string, unknown> = {}): Promise<Placed[]> => {
    const answer = await world.send("/orders", { ...top, orders });
    expect(answer.statusCode, answer.body).toBe(200);
    return (answer.json() as { orders: Placed[] }).orders;
  };
  const placeOne = async (items: readonly unknown[], more: Record<string, unknown> = {}, top = {}) => {
    const [placed] = await place([order(items, more)], top);
    if (placed === undefined) throw new Error("nothing was answered");
    return placed;
  };
  const balance = async () => {
    const answer = await world.basket({ externalUserId: "u-104512", items: [item("333900")] });
    return (answer.json() as { bonuses: { canSpend: number } }).bonuses.canSpend;
  };

  test("70 is placed at our own price, as 75 says, and again with the same answer", async () => {
    const first = await world.send("/orders", sample("70-order-single.json"));
    const { orders } = first.json() as { orders: Placed[] };
    const expected = (sample("75-order-response-ok.json") as unknown as { orders: Placed[] })
      .orders[0] as Placed;
    const { id: _id, publicId: _public, message: _message, ...rest } = expected;
    expect(orders).toEqual([{ ...rest, id: orders[0]?.id }]);
    const again = await world.send("/orders", sample("70-order-single.json"));
    expect(again.body).toBe(first.body);
    expect(again.statusCode).toBe(200);
    const found = await findOrder(world.house, orders[0]?.id ?? "");
    expect(found?.lines.map(({ frozen }) => frozen.runs)).toEqual([
      [{ count: 1, price: 224_100, byPoints: 0, spent: 0, earned: 112 }],
      [
        { count: 1, price: 35_000, byPoints: 0, spent: 0, earned: 18 },
        { count: 1, price: 35_000, byPoints: 0, spent: 0, earned: 17 },
        { count: 1, price: 0, byPoints: 0, spent: 0, earned: 0 },
      ],
    ]);
    expect(found).toMatchObject({
      uuid: "5d0f7a30-2c1b-4b86-9c7e-0a4f3e1d9b01",
      contact: { name: "Ольга", phone: "+7 (912) 000-0012", address: "ул Малышева, д 5, кв 8" },
      steps: [{ status: "placed", side: "app" }],
    });
  });

  test("73: dirt refuses nothing, request prices count for nothing, the message tells of the code", async () => {
    const answer = await world.send("/orders", sample("73-order-dirty-data.json"));
    const [placed] = (answer.json() as { orders: Placed[] }).orders;
    expect(placed).toMatchObject({ success: true, price: 1890 });
    expect(placed?.message).toContain("промокод");
    expect(JSON.stringify(placed)).not.toContain("null");
  });

  test("other contents under the same key get the stored answer, and the bell rings", async () => {
    const first = order([item("771200")]);
    const [placed] = await place([first]);
    world.house.alarms.length = 0;
    const [again] = await place([{ ...first, items: [item("333900", 2)] }]);
    expect(again).toEqual(placed);
    expect(world.house.alarms.map(({ kind }) => kind)).toEqual(["order_contents_differ"]);
    await place([{ ...first, updatedOn: "2026-11-22", status: "processing", paymentProcessed: true }]);
    expect(world.house.alarms).toHaveLength(1);
  });

  test("each order of a call stands for itself", async () => {
    const orders = await place([
      order([item("771200")]),
      order([]),
      order([item("no such good")]),
      { items: [item("771200")] },
      order([item("771200", 2)]),
    ]);
    expect(orders.map(({ success, errorCode }) => errorCode ?? success)).toEqual([
      true,
      "no_items",
      "no_usable_line",
      "missing_uuid",
      true,
    ]);
    expect(world.house.alarms.filter(({ kind }) => kind === "delivery_unusable")).toHaveLength(1);
  });

  test("a body without orders is refused like any other, and kept", async () => {
    for (const body of [{}, { orders: [] }, { orders: "x" }, { orders: null }]) {
      const answer = await world.send("/orders", body);
      expect([answer.statusCode, (answer.json() as { success: boolean }).success]).toEqual([400, false]);
    }
    expect((await world.send("/orders", "{")).statusCode).toBe(400);
    const kept = await engine.database.read((tx) =>
      tx.rows<{ reason: string }>("select reason from delivery where route = '/irp/orders' order by id"),
    );
    expect(kept.map(({ reason }) => reason)).toContain("no_orders");
    expect(kept.map(({ reason }) => reason)).toContain("not_json");
  });

  test("what cannot be had is left out and said, the rest is sold", async () => {
    const placed = await placeOne([item("771200"), item("no such good", 1, { name: "Самовар" })]);
    expect([placed.price, placed.items.length]).toEqual([1890, 1]);
    expect(placed.message).toContain("Самовар");
  });

  test("points are held as far as goods and balance allow, and come back with the cancellation, once", async () => {
    const before = await balance();
    const placed = await placeOne([item("333900")], { externalUserId: "u-104512", authorizedBonuses: 300 });
    expect(placed.price).toBe(12_490);
    expect(await balance()).toBe(before - 300);
    const greedy = await placeOne([item("771200")], { externalUserId: "u-104512", authorizedBonuses: 1e9 });
    expect(greedy.message).toContain("Списано баллов: 567");
    expect((await findOrder(world.house, greedy.id))?.terms.differences).toEqual([
      { kind: "points_fewer", asked: 1e9, held: 567 },
    ]);
    const cancel = { id: placed.id, status: "canceled", reason: "Передумала" };
    const answers = await Promise.all([1, 2, 3].map(() => world.send("/orders/cancel", cancel)));
    for (const answer of answers) {
      expect(answer.json()).toEqual({
        success: true,
        status: "cancelled",
        message: "Заказ снят по вашей просьбе",
      });
    }
    expect(await balance()).toBe(before - 567);
    expect((await findOrder(world.house, placed.id))?.steps).toMatchObject([
      { status: "placed" },
      { status: "canceled", side: "app", reason: "Передумала" },
    ]);
    await world.send("/orders/cancel", { id: greedy.id, status: "cancelled" });
    expect(await balance()).toBe(before);
  });

  test("an anonymous buyer pays with nobody's points", async () => {
    const placed = await placeOne([item("771200")], { authorizedBonuses: 100, phone: "+79120000012" });
    expect((await findOrder(world.house, placed.id))?.order.pointsSpent).toBe(0);
  });

  test("a cancellation of nothing, of nobody's and of the unknown is told as such", async () => {
    const send = async (body: unknown) =>
      (await world.send("/orders/cancel", body)).json() as { success: boolean };
    expect(await send({ id: "no such order", status: "canceled" })).toMatchObject({ success: false });
    expect(await send({ id: "1", status: "sideways" })).toMatchObject({ success: false });
    const missing = await world.send("/orders/cancel", { status: "canceled" });
    expect([missing.statusCode, missing.json()]).toEqual([400, expect.objectContaining({ success: false })]);
  });
});
