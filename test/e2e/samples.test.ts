// Every recorded cart that leaves nothing behind, through the HTTP door of a real server, on both engines.
import { expect, test } from "vitest";
import { type Answer, forEachExchangeStand, text } from "./exchange-stand.ts";

/** Totals of the samples whose expectation is a sum. */
const TOTALS: Readonly<Record<string, readonly [total: number, discount: number, code: string | null]>> = {
  "03-basket-consumer-minimal.json": [1890, 0, null],
  "04-basket-consumer-typical.json": [6381, 289, null],
  "05-basket-nulls-everywhere.json": [1890, 0, null],
  "06-basket-unknown-fields.json": [1890, 0, null],
  "07-basket-promocode-case.json": [5724, 636, "кофе15"],
  "08-basket-promocode-unknown.json": [1890, 0, null],
  "09-basket-promocode-not-met.json": [1890, 0, null],
  "10-basket-gift-cards.json": [12490, 0, null],
  "11-basket-promogroup-flat.json": [11790, 990, null],
  "12-basket-promogroup-nested.json": [11790, 990, null],
  "13-basket-promogroup-odd-shapes.json": [12490, 150, null],
  "15-basket-gift-line-price0.json": [12490, 380, null],
  "17-basket-fractional.json": [1349.82, 0, null],
  "19-basket-item-kit.json": [3480, 0, null],
  "20-basket-selected-false.json": [700, 0, null],
  "21-basket-all-unticked.json": [0, 0, null],
  "25-basket-lastsync-anonymous.json": [1890, 0, null],
  "28-basket-empty.json": [0, 0, null],
  "31-basket-price-tampered.json": [12490, 0, null],
  "34-basket-extra-services.json": [12490, 0, null],
  "36-basket-seller-known-buyer.json": [2862, 318, "КОФЕ15"],
  "37-basket-seller-minimal.json": [1890, 0, null],
};

forEachExchangeStand("the recorded IMSHOP carts", ({ post, basket }) => {
  test.each(Object.entries(TOTALS))("%s has its totals", async (name, [total, discount, code]) => {
    const answer = await basket(name);
    expect([answer.totalPrice, answer.discount, answer.appliedPromocode]).toEqual([total, discount, code]);
  });

  test("the answer fed back gives the same answer", async () => {
    for (const name of [
      "01-basket-golden-request.json",
      "11-basket-promogroup-flat.json",
      "15-basket-gift-line-price0.json",
      "07-basket-promocode-case.json",
    ]) {
      const first = await basket(name);
      const request = JSON.parse(text(name)) as Record<string, unknown>;
      delete request["lastSyncDate"];
      const echo = {
        ...request,
        items: first.items.map(({ id, ...line }) => ({ ...line, configurationId: id })),
      };
      const { body } = await post("/irp/basket", JSON.stringify(echo));
      const strip = ({ notice: _n, lastSyncDate: _l, ...rest }: Answer) => ({
        ...rest,
        items: rest.items.map(({ notice: _m, ...line }) => line),
      });
      expect(strip(body as Answer), name).toEqual(strip(first));
    }
  });

  test("05 and 06 answer like 03, and 12 like 11", async () => {
    const minimal = await basket("03-basket-consumer-minimal.json");
    expect(minimal).not.toHaveProperty("lastSyncDate");
    expect(await basket("05-basket-nulls-everywhere.json")).toEqual(minimal);
    expect((await basket("06-basket-unknown-fields.json")).totalPrice).toBe(minimal.totalPrice);
    expect(await basket("12-basket-promogroup-nested.json")).toEqual(
      await basket("11-basket-promogroup-flat.json"),
    );
  });

  test("codes that fail say so, and their status only for early access", async () => {
    for (const [name, status] of [
      ["08-basket-promocode-unknown.json", "notFound"],
      ["09-basket-promocode-not-met.json", "notRedeemable"],
    ] as const) {
      const answer = await basket(name);
      expect(answer.notice).toBeTruthy();
      expect(answer.promocodeStatus).toBeUndefined();
      const { body } = await post(
        "/irp/basket",
        JSON.stringify({ ...(JSON.parse(text(name)) as object), earlyAccess: true }),
      );
      expect((body as Answer).promocodeStatus).toBe(status);
    }
  });

  test("gift cards are checked and change no total", async () => {
    const { giftCards } = await basket("10-basket-gift-cards.json");
    expect(giftCards?.map((card) => card.success)).toEqual([true, false]);
    expect(giftCards?.every((card) => card.status !== "")).toBe(true);
  });

  test("a chosen gift and a chosen discount stand together, and points then pay for nothing", async () => {
    const answer = await basket("11-basket-promogroup-flat.json");
    expect(answer.items.find((line) => line.id === "990002")).toMatchObject({
      subtotal: 0,
      gift: 1,
      discount: 290,
    });
    expect(answer.bonuses?.canSpend).toBe(0);
  });

  test("odd shapes of a choice are read as far as they can be", async () => {
    const answer = await basket("13-basket-promogroup-odd-shapes.json");
    expect(answer.items.filter((line) => line.id === "990001")).toHaveLength(1);
  });

  test("a chosen gift sent as a line and as a choice is one line", async () => {
    const answer = await basket("15-basket-gift-line-price0.json");
    expect(answer.items.filter((line) => line.id === "990003")).toMatchObject([
      { price: 190, quantity: 2, discount: 380, gift: 2, subtotal: 0 },
    ]);
  });

  test("quantities off the step are rounded half up, with a word", async () => {
    const answer = await basket("17-basket-fractional.json");
    expect(answer.items.map((line) => [line.quantity, line.subtotal])).toEqual([
      [0.3, 224.97],
      [1.2, 899.88],
      [0.3, 224.97],
    ]);
    expect(answer.items[2]?.notice).toBeTruthy();
  });

  test("kits, add-ons and warehouses come back on their lines", async () => {
    const [kettle, coffee] = (await basket("19-basket-item-kit.json")).items;
    expect([kettle?.itemKitId, coffee?.itemKitId, coffee?.warehouseId]).toEqual([
      "kit-zavtrak",
      "kit-zavtrak",
      "ЕКБ-02",
    ]);
    expect(coffee?.addons).toEqual([{ configurationId: "501010" }]);
  });

  test("unticked lines stay, uncounted", async () => {
    const answer = await basket("20-basket-selected-false.json");
    expect(answer.items.map((line) => line.selected)).toEqual([true, false, false]);
    expect((await basket("21-basket-all-unticked.json")).items).toHaveLength(1);
  });

  test("services are priced by our own table and stay out of the total", async () => {
    const { extraServices } = await basket("34-basket-extra-services.json");
    expect(extraServices).toMatchObject([
      { serviceId: "lift", price: 500, isSelected: true },
      { serviceId: "wrap", price: 99, isSelected: false },
    ]);
  });

  test("a seller's cart finds goods by the shop's own id and answers the app's", async () => {
    const answer = await basket("36-basket-seller-known-buyer.json");
    expect(answer.items[0]?.id).toBe("im-cfg-450078");
    expect(answer.bonuses?.canSpend).toBe(858);
  });
});
