// Stock and outlets on both engines, and the shelf that carts are served from.
import { beforeEach, describe, expect, test } from "vitest";
import { importFeed, importOutlets, importStock, type OutletRead } from "../../../src/flows/index.ts";
import {
  allOutlets,
  type CartPlace,
  OfferShelf,
  type Outlet,
  offersForCart,
  outletByEatsId,
  type Tx,
} from "../../../src/storage/index.ts";
import { forEachEngine } from "../../support/engines.ts";
import { anywhere, element, feedFrom, feedText, houseOn, stockFrom } from "./feeds.ts";

const stockText = (products: string, outlets = `<outlet id="north"/><outlet id="south"/>`): string =>
  `<inventory><outlets>${outlets}</outlets><availability>\n${products}\n</availability></inventory>`;
const product = (id: string, outlet: string, quantity: string, more = ""): string =>
  `<product id="${id}" outlet="${outlet}" quantity="${quantity}" ${more}/>`;

const outlet = (id: string, more: Partial<Outlet> = {}): Outlet => ({
  id,
  name: null,
  city: null,
  timezone: null,
  yandexEatsId: null,
  pickupPointId: null,
  ...more,
});
const rows = (...outlets: Outlet[]): OutletRead[] =>
  outlets.map((one, index) => ({ line: index + 2, outlet: one }));

