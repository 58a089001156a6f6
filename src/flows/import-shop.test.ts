// Files of the shop: members, balances, orders, gift cards and services, good and bad, on both engines.
import { readFileSync } from "node:fs";
import { beforeAll, describe, expect, test } from "vitest";
import { forEachEngine } from "../../test/support/engines.ts";
import { houseOver } from "../../test/support/house.ts";
import { instant } from "../core/basics/index.ts";
import { listExtraServices } from "../storage/index.ts";
import { checkGiftCards } from "./check-gift-cards.ts";
import { SHOWN_FAULTS } from "./file-report.ts";
import { customerFacts } from "./find-customer.ts";
import type { House } from "./house.ts";
import { importBalances } from "./import-balances.ts";
import { importGiftCards } from "./import-gift-cards.ts";
import { importMembers } from "./import-members.ts";
import { importOrders } from "./import-orders.ts";
import { importServices } from "./import-services.ts";
import { createSecrets } from "./secrets.ts";

const NOW = instant(1_763_712_000_000);
const secrets = createSecrets("pepper");
const WORLD = new URL("../../examples/irp-samples-world/", import.meta.url);
const example = (name: string) => readFileSync(new URL(name, WORLD));

forEachEngine("a file of the shop", (engine) => {
  let house: House;
  beforeAll(() => {
    house = houseOver(engine.database, NOW);
  });
  const members = (text: string) => importMembers(house, secrets, Buffer.from(text));
  const cards = (text: string) => importGiftCards(house, secrets, Buffer.from(text));
  const services = (text: string) => importServices(house, Buffer.from(text));
  const orders = (value: unknown) => importOrders(house, Buffer.from(JSON.stringify(value)));
  const facts = (names: object, days: readonly number[] = []) =>
    engine.database.read((tx) =>
      customerFacts(
        tx,
        secrets,
        { externalUserId: null, loyaltyCard: null, phone: null, ...names },
        days,
        NOW,
      ),
    );
  test("of the samples' world is taken as it is, any number of times", async () => {
    for (let time = 0; time < 2; time += 1) {
      expect(await importMembers(house, secrets, example("members.csv"))).toMatchObject({
        kind: "imported",
        taken: 1,
      });
      expect(
        await importBalances(house, secrets, example("balances.csv"), { name: "b", actor: "test" }),
      ).toMatchObject({
        kind: time === 0 ? "imported" : "unchanged",
        total: 1000,
      });
      expect(await importOrders(house, example("orders.json"))).toMatchObject({ kind: "imported", taken: 3 });
      expect(await importGiftCards(house, secrets, example("gift-cards.csv"))).toMatchObject({ taken: 2 });
      expect(await importServices(house, example("extra-services.yaml"))).toMatchObject({ taken: 2 });
    }
    const customer = { id: "u-104512", balance: 1000 };
    expect(await facts({ externalUserId: "u-104512" })).toMatchObject(customer);
    expect(await facts({ loyaltyCard: "2200000104512" })).toMatchObject(customer);
    expect(await facts({ phone: "79120000012" })).toMatchObject(customer);
    const checks = await engine.database.read((tx) =>
      checkGiftCards(tx, secrets, [
        { number: "7700123456789012", pin: "4821" },
        { number: "7700999988887777", pin: "0000" },
      ]),
    );
    expect(checks.map(({ status }) => status)).toEqual(["usable", "blocked"]);
    expect(await engine.database.read(listExtraServices)).toEqual([
      {
        id: "lift",
        itemId: "333900",
        title: "Подъём на этаж",
        description: "До двери квартиры",
        price: 50_000,
        modal: null,
      },
      { id: "wrap", itemId: null, title: "Упаковка заказа", description: null, price: 9900, modal: null },
    ]);
  });

  describe("of members", () => {
    test("gives every trait, and takes back cards that are no longer there", async () => {
      await members(
        "id,card,phone,segments,tier,birthday,orders\nm-1,11|12,89990000001,vip|Кофе,gold,17.05.1990,3\n",
      );
      expect(await facts({ loyaltyCard: "12" })).toMatchObject({
        id: "m-1",
        segments: ["vip", "Кофе"],
        tier: "gold",
        birthday: "1990-05-17",
        orderCount: 3,
      });
      await members("id,card\nm-1,13\n");
      expect(await facts({ loyaltyCard: "12" })).toBeNull();
      expect((await facts({ loyaltyCard: "13" }))?.id).toBe("m-1");
      expect((await facts({ phone: "89990000001" }))?.id).toBe("m-1");
    });

    test("tells bad rows and bad cells by line, without their values", async () => {
      const report = await members(
        [
          "id,phone,birthday,orders",
          "m-2,123,30.02,many",
          ",79990000002,,",
          "m-2,,,",
          `${"x".repeat(201)},,,`,
          "m-3,79990000003,02-29,0",
          "m-4,+7 999 000-00-03,1990-13-01,",
        ].join("\n"),
      );
      expect(report).toEqual({
        kind: "imported",
        reason: null,
        taken: 3,
        skipped: 3,
        total: null,
        moreFaults: 0,
        faults: [
          { line: 2, reason: "birthday_unreadable", isSkipped: false },
          { line: 2, reason: "orders_unreadable", isSkipped: false },
          { line: 2, reason: "phone_unreadable", isSkipped: false },
          { line: 3, reason: "id_missing", isSkipped: true },
          { line: 4, reason: "id_repeated", isSkipped: true },
          { line: 5, reason: "id_too_long", isSkipped: true },
          { line: 7, reason: "birthday_unreadable", isSkipped: false },
          { line: 7, reason: "phone_repeated", isSkipped: false },
        ],
      });
      expect(await facts({ externalUserId: "m-3" })).toMatchObject({ birthday: "02-29", orderCount: 0 });
    });

    test("is refused when nothing of it can be used, and says why", async () => {
      expect(await members("")).toMatchObject({ kind: "refused", reason: "empty" });
      expect(await members("name\nx\n")).toMatchObject({ kind: "refused", reason: "column_missing" });
      expect(await members("id,name\n,x\n")).toMatchObject({ kind: "refused", reason: "nothing_usable" });
      const open = await members(`id,tier\n${'x,"\n'.repeat(1)}${"y\n".repeat(60_000)}`);
      expect(open).toMatchObject({ kind: "refused", reason: expect.stringMatching(/^broken_at_line_\d+$/) });
    });

    test("of many rows is taken whole, and its faults are counted beyond those listed", async () => {
      const rows = Array.from({ length: 1000 }, (_, index) => (index % 4 === 0 ? "," : `many-${index},`));
      const report = await members(`id,tier\n${rows.map((row) => `${row}a`).join("\n")}`);
      expect(report).toMatchObject({ taken: 750, skipped: 250, moreFaults: 250 - SHOWN_FAULTS });
      expect(await facts({ externalUserId: "many-999" })).toMatchObject({ tier: "a" });
    });
  });

  test("of orders takes ids and objects, and fills in what is told later", async () => {
    const placedAt = new Date(NOW - 86_400_000).toISOString();
    const report = await orders([
      17,
      "o-1",
      { id: "o-2", customerId: "c-1", placedAt, status: "done", total: "100.50" },
      { id: "o-3", customerId: "c-1", placedAt: NOW, total: 1, status: null },
      { id: "o-4", placedAt: "yesterday", total: -1 },
      null,
      {},
      { id: "x".repeat(201) },
    ]);
    expect(report).toMatchObject({ kind: "imported", taken: 5, skipped: 3 });
    expect(report.faults.map(({ line, reason }) => [line, reason])).toEqual([
      [5, "placed_at_unreadable"],
      [5, "total_unreadable"],
      [6, "id_unreadable"],
      [7, "id_unreadable"],
      [8, "id_unreadable"],
    ]);
    expect((await facts({ externalUserId: "c-1" }, [30]))?.spent).toEqual({ 30: 10_150 });
    await orders([{ id: "o-2", status: "canceled" }, "o-3"]);
    expect((await facts({ externalUserId: "c-1" }, [30]))?.spent).toEqual({ 30: 100 });
    expect(await orders({})).toMatchObject({ kind: "refused", reason: "not_an_array" });
    expect(await importOrders(house, Buffer.from("["))).toMatchObject({
      kind: "refused",
      reason: "not_json",
    });
  });

  test("of gift cards tells what is wrong with a row, and keeps no number", async () => {
    const report = await cards(
      [
        "number;pin;active;balance;text;textEn",
        "1000 0001;0042;true;1 500,50;;",
        "10000001;1;true;;;",
        ";1;true;;;",
        "10000002;1;maybe;;;",
        "10000003;1;;1.999;;",
        "10000004;;false;;Закрыта;Closed",
      ].join("\n"),
    );
    expect(report).toMatchObject({ kind: "imported", taken: 2, skipped: 4, total: 150_050 });
    expect(report.faults.map(({ line, reason }) => [line, reason])).toEqual([
      [3, "number_repeated"],
      [4, "number_unreadable"],
      [5, "state_unknown"],
      [6, "balance_unreadable"],
    ]);
    const checks = await engine.database.read((tx) =>
      checkGiftCards(tx, secrets, [
        { number: "10000001", pin: "0042" },
        { number: "10000004", pin: null },
      ]),
    );
    expect(checks).toEqual([
      { isUsable: true, status: "usable", balance: 150_050, text: null },
      { isUsable: false, status: "blocked", balance: null, text: { ru: "Закрыта", en: "Closed" } },
    ]);
    const kept = JSON.stringify(await engine.database.read((tx) => tx.rows("select * from gift_card")));
    expect(kept).not.toMatch(/10000001|0042/);
  });

  test("of services is taken whole or not at all", async () => {
    const before = await engine.database.read(listExtraServices);
    const modal = "  modal:\n    title: Подробнее\n    text: Текст\n";
    expect(
      await services(`- id: 007\n  itemId: 0123\n  title: Сборка\n  price: 99.90\n${modal}`),
    ).toMatchObject({ taken: 1 });
    const after = await engine.database.read(listExtraServices);
    expect(after).toEqual([
      {
        id: "007",
        itemId: "0123",
        title: "Сборка",
        description: null,
        price: 9990,
        modal: { title: "Подробнее", text: "Текст" },
      },
    ]);
    const wrong = await services(
      "- id: a\n  title: A\n  price: 1\n- id: b\n- title: C\n- id: d\n  title: D\n  price: -1\n- x\n" +
        "- id: a\n  title: A\n  price: 1\n- id: e\n  title: E\n  price: 1\n  modal: {title: E}\n",
    );
    expect(wrong).toMatchObject({ kind: "refused", reason: "entries_wrong", taken: 0, skipped: 6 });
    expect(wrong.faults.map(({ line, reason }) => [line, reason])).toEqual([
      [4, "title_missing"],
      [5, "id_missing"],
      [6, "price_unreadable"],
      [9, "not_an_object"],
      [10, "service_repeated"],
      [13, "modal_unreadable"],
    ]);
    expect(await services("- [")).toMatchObject({
      kind: "refused",
      reason: expect.stringMatching(/^broken_at_line_/),
    });
    expect(await services("id: a")).toMatchObject({ kind: "refused", reason: "not_a_list" });
    expect(await services("- x\n".repeat(501))).toMatchObject({ kind: "refused", reason: "too_many" });
    expect(await engine.database.read(listExtraServices)).toEqual(after);
    expect(await services("[]")).toMatchObject({ kind: "imported", taken: 0 });
    expect(before).not.toEqual(after);
  });
});
