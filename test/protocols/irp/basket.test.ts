// What cannot be sold, whose ids count, and what stock does to a cart.
import { beforeAll, expect, test } from "vitest";
import { quantity } from "../../../src/core/money/index.ts";
import { publishStock, writeStock, writeStockOutlets } from "../../../src/storage/index.ts";
import { forEachEngine } from "../../support/engines.ts";
import { item, irpShop as shop } from "../../support/irp-shop.ts";

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
