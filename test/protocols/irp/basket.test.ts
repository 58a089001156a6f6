// How baskets behave beyond the samples: what cannot be sold, whose ids count, what settings change, and what is told.
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { quantity } from "../../../src/core/money/index.ts";
import { price } from "../../../src/core/pricing/index.ts";
import { importPromotions, readCalculation } from "../../../src/flows/index.ts";
import { publishStock, writeStock, writeStockOutlets } from "../../../src/storage/index.ts";
import { type EngineUnderTest, forEachEngine } from "../../support/engines.ts";
import { type Answer, echoOf, essence, expectInvariants } from "../../support/irp-answer.ts";
import { type Difference, type IrpWorld, irpWorld } from "../../support/irp-world.ts";

const item = (configurationId: unknown, count: unknown = 1, more: Record<string, unknown> = {}) => ({
  configurationId,
  quantity: count,
  ...more,
});

/** A shop for the suite that calls it, and its answers, each checked against the invariants. */
function shop(engine: EngineUnderTest, difference: Difference = {}) {
  let world: IrpWorld;
  beforeAll(async () => {
    world = await irpWorld(engine, difference);
  });
  afterAll(() => world.close());
  return {
    get world() {
      return world;
    },
    price: async (body: Record<string, unknown>): Promise<Answer> => {
      const answer = await world.basket(body);
      expect(answer.statusCode, answer.body).toBe(200);
      const parsed = answer.json() as Answer;
      expectInvariants(parsed);
      const again = await world.basket(echoOf(body, parsed));
      expect(essence(again.json() as Answer)).toEqual(essence(parsed));
      return parsed;
    },
  };
}

forEachEngine("what cannot be sold", (engine) => {
  const usual = shop(engine);
  const soft = shop(engine, { settings: { unavailableLine: "notice", language: "en" } });

  test("an unknown offer comes back under its name with an error, unticked, and costs nothing", async () => {
    const { items, totalPrice } = await usual.price({
      items: [item("771200"), item("no-such", 3, { name: "Старый товар", price: 500 })],
    });
    expect(totalPrice).toBe(1890);
    expect(items[1]).toEqual({
      id: "no-such",
      name: "Старый товар",
      price: 0,
      quantity: 3,
      discount: 0,
      subtotal: 0,
      error: "Товара больше нет в каталоге.",
      canBePurchased: false,
      selected: false,
    });
  });

  test("by setting it is only noted", async () => {
    const { items } = await soft.price({ items: [item("no-such")] });
    expect(items[0]).toMatchObject({ notice: "The product is no longer in the catalogue.", selected: false });
    expect(items[0]).not.toHaveProperty("error");
  });

  test.each([[0], [-2], ["abc"], [null], [1e300]])(
    "a quantity of %j is an error on its line",
    async (count) => {
      const { items, totalPrice } = await usual.price({ items: [item("771200", count), item("620415")] });
      expect(items[0]).toMatchObject({ quantity: 0, subtotal: 0, canBePurchased: false });
      expect(items[0]?.error).toBe("Укажите количество.");
      expect(totalPrice).toBe(350);
    },
  );

  test("an absurd quantity is an error, and nothing overflows", async () => {
    const { items, totalPrice } = await usual.price({ items: [item("333900", 1e9), item("620415")] });
    expect(items[0]).toMatchObject({ price: 0, subtotal: 0, canBePurchased: false });
    expect(items[0]?.error).toMatch(/не больше/);
    expect(totalPrice).toBe(350);
  });

  test("entries that name nothing are mentioned once", async () => {
    const answer = await usual.price({ items: [null, { quantity: 1 }, item("771200")] });
    expect(answer.items).toHaveLength(1);
    expect(answer["notice"]).toBe("Некоторые товары не удалось распознать.");
  });
});

