// One order, one story: what both channels say of it joins whichever comes first, and people's queue holds only what needs them.
import { beforeEach, expect, test } from "vitest";
import { DESK_SOURCES } from "../../src/core/desk/index.ts";
import { type House, readDeskFilter, workOn } from "../../src/flows/index.ts";
import { MARKED_MOST, STARS_OF_ORDER } from "../../src/storage/desk-items.ts";
import {
  type DeskRecord,
  deskItemsOfOrder,
  deskThread,
  listDeskItems,
  type Tx,
} from "../../src/storage/index.ts";
import { appSays, marketplaceSays } from "../support/desk-channels.ts";
import { forEachEngine } from "../support/engines.ts";
import { houseOver } from "../support/house.ts";

/** Items that a filter finds, newest first. */
async function found(house: House, text: string): Promise<readonly DeskRecord[]> {
  const read = readDeskFilter(house, text, { me: null, zone: null });
  if (read.kind === "refused") throw new Error(read.problem.kind);
  const { filter } = read;
  const page = { sort: "newest" as const, after: null, limit: 100 };
  return (await house.database.read((tx) => listDeskItems(tx, filter, page))).items;
}

/** Writes an order's last item so many times more. */
async function copyItem(tx: Tx, orderId: string, times: number): Promise<void> {
  const [row] = await tx.rows<Record<string, string | number | null>>(
    "select * from desk_item where order_id = ? order by seq desc limit 1",
    [orderId],
  );
  const { seq: _, ...rest } = row ?? {};
  const names = Object.keys(rest);
  for (let copy = 0; copy < times; copy += 1)
    await tx.run(
      `insert into desk_item (${names.join(", ")}) values (${names.map(() => "?").join(", ")})`,
      names.map((name) => (name === "id" ? `${rest[name]}-${copy}` : (rest[name] ?? null))),
    );
}

const ids = (items: readonly DeskRecord[]) =>
  items.map(({ source, orderId }) => `${source} ${orderId}`).sort();

