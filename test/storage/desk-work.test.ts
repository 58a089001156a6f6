// Two people never work over each other's heads, and what is done to many is done once.
import { beforeAll, expect, test } from "vitest";
import { proveAudit, readDeskFilter, type Work, workOn, workOnMany } from "../../src/flows/index.ts";
import {
  addDeskThread,
  type DeskRecord,
  deskItem,
  deskItemsOfOrder,
  deskThread,
  patchDeskItem,
} from "../../src/storage/index.ts";
import { marketplaceSays } from "../support/desk-channels.ts";
import { forEachEngine } from "../support/engines.ts";
import { houseOver } from "../support/house.ts";

const ORDERS = 20;

forEachEngine("work on the desk", (engine) => {
  let house: ReturnType<typeof houseOver>;
  const items: DeskRecord[] = [];
  beforeAll(async () => {
    house = houseOver(engine.database);
    for (let index = 0; index < ORDERS * 2; index += 1) {
      const orderId = `o-${index}`;
      await marketplaceSays(house, { orderId, rating: (index % 5) + 1 });
      items.push(...(await engine.database.read((tx) => deskItemsOfOrder(tx, orderId))));
    }
  });

  const assign = (item: DeskRecord, person: string): Work => ({
    itemId: item.id,
    version: item.version,
    actor: person,
    changes: [{ kind: "assign", person }],
  });

  /** How many of two who saw the same version succeed, item by item. */
  async function race(
    raced: readonly DeskRecord[],
    work: (work: Work) => Promise<{ readonly kind: string }>,
  ): Promise<number[]> {
    const wins: number[] = [];
    for (const item of raced) {
      const ends = await Promise.all([work(assign(item, "ann")), work(assign(item, "bob"))]);
      wins.push(ends.filter(({ kind }) => kind === "done").length);
    }
    return wins;
  }

  test("of two who saw the same version one succeeds, the other is told the version that stands", async () => {
    const raced = items.slice(0, ORDERS);
    expect(await race(raced, (work) => workOn(house, work))).toEqual(raced.map(() => 1));
    const late = await workOn(house, assign(raced[0] as DeskRecord, "late"));
    expect(late).toEqual({ kind: "stale", version: 2 });
    const thread = await engine.database.read((tx) => deskThread(tx, (raced[0] as DeskRecord).id));
    expect(thread.map(({ kind }) => kind)).toEqual(["received", "assigned"]);
  });

  test("a desk that does not look at the version lets both succeed", async () => {
    const careless = (work: Work) =>
      engine.database.transaction(async (tx) => {
        const before = (await deskItem(tx, work.itemId, true)) as DeskRecord;
        await patchDeskItem(tx, before.seq, { assignee: work.actor }, { at: 0 });
        await addDeskThread(tx, work.itemId, { at: 0, kind: "assigned", actor: work.actor, body: {} });
        return { kind: "done" };
      });
    const wins = await race(items.slice(ORDERS, ORDERS + 5), careless);
    expect(wins).not.toEqual(wins.map(() => 1));
  });

  test("an item that is not there, and a change that cannot be, change nothing", async () => {
    const [item] = items as [DeskRecord];
    const none = { itemId: "none", version: 1, actor: "a", changes: [] };
    expect(await workOn(house, none)).toEqual({ kind: "unknown_item" });
    const before = await engine.database.read((tx) => deskItem(tx, item.id));
    const refused = await workOn(house, {
      itemId: item.id,
      version: (before as DeskRecord).version,
      actor: "a",
      changes: [
        { kind: "word", of: "tag", word: "cold", isOn: true },
        { kind: "note", text: "  " },
      ],
    });
    expect(refused).toEqual({ kind: "refused", index: 1, reason: "blank" });
    expect(await engine.database.read((tx) => deskItem(tx, item.id))).toEqual(before);
  });

  test("the same change of many, twice, changes nothing the second time", async () => {
    const filterText = "rating:5 -has:comment";
    const read = readDeskFilter(house, filterText, { me: null, zone: null });
    if (read.kind === "refused") throw new Error("unreadable");
    const change = { kind: "word", of: "tag", word: "fine", isOn: true } as const;
    const bulk = { filter: read.filter, filterText, actor: "ann", change, most: 1000 };
    const fives = items.filter(({ rating }) => rating === 5).length;
    const all = async () => {
      const found = [];
      for (const { id } of items) found.push(await engine.database.read((tx) => deskItem(tx, id)));
      return found;
    };
    expect(await workOnMany(house, { ...bulk, most: 3 })).toMatchObject({
      found: 3,
      changed: 3,
      isMore: true,
    });
    expect(await workOnMany(house, bulk)).toMatchObject({ changed: fives - 3, unchanged: 3, isMore: false });
    const once = await all();
    const again = await workOnMany(house, bulk);
    expect(again).toEqual({ found: fives, changed: 0, unchanged: fives, refused: 0, isMore: false });
    expect(await all()).toEqual(once);
    expect(once.filter((item) => item?.tags.includes("fine"))).toHaveLength(fives);
    expect(await proveAudit(house)).toMatchObject({ brokenAt: null });
  });
});
