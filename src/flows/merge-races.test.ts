// Merges that cross each other, and writers that a merge overtakes: who wins is open, that nobody's things are lost is not.
import { beforeAll, expect, test } from "vitest";
import { forEachEngine } from "../../test/support/engines.ts";
import { type HouseUnderTest, houseOver } from "../../test/support/house.ts";
import { lockCustomer, type lockCustomers, saveCustomer, saveOrder, survivorOf } from "../storage/index.ts";
import { mergeCustomers } from "./merge-customers.ts";

forEachEngine("merges at once", (engine) => {
  let house: HouseUnderTest;
  beforeAll(() => {
    house = houseOver(engine.database);
  });
  const merge = (fromId: string, intoId: string, lock?: typeof lockCustomers) =>
    mergeCustomers(house, { fromId, intoId, reason: "same person", actor: "test" }, lock);
  const add = (...ids: string[]) =>
    engine.database.transaction(async (tx) => {
      const plain = { segments: [], tier: null, birthday: null, orderCount: null };
      for (const id of ids) await saveCustomer(tx, { id, ...plain }, house.now());
    });

  /** Ids that lead to an id that leads on: a circle or a chain, and then somebody's points are nowhere. */
  const astray = (prefix: string) =>
    engine.database.read((tx) =>
      tx.rows(
        `select one.id from customer_alias as one join customer_alias as other on other.id = one.customer_id
         where one.id like '${prefix}-%'`,
      ),
    );
  const cross = async (prefix: string, lock?: typeof lockCustomers) => {
    const pairs = Array.from({ length: 10 }, (_, index) => [`${prefix}-${index}-l`, `${prefix}-${index}-r`]);
    await add(...pairs.flat());
    const outcomes = await Promise.all(
      pairs.flatMap(([left = "", right = ""]) => [merge(left, right, lock), merge(right, left, lock)]),
    );
    return outcomes.filter(({ kind }) => kind === "merged").length;
  };

  test("of two that cross each other one is made", { timeout: 120_000 }, async () => {
    expect(await cross("x")).toBe(10);
    expect(await astray("x")).toEqual([]);
  });

  if (engine.name === "postgres")
    test("mutant: without the lock they make circles", async () => {
      const noLock: typeof lockCustomers = async () => undefined;
      await cross("y", noLock).catch(() => undefined);
      expect((await astray("y")).length).toBeGreaterThan(0);
    });

  /** Places orders under ids that are being merged; gives orders that were left with an id that is nobody's any more. */
  const placeDuring = async (prefix: string, ownerOf: typeof lockCustomer) => {
    const names = Array.from({ length: 10 }, (_, index) => [`${prefix}-${index}-b`, `${prefix}-${index}-a`]);
    await add(...names.flat());
    const place = (id: string, number: number) =>
      engine.database.transaction(async (tx) => {
        const customerId = await ownerOf(tx, id, house.now());
        const order = { customerId, placedAt: 1, status: null, totalMinor: 1 };
        await saveOrder(tx, { id: `order-${id}-${number}`, ...order });
      });
    // One order after another for as long as the merge takes, so that one is always in its middle.
    const placeUntil = async (id: string, merged: Promise<unknown>) => {
      let isMerged = false;
      void merged.then(() => {
        isMerged = true;
      });
      for (let number = 1; !isMerged; number += 1) await place(id, number);
    };
    for (const [b = "", a = ""] of names) await placeUntil(b, merge(b, a));
    return engine.database.read((tx) =>
      tx.rows(
        `select id from shop_order where id like 'order-${prefix}-%'
           and customer_id in (select id from customer_alias)`,
      ),
    );
  };

  test("whoever writes for a customer during a merge writes for the survivor", {
    timeout: 120_000,
  }, async () => {
    expect(await placeDuring("z", lockCustomer)).toEqual([]);
  });

  if (engine.name === "postgres")
    test("mutant: who only looks the owner up writes for nobody", async () => {
      expect((await placeDuring("q", survivorOf)).length).toBeGreaterThan(0);
    });
});