forEachEngine("goods are found", (engine) => {
  const usual = shop(engine);
  const first = async (line: Record<string, unknown>, more: Record<string, unknown> = {}) =>
    (await usual.price({ items: [{ quantity: 1, ...line }], ...more })).items[0];

  test.each([
    [
      "by the app's id before all others",
      { configurationId: "771200", privateId: "620415", id: "450078" },
      1890,
    ],
    [
      "by the private id where that is unknown",
      { configurationId: "x", privateId: "620415", id: "450078" },
      350,
    ],
    ["by the product's id where both are", { configurationId: "x", privateId: "y", id: "450078" }, 1590],
    ["by a card that has one offer", { configurationId: "x", id: "771200" }, 1890],
  ])("%s", async (_, line, price) => {
    expect(await first(line)).toMatchObject({ id: line.configurationId, price });
  });

  test("a card with two offers is none of them", async () => {
    expect(await first({ configurationId: "x", id: "8801" })).toMatchObject({ canBePurchased: false });
  });

  test("without an id of the app's own the answer names the offer", async () => {
    expect(await first({ privateId: 620415 })).toMatchObject({ id: "620415", price: 350 });
  });

  test("the seller's app: private id first, the app's id only without one, the product's never", async () => {
    const seller = { outletId: "007" };
    expect(await first({ configurationId: "771200", privateId: "620415" }, seller)).toMatchObject({
      id: "771200",
      price: 350,
    });
    expect(await first({ configurationId: "771200", privateId: "gone" }, seller)).toMatchObject({
      price: 1890,
    });
    expect(await first({ configurationId: "771200" }, seller)).toMatchObject({ price: 1890 });
    expect(await first({ configurationId: "x", id: "771200" }, seller)).toMatchObject({
      canBePurchased: false,
    });
    const nameless = await usual.world.basket({ items: [{ id: "771200", quantity: 1 }], ...seller });
    expect(nameless.json().items[0]).toMatchObject({ canBePurchased: false });
  });

  test("equal goods on two lines stay two lines and count together", async () => {
    const lines = [item("620415", 2, { itemKitId: "a" }), item("620415", 1, { itemKitId: "b" })];
    const { items, discount } = await usual.price({ items: lines });
    expect(items.map((line) => [line["itemKitId"], line.quantity])).toEqual([
      ["a", 2],
      ["b", 1],
    ]);
    expect(discount).toBe(350);
  });
});

forEachEngine("stock", (engine) => {
  const usual = shop(engine);
  const clamping = shop(engine, { cart: { shortStock: "clamp" } });
  beforeAll(async () => {
    await engine.database.transaction(async (tx) => {
      await writeStockOutlets(tx, 1, ["o"]);
      const none = { outletId: "o", price: null, oldPrice: null };
      await writeStock(tx, 1, [
        { ...none, offerId: "771200", quantity: quantity(2000) },
        { ...none, offerId: "333900", quantity: quantity(0) },
        { ...none, offerId: "450033", quantity: quantity(250) },
      ]);
      await publishStock(tx, 1);
    });
    usual.world.house.pass(2000);
  });

  test("too much is an error on its line that keeps quantity and tick", async () => {
    const { items, totalPrice } = await usual.price({ items: [item("771200", 3), item("620415")] });
    expect(items[0]).toMatchObject({
      quantity: 3,
      price: 1890,
      subtotal: 5670,
      error: "Осталось только 2.",
      canBePurchased: false,
      selected: true,
    });
    expect(totalPrice).toBe(350);
  });

  test("by setting the quantity is lowered with a notice, over lines and by steps", async () => {
    const { items, totalPrice } = await clamping.price({
      items: [item("771200", 1), item("771200", 5), item("771200", 1), item("450033", 0.4), item("333900")],
    });
    expect(
      items.map(({ quantity: count, selected, notice, error }) => [count, selected, notice ?? error]),
    ).toEqual([
      [1, true, undefined],
      [1, true, "Осталось только 1: количество уменьшено."],
      [1, false, "Товара нет в наличии."],
      [0.2, true, "Осталось только 0,2: количество уменьшено."],
      [1, true, "Товара нет в наличии."],
    ]);
    expect(totalPrice).toBe(1890 * 2 + 149.98);
  });
});

