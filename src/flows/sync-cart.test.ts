// Carts kept between devices, on both engines: devices that speak at once, and a twin that decides too early.
import { describe, expect, test } from "vitest";
import { forEachEngine } from "../../test/support/engines.ts";
import { instant } from "../core/basics/index.ts";
import { type AppLine, decideSync, NO_CART, type StoredCart, type SyncDate } from "../core/carts/index.ts";
import { quantity } from "../core/money/index.ts";
import { claimStoredCart, readStoredCart, saveStoredCart } from "../storage/index.ts";
import type { House } from "./house.ts";
import { type CartSync, syncCart } from "./sync-cart.ts";

const NOW = instant(1_763_712_000_000);

const line = (ref: string, count = 1): AppLine => ({
  ref,
  privateRef: ref,
  productRef: null,
  name: "Чайник «Заречье» 😀",
  quantity: quantity(count * 1000),
  selected: true,
  kitId: null,
  addonRefs: ["x"],
  warehouseId: null,
  deliveryGroup: null,
  fractionOptionId: null,
});
const at = (ms: number): SyncDate => ({ at: ms, wasSeconds: false });

type Sync = (
  house: House,
  customerId: string,
  date: SyncDate,
  sent: readonly AppLine[],
  everyoneHasRead: () => Promise<void>,
) => Promise<CartSync>;

const ours: Sync = (house, customerId, date, sent) => syncCart(house, customerId, date, sent);

/** The broken twin: decides on what it read, and writes that whatever has happened since. */
const early: Sync = async (house, customerId, date, sent, everyoneHasRead) => {
  const stored = await house.database.read((tx) => readStoredCart(tx, customerId));
  const decision = decideSync(date, stored ?? NO_CART, sent, NOW);
  await everyoneHasRead();
  if ("store" in decision && decision.store !== null) {
    const { store } = decision;
    await house.database.transaction(async (tx) => {
      await claimStoredCart(tx, customerId, NOW);
      await saveStoredCart(tx, customerId, store, NOW);
    });
  }
  return { ...decision, isFuture: false };
};

/** A gate that opens when `count` have come. */
function gate(count: number): () => Promise<void> {
  let come = 0;
  let open = (): void => undefined;
  const opened = new Promise<void>((resolve) => {
    open = resolve;
  });
  return () => {
    come += 1;
    if (come === count) open();
    return opened;
  };
}

forEachEngine("carts between devices", (engine) => {
  let ids = 0;
  const house = (): House => ({
    database: engine.database,
    now: () => NOW,
    newId: () => `id-${ids++}`,
    alarm: () => undefined,
  });
  const kept = (customerId: string): Promise<StoredCart | null> =>
    engine.database.read((tx) => readStoredCart(tx, customerId));

  test("an anonymous cart reads and writes nothing", async () => {
    expect(await syncCart(house(), "anonymous", null, [line("a")])).toEqual({
      kind: "apart",
      isFuture: false,
    });
    expect(await kept("anonymous")).toBeNull();
  });

  test("a newer cart replaces, repeats itself, and an older one is answered what is kept", async () => {
    const first = await syncCart(house(), "one", at(NOW - 5), [line("a", 3)]);
    expect(first).toMatchObject({ kind: "sent", syncAt: NOW - 5, isFuture: false });
    const again = await syncCart(house(), "one", at(NOW - 5), [line("a", 3)]);
    expect(again).toMatchObject({ kind: "sent", store: null });
    expect(await kept("one")).toEqual({ syncAt: NOW - 5, lines: [line("a", 3)] });
    const older = await syncCart(house(), "one", at(NOW - 9), [line("b")]);
    expect(older).toMatchObject({ kind: "stored", syncAt: NOW - 5, lines: [line("a", 3)] });
    expect(await kept("one")).toEqual({ syncAt: NOW - 5, lines: [line("a", 3)] });
  });

  test("the same date with other goods is kept under that date", async () => {
    await syncCart(house(), "same", at(NOW), [line("a")]);
    await syncCart(house(), "same", at(NOW), [line("b")]);
    expect(await kept("same")).toEqual({ syncAt: NOW, lines: [line("b")] });
  });

  test("two empty dates merge once; after that the kept cart counts", async () => {
    await engine.database.transaction(async (tx) => {
      await claimStoredCart(tx, "merge", NOW);
      await saveStoredCart(tx, "merge", { syncAt: 0, lines: [line("a", 2)] }, NOW);
    });
    const merged = await syncCart(house(), "merge", at(0), [line("a"), line("b")]);
    expect(merged).toMatchObject({ kind: "merged", syncAt: NOW, lines: [line("a", 2), line("b")] });
    expect(await syncCart(house(), "merge", at(0), [line("c")])).toMatchObject({
      kind: "stored",
      lines: [line("a", 2), line("b")],
    });
  });

  test("a date in the future is stored as it is, and told", async () => {
    expect(await syncCart(house(), "future", at(NOW + 1000), [])).toMatchObject({ isFuture: true });
    expect((await kept("future"))?.syncAt).toBe(NOW + 1000);
  });

  describe("devices that speak at once", () => {
    /** Newest first, so that a twin that writes in the order of arrival ends with the oldest. */
    const race = async (sync: Sync, customerId: string): Promise<StoredCart | null> => {
      const devices = Array.from({ length: 12 }, (_, index) => index).reverse();
      const everyoneHasRead = gate(devices.length);
      await Promise.all(
        devices.map((device) =>
          sync(house(), customerId, at(NOW + device), [line(`of ${device}`)], everyoneHasRead),
        ),
      );
      return kept(customerId);
    };
    const newest = { syncAt: NOW + 11, lines: [line("of 11")] };

    test("leave the newest cart", async () => {
      for (let round = 0; round < 5; round += 1) expect(await race(ours, `race-${round}`)).toEqual(newest);
    });

    test("are all answered the one cart that the first of them made", async () => {
      const everyoneHasRead = gate(8);
      const start = (sync: Sync, customerId: string) =>
        Promise.all(
          Array.from({ length: 8 }, (_, device) =>
            sync(house(), customerId, at(0), [line(`of ${device}`)], everyoneHasRead),
          ),
        );
      const compositions = (answers: readonly CartSync[]) =>
        new Set(answers.map((answer) => JSON.stringify("lines" in answer ? answer.lines : null))).size;
      expect(compositions(await start(ours, "zero"))).toBe(1);
      expect(compositions(await start(early, "zero-early"))).toBe(8);
    });

    test("and a twin that decides before it holds the cart loses the newest", async () => {
      let lost = 0;
      for (let round = 0; round < 5; round += 1) {
        const cart = await race(early, `race-early-${round}`);
        if (JSON.stringify(cart) !== JSON.stringify(newest)) lost += 1;
      }
      expect(lost).toBeGreaterThan(0);
    });
  });
});
