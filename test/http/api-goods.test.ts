// Goods to pick from by the management API: by words, category, vendor, card and id; the tree of categories; and a customer's export.
import { beforeAll, expect, test } from "vitest";
import { minor } from "../../src/core/money/index.ts";
import type { CatalogueOffer } from "../../src/core/pricing/index.ts";
import { type FeedEvent, importFeed } from "../../src/flows/index.ts";
import { type ApiUnderTest, apiOn } from "../support/api.ts";
import { forEachEngine } from "../support/engines.ts";

const offer = (id: string, name: string, vendor: string | null, categoryIds: string[]): CatalogueOffer => ({
  ...{ id, groupId: `card-${id}`, name, price: minor(100), oldPrice: null, categoryIds, vendor, params: {} },
  ...{ step: null, codeCap: null, usePoints: true, isAvailable: id !== "pan-2", variants: [] },
});

forEachEngine("goods by the management API", (engine) => {
  let api: ApiUnderTest;
  const ask = async (path: string) => {
    const answer = await api.call("GET", `/api/v1${path}`);
    return { status: answer.statusCode, body: answer.json() };
  };
  const idsOf = async (query: string) =>
    (await ask(`/catalogue/offers?${query}`)).body.items.map(({ id }: { id: string }) => id);
  beforeAll(async () => {
    api = apiOn(engine.database);
    async function* read(): AsyncGenerator<FeedEvent[]> {
      yield [
        { kind: "category", line: 1, id: "1", parentId: null, name: "Кухня" },
        { kind: "category", line: 2, id: "10", parentId: "1", name: "Сковороды" },
        { kind: "category", line: 3, id: "100", parentId: null, name: "Ванная" },
      ];
      yield [
        offer("pan-1", "Сковорода Уралочка", "Уралочка", ["10"]),
        offer("pan-2", "Сковорода блинная", "Уралочка", ["10"]),
        offer("knife", "Нож", "Сталь", ["1"]),
        offer("soap", "Мыло", null, ["100"]),
      ].map((each, index): FeedEvent => ({ kind: "offer", line: index + 4, offer: each }));
    }
    await importFeed(api.house, { name: "feed.xml", read });
  });

  test("a category finds what stands below it, and none whose id only begins like it", async () => {
    expect(await idsOf("categoryId=1")).toEqual(["knife", "pan-1", "pan-2"]);
    expect(await idsOf("categoryId=10")).toEqual(["pan-1", "pan-2"]);
    expect(await idsOf("categoryId=%25")).toEqual([]);
  });

  test("all that is given must hold", async () => {
    const vendor = encodeURIComponent("Уралочка");
    expect(await idsOf(`vendor=${vendor}`)).toEqual(["pan-1", "pan-2"]);
    expect(await idsOf(`vendor=${vendor}&available=true`)).toEqual(["pan-1"]);
    expect(await idsOf("available=false")).toEqual(["pan-2"]);
    expect(await idsOf("groupId=card-soap")).toEqual(["soap"]);
    expect(await idsOf(`query=${encodeURIComponent("блинная")}&categoryId=1`)).toEqual(["pan-2"]);
    expect(await idsOf("ids=soap,nothing,knife")).toEqual(["knife", "soap"]);
    expect(await idsOf("ids=soap,knife&categoryId=1")).toEqual(["knife"]);
  });

  test("the tree counts what each category holds, by name", async () => {
    expect((await ask("/catalogue/categories")).body.items).toEqual([
      { id: "100", parentId: null, name: "Ванная", offers: 1 },
      { id: "1", parentId: null, name: "Кухня", offers: 3 },
      { id: "10", parentId: "1", name: "Сковороды", offers: 2 },
    ]);
  });

  test("vendors are found by a part of their name, in whatever letters, page by page", async () => {
    const first = (await ask("/catalogue/brands?limit=1")).body;
    expect(first.items).toEqual([{ name: "Сталь", offers: 1 }]);
    expect((await ask(`/catalogue/brands?after=${first.nextCursor}`)).body.items).toEqual([
      { name: "Уралочка", offers: 2 },
    ]);
    expect((await ask(`/catalogue/brands?query=${encodeURIComponent("УРАЛ")}`)).body.items).toHaveLength(1);
  });

  test("a new feed is counted anew", async () => {
    async function* read(): AsyncGenerator<FeedEvent[]> {
      yield [{ kind: "category", line: 1, id: "1", parentId: null, name: "Кухня" }];
      const names = ["a", "b", "c", "d"];
      yield names.map(
        (id, index): FeedEvent => ({ kind: "offer", line: index, offer: offer(id, id, "Новый", ["1"]) }),
      );
    }
    const imported = await importFeed(api.house, { name: "feed.xml", read });
    const held = (await ask("/catalogue/imports?kind=feed")).body.items[0];
    if (held.state === "held") await api.call("POST", `/api/v1/catalogue/imports/${held.id}/accept`);
    expect(imported).toBeDefined();
    expect((await ask("/catalogue/brands")).body.items).toEqual([{ name: "Новый", offers: 4 }]);
  });

  test("a customer's export is one document, and of nobody there is none", async () => {
    await api.call("PUT", "/api/v1/customers/u-1", { body: { segments: ["coffee"], birthday: "03-08" } });
    const { body } = await ask("/customers/u-1/export");
    expect(body).toMatchObject({ customerId: "u-1", ids: ["u-1"] });
    expect(body.records.customers).toEqual([
      expect.objectContaining({ segments: ["coffee"], birthday: "03-08" }),
    ]);
    expect((await ask("/customers/nobody/export")).status).toBe(404);
    const wish = { kind: "customer", id: "u-1", reason: "Request", knownAs: ["Anna Example"] };
    const erased = await api.call("POST", "/api/v1/desk/erasures", { body: wish });
    expect(erased.json().act.erased).toMatchObject({ customers: 1 });
    expect((await ask("/customers/u-1/export")).body.records.customers[0]).toMatchObject({ segments: [] });
  });
});
