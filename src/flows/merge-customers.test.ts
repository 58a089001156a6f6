// Two customers made one: what goes over, what leads where, and merges that cross each other.
import { beforeAll, describe, expect, test } from "vitest";
import { forEachEngine } from "../../test/support/engines.ts";
import { type HouseUnderTest, houseOver } from "../../test/support/house.ts";
import { points } from "../core/money/index.ts";
import {
  balanceOf,
  claimStoredCart,
  idsOfCustomer,
  lockCustomer,
  type lockCustomers,
  readStoredCart,
  saveCustomer,
  saveIdentity,
  saveOrder,
  savePromoCodes,
  saveStoredCart,
  spentSince,
  survivorOf,
} from "../storage/index.ts";
import { cardHash, customerFacts, phoneHash } from "./find-customer.ts";
import { importMembers } from "./import-members.ts";
import { viewCustomer, writeCustomer, writeIdentities } from "./manage-customers.ts";
import { findMerges, mergeCustomers } from "./merge-customers.ts";
import { createSecrets } from "./secrets.ts";
import { setPoints } from "./set-points.ts";

const secrets = createSecrets("pepper");
const nobody = { externalUserId: null, loyaltyCard: null, phone: null };
const plain = { segments: [], tier: null, birthday: null, orderCount: null };

