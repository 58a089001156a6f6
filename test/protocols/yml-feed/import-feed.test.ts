// The import of a catalogue on both engines: what carts see before, during and after.
import { beforeEach, describe, expect, test } from "vitest";
import type { Offer } from "../../../src/core/pricing/index.ts";
import { acceptHeldFeed, type FeedEvent, importFeed, type Reading } from "../../../src/flows/index.ts";
import {
  beginImport,
  type CartPlace,
  catalogueSections,
  catalogueVersions,
  countOffers,
  importById,
  latestImports,
  offersForCart,
  offersOfGroup,
} from "../../../src/storage/index.ts";
import { forEachEngine } from "../../support/engines.ts";
import { anywhere, element, feedFrom, feedText, houseOn, sample } from "./feeds.ts";

forEachEngine("importing a feed", (engine) => {
  const house = () => houseOn(engine.database);
  const offers = (ids: readonly string[], place: CartPlace = anywhere): Promise<ReadonlyMap<string, Offer>> =>
    engine.database.read((tx) => offersForCart(tx, ids, place));
  const priceOf = async (id: string, place?: CartPlace): Promise<number | undefined> =>
    (await offers([id], place)).get(id)?.price;
  const count = () => engine.database.read(countOffers);
  const take = (elements: readonly string[], categories?: string) =>
    importFeed(house(), feedFrom(feedText(elements, categories)));
  const rowsOfTable = () =>
    engine.database.read((tx) => tx.rows<{ n: number }>("select count(*) as n from offer"));

  beforeEach(async () => {
    await engine.database.transaction(async (tx) => {
      for (const table of ["offer", "catalogue_import", "catalogue_section"])
        await tx.run(`delete from ${table}`);
    });
  });

  test("the sample has eleven offers, a card of two, and prices by tier and city", async () => {
    expect(await importFeed(house(), feedFrom(sample))).toMatchObject({
      kind: "applied",
      counts: { offers: 11, added: 11, changed: 0, vanished: 0, skipped: 0, remarks: 0 },
    });
    expect(await count()).toBe(11);
    const groups = await engine.database.read((tx) => offersOfGroup(tx, ["8801", "771200", "none"]));
    expect([...groups]).toEqual([
      ["771200", ["771200"]],
      ["8801", ["880101", "880102"]],
    ]);
    expect(await priceOf("771200")).toBe(189_000);
    expect(await priceOf("771200", { ...anywhere, priceTier: "vip" })).toBe(179_000);
    const city = { ...anywhere, cityFias: "2763C110-cb8b-416a-9dac-ad28a55b4402" };
    expect(await priceOf("771200", city)).toBe(189_000);
    const found = await offers(["450033", "450078", "501010", "nothing"]);
    expect(found.get("450033")).toMatchObject({
      step: 100,
      price: 74_990,
      categoryIds: ["500", "520"],
      stock: null,
    });
    expect(found.get("450078")).toMatchObject({ codeCap: 1000, usePoints: true });
    expect(found.get("501010")).toMatchObject({ usePoints: false, vendor: "Метель" });
    expect(found.size).toBe(3);
    const sections = await engine.database.read(catalogueSections);
    expect(sections.categories).toHaveLength(9);
    expect(sections.priceTiers).toEqual([{ id: "vip", name: "Премиум" }]);
  });

  test("the same feed again changes nothing, not even the version", async () => {
    await importFeed(house(), feedFrom(sample));
    const before = await engine.database.read(catalogueVersions);
    expect(await importFeed(house(), feedFrom(sample))).toMatchObject({
      kind: "unchanged",
      counts: { offers: 11, unchanged: 11, added: 0, changed: 0, vanished: 0 },
    });
    expect(await engine.database.read(catalogueVersions)).toEqual(before);
    expect(await rowsOfTable()).toEqual([{ n: 11 }]);
  });

  test("only the difference is written, and what was replaced is swept", async () => {
    await take(["a", "b", "c", "d"].map((id) => element(id, 10)));
    expect(await take([element("a", 10), element("b", 11), element("c", 10), element("e", 5)])).toMatchObject(
      {
        kind: "applied",
        counts: { added: 1, changed: 1, unchanged: 2, vanished: 1, before: 4 },
      },
    );
    expect(
      [...(await offers(["a", "b", "c", "d", "e"])).entries()].map(([id, { price }]) => [id, price]),
    ).toEqual(
      expect.arrayContaining([
        ["a", 1000],
        ["b", 1100],
        ["c", 1000],
        ["e", 500],
      ]),
    );
    expect(await count()).toBe(4);
    expect(await rowsOfTable()).toEqual([{ n: 4 }]);
  });

  test("a new parent of a category reaches the goods below it", async () => {
    const categories = '<category id="0">Корень</category><category id="1" parentId="0">Всё</category>';
    await take([element("a", 10)], '<category id="1">Всё</category>');
    expect(await take([element("a", 10)], categories)).toMatchObject({
      kind: "applied",
      counts: { changed: 1 },
    });
    expect((await offers(["a"])).get("a")?.categoryIds).toEqual(["0", "1"]);
  });

  test("categories after the offers count as well, and loops of parents end", async () => {
    const text = `<yml_catalog><shop><offers>${element("a", 10)}</offers><categories>
      <category id="1" parentId="2">А</category><category id="2" parentId="3">Б</category>
      <category id="3" parentId="1">В</category></categories></shop></yml_catalog>`;
    expect(await importFeed(house(), feedFrom(text))).toMatchObject({
      kind: "applied",
      counts: { added: 1, remarks: 0 },
    });
    expect((await offers(["a"])).get("a")?.categoryIds).toEqual(["1", "2", "3"]);
  });

  test("of an id given twice the last counts, also when it equals what is there already", async () => {
    await take([element("a", 10), element("b", 10)]);
    const twice = await take([element("a", 12), element("b", 10), element("a", 10)]);
    expect(twice).toMatchObject({ kind: "unchanged", counts: { offers: 2, unchanged: 2, remarks: 1 } });
    const far = Array.from({ length: 900 }, (_, index) => element(`x${index}`, 10));
    const outcome = await take([
      element("a", 12),
      element("b", 7),
      ...far,
      element("a", 10),
      element("b", 8),
    ]);
    expect(outcome).toMatchObject({
      kind: "applied",
      counts: { added: 900, changed: 1, unchanged: 1, remarks: 2 },
    });
    expect([await priceOf("a"), await priceOf("b")]).toEqual([1000, 800]);
    expect(await rowsOfTable()).toEqual([{ n: 902 }]);
  });

  test("bad offers are told with their lines, and their goods leave the catalogue", async () => {
    await take(["a", "b", "c", "d"].map((id) => element(id, 10)));
    const outcome = await take([element("a", 10), element("b", 0), element("c", 10), element("d", 10)]);
    expect(outcome).toMatchObject({
      kind: "applied",
      counts: { vanished: 1, skipped: 1 },
      problems: [
        {
          reason: "price_unreadable",
          isSkipped: true,
          count: 1,
          samples: [{ line: 5, offerId: "b", detail: "0" }],
        },
      ],
    });
    const [latest] = await engine.database.read((tx) => latestImports(tx, "feed", 1));
    expect(latest?.problems[0]?.samples[0]?.line).toBe(5);
  });

  test("a broken file, or one without goods, leaves the old catalogue and nothing staged", async () => {
    const many = Array.from({ length: 1000 }, (_, index) => element(`m${index}`, 10));
    await take([element("a", 10), ...many]);
    const half = feedText([element("a", 99), ...many.map((text) => text.replace(">10<", ">11<"))]).slice(
      0,
      -40,
    );
    const at = house();
    expect(await importFeed(at, feedFrom(half))).toMatchObject({
      kind: "refused",
      reason: "broken_file",
      line: half.split("\n").length,
    });
    expect(at.alarms).toEqual(["feed_refused"]);
    expect(await importFeed(house(), feedFrom("<html/>"))).toMatchObject({
      kind: "refused",
      reason: "broken_file",
    });
    expect(await take([element("a", 0)])).toMatchObject({ kind: "refused", reason: "nothing_usable" });
    expect([await priceOf("a"), await priceOf("m5")]).toEqual([1000, 1000]);
    expect(await rowsOfTable()).toEqual([{ n: 1001 }]);
    expect(await take([element("a", 10), ...many])).toMatchObject({ kind: "unchanged" });
  });

  describe("held when more than 30 % of the goods would vanish", () => {
    const ten = Array.from({ length: 10 }, (_, index) => element(`t${index}`, 10));

    test("three of ten vanish at once, four wait", async () => {
      await take(ten);
      expect(await take(ten.slice(3))).toMatchObject({ kind: "applied", counts: { vanished: 3 } });
      await take(ten);
      const at = house();
      const held = await importFeed(at, feedFrom(feedText([...ten.slice(4), element("new", 5)])));
      expect(held).toMatchObject({ kind: "held", counts: { vanished: 4, before: 10, added: 1 } });
      expect(at.alarms).toEqual(["feed_held"]);
      expect(await count()).toBe(10);
      expect(await priceOf("new")).toBeUndefined();
    });

    test("accepting shows it, once", async () => {
      await take(ten);
      const held = await take([...ten.slice(4), element("new", 5)]);
      if (held.kind !== "held") throw new Error("not held");
      expect(await acceptHeldFeed(house(), held.id)).toBe(true);
      expect(await count()).toBe(7);
      expect(await priceOf("new")).toBe(500);
      expect(await acceptHeldFeed(house(), held.id)).toBe(false);
      expect(await acceptHeldFeed(house(), "unknown")).toBe(false);
      const record = await engine.database.read((tx) => importById(tx, held.id));
      expect(record).toMatchObject({ state: "applied", reason: "accepted", counts: { vanished: 4 } });
      expect(await rowsOfTable()).toEqual([{ n: 7 }]);
    });

    test("a newer feed takes the place of a held one", async () => {
      await take(ten);
      const held = await take(ten.slice(5).map((text) => text.replace(">10<", ">99<")));
      expect(await take([...ten, element("more", 1)])).toMatchObject({
        kind: "applied",
        counts: { added: 1, unchanged: 10 },
      });
      if (held.kind !== "held") throw new Error("not held");
      expect(await acceptHeldFeed(house(), held.id)).toBe(false);
      expect(await priceOf("t7")).toBe(1000);
      expect(await count()).toBe(11);
    });
  });

  describe("one import at a time", () => {
    test("a second one is refused while the first lives, and takes over when it is silent", async () => {
      const at = house();
      const begun = (id: string) =>
        engine.database.transaction(async (tx) => {
          const { version } = await catalogueVersions(tx);
          return beginImport(tx, { id, kind: "feed", source: "x", baseVersion: version, now: at.now() });
        });
      expect(await begun("first")).toBe(true);
      expect(await importFeed(at, feedFrom(sample))).toMatchObject({
        kind: "refused",
        reason: "busy",
        id: null,
      });
      at.time = (at.time + 61_000) as typeof at.time;
      expect(await importFeed(at, feedFrom(sample))).toMatchObject({ kind: "applied" });
      const first = await engine.database.read((tx) => importById(tx, "first"));
      expect(first).toMatchObject({ state: "refused", reason: "abandoned" });
    });

    test("one that was overtaken writes nothing any more", async () => {
      await take([element("a", 10)]);
      const slow = house();
      const inner = feedFrom(feedText([element("a", 99)]));
      const overtaken: Reading<FeedEvent> = {
        name: "slow",
        read: async function* () {
          const later = house();
          later.time = (slow.time + 100_000) as typeof slow.time;
          expect(await importFeed(later, feedFrom(feedText([element("a", 50)])))).toMatchObject({
            kind: "applied",
          });
          yield* inner.read();
        },
      };
      expect(await importFeed(slow, overtaken)).toMatchObject({ kind: "refused", reason: "overtaken" });
      expect(await priceOf("a")).toBe(5000);
    });

    test("what a crash left staged is cleared before the next import", async () => {
      await take([element("a", 10), element("b", 10)]);
      const crashing: Reading<FeedEvent> = {
        name: "crashing",
        read: async function* () {
          yield* feedFrom(feedText([element("a", 99), element("c", 1)])).read();
          // As after a kill: the import is not told, its row stays as it was.
          await engine.database.transaction((tx) => tx.run("update catalogue_import set state = 'gone'"));
        },
      };
      await importFeed(house(), crashing);
      expect(await take([element("a", 10), element("b", 10), element("d", 1)])).toMatchObject({
        kind: "applied",
        counts: { added: 1, unchanged: 2 },
      });
      expect([await priceOf("a"), await priceOf("c")]).toEqual([1000, undefined]);
      expect(await rowsOfTable()).toEqual([{ n: 3 }]);
    });
  });

  test("an error of the source is thrown and leaves nothing behind", async () => {
    await take([element("a", 10)]);
    const failing: Reading<FeedEvent> = {
      name: "failing",
      read: async function* () {
        yield* feedFrom(feedText([element("a", 99)])).read();
        throw new Error("disk gone");
      },
    };
    await expect(importFeed(house(), failing)).rejects.toThrow("disk gone");
    expect(await priceOf("a")).toBe(1000);
    expect(await take([element("a", 10)])).toMatchObject({ kind: "unchanged" });
  });
});