forEachEngine("stock and outlets", (engine) => {
  const house = () => houseOn(engine.database);
  const read = <Result>(work: (tx: Tx) => Promise<Result>): Promise<Result> => engine.database.read(work);
  const stockOf = async (id: string, more: Partial<CartPlace> = {}): Promise<number | null | undefined> =>
    (await read((tx) => offersForCart(tx, [id], { ...anywhere, ...more }))).get(id)?.stock;

  beforeEach(async () => {
    await engine.database.transaction(async (tx) => {
      for (const table of [
        "offer",
        "catalogue_import",
        "catalogue_section",
        "stock",
        "stock_outlet",
        "outlet",
      ]) {
        await tx.run(`delete from ${table}`);
      }
    });
    await importFeed(house(), feedFrom(feedText([element("a", 10), element("b", 10), element("c", 10)])));
  });

  test("stock is the outlet's for a seller, the sum for everybody else, unknown where nobody told", async () => {
    const text = stockText(
      product("a", "north", "2") + product("a", "south", "1,5") + product("b", "north", "0"),
    );
    expect(await importStock(house(), stockFrom(text))).toMatchObject({
      kind: "applied",
      counts: { entries: 3, outlets: 2, removed: 0 },
    });
    expect(await stockOf("a")).toBe(3500);
    expect(await stockOf("a", { outletId: "south" })).toBe(1500);
    expect(await stockOf("b")).toBe(0);
    expect(await stockOf("b", { outletId: "south" })).toBe(0);
    expect(await stockOf("c")).toBeNull();
    expect(await stockOf("c", { outletId: "south" })).toBeNull();
  });

  test("an outlet that no stock file names counts as none", async () => {
    await importStock(house(), stockFrom(stockText(product("a", "north", "2"))));
    expect(await stockOf("a", { outletId: "elsewhere" })).toBe(2000);
    expect(await stockOf("a", { pickupPointId: "parcel-locker" })).toBe(2000);
  });

  test("a pickup point is an outlet by its own id or as the list of outlets says; the seller's outlet goes first", async () => {
    await importOutlets(house(), "list", rows(outlet("south", { pickupPointId: "pvz-7" })));
    await importStock(house(), stockFrom(stockText(product("a", "north", "2") + product("a", "south", "5"))));
    expect(await stockOf("a", { pickupPointId: "pvz-7" })).toBe(5000);
    expect(await stockOf("a", { pickupPointId: "north" })).toBe(2000);
    expect(await stockOf("a", { outletId: "north", pickupPointId: "pvz-7" })).toBe(2000);
  });

  test("an outlet's own price counts there", async () => {
    await importStock(house(), stockFrom(stockText(product("a", "north", "2", 'price="8.50" oldprice="9"'))));
    const found = await read((tx) => offersForCart(tx, ["a"], { ...anywhere, outletId: "north" }));
    expect(found.get("a")).toMatchObject({ price: 850, oldPrice: 900 });
    expect((await read((tx) => offersForCart(tx, ["a"], anywhere))).get("a")?.price).toBe(1000);
  });

  test("the next file replaces all: what it does not name is unknown again; of a pair given twice the last counts", async () => {
    await importStock(house(), stockFrom(stockText(product("a", "north", "2") + product("b", "south", "3"))));
    const next = stockText(product("a", "south", "9") + product("a", "south", "7"), "");
    expect(await importStock(house(), stockFrom(next))).toMatchObject({
      kind: "applied",
      counts: { removed: 2 },
    });
    expect(await stockOf("a")).toBe(7000);
    expect(await stockOf("b")).toBeNull();
    expect(await stockOf("a", { outletId: "north" })).toBe(7000);
  });

  test("a broken or empty file leaves the old stock as it was", async () => {
    await importStock(house(), stockFrom(stockText(product("a", "north", "2"))));
    const many = Array.from({ length: 2500 }, (_, index) => product(`x${index}`, "north", "1")).join("\n");
    const half = stockText(product("a", "north", "9") + many).slice(0, -30);
    expect(await importStock(house(), stockFrom(half))).toMatchObject({
      kind: "refused",
      reason: "broken_file",
    });
    expect(await importStock(house(), stockFrom(stockText("")))).toMatchObject({
      kind: "refused",
      reason: "nothing_usable",
    });
    expect(await stockOf("a")).toBe(2000);
  });

  describe("outlets", () => {
    test("are added and corrected, never removed, and found by the id of Yandex Eats", async () => {
      const first = rows(
        outlet("4021", { yandexEatsId: "4021", timezone: "Europe/Moscow" }),
        outlet("ЕКБ-02"),
      );
      expect(await importOutlets(house(), "list", first)).toMatchObject({
        kind: "applied",
        counts: { added: 2 },
      });
      expect(await importOutlets(house(), "list", first)).toMatchObject({ kind: "unchanged" });
      const second = rows(outlet("ЕКБ-02", { city: "Екатеринбург", timezone: "Asia/Yekaterinburg" }));
      expect(await importOutlets(house(), "list", second)).toMatchObject({
        kind: "applied",
        counts: { changed: 1 },
      });
      expect((await read(allOutlets)).map(({ id, city }) => [id, city])).toEqual([
        ["4021", null],
        ["ЕКБ-02", "Екатеринбург"],
      ]);
      expect(await read((tx) => outletByEatsId(tx, "4021"))).toMatchObject({ id: "4021" });
      expect(await read((tx) => outletByEatsId(tx, "none"))).toBeNull();
    });

    test("rows with a fault are left out and told", async () => {
      const outcome = await importOutlets(
        house(),
        "list",
        rows(
          outlet(""),
          outlet("a", { timezone: "Mars/Olympus" }),
          outlet("b", { yandexEatsId: "1" }),
          outlet("b"),
          outlet("c", { yandexEatsId: "1" }),
        ),
      );
      expect(outcome).toMatchObject({ kind: "applied", counts: { outlets: 1, skipped: 4 } });
      expect(outcome.problems.map(({ reason, samples }) => [reason, samples[0]?.line]).sort()).toEqual([
        ["no_id", 2],
        ["outlet_repeated", 5],
        ["timezone_unknown", 3],
        ["yandex_eats_id_repeated", 6],
      ]);
    });

    test("an id of Yandex Eats moves to the outlet that claims it last", async () => {
      await importOutlets(house(), "list", rows(outlet("old", { yandexEatsId: "77" })));
      await importOutlets(house(), "list", rows(outlet("new", { yandexEatsId: "77" })));
      expect(await read((tx) => outletByEatsId(tx, "77"))).toMatchObject({ id: "new" });
    });
  });

  describe("the shelf", () => {
    /** The transaction with its statements counted. */
    const counting = (tx: Tx): { tx: Tx; asked(): number } => {
      let asked = 0;
      const rowsOf: Tx["rows"] = (sql, parameters) => {
        asked += 1;
        return tx.rows(sql, parameters);
      };
      return { tx: { ...tx, engine: tx.engine, rows: rowsOf }, asked: () => asked };
    };

    test("gives what the statement gives, and asks for known goods no more than once a look", async () => {
      let now = 0;
      const shelf = new OfferShelf(() => now);
      await importStock(house(), stockFrom(stockText(product("a", "north", "2"))));
      const place = { ...anywhere, outletId: "north" };
      await read(async (tx) => {
        const expected = await offersForCart(tx, ["a", "b", "none"], place);
        const first = counting(tx);
        expect(await shelf.offersForCart(first.tx, ["a", "b", "none"], place)).toEqual(expected);
        expect(first.asked()).toBe(3);
        const second = counting(tx);
        expect(await shelf.offersForCart(second.tx, ["a", "none", "b"], place)).toEqual(expected);
        expect(second.asked()).toBe(0);
      });
      await importFeed(house(), feedFrom(feedText([element("a", 77), element("b", 10), element("c", 10)])));
      now += 1000;
      const after = await read((tx) => shelf.offersForCart(tx, ["a"], place));
      expect(after.get("a")?.price).toBe(7700);
      await importStock(house(), stockFrom(stockText(product("a", "north", "1"))));
      now += 1000;
      expect((await read((tx) => shelf.offersForCart(tx, ["a"], place))).get("a")?.stock).toBe(1000);
    });

    test("a cart that needs one more good after a change is served from the new catalogue only", async () => {
      const shelf = new OfferShelf(() => 0);
      await read((tx) => shelf.offersForCart(tx, ["a"], anywhere));
      await importFeed(house(), feedFrom(feedText(["a", "b", "c"].map((id) => element(id, 99)))));
      const found = await read((tx) => shelf.offersForCart(tx, ["a", "b"], anywhere));
      expect([...found.values()].map(({ price }) => price)).toEqual([9900, 9900]);
    });

    test("holds no more than its limit", async () => {
      const shelf = new OfferShelf(() => 0, 2);
      await read(async (tx) => {
        await shelf.offersForCart(tx, ["a", "b"], anywhere);
        await shelf.offersForCart(tx, ["a"], anywhere);
        await shelf.offersForCart(tx, ["c"], anywhere);
        const asked = counting(tx);
        await shelf.offersForCart(asked.tx, ["a", "c"], anywhere);
        const usual = asked.asked();
        await shelf.offersForCart(asked.tx, ["b"], anywhere);
        expect(asked.asked() - usual).toBe(usual + 1);
      });
    });
  });
});