forEachEngine("a merge of customers", (engine) => {
  let house: HouseUnderTest;
  beforeAll(() => {
    house = houseOver(engine.database);
  });
  const merge = (fromId: string, intoId: string, lock?: typeof lockCustomers) =>
    mergeCustomers(house, { fromId, intoId, reason: "same person", actor: "test" }, lock);
  const add = (...ids: string[]) =>
    engine.database.transaction(async (tx) => {
      for (const id of ids) await saveCustomer(tx, { id, ...plain }, house.now());
    });
  const owner = (id: string) => engine.database.read((tx) => survivorOf(tx, id));
  const facts = (names: object) =>
    engine.database.read((tx) => customerFacts(tx, secrets, { ...nobody, ...names }, [30], house.now()));

  test("takes traits, cards, phones, orders, codes and the newer cart to the one that stays", async () => {
    const now = house.now();
    await engine.database.transaction(async (tx) => {
      const [from, into] = [
        { id: "b", segments: ["vip", "tea"], tier: "gold", birthday: "05-17", orderCount: 2 },
        { id: "a", segments: ["vip"], tier: null, birthday: "01-01", orderCount: 3 },
      ];
      await saveCustomer(tx, from, now);
      await saveCustomer(tx, into, now);
      await saveIdentity(tx, "card", cardHash(secrets, "11") ?? "", "a");
      await saveIdentity(tx, "card", cardHash(secrets, "22") ?? "", "b");
      await saveIdentity(tx, "phone", phoneHash(secrets, "89120000012") ?? "", "b");
      await saveOrder(tx, { id: "o-b", customerId: "b", placedAt: now - 1, status: "done", totalMinor: 500 });
      await saveOrder(tx, { id: "o-a", customerId: "a", placedAt: now - 1, status: "done", totalMinor: 70 });
      for (const [id, syncAt] of [
        ["a", 10],
        ["b", 20],
      ] as const) {
        await claimStoredCart(tx, id, now);
        await saveStoredCart(tx, id, { syncAt, lines: [] }, now);
      }
      const code = { promotionId: "p", state: "free", batch: "x", validUntil: null, usesPerCode: 1 } as const;
      await savePromoCodes(tx, [
        { ...code, folded: "mine", code: "MINE", createdAt: now, customerId: "b", place: 1 },
      ]);
    });
    const done = await merge("b", "a");
    expect(done).toMatchObject({
      kind: "merged",
      merge: {
        fromId: "b",
        intoId: "a",
        reason: "same person",
        actor: "test",
        moved: { identities: 2, orders: 1, codes: 1, carts: 1 },
      },
    });
    const told = await engine.database.read((tx) => tx.rows<{ body: string }>("select body from event"));
    expect(told.map(({ body }) => JSON.parse(body))).toEqual([
      { mergeId: done.kind === "merged" ? done.merge.id : "", fromId: "b", intoId: "a" },
    ]);
    const survivor = {
      id: "a",
      segments: ["vip", "tea"],
      tier: "gold",
      birthday: "01-01",
      orderCount: 5,
      spent: { 30: 570 },
    };
    for (const names of [
      { externalUserId: "a" },
      { externalUserId: "b" },
      { loyaltyCard: "11" },
      { loyaltyCard: "22" },
      { phone: "+7 912 000-00-12" },
    ])
      expect(await facts(names), JSON.stringify(names)).toMatchObject(survivor);
    const view = await viewCustomer(house, secrets, { ...nobody, externalUserId: "b" }, []);
    expect(view).toMatchObject({ id: "a", mergedIds: ["b"], cards: 2, phones: 1 });
    await engine.database.read(async (tx) => {
      expect(await readStoredCart(tx, "a")).toMatchObject({ syncAt: 20 });
      expect(await readStoredCart(tx, "b")).toBeNull();
      expect(await spentSince(tx, "b", [0])).toEqual([0]);
      const [code] = await tx.rows("select customer_id from promo_code where folded = 'mine'");
      expect(code).toEqual({ customer_id: "a" });
    });
  });

  test("leaves the survivor's own cart where that is the newer one", async () => {
    await engine.database.transaction(async (tx) => {
      for (const id of ["cart-1", "cart-2"]) {
        await saveCustomer(tx, { id, ...plain }, 0);
        await claimStoredCart(tx, id, house.now());
        await saveStoredCart(tx, id, { syncAt: id === "cart-2" ? 5 : 4, lines: [] }, house.now());
      }
    });
    expect(await merge("cart-1", "cart-2")).toMatchObject({ merge: { moved: { carts: 0 } } });
    expect(await engine.database.read((tx) => readStoredCart(tx, "cart-2"))).toMatchObject({ syncAt: 5 });
  });

  test.each([
    [null, null, null],
    [3, null, 3],
    [null, 3, 3],
    [0, null, null],
    [null, 0, null],
    [0, 0, 0],
    [1, 2, 3],
  ])("orders of %j and %j make %j: a first order is never promised twice", async (one, other, sum) => {
    const [fromId, intoId] = [`n-${one}-${other}`, `m-${one}-${other}`];
    await engine.database.transaction(async (tx) => {
      await saveCustomer(tx, { id: fromId, ...plain, orderCount: one }, 0);
      await saveCustomer(tx, { id: intoId, ...plain, orderCount: other }, 0);
    });
    await merge(fromId, intoId);
    expect((await facts({ externalUserId: fromId }))?.orderCount).toBe(sum);
  });

  test("again is the same merge, also after its survivor was merged on", async () => {
    await add("r-1", "r-2", "r-3");
    const first = await merge("r-1", "r-2");
    house.pass(1000);
    const again = await merge("r-1", "r-2");
    expect(again).toEqual({ ...first, kind: "unchanged" });
    await merge("r-2", "r-3");
    expect(await merge("r-1", "r-2")).toEqual({ ...first, kind: "unchanged" });
    expect(await owner("r-1")).toBe("r-3");
    expect(await engine.database.read((tx) => idsOfCustomer(tx, "r-3"))).toEqual(["r-3", "r-1", "r-2"]);
  });

  test("is refused where it would make a circle, a branch or a customer of nothing", async () => {
    await add("c-1", "c-2", "c-3", "c-4");
    await merge("c-1", "c-2");
    await merge("c-2", "c-3");
    const refused = (reason: string) => ({ kind: "refused", reason });
    expect(await merge("c-3", "c-3")).toEqual(refused("same_customer"));
    expect(await merge("c-3", "c-1")).toEqual(refused("same_customer"));
    expect(await merge("c-3", "c-2")).toEqual(refused("same_customer"));
    expect(await merge("c-1", "c-3")).toEqual(refused("same_customer"));
    expect(await merge("c-1", "c-4")).toEqual(refused("merged_elsewhere"));
    expect(await merge("c-4", "c-1")).toEqual(refused("into_merged"));
    expect(await merge("c-4", "nobody")).toEqual(refused("customer_unknown"));
    expect(await merge("nobody", "c-4")).toEqual(refused("customer_unknown"));
    expect(await owner("c-4")).toBe("c-4");
    expect(await owner("nobody")).toBe("nobody");
  });

  test("takes somebody along of whom only points are known", async () => {
    await add("p-1");
    const at = house.now();
    await engine.database.transaction(async (tx) => {
      await setPoints(tx, house, { customerId: "p-1", amount: points(7), at, key: "p-1" });
      await setPoints(tx, house, { customerId: "p-2", amount: points(5), at, key: "p-2" });
    });
    expect(await merge("p-1", "p-2")).toMatchObject({ kind: "merged", merge: { moved: { points: 7 } } });
    expect(await engine.database.read((tx) => balanceOf(tx, "p-2", at))).toBe(12);
  });

  test("is told newest first, page by page", async () => {
    const all = await findMerges(house, { before: null, limit: 100 });
    expect(all.map(({ id }) => id)).toEqual([...all.map(({ id }) => id)].sort().reverse());
    const [first, second] = all;
    expect(await findMerges(house, { before: first?.id ?? "", limit: 1 })).toEqual([second]);
  });

  describe("what comes later", () => {
    test("a members' file goes on speaking of the merged id: its cards follow, its traits do not", async () => {
      const file = (text: string) => importMembers(house, secrets, Buffer.from(text));
      await file("id,card,tier\nf-a,701,silver\nf-b,702,gold\n");
      await merge("f-b", "f-a");
      const report = await file("id,card,tier\nf-a,701,silver\nf-b,703,gold\n");
      expect(report).toMatchObject({ kind: "imported", taken: 2, skipped: 0 });
      expect(report.faults).toEqual([{ line: 3, reason: "customer_merged", isSkipped: false }]);
      expect((await facts({ loyaltyCard: "701" }))?.id).toBe("f-a");
      expect(await facts({ loyaltyCard: "703" })).toMatchObject({ id: "f-a", tier: "silver" });
      expect(await facts({ loyaltyCard: "702" })).toBeNull();
    });

    test("traits and cards are not written under the merged id", async () => {
      await add("w-1", "w-2");
      await merge("w-1", "w-2");
      const refused = { kind: "refused", reason: "customer_merged" };
      expect(await writeCustomer(house, { id: "w-1", ...plain })).toEqual(refused);
      expect(await writeIdentities(house, secrets, "w-1", { card: ["1"] })).toEqual(refused);
    });
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
    const pairs = Array.from({ length: 25 }, (_, index) => [`${prefix}-${index}-l`, `${prefix}-${index}-r`]);
    await add(...pairs.flat());
    const outcomes = await Promise.all(
      pairs.flatMap(([left = "", right = ""]) => [merge(left, right, lock), merge(right, left, lock)]),
    );
    return outcomes.filter(({ kind }) => kind === "merged").length;
  };

  test("of two that cross each other one is made", async () => {
    expect(await cross("x")).toBe(25);
    expect(await astray("x")).toEqual([]);
  });

  test.runIf(engine.name === "postgres")("mutant: without the lock they make circles", async () => {
    const noLock: typeof lockCustomers = async () => undefined;
    await cross("y", noLock).catch(() => undefined);
    expect((await astray("y")).length).toBeGreaterThan(0);
  });

  /** Places orders under ids that are being merged; gives orders that were left with an id that is nobody's any more. */
  const placeDuring = async (prefix: string, ownerOf: typeof lockCustomer) => {
    const names = Array.from({ length: 25 }, (_, index) => [`${prefix}-${index}-b`, `${prefix}-${index}-a`]);
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

  test("whoever writes for a customer during a merge writes for the survivor", async () => {
    expect(await placeDuring("z", lockCustomer)).toEqual([]);
  });

  test.runIf(engine.name === "postgres")(
    "mutant: who only looks the owner up writes for nobody",
    async () => {
      expect((await placeDuring("q", survivorOf)).length).toBeGreaterThan(0);
    },
  );
});