forEachEngine("settings and words", (engine) => {
  const english = shop(engine, {
    settings: {
      language: "en",
      promocodeStatus: "always",
      promocodeErrorMessage: true,
      priceNotice: true,
      extraServicesInTotal: true,
      giftCardsInTotal: true,
    },
  });

  test("the status of a code for every code sent, with the reason", async () => {
    const unknown = await english.price({ items: [item("771200")], promocode: "НЕТ" });
    expect(unknown).toMatchObject({
      promocodeStatus: "notFound",
      promocodeErrorMessage: "There is no such promo code.",
      notice: "There is no such promo code.",
    });
    const good = await english.price({ items: [item("450078")], promocode: "кофе15" });
    expect(good).toMatchObject({ promocodeStatus: "success", appliedPromocode: "кофе15" });
    expect(good).not.toHaveProperty("promocodeErrorMessage");
  });

  test("another price than the app's is mentioned, a gift's zero is not", async () => {
    const changed = await english.price({ items: [item("771200", 1, { price: 1 })] });
    expect(changed["notice"]).toBe("Prices of some products have changed.");
    const same = await english.price({ items: [item("771200", 1, { price: "1890,00" })] });
    expect(same).not.toHaveProperty("notice");
  });

  test("services count in the total", async () => {
    const body = { items: [item("333900")], extraServices: [{ serviceId: "wrap", isSelected: true }] };
    const answer = (await english.world.basket(body)).json() as Answer;
    expect(answer.totalPrice).toBe(12_589);
  });

  test("codes on offer are those that would work now", async () => {
    const shown = (code: string) => ({ code, title: "Осень", description: { ru: "Скидка", en: "Off" } });
    const promotions = [
      {
        id: "p-shown",
        name: "Осень",
        codes: { list: ["ОСЕНЬ"], showcase: [{ ...shown("ОСЕНЬ"), availableUntil: "2026-12-01T00:00:00Z" }] },
        when: [{ sum: { atLeast: 1000 } }],
        then: [{ percent: 10 }],
      },
      {
        id: "p-far",
        name: "Дорого",
        codes: { list: ["ДОРОГО"], showcase: [shown("ДОРОГО")] },
        when: [{ sum: { atLeast: 100_000 } }],
        then: [{ percent: 10 }],
      },
    ];
    const { house, desk } = english.world;
    const applied = await importPromotions(house, desk.rules, JSON.stringify({ promotions }), { note: "t" });
    expect(applied.kind).toBe("applied");
    desk.rules.forget();
    const answer = await english.price({ items: [item("771200")] });
    expect(answer["availablePromocodes"]).toEqual([
      { promocode: "ОСЕНЬ", title: "Осень", description: "Off", availableUntil: 1_796_083_200 },
    ]);
    expect(await english.price({ items: [item("620415")] })).not.toHaveProperty("availablePromocodes");
  });
});

forEachEngine("a fault", (engine) => {
  const broken: typeof price = () => {
    throw new TypeError("secret of the inside");
  };
  const lasting = shop(engine, { price: broken });
  const refusing = shop(engine, { price: broken, cart: { onEngineFault: "refuse" } });
  const body = {
    items: [item("620415", 3), item("450033", 0.25), item("no-such"), item("771200", 1, { selected: false })],
    promocode: "ОСЕНЬ500",
  };

  test("of the engine leaves catalogue prices with a notice and an alarm", async () => {
    const answer = await lasting.price(body);
    expect([answer.totalPrice, answer.discount, answer.appliedPromocode]).toEqual([1274.97, 0, null]);
    expect(answer["notice"]).toBe("Скидки сейчас не рассчитаны: показаны цены каталога.");
    expect(answer).not.toHaveProperty("bonuses");
    expect(lasting.world.house.alarms[0]).toMatchObject({ kind: "pricing_failed" });
    expect(lasting.world.server.log.join("")).toContain("priced_by_catalogue");
  });

  test("of the engine is 503 where the operator wants it so", async () => {
    const answer = await refusing.world.basket(body);
    expect([answer.statusCode, answer.json().errorCode]).toEqual([503, "pricing_failed"]);
    expect(answer.json()).not.toHaveProperty("items");
    expect(answer.headers["retry-after"]).toBe("2");
    expect(answer.body).not.toContain("inside");
  });

  test("of the catalogue is 503, never an empty cart", async () => {
    await engine.database.transaction((tx) => tx.run("alter table offer rename to offer_gone"));
    refusing.world.desk.offers.clear();
    const answer = await refusing.world.basket(body);
    await engine.database.transaction((tx) => tx.run("alter table offer_gone rename to offer"));
    expect([answer.statusCode, answer.json().errorCode]).toEqual([503, "catalogue_unavailable"]);
    expect(answer.json()).not.toHaveProperty("items");
    expect(refusing.world.house.alarms.at(-1)).toMatchObject({ kind: "catalogue_unreadable" });
  });
});

