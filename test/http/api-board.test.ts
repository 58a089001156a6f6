// The board of promotions by the management API: how each stands, what it gave, which exclude each other; and promotions to begin with.
import { beforeAll, expect, test } from "vitest";
import { type ApiUnderTest, apiOn } from "../support/api.ts";
import { forEachEngine } from "../support/engines.ts";
import { fillCatalogue } from "../support/small-world.ts";

const off = [{ percent: 10 }];

forEachEngine("the board of promotions", (engine) => {
  let api: ApiUnderTest;
  const board = async (query = "") => {
    const answer = await api.call("GET", `/api/v1/promotion-board${query}`);
    expect(answer.statusCode).toBe(200);
    return answer.json();
  };
  const idsOf = async (query: string) =>
    (await board(query)).items.map(({ promotionId }: { promotionId: string }) => promotionId);
  beforeAll(async () => {
    api = apiOn(engine.database);
    const promotions = [
      { id: "all", name: { ru: "Всё", en: "All" }, then: off, limits: { uses: 10, budget: 100 } },
      { id: "next", name: "Next", then: off, schedule: { from: "2027-01-01" }, combining: { with: "none" } },
      { id: "over", name: "Over", then: off, schedule: { until: "2026-01-01" } },
      { id: "paused", name: "Paused", then: off, status: "paused", combining: { layer: 7, group: "g" } },
    ];
    const applied = await api.call("PUT", "/api/v1/promotion-set", { body: { promotions } });
    expect(applied.statusCode).toBe(200);
    await engine.database.transaction(async (tx) => {
      await tx.run(
        "insert into shop_order (id, customer_id, placed_at, status, total_minor) values ('o', 'c', 1, 'new', 1)",
      );
      await tx.run(
        "insert into limit_use (promotion_id, kind, subject, period, uses, spent) values ('all', 'all', '', '', 4, 9000)",
      );
      await tx.run(
        `insert into order_use (order_id, promotion_id, uses, amount, customer_key, counted, at)
         values ('o', 'all', 4, 9000, 'c', '[]', 1)`,
      );
    });
  });

  test("each promotion is told with its status, its window, its limits and one sentence", async () => {
    const { items, version } = await board();
    expect(version).toBe(1);
    const told = items.map(({ promotionId, status, layer }: Record<string, unknown>) => [
      promotionId,
      status,
      layer,
    ]);
    expect(told).toEqual([
      ["all", "active", 0],
      ["next", "scheduled", 0],
      ["over", "ended", 0],
      ["paused", "off", 7],
    ]);
    expect(items[0]).toMatchObject({ orders: 4, discountMinor: 9000, usedShare: 0.9, from: null, rivals: 1 });
    expect(
      items[0].limits.map(({ limit, used, most }: Record<string, unknown>) => [limit, used, most]),
    ).toEqual([
      ["uses", 4, 10],
      ["budget", 9000, 10_000],
    ]);
    expect(items[0].sentence.ru).toMatch(/^Скидка 10.% на все товары/);
    expect(items[1].from).toBe("2026-12-31T21:00:00.000Z");
  });

  test("those that exclude each other are told as a pair, and what is over is not", async () => {
    const { rivals, areRivalsWhole } = await board();
    expect(rivals).toEqual([{ leftId: "all", rightId: "next", reason: "same_layer" }]);
    expect(areRivalsWhole).toBe(true);
  });

  test("the board is narrowed and ordered", async () => {
    expect(await idsOf("?status=off")).toEqual(["paused"]);
    expect(await idsOf("?layer=7")).toEqual(["paused"]);
    expect(await idsOf(`?query=${encodeURIComponent("всё")}`)).toEqual(["all"]);
    expect((await idsOf("?order=discount"))[0]).toBe("all");
    expect((await idsOf("?order=until"))[0]).toBe("over");
    expect(await idsOf("?order=application")).toHaveLength(4);
  });

  test("there are promotions to begin with, each with its sentence", async () => {
    const { items } = (await api.call("GET", "/api/v1/promotion-templates")).json();
    expect(items.length).toBeGreaterThanOrEqual(10);
    for (const { sentence, promotion } of items) {
      expect(sentence.ru).toMatch(/[а-я]/);
      const checked = await api.call("POST", "/api/v1/promotion-set/validate", {
        body: { promotions: [promotion] },
      });
      expect(checked.json().isUsable).toBe(true);
    }
  });

  test("goods are called by their names, and found by them; those that are gone keep their ids", async () => {
    await fillCatalogue(api.house);
    const milk = { id: "milk", name: "Milk", scope: { offers: ["milk-1", "gone-9"] }, then: off };
    const applied = await api.call("PUT", "/api/v1/promotion-set", { body: { promotions: [milk] } });
    expect(applied.statusCode).toBe(200);
    const { items } = await board(`?query=${encodeURIComponent("молоко")}`);
    expect(items[0].sentence.ru).toMatch(/«Молоко».*«gone-9»/);
    expect(items[0].sentence.en).toMatch(/“Молоко”.*“gone-9”/);
  });
});
