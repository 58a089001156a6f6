// The price of an order: what the shopper was shown is charged as long as it can be, and else they are told what changed.
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { findOrder, importPromotions } from "../../../src/flows/index.ts";
import { forEachEngine } from "../../support/engines.ts";
import { type IrpWorld, irpWorld } from "../../support/irp-world.ts";

interface Answer {
  totalPrice: number;
  items: { id: string; quantity: number; subtotal: number }[];
}

interface Placed {
  success: boolean;
  id: string;
  message?: string;
  price: number;
  items: { configurationId: string; quantity: number; discount: number; subtotal: number }[];
}

const item = (configurationId: string, quantity = 1) => ({ configurationId, quantity });

/** One promotion in force: a tenth off pans, and a gift with a meat grinder, each as often as `uses` says. */
const rules = (percent: number, uses?: number, id = "pans", budget = 1_000_000): string => `
promotions:
  - id: bag
    name: Bag
    when: [{ quantity: { atLeast: 1, of: { offers: ["333900"] } } }]
    then: [{ gifts: [{ offer: "990001" }] }]
${
  percent === 0
    ? ""
    : `  - id: ${id}
    name: Pans
    scope: { categories: ["310"] }
    ${uses === undefined ? "" : `limits: { uses: ${uses}, budget: ${budget} }`}
    then: [{ percent: ${percent} }]`
}
`;

