// Customers found by their names, gift cards checked, services offered: the reads of a basket.
import { beforeAll, expect, test } from "vitest";
import { forEachEngine } from "../../test/support/engines.ts";
import { houseOver } from "../../test/support/house.ts";
import { instant } from "../core/basics/index.ts";
import { minor, points } from "../core/money/index.ts";
import {
  balanceOf,
  replaceExtraServices,
  saveCustomer,
  saveGiftCard,
  saveIdentity,
  saveOrder,
} from "../storage/index.ts";
import { checkGiftCards, GIFT_CARDS_LIMIT, giftNumberHash, giftPinHash } from "./check-gift-cards.ts";
import { cardHash, customerFacts, phoneDigits, phoneHash } from "./find-customer.ts";
import { extraServicesFor } from "./offer-services.ts";
import { createSecrets } from "./secrets.ts";
import { setPoints } from "./set-points.ts";

const NOW = instant(1_763_712_000_000);
const DAY = 86_400_000;
const secrets = createSecrets("pepper");
const nobody = { externalUserId: null, loyaltyCard: null, phone: null };

test.each([
  ["+7 (912) 000-00-12", "79120000012"],
  ["8 912 000 00 12", "79120000012"],
  ["9120000012", "79120000012"],
  ["79120000012", "79120000012"],
  ["+81 3 1234 5678", "81312345678"],
  ["+8 912 000 00 12", "79120000012"],
  ["+86 10 1234 56789", "8610123456789"],
  ["375 29 123-45-67", "375291234567"],
  ["12345", null],
  ["none", null],
])("the phone %j is %j", (phone, digits) => {
  expect(phoneDigits(phone)).toBe(digits);
});

forEachEngine("a customer", (engine) => {
  const facts = (names: Partial<typeof nobody> | Record<string, string>, days: readonly number[] = []) =>
    engine.database.read((tx) => customerFacts(tx, secrets, { ...nobody, ...names }, days, NOW));

  beforeAll(() =>
    engine.database.transaction(async (tx) => {
      await saveCustomer(
        tx,
        { id: "u-1", segments: ["vip", "кофе"], tier: "gold", birthday: "05-17", orderCount: 3 },
        NOW,
      );
      await saveCustomer(tx, { id: "u-2", segments: [], tier: null, birthday: null, orderCount: null }, NOW);
      await saveIdentity(tx, "card", cardHash(secrets, "2200 0001") ?? "", "u-1");
      await saveIdentity(tx, "phone", phoneHash(secrets, "89120000012") ?? "", "u-2");
      const house = houseOver(engine.database, NOW);
      await setPoints(tx, house, { customerId: "u-1", amount: points(1000), at: NOW, key: "u-1" });
      await setPoints(tx, house, { customerId: "u-9", amount: points(5), at: NOW, key: "u-9" });
      const order = (
        id: string,
        daysAgo: number,
        totalMinor: number | null,
        status: string | null = "done",
      ) => saveOrder(tx, { id, customerId: "u-1", placedAt: NOW - daysAgo * DAY, status, totalMinor });
      await order("1", 5, 10_000);
      await order("2", 40, 500);
      await order("3", 1, 7_000_000, "canceled");
      await order("4", 1, null, null);
    }),
  );

  test("is found by external id with everything known", async () => {
    expect(await facts({ externalUserId: "u-1" }, [30, 90])).toEqual({
      id: "u-1",
      segments: ["vip", "кофе"],
      tier: "gold",
      birthday: "05-17",
      orderCount: 3,
      balance: 1000,
      spent: { 30: 10_000, 90: 10_500 },
    });
  });

  test("with an external id that is new to us is a customer with empty facts", async () => {
    const empty = { segments: [], tier: null, birthday: null, orderCount: 0, spent: {} };
    expect(await facts({ externalUserId: "u-8", loyaltyCard: "22000001" })).toEqual({
      id: "u-8",
      ...empty,
      balance: 0,
    });
    expect(await facts({ externalUserId: "u-9" })).toEqual({ id: "u-9", ...empty, balance: 5 });
    expect(await engine.database.read((tx) => balanceOf(tx, "u-9", NOW))).toBe(5);
  });

  test("is found by card, or else by phone in any spelling; a stranger by neither", async () => {
    expect((await facts({ loyaltyCard: "2200-0001", phone: "+7 912 000-00-12" }))?.id).toBe("u-1");
    expect((await facts({ loyaltyCard: "999", phone: "+7 912 000-00-12" }))?.id).toBe("u-2");
    expect(await facts({ loyaltyCard: "999", phone: "9990000000" })).toBeNull();
    expect(await facts({ loyaltyCard: " ", phone: "none" })).toBeNull();
    expect(await facts({})).toBeNull();
  });

  test("costs one statement, two with spending conditions", async () => {
    const count = (names: Record<string, string>, days: readonly number[]) =>
      engine.database.read(async (tx) => {
        let statements = 0;
        const counted = {
          ...tx,
          rows: <Row>(...call: Parameters<typeof tx.rows>) => {
            statements += 1;
            return tx.rows<Row>(...call);
          },
        };
        await customerFacts(counted, secrets, { ...nobody, ...names }, days, NOW);
        return statements;
      });
    expect(await count({ externalUserId: "u-1" }, [])).toBe(1);
    expect(await count({ loyaltyCard: "22000001", phone: "9120000012" }, [])).toBe(1);
    expect(await count({ externalUserId: "u-1" }, [7, 30, 90])).toBe(2);
  });

  test("leaves no card, phone, PIN or gift number readable in the database", async () => {
    const rows = await engine.database.read((tx) => tx.rows("select * from customer_identity"));
    expect(rows).toHaveLength(2);
    expect(JSON.stringify(rows)).not.toMatch(/2200|9120000012/);
  });
});