forEachEngine("a split cart", (engine) => {
  const usual = shop(engine);
  const whole = [item("880101", 1), item("620415", 3), item("450078", 2)];
  const answerTo = async (items: unknown[], groupId = "g-1"): Promise<Answer> => {
    const answer = await usual.world.basket({
      items,
      groupId,
      promocode: "ОСЕНЬ500",
      externalUserId: "u-104512",
    });
    const parsed = answer.json() as Answer;
    expectInvariants(parsed, 1000);
    return parsed;
  };

  test("each part costs its share, and the parts sum to the whole", async () => {
    const all = await answerTo(whole);
    expect(all.appliedPromocode).toBe("ОСЕНЬ500");
    const parts = [
      await answerTo([item("880101", 1), item("450078", 1)]),
      await answerTo([item("620415", 3), item("450078", 1)]),
    ];
    const sum = (read: (answer: Answer) => number): number =>
      Math.round(parts.reduce((total, part) => total + read(part) * 100, 0));
    expect(sum(({ totalPrice }) => totalPrice)).toBe(Math.round(all.totalPrice * 100));
    expect(sum(({ discount }) => discount)).toBe(Math.round(all.discount * 100));
    expect(parts.map(({ appliedPromocode }) => appliedPromocode)).toEqual(["ОСЕНЬ500", "ОСЕНЬ500"]);
    expect(await answerTo([item("880101", 1), item("450078", 1)])).toEqual(parts[0]);
  });

  test("of another group it is a cart of its own", async () => {
    const alone = await answerTo([item("880101", 1), item("450078", 1)], "g-2");
    expect(alone.appliedPromocode).toBeNull();
  });
});

forEachEngine("an explanation", (engine) => {
  const usual = shop(engine);

  test("is stored under the request id, without anything personal, and prices the same again", async () => {
    const { world } = usual;
    const answer = await world.basket({
      items: [item("620415", 3), item("880101")],
      externalUserId: "u-104512",
      promocode: "осень500",
      outletId: "o-1",
      user: { phone: "79120000012", name: "Ольга Сергеевна", email: "olga@example.ru" },
      giftCards: [{ number: "7700123456789012", pin: "4821" }],
    });
    await world.desk.book.flush();
    const id = String(answer.headers["x-request-id"]);
    const stored = await readCalculation(world.house, id);
    if (stored === null) throw new Error("nothing is stored");
    const { rules } = await world.desk.rules.current();
    expect(JSON.parse(JSON.stringify(price(stored.cart, rules, stored.facts, world.house.now())))).toEqual(
      stored.quote,
    );
    expect(stored).toMatchObject({ madeBy: "engine", foldedCode: "осень500", rules: { version: 2 } });
    const rows = await engine.database.read((tx) => tx.rows("select * from calculation"));
    expect(JSON.stringify(rows)).not.toMatch(/79120000012|Ольга|olga@|4821|7700123456789012/);
  });
});

describe("the helpers of these tests", () => {
  test("the invariants see a wrong subtotal, a null and a wrong total", () => {
    const good = {
      totalPrice: 10,
      discount: 0,
      appliedPromocode: null,
      items: [{ id: "1", name: "x", price: 10, quantity: 1, discount: 0, subtotal: 10 }],
    };
    expectInvariants(good);
    const line = good.items[0] as (typeof good.items)[0];
    expect(() => expectInvariants({ ...good, items: [{ ...line, subtotal: 9.99 }] })).toThrow();
    expect(() => expectInvariants({ ...good, totalPrice: 9 })).toThrow();
    expect(() => expectInvariants({ ...good, notice: null } as never)).toThrow();
    expect(() => expectInvariants({ ...good, items: [{ ...line, error: "" }] })).toThrow();
    expect(() => expectInvariants({ ...good, items: [{ ...line, extra: 1 }] })).toThrow();
  });
});