forEachEngine("prices of orders", (engine) => {
  let world: IrpWorld;
  let keys = 0;
  beforeAll(async () => {
    world = await irpWorld(engine);
  });
  afterAll(() => world.close());
  const apply = async (text: string) => {
    const applied = await importPromotions(world.house, world.desk.rules, text, { note: "test" });
    if (applied.kind === "refused") throw new Error(JSON.stringify(applied));
    world.desk.rules.forget();
  };
  const basket = async (body: object): Promise<Answer> => {
    const answer = await world.basket({ installId: `phone-${keys}`, ...body });
    return answer.json() as Answer;
  };
  const place = async (order: object, top: object = {}): Promise<Placed> => {
    const body = {
      installId: `phone-${keys}`,
      ...top,
      orders: [{ uuid: `p-${engine.name}-${keys}`, ...order }],
    };
    const answer = await world.send("/orders", body);
    expect(answer.statusCode, answer.body).toBe(200);
    return (answer.json() as { orders: Placed[] }).orders[0] as Placed;
  };
  beforeEach(() => {
    keys += 1;
  });
  /** What was taken off each order of a split cart, kopecks. */
  const discountsOf = async (groupId: string): Promise<number[]> => {
    const rows = await engine.database.read((tx) =>
      tx.rows<{ off: number }>(
        "select discount_minor as off from shop_order where group_id = ? order by number",
        [groupId],
      ),
    );
    return rows.map(({ off }) => off);
  };
  /** What the counter of a promotion's limits says. */
  const takenOf = async (id: string): Promise<unknown> => {
    const rows = await engine.database.read((tx) =>
      tx.rows("select uses, spent from limit_use where promotion_id = ? and kind = 'all'", [id]),
    );
    return rows[0];
  };

  test("the price shown is the price charged, though the rules have changed since", async () => {
    await apply(rules(10));
    const shown = await basket({ items: [item("880101", 2)], deliveryId: "webhook/courier" });
    expect(shown.totalPrice).toBe(4482);
    await apply(rules(0));
    const placed = await place({ items: [item("880101"), item("880101")], delivery: "courier" });
    expect(placed).toMatchObject({ price: 4482 });
    expect(placed.message).toBeUndefined();
    expect((await findOrder(world.house, placed.id))?.terms).toMatchObject({
      isPriceKept: true,
      differences: [],
    });
  });

  test("another cart, another payment, another shopper or a later moment have a price of their own", async () => {
    const prices: number[] = [];
    const after = async (change: { order?: object; top?: object; pass?: number }) => {
      keys += 1;
      await apply(rules(10));
      await basket({ items: [item("880101")], paymentId: "webhook/card" });
      await apply(rules(0));
      world.house.pass(change.pass ?? 0);
      const order = { items: [item("880101")], payment: "webhook/card", ...change.order };
      prices.push((await place(order, change.top)).price);
    };
    await after({});
    await after({ order: { items: [item("880101"), item("771200")] } });
    await after({ order: { payment: "webhook/cash" } });
    await after({ order: { promocode: "КОФЕ15" } });
    await after({ top: { installId: "somebody else's" } });
    await after({ pass: 1_800_001 });
    expect(prices).toEqual([2241, 4380, 2490, 2490, 2490, 2490]);
  });

  test("a price that cannot be kept is told line by line", async () => {
    await apply(rules(10));
    await basket({ items: [item("880101"), item("771200")] });
    await apply(rules(0));
    world.house.pass(3_600_000);
    const placed = await place({ items: [item("880101"), item("771200")] });
    expect(placed.price).toBe(4380);
    expect(placed.message?.replaceAll("\u00a0", " ")).toContain("2 490 ₽ вместо 2 241 ₽");
    expect((await findOrder(world.house, placed.id))?.terms.differences).toEqual([
      {
        kind: "line_price",
        offerId: "880101",
        name: "Сковорода чугунная «Уралочка», 26 см",
        shownMinor: 224_100,
        chargedMinor: 249_000,
      },
      { kind: "total", shownMinor: 413_100, chargedMinor: 438_000 },
    ]);
  });

  test("gifts of the basket come back among the lines and are not charged, shown or not", async () => {
    await apply(rules(10));
    const shown = await basket({ items: [item("333900")] });
    expect(shown.items.map(({ id }) => id)).toEqual(["333900", "990001"]);
    const lines = shown.items.map(({ id, quantity }) => item(id, quantity));
    const kept = await place({ items: lines });
    expect(kept.items.map(({ configurationId, subtotal }) => [configurationId, subtotal])).toEqual([
      ["333900", 12_490],
      ["990001", 0],
    ]);
    keys += 1;
    const unseen = await place({ items: lines }, { installId: "never seen" });
    expect([unseen.price, unseen.items.length]).toEqual([12_490, 2]);
    keys += 1;
    const withoutGift = await place({ items: [item("333900")] }, { installId: "never seen either" });
    expect([withoutGift.price, withoutGift.items.length]).toEqual([12_490, 2]);
    keys += 1;
    const bought = await place(
      { items: [item("333900"), item("990001", 1), item("990001", 1)] },
      { installId: "x" },
    );
    expect(bought.price).toBe(12_640);
  });

  test("a limit that others took meanwhile is not kept: the order stands without it, and says so", async () => {
    await apply(rules(10, 1));
    const order = { items: [item("880101")] };
    await basket(order);
    keys += 1;
    await basket(order);
    expect((await place(order)).price).toBe(2241);
    keys -= 1;
    const second = await place(order);
    expect(second.price).toBe(2490);
    expect(second.message).toBeTruthy();
    keys += 2;
    expect((await basket(order)).totalPrice).toBe(2490);
    const cancelled = await world.send("/orders/cancel", {
      id: String(Number(second.id) - 1),
      status: "canceled",
    });
    expect((cancelled.json() as { success: boolean }).success).toBe(true);
    expect((await basket(order)).totalPrice).toBe(2241);
  });

  test("orders race for the last use: one has it, all are placed", async () => {
    await apply(rules(20, 1, "race"));
    const answers = await Promise.all(
      Array.from({ length: 8 }, (_, index) =>
        world.send("/orders", {
          orders: [{ uuid: `race-${engine.name}-${index}`, items: [item("880101")] }],
        }),
      ),
    );
    const prices = answers.map((answer) => (answer.json() as { orders: Placed[] }).orders[0]?.price);
    expect(prices.sort()).toEqual([1992, 2490, 2490, 2490, 2490, 2490, 2490, 2490]);
  });

  test("orders of a split cart cost together what the whole did, and are one use", async () => {
    await apply(rules(10, 1, "split"));
    const groupId = `group-${engine.name}`;
    const whole = [item("880101", 3), item("880102", 1), item("771200", 1)];
    const shown = await basket({ items: whole, groupId });
    const parts = [
      [item("880101", 1), item("771200")],
      [item("880101", 2), item("880102")],
    ];
    const answer = await world.send("/orders", {
      orders: parts.map((items, index) => ({ uuid: `part-${engine.name}-${index}`, groupId, items })),
    });
    const { orders } = answer.json() as { orders: Placed[] };
    expect(orders.reduce((sum, { price }) => sum + price, 0)).toBeCloseTo(shown.totalPrice, 2);
    const [first = 0, second = 0] = await discountsOf(groupId);
    expect(Math.min(first, second)).toBeGreaterThan(0);
    expect(await takenOf("split")).toEqual({ uses: 1, spent: first + second });
    await world.send("/orders/cancel", { id: orders[0]?.id, status: "canceled" });
    expect(await takenOf("split")).toEqual({ uses: 1, spent: second });
    await world.send("/orders/cancel", { id: orders[1]?.id, status: "canceled" });
    expect(await takenOf("split")).toEqual({ uses: 0, spent: 0 });
  });

  test("a part of a split cart takes nothing of the budget for parts that never come", async () => {
    const groupId = `alone-${engine.name}`;
    await apply(rules(0));
    const goods = { items: [item("880101", 3), item("880102")], groupId };
    const { totalPrice: gross } = await basket({ ...goods, groupId: `${groupId}-plain` });
    await apply(rules(10, 2, "alone", gross / 10));
    await basket(goods);
    await place({ items: [item("880102")], groupId });
    const [own] = await discountsOf(groupId);
    expect(await takenOf("alone")).toEqual({ uses: 1, spent: own });
    // Somebody else has what the other part would have taken.
    keys += 1;
    expect((await place({ items: [item("880101")] })).price).toBe(2241);
  });

  test("orders of a split cart that no basket told of share what they cost together", async () => {
    await apply(rules(10));
    const groupId = `unseen-${engine.name}`;
    const parts = [[item("333900")], [item("771200"), item("990001")]];
    const answer = await world.send("/orders", {
      orders: parts.map((items, index) => ({ uuid: `unseen-${engine.name}-${index}`, groupId, items })),
    });
    const { orders } = answer.json() as { orders: Placed[] };
    expect(orders.map(({ price }) => price)).toEqual([12_490, 1890]);
  });
});
