// Every basket sample through the face, on both engines, and what each must get. Long because it is one table.
import { readdirSync, readFileSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { quantity } from "../../../src/core/money/index.ts";
import { forEachEngine } from "../../support/engines.ts";
import { type Answer, echoOf, essence, expectInvariants } from "../../support/irp-answer.ts";
import { type IrpWorld, irpWorld } from "../../support/irp-world.ts";

const FOLDER = new URL("./samples/", import.meta.url);
const text = (name: string): string => readFileSync(new URL(name, FOLDER), "utf8");
const json = (name: string): Record<string, unknown> => JSON.parse(text(name)) as Record<string, unknown>;

/** Stored S of the golden request. */
const S = 1763712000123;

const named = (part: string): string => {
  const name = readdirSync(FOLDER).find((file) => file.startsWith(part));
  if (name === undefined) throw new Error(`there is no sample ${part}`);
  return name;
};

forEachEngine("the basket samples", (engine) => {
  let world: IrpWorld;
  beforeAll(async () => {
    world = await irpWorld(engine);
  });
  afterAll(() => world.close());

  const storeCart = (at: number, lines: readonly { ref: string; count: number }[]): Promise<unknown> =>
    engine.database.transaction(async (tx) => {
      await tx.run("delete from stored_cart where customer_id = 'u-104512'");
      if (at === 0 && lines.length === 0) return;
      const kept = lines.map(({ ref, count }) => ({
        ref,
        privateRef: ref,
        productRef: ref,
        name: null,
        quantity: quantity(count * 1000),
        selected: true,
        kitId: null,
        addonRefs: [],
        warehouseId: null,
        deliveryGroup: null,
        fractionOptionId: null,
      }));
      await tx.run("insert into stored_cart (customer_id, sync_at, lines, updated_at) values (?, ?, ?, ?)", [
        "u-104512",
        at,
        JSON.stringify(kept),
        1,
      ]);
    });

  const call = async (part: string, more: Record<string, unknown> = {}): Promise<Answer> => {
    const request = { ...json(named(part)), ...more };
    const answer = await world.basket(request);
    expect(answer.statusCode, answer.body).toBe(200);
    expect(answer.headers["content-type"]).toContain("application/json");
    const body = answer.json() as Answer;
    const customer = request["externalUserId"];
    expectInvariants(body, customer === "u-104512" ? 1000 : 0);
    return body;
  };
  const total = async (part: string): Promise<readonly [number, number]> => {
    const { totalPrice, discount } = await call(part);
    return [totalPrice, discount];
  };

  test("01 gives exactly 02", async () => {
    await storeCart(S, []);
    expect(await call("01")).toEqual(json(named("02")));
  });

  test("02 itself holds every invariant", () => {
    expectInvariants(json(named("02")) as Answer, 1000);
  });

  test("03, 05, 06, 37 and 38 cost 1890 and carry no date", async () => {
    for (const part of ["03", "05", "06", "37"]) {
      const answer = await call(part);
      expect([answer.totalPrice, answer.discount, answer.appliedPromocode]).toEqual([1890, 0, null]);
      expect(answer).not.toHaveProperty("lastSyncDate");
    }
    expect(await call("05")).toEqual(await call("03"));
  });

  test("04, 07: percents, and the feed's cap on codes", async () => {
    expect(await total("04")).toEqual([6381, 289]);
    const capped = await call("07");
    expect([capped.totalPrice, capped.discount, capped.appliedPromocode]).toEqual([5724, 636, "кофе15"]);
  });

  test.each([
    ["08", 1890, "notFound"],
    ["09", 1890, "notRedeemable"],
  ])(
    "%s: the code is not applied and the cart says so; the status only for early access",
    async (part, price, status) => {
      const answer = await call(part);
      expect([answer.totalPrice, answer.appliedPromocode]).toEqual([price, null]);
      expect(answer["notice"]).toMatch(/промокод/i);
      expect(answer).not.toHaveProperty("promocodeStatus");
      expect(answer).not.toHaveProperty("promocodeErrorMessage");
      expect(await call(part, { earlyAccess: true })).toHaveProperty("promocodeStatus", status);
    },
  );

  test("10: cards are judged, the price is not theirs, PINs are not logged", async () => {
    const answer = await call("10");
    expect(answer.totalPrice).toBe(12490);
    expect(answer["giftCards"]).toMatchObject([
      { number: "7700123456789012", success: true },
      { number: "7700999988887777", success: false },
    ]);
    expect(world.server.log.join("")).not.toMatch(/4821|7700123456789012/);
  });

  test("11 and 12 are the same choice in two shapes", async () => {
    const flat = await call("11");
    expect([flat.totalPrice, flat.discount, flat.bonuses?.canSpend]).toEqual([11790, 990, 0]);
    expect(flat.items).toMatchObject([{ discount: 700 }, { id: "990002", subtotal: 0, gift: 1 }]);
    expect(await call("12")).toEqual(flat);
  });

  test("13: what can be read of a choice counts", async () => {
    const answer = await call("13");
    expect(answer.items.map(({ id }) => id)).toEqual(["333900", "990001"]);
    expect(answer.totalPrice).toBe(12490);
  });

  test("15: a gift named twice is given once", async () => {
    const answer = await call("15");
    expect([answer.totalPrice, answer.discount]).toEqual([12490, 380]);
    expect(answer.items.slice(1)).toMatchObject([
      { id: "990003", quantity: 2, price: 190, discount: 380, gift: 2, subtotal: 0 },
    ]);
  });

  test("17: weighed goods", async () => {
    const answer = await call("17");
    expect(answer.totalPrice).toBe(1349.82);
    expect(answer.items.map(({ quantity: count, subtotal }) => [count, subtotal])).toEqual([
      [0.3, 224.97],
      [1.2, 899.88],
      [0.3, 224.97],
    ]);
    expect(answer.items.map(({ notice }) => notice === undefined)).toEqual([true, true, false]);
  });

  test("19: what belongs to a line comes back with it", async () => {
    const answer = await call("19");
    expect(answer.totalPrice).toBe(3480);
    expect(answer.items).toMatchObject([
      { itemKitId: "kit-zavtrak" },
      {
        itemKitId: "kit-zavtrak",
        addons: [{ configurationId: "501010" }],
        warehouseId: "ЕКБ-02",
        deliveryGroups: ["express", "default", "large"],
      },
    ]);
    expect(answer.items[0]).not.toHaveProperty("deliveryGroups");
    expect(Object.keys(answer["deliveryGroupsBonuses"] as object)).toEqual(["default", "express"]);
  });

  test("20 and 21: unticked lines stay and count for nothing", async () => {
    const answer = await call("20");
    expect([answer.totalPrice, answer.discount]).toEqual([700, 0]);
    expect(answer.items.map(({ selected }) => selected)).toEqual([true, false, false]);
    const none = await call("21");
    expect([none.totalPrice, none.discount, none.items.length]).toEqual([0, 0, 1]);
  });

  describe("synchronisation", () => {
    test("22: S = 0 merges and dates the cart now; S > 0 answers the stored cart", async () => {
      await storeCart(0, []);
      const merged = await call("22");
      expect([merged.totalPrice, merged["lastSyncDate"]]).toEqual([1890, world.house.now()]);
      await storeCart(S, [{ ref: "620415", count: 2 }]);
      const stored = await call("22");
      expect([stored.items.map(({ id }) => id), stored["lastSyncDate"]]).toEqual([["620415"], S]);
    });

    test("23: a newer cart replaces the stored one, twice the same", async () => {
      await storeCart(S, [{ ref: "620415", count: 2 }]);
      const first = await call("23");
      expect([first.totalPrice, first["lastSyncDate"]]).toEqual([5670, 1763720000000]);
      expect(await call("23")).toEqual(first);
    });

    test("24: an older cart is answered with the stored one and is not saved", async () => {
      await storeCart(S, [{ ref: "620415", count: 3 }]);
      for (let time = 0; time < 2; time += 1) {
        const answer = await call("24");
        expect([answer.items.map(({ id }) => id), answer.totalPrice, answer["lastSyncDate"]]).toEqual([
          ["620415"],
          700,
          S,
        ]);
      }
    });

    test("25: without a user there is none", async () => {
      expect(await call("25")).not.toHaveProperty("lastSyncDate");
    });

    test("gifts of ours are no part of a stored cart", async () => {
      await storeCart(S, []);
      const request = json(named("01"));
      await world.basket({ ...echoOf(request, await call("01")), lastSyncDate: S + 1 });
      const [row] = await engine.database.read((tx) =>
        tx.rows<{ lines: string }>("select lines from stored_cart where customer_id = 'u-104512'"),
      );
      const refs = (JSON.parse(row?.lines ?? "[]") as { ref: string }[]).map(({ ref }) => ref);
      expect(refs).toEqual(["880101", "620415", "450033", "450078", "333900"]);
    });
  });

  test("28 and 29: an empty cart, and one of loose types", async () => {
    const empty = await call("28");
    expect([empty.totalPrice, empty.discount, empty.appliedPromocode, empty.items]).toEqual([0, 0, null, []]);
    const loose = await call("29");
    expect([loose.totalPrice, loose.appliedPromocode, loose.items[0]?.quantity]).toEqual([3780, null, 2]);
    expect(loose["lastSyncDate"]).toBe(world.house.now());
  });

  test("31 and 34: prices are the catalogue's, services are ours", async () => {
    expect(await total("31")).toEqual([12490, 0]);
    const answer = await call("34");
    expect(answer.totalPrice).toBe(12490);
    expect(answer["extraServices"]).toEqual([
      {
        serviceId: "lift",
        title: "Подъём на этаж",
        description: "До двери квартиры",
        price: 500,
        isSelected: true,
        itemId: "333900",
      },
      { serviceId: "wrap", title: "Упаковка заказа", price: 99, isSelected: false },
    ]);
    expect(await call("31")).not.toHaveProperty("extraServices");
  });

  test("36: the seller's app is answered under its own ids", async () => {
    const answer = await call("36");
    expect([answer.totalPrice, answer.discount, answer.bonuses?.canSpend]).toEqual([2862, 318, 858]);
    expect(answer.items[0]?.id).toBe("im-cfg-450078");
    expect(world.server.log.join("")).not.toMatch(/79120000012|olga@example/);
  });

  test("38: the key may stand in the body, and nowhere else after that", async () => {
    const answer = await world.basket(json(named("38")), {});
    expect([answer.statusCode, answer.json().totalPrice]).toEqual([200, 1890]);
    expect((await world.basket({ ...json(named("38")), key: "wrong" }, {})).statusCode).toBe(401);
    await world.desk.book.flush();
    const rows = await engine.database.read((tx) => tx.rows("select * from calculation"));
    expect(JSON.stringify(rows) + world.server.log.join("")).not.toContain("test-key-0001");
  });

  test("39 and 90: what is no request is 400, and never has items", async () => {
    for (const part of ["39", "90"]) {
      const answer = await world.basket(text(named(part)));
      expect([answer.statusCode, answer.json().success]).toEqual([400, false]);
      expect(answer.json()).not.toHaveProperty("items");
      expect(answer.body).not.toMatch(/ at |\.ts/);
    }
  });

  test("42: a chosen basket discount stands instead of the others", async () => {
    await storeCart(S, []);
    const answer = await call("42");
    expect([answer.totalPrice, answer.discount, answer.appliedPromocode, answer.bonuses?.canSpend]).toEqual([
      4954.93,
      700,
      null,
      0,
    ]);
    expect(answer["notice"]).toMatch(/промокод/i);
    expect(answer.items.filter(({ gift }) => gift !== undefined)).toEqual([]);
  });

  test("the echo of every answer gives the same answer", async () => {
    const names = readdirSync(FOLDER).filter((name) => name.endsWith(".json") && !/^(00|02|39)/.test(name));
    expect(names.length).toBeGreaterThan(25);
    for (const name of names) {
      await storeCart(0, []);
      const request = { ...json(name), lastSyncDate: null };
      const first = await world.basket(request);
      const again = await world.basket(echoOf(request, first.json() as Answer));
      expect(essence(again.json() as Answer), name).toEqual(essence(first.json() as Answer));
    }
  });
});
