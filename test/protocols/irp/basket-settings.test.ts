// What settings change, what a fault leaves, what a split cart costs, and what is stored of a calculation.
import { describe, expect, test } from "vitest";
import { price } from "../../../src/core/pricing/index.ts";
import { importPromotions, readCalculation } from "../../../src/flows/index.ts";
import { forEachEngine } from "../../support/engines.ts";
import { type Answer, expectInvariants } from "../../support/irp-answer.ts";
import { item, irpShop as shop } from "../../support/irp-shop.ts";

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
        codes: { list: ["ОСЕНЬ"], showcase: [{ ...shown("ОСЕНЬ"), availableUntil: "2026-12-01T03:00:00" }] },
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

forEachEngine("choices of several groups and priced add-ons", (engine) => {
  const usual = shop(engine);
  const wide = shop(engine, { cart: { severalChoices: "union", addonPrices: true } });
  const promoGroup = [{ id: "p-bag" }, { id: "p-gift-choice", gifts: [{ id: "990002", quantity: 1 }] }];
  const gifts = ({ items }: Answer): string[] =>
    items.filter(({ gift }) => gift !== undefined).map(({ id }) => id);

  test("the first group counts; by setting all do", async () => {
    const body = { items: [item("333900")], promoGroup };
    expect(gifts(await usual.price(body))).toEqual(["990001"]);
    expect(gifts(await wide.price(body)).sort()).toEqual(["990001", "990002"]);
  });

  test("add-ons cost nothing; by setting they make their line dearer, with its category's discount", async () => {
    const body = {
      items: [item("880101", 2, { addons: [{ configurationId: "501010" }, { configurationId: "x" }] })],
    };
    expect((await usual.price(body)).totalPrice).toBe(4482);
    const { items, totalPrice } = await wide.price(body);
    expect(items[0]).toMatchObject({ id: "880101", price: 2589, discount: 517.8 });
    expect(totalPrice).toBe(4660.2);
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
    const stored = await readCalculation(world.house, world.desk.rules, id);
    if (stored === null) throw new Error("nothing is stored");
    const { rules } = await world.desk.rules.current();
    expect(price(stored.cart, rules, stored.facts, world.house.now(), "every")).toEqual(stored.quote);
    expect(stored).toMatchObject({ doubt: null });
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
