// Two customers made one: what goes over, what leads where, and merges that cross each other.
import { beforeAll, describe, expect, test } from "vitest";
import { forEachEngine } from "../../test/support/engines.ts";
import { type HouseUnderTest, houseOver } from "../../test/support/house.ts";
import { instant } from "../core/basics/index.ts";
import { DEFAULT_TERMS } from "../core/loyalty/index.ts";
import { points } from "../core/money/index.ts";
import {
  balanceOf,
  claimStoredCart,
  idsOfCustomer,
  readStoredCart,
  saveCustomer,
  saveIdentity,
  saveOrder,
  savePromoCodes,
  saveStoredCart,
  spentSince,
  survivorOf,
} from "../storage/index.ts";
import { applyRules } from "./apply-rules.ts";
import { claimUses, releaseUses } from "./claim-uses.ts";
import { cardHash, customerFacts, phoneHash } from "./find-customer.ts";
import { holdPoints, releasePoints } from "./hold-points.ts";
import { importMembers } from "./import-members.ts";
import { viewCustomer, writeCustomer, writeIdentities } from "./manage-customers.ts";
import { findMerges, mergeCustomers } from "./merge-customers.ts";
import { RuleShelf } from "./rule-shelf.ts";
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
  const merge = (fromId: string, intoId: string) =>
    mergeCustomers(house, { fromId, intoId, reason: "same person", actor: "test" });
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

  test("takes points in their lots and uses of limits along, and the order gives them back to the one that stays", async () => {
    const [at, limits] = [house.now(), { usesPerCustomer: 3 }];
    const promotion = { id: "once", name: "Once", limits, then: [{ percent: 5 }] };
    const rules = new RuleShelf(house, "Europe/Moscow");
    await applyRules(house, rules, { set: { promotions: [promotion] } }, { note: "" });
    rules.forget();
    const shelved = await rules.current();
    const applied = [{ promotionId: "once", amount: 500 }];
    const claim = (id: string, orderId: string) =>
      engine.database.transaction((tx) =>
        claimUses(tx, { orderId, customerKey: `id:${id}`, foldedCode: null, applied, shelved, at }),
      );
    const uses = () =>
      engine.database.read((tx) =>
        tx.rows("select subject, uses, spent from limit_use where kind = 'customer' order by subject"),
      );
    await engine.database.transaction(async (tx) => {
      await setPoints(tx, house, { customerId: "l-1", amount: points(70), at, key: "l-1" });
      await setPoints(tx, house, { customerId: "l-2", amount: points(30), at, key: "l-2" });
      await holdPoints(tx, house, {
        orderId: "l-o",
        customerId: "l-1",
        amount: points(20),
        at,
        releaseAt: instant(at + 1),
      });
    });
    for (const [id, orderId] of [
      ["l-1", "u-1"],
      ["l-1", "u-2"],
      ["l-2", "u-3"],
    ] as const)
      expect(await claim(id, orderId)).toMatchObject({ kind: "claimed" });
    await add("l-1", "l-2");
    expect(await merge("l-1", "l-2")).toMatchObject({ merge: { moved: { points: 70, uses: 1 } } });
    const balance = (id: string) => engine.database.read((tx) => balanceOf(tx, id, at));
    expect([await balance("l-1"), await balance("l-2")]).toEqual([0, 80]);
    expect(await uses()).toEqual([{ subject: "id:l-2", uses: 3, spent: 1500 }]);
    expect(await claim("l-2", "u-4")).toMatchObject({ kind: "refused", limit: "usesPerCustomer" });
    await engine.database.transaction(async (tx) => {
      await releaseUses(tx, { orderId: "u-1", at });
      await releasePoints(tx, house, { orderId: "l-o", at, terms: DEFAULT_TERMS });
    });
    expect(await uses()).toEqual([{ subject: "id:l-2", uses: 2, spent: 1000 }]);
    expect(await balance("l-2")).toBe(100);
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
});
