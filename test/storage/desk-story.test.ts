// One order, one story: what both channels say of it joins whichever comes first, and people's queue holds only what needs them.
import { beforeEach, expect, test } from "vitest";
import { type House, readDeskFilter, workOn } from "../../src/flows/index.ts";
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
