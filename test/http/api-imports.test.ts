// Imports of the catalogue by the management API: what each changed, offer by offer, and a held one accepted or dropped.
import { beforeAll, expect, test } from "vitest";
import { MOST_CHANGES } from "../../src/flows/index.ts";
import { latestImports } from "../../src/storage/index.ts";
import { type ApiUnderTest, apiOn } from "../support/api.ts";
import { forEachEngine } from "../support/engines.ts";
import { feedOf, fillCatalogue, offerOf } from "../support/small-world.ts";

const KINDS = ["added", "vanished", "dearer", "cheaper", "changed"] as const;

forEachEngine("imports by the management API", (engine) => {
  let api: ApiUnderTest;
  const ask = async (method: string, path: string) => {
    const answer = await api.call(method, `/api/v1${path}`, method === "POST" ? { body: {} } : {});
    return { status: answer.statusCode, body: answer.json() };
  };
  const newest = async () => (await ask("GET", "/catalogue/imports?kind=feed&limit=1")).body.items[0];
  /** Changes of an import by kind: id, before, after. */
  const changesOf = async (id: string) => {
    const found: Record<string, unknown[]> = {};
    for (const kind of KINDS) {
      const { body } = await ask("GET", `/catalogue/imports/${id}/changes?kind=${kind}`);
      if (body.items.length > 0)
        found[kind] = body.items.map((one: Record<string, unknown>) => [
          one["offerId"],
          one["beforeMinor"],
          one["afterMinor"],
        ]);
    }
    return found;
  };

  beforeAll(async () => {
    api = apiOn(engine.database);
    await fillCatalogue(api.house);
  });

  test("a held one tells what would go, and is dropped once; the goods stay", async () => {
    const held = await newest();
    expect(held.state).toBe("held");
    expect(await changesOf(held.id)).toEqual({
      vanished: [2, 3, 4, 5].map((number) => [`milk-${number}`, 10_000 * number, null]),
    });
    const dropped = await ask("POST", `/catalogue/imports/${held.id}/drop`);
    expect([dropped.status, dropped.body.state, dropped.body.reason]).toEqual([200, "refused", "dropped"]);
    expect((await ask("GET", "/catalogue/offers")).body.items).toHaveLength(5);
    for (const act of ["drop", "accept"])
      expect((await ask("POST", `/catalogue/imports/${held.id}/${act}`)).body.code).toBe("import_not_held");
    expect((await ask("POST", "/catalogue/imports/none/drop")).status).toBe(404);
    expect((await ask("GET", "/catalogue/imports/none/changes?kind=added")).status).toBe(404);
  });

  test("the next one tells what came, went and changed its price; of an offer given twice the last counts", async () => {
    const offers = [
      offerOf("milk-1", "Молоко", 12_000),
      offerOf("milk-2", "Кефир", 1_000),
      offerOf("milk-2", "Кефир", 19_000),
      offerOf("milk-3", "Сыр зрелый", 30_000),
      offerOf("milk-4", "Творог", 39_000),
      offerOf("milk-4", "Творог", 40_000),
      offerOf("tea-1", "Чай", 5_000),
    ];
    await feedOf(api.house, offers);
    const { id, state, counts } = await newest();
    expect(state).toBe("applied");
    expect(counts).toMatchObject({ added: 1, changed: 3, dearer: 1, cheaper: 1, unchanged: 1, vanished: 1 });
    expect(await changesOf(id)).toEqual({
      added: [["tea-1", null, 5_000]],
      vanished: [["milk-5", 50_000, null]],
      dearer: [["milk-1", 10_000, 12_000]],
      cheaper: [["milk-2", 20_000, 19_000]],
      changed: [["milk-3", 30_000, 30_000]],
    });
    const page = (await ask("GET", `/catalogue/imports/${id}/changes?kind=added&limit=1`)).body;
    expect(page.nextCursor).toBeNull();
  });

  test("lists are pages of the first thousand, and go with the record of their import", async () => {
    const many = Array.from({ length: MOST_CHANGES + 5 }, (_, index) =>
      offerOf(`new-${String(index).padStart(5, "0")}`, "Новинка", 100),
    );
    await feedOf(api.house, [
      ...many,
      ...["milk-1", "milk-2", "milk-3", "milk-4", "tea-1"].map((id) => offerOf(id, id, 1)),
    ]);
    const { id, counts } = await newest();
    expect(counts.added).toBe(MOST_CHANGES + 5);
    let seen = 0;
    for (let after = ""; ; ) {
      const { body } = await ask("GET", `/catalogue/imports/${id}/changes?kind=added&limit=100${after}`);
      seen += body.items.length;
      if (body.nextCursor === null) break;
      after = `&after=${body.nextCursor}`;
    }
    expect(seen).toBe(MOST_CHANGES);
    await engine.database.transaction((tx) => tx.run("delete from catalogue_import where id = ?", [id]));
    await feedOf(api.house, many);
    const left = await engine.database.read((tx) =>
      tx.rows<{ count: number }>("select count(*) as count from catalogue_change where import_id = ?", [id]),
    );
    expect(left[0]?.count).toBe(0);
    expect(await engine.database.read((tx) => latestImports(tx, "feed", 1))).toMatchObject([
      { kind: "feed" },
    ]);
  });
});