forEachEngine("gift cards and services of a cart", (engine) => {
  const check = (...cards: [number: string, pin: string | null][]) =>
    engine.database.read((tx) =>
      checkGiftCards(
        tx,
        secrets,
        cards.map(([number, pin]) => ({ number, pin })),
      ),
    );

  beforeAll(() =>
    engine.database.transaction(async (tx) => {
      const add = (number: string, pin: string | null, more: object = {}) =>
        saveGiftCard(
          tx,
          {
            numberHash: giftNumberHash(secrets, number),
            last4: number.slice(-4),
            pinHash: pin === null ? null : giftPinHash(secrets, number, pin),
            state: "active",
            balanceMinor: null,
            text: { ru: null, en: null },
            ...more,
          },
          NOW,
        );
      await add("7700123456789012", "4821", { balanceMinor: 150_000 });
      await add("7700999988887777", "0000", { state: "blocked", text: { ru: "Карта не активна", en: null } });
      await add("111", null);
      await add("222", "1", { balanceMinor: 0 });
    }),
  );

  test("are answered one by one, in their order", async () => {
    const text = { ru: "Карта не активна", en: null };
    expect(
      await check(["7700 1234 5678 9012", "4821"], ["7700999988887777", "0000"], ["111", null], ["222", "1"]),
    ).toEqual([
      { isUsable: true, status: "usable", balance: 150_000, text: null },
      { isUsable: false, status: "blocked", balance: null, text },
      { isUsable: true, status: "usable", balance: null, text: null },
      { isUsable: false, status: "spent", balance: 0, text: null },
    ]);
    expect(await check()).toEqual([]);
  });

  test("do not tell a wrong PIN from a wrong number", async () => {
    const [wrongPin, noPin, wrongNumber] = await check(
      ["7700123456789012", "0000"],
      ["7700123456789012", null],
      ["1234", "4821"],
    );
    expect(wrongPin).toEqual({ isUsable: false, status: "unknown", balance: null, text: null });
    expect(noPin).toEqual(wrongPin);
    expect(wrongNumber).toEqual(wrongPin);
  });

  test("beyond the limit are unknown", async () => {
    const many = Array.from({ length: GIFT_CARDS_LIMIT + 1 }, (): [string, null] => ["111", null]);
    expect((await check(...many)).filter((card) => card.isUsable)).toHaveLength(GIFT_CARDS_LIMIT);
  });

  test("services are ours, replaced as a whole", async () => {
    const modal = { title: "Подробнее", text: "Текст" };
    const lift = {
      id: "lift",
      itemId: "333900",
      title: "Подъём",
      description: "До двери",
      price: minor(50_000),
      modal,
    };
    const wrap = {
      id: "wrap",
      itemId: null,
      title: "Упаковка",
      description: null,
      price: minor(9900),
      modal: null,
    };
    await engine.database.transaction((tx) => replaceExtraServices(tx, [wrap]));
    await engine.database.transaction((tx) => replaceExtraServices(tx, [lift, wrap]));
    const ticks = [{ serviceId: "lift", itemId: "333900", isSelected: true }];
    expect(await engine.database.read((tx) => extraServicesFor(tx, ticks, [{ names: ["333900"] }]))).toEqual([
      { ...lift, isSelected: true },
      { ...wrap, isSelected: false },
    ]);
  });
});