forEachEngine("the story of an order", (engine) => {
  let house: ReturnType<typeof houseOver>;
  beforeEach(async () => {
    house = houseOver(engine.database);
    await engine.database.transaction(async (tx) => {
      for (const table of ["desk_item_dish", "desk_word", "desk_thread", "desk_item", "rating_revision"])
        await tx.run(`delete from ${table}`);
      for (const table of ["rating", "feedback_revision", "feedback_item"])
        await tx.run(`delete from ${table}`);
    });
  });
  const storyOf = (orderId: string) => engine.database.read((tx: Tx) => deskItemsOfOrder(tx, orderId));

  test.each(["app first", "marketplace first"])(
    "joins with the %s, and disagreement is marked on all of it",
    async (order) => {
      const says = [
        () => appSays(house, { orderId: "1", rating: 5, comment: "Вкусно" }),
        () => marketplaceSays(house, { orderId: "1", rating: 1, comment: "Холодный суп" }),
      ];
      if (order === "marketplace first") says.reverse();
      for (const say of says) await say();
      await appSays(house, { orderId: "2", rating: 5 });
      await marketplaceSays(house, { orderId: "2", rating: 4 });
      const story = await storyOf("1");
      expect(story.map(({ source, rating }) => [source, rating]).sort()).toEqual([
        ["app", 5],
        ["yandex-eats", 1],
      ]);
      expect(story.every(({ isDisputed }) => isDisputed)).toBe(true);
      expect((await storyOf("2")).some(({ isDisputed }) => isDisputed)).toBe(false);
      expect(ids(await found(house, "is:disputed"))).toEqual(["app 1", "yandex-eats 1"]);
      // A later word of one channel settles it for both.
      await appSays(house, { orderId: "1", rating: 2 });
      expect((await storyOf("1")).some(({ isDisputed }) => isDisputed)).toBe(false);
    },
  );

  test("two customers of one channel do not disagree with each other, and one of the other channel with both", async () => {
    await marketplaceSays(house, { orderId: "6", sourceId: "a", rating: 5 });
    await marketplaceSays(house, { orderId: "6", sourceId: "b", rating: 1 });
    expect((await storyOf("6")).some(({ isDisputed }) => isDisputed)).toBe(false);
    await appSays(house, { orderId: "6", rating: 3 });
    expect((await storyOf("6")).map(({ isDisputed }) => isDisputed)).toEqual([true, true, true]);
  });

  test("an order with however many items is settled by the ends of an index, a bounded number of items at once", async () => {
    await appSays(house, { orderId: "7", rating: 5 });
    await marketplaceSays(house, { orderId: "7", sourceId: "first", rating: 5 });
    const copied = MARKED_MOST + 1;
    await engine.database.transaction((tx) => copyItem(tx, "7", copied));
    await appSays(house, { orderId: "7", rating: 1 });
    const [row] = await engine.database.read((tx) =>
      tx.rows<{ marked: number; of: number }>(
        "select sum(is_disputed) as marked, count(*) as of from desk_item where order_id = '7'",
      ),
    );
    expect([Number(row?.marked), Number(row?.of)]).toEqual([MARKED_MOST, copied + 2]);
    if (engine.name !== "sqlite") return;
    const plan = await engine.database.read((tx) =>
      tx.rows<{ detail: string }>(
        `explain query plan ${STARS_OF_ORDER}`,
        DESK_SOURCES.flatMap((source) => ["7", source, "7", source]),
      ),
    );
    const reads = plan.map(({ detail }) => detail).filter((detail) => detail.includes("desk_item"));
    expect(reads).toHaveLength(4);
    for (const read of reads)
      expect(read).toContain("INDEX desk_item_order (order_id=? AND source=? AND rating>?)");
  });

  test("an item that was only asked for is never in the queue, and enters it with the stars", async () => {
    await appSays(house, { orderId: "3", rating: null });
    const queue = "state:new,in_progress,waiting -state:asked";
    expect(ids(await found(house, queue))).toEqual([]);
    expect(ids(await found(house, "is:asked"))).toEqual(["app 3"]);
    const [asked] = await storyOf("3");
    const itemId = (asked as DeskRecord).id;
    const pushed = await workOn(house, {
      itemId,
      version: 1,
      actor: "a",
      changes: [{ kind: "state", to: "new" }],
    });
    expect(pushed).toEqual({ kind: "refused", index: 0, reason: "not_rated_yet" });
    await appSays(house, { orderId: "3", rating: 2 });
    expect(ids(await found(house, queue))).toEqual(["app 3"]);
    const [rated] = await storyOf("3");
    expect(rated).toMatchObject({ state: "new", wasAsked: true, rating: 2 });
    expect((rated as DeskRecord).dueAt).not.toBeNull();
  });

  test("a new word of the customer opens a closed item, and leaves one in work as it is", async () => {
    await marketplaceSays(house, { orderId: "4", rating: 3, comment: "Так себе" });
    await marketplaceSays(house, { orderId: "5", rating: 3, comment: "Так себе" });
    const [[closed], [busy]] = [await storyOf("4"), await storyOf("5")] as [DeskRecord[], DeskRecord[]];
    for (const [item, to] of [
      [closed, "closed"],
      [busy, "in_progress"],
    ] as const) {
      const changes = [{ kind: "state" as const, to }];
      const done = await workOn(house, { itemId: (item as DeskRecord).id, version: 1, actor: "a", changes });
      expect(done.kind).toBe("done");
    }
    house.pass(60_000);
    await marketplaceSays(house, { orderId: "4", rating: 3, comment: "Так себе" });
    expect((await storyOf("4"))[0]).toMatchObject({ state: "closed", revision: 1 });
    for (const orderId of ["4", "5"])
      await marketplaceSays(house, { orderId, rating: 1, comment: "Холодная каша" });
    expect((await storyOf("4"))[0]).toMatchObject({ state: "new", revision: 2, rating: 1 });
    expect((await storyOf("5"))[0]).toMatchObject({ state: "in_progress", revision: 2, rating: 1 });
    const thread = await engine.database.read((tx) => deskThread(tx, (closed as DeskRecord).id));
    expect(thread.map(({ kind }) => kind)).toEqual(["received", "state", "revised"]);
    expect(ids(await found(house, "холодный"))).toEqual(["yandex-eats 4", "yandex-eats 5"]);
    expect(ids(await found(house, "себе"))).toEqual([]);
  });
});
