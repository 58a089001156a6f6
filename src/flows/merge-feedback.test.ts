// What of the desk goes over when two customers become one.
import { beforeAll, expect, test } from "vitest";
import { appSays } from "../../test/support/desk-channels.ts";
import { forEachEngine } from "../../test/support/engines.ts";
import { type HouseUnderTest, houseOver } from "../../test/support/house.ts";
import { claimCoolDown, coolDownSince, deskItemsOfOrder, saveCustomer, saveOrder } from "../storage/index.ts";
import { erasePerson } from "./erase-person.ts";
import { mergeCustomers } from "./merge-customers.ts";

const plain = { segments: [], tier: null, birthday: null, orderCount: null };

forEachEngine("a merge of customers of the desk", (engine) => {
  let house: HouseUnderTest;
  beforeAll(() => {
    house = houseOver(engine.database);
  });
  const merge = (fromId: string, intoId: string) =>
    mergeCustomers(house, { fromId, intoId, reason: "same person", actor: "test" });
  const add = (...ids: string[]) =>
    engine.database.transaction(async (tx) => {
      for (const id of ids) await saveCustomer(tx, { id, ...plain }, house.now());
    });

  test("takes the cool-down of promo codes along, and of two the one that ends later", async () => {
    await add("cd-1", "cd-2", "cd-3", "cd-4");
    const now = house.now();
    const claim = (customerId: string, until: number) =>
      engine.database.transaction((tx) =>
        claimCoolDown(tx, { customerId, answerId: `a-${customerId}`, now, until }),
      );
    const isFree = (customerId: string, until: number) =>
      engine.database.read((tx) => coolDownSince(tx, customerId, until)).then((since) => since === null);
    await claim("cd-1", now + 1000);
    expect(await merge("cd-1", "cd-2")).toMatchObject({ merge: { moved: { coolDowns: 1 } } });
    // Under the other id the same person would have got a second code.
    expect(await claim("cd-2", now + 500)).toBe(false);
    await claim("cd-3", now + 500);
    await claim("cd-4", now + 2000);
    expect(await merge("cd-3", "cd-4")).toMatchObject({ merge: { moved: { coolDowns: 0 } } });
    expect(await merge("cd-2", "cd-4")).toMatchObject({ merge: { moved: { coolDowns: 0 } } });
    expect([await isFree("cd-4", now + 1999), await isFree("cd-4", now + 2000)]).toEqual([false, true]);
    const left = await engine.database.read((tx) =>
      tx.rows("select customer_id as id from answer_cool_down"),
    );
    expect(left).toEqual([{ id: "cd-4" }]);
  });

  test("takes items of the desk and answers along", async () => {
    await add("fb-1", "fb-2");
    await engine.database.transaction((tx) =>
      saveOrder(tx, { id: "fb-o", customerId: "fb-1", placedAt: 1, status: null, totalMinor: 1 }),
    );
    await appSays(house, { orderId: "fb-o", rating: 2 });
    expect(await merge("fb-1", "fb-2")).toMatchObject({ merge: { moved: { feedback: 1 } } });
    const [item] = await engine.database.read((tx) => deskItemsOfOrder(tx, "fb-o"));
    expect(item?.customerId).toBe("fb-2");
    // Erased by the id that is gone.
    const wish = { kind: "customer" as const, id: "fb-1", actor: "ann", reason: "request" };
    const done = await erasePerson(house, wish, { secrets: null, shelf: null });
    expect(done).toMatchObject({ kind: "erased", act: { orders: ["fb-o"] } });
  });
});
