// Orders as stored: keys and numbers, what imports may not touch, lists.
import { expect, test } from "vitest";
import {
  addOrder,
  addOrderContact,
  addOrderLines,
  addOrderRecord,
  addOrderReturn,
  addOrderStep,
  changeOrder,
  claimOrder,
  claimOrderKey,
  contactsOfOrders,
  linesOfOrders,
  listOrders,
  orderById,
  placementOf,
  releaseOrderKey,
  returnsOfOrders,
  type StoredOrder,
  saveOrder,
  skipOrderNumbers,
  spentSince,
  stepsOfOrder,
  termsOfOrders,
} from "../../src/storage/index.ts";
import { forEachEngine } from "../support/engines.ts";

const order = (id: string, more: Partial<StoredOrder> = {}): StoredOrder => ({
  id,
  customerId: "u-1",
  placedAt: 1000,
  status: "placed",
  totalMinor: 294_100,
  number: Number(id),
  channel: "app",
  outletId: null,
  employeeId: null,
  groupId: null,
  grossMinor: 354_000,
  discountMinor: 59_900,
  deliveryMinor: 30_000,
  byPointsMinor: 0,
  pointsSpent: 0,
  pointsEarned: 0,
  returnedMinor: 0,
  refundedMinor: 0,
  code: null,
  calculationId: id,
  updatedAt: 1000,
  isPaid: null,
  trackingUrl: null,
  statusMessage: null,
  storageUntil: null,
  storageExtensions: 0,
  ...more,
});

forEachEngine("orders as stored", (engine) => {
  const write = <Result>(work: Parameters<typeof engine.database.transaction<Result>>[0]) =>
    engine.database.transaction(work);

  test("a key is claimed once, and its order's answer is found by it", async () => {
    const key = { uuid: "k-1", fingerprint: "f", at: 1 };
    const number = await write(async (tx) => {
      const claim = await claimOrderKey(tx, key);
      if (claim.kind !== "claimed") throw new Error("taken");
      await addOrder(tx, order(String(claim.number)));
      await addOrderRecord(tx, String(claim.number), { answer: "{}", terms: "[]" });
      return claim.number;
    });
    expect(number).toBe(100_001);
    const placed = { orderId: "100001", fingerprint: "f", answer: "{}" };
    expect(await write((tx) => claimOrderKey(tx, { ...key, fingerprint: "other" }))).toEqual({
      kind: "placed",
      placed,
    });
    expect(await engine.database.read((tx) => placementOf(tx, "k-1"))).toEqual(placed);
    expect(await engine.database.read((tx) => placementOf(tx, "k-2"))).toBe(null);
  });

  test("a key without its order is a mistake of ours and no endless wait", async () => {
    const key = { uuid: "k-lost", fingerprint: "f", at: 1 };
    await write((tx) => claimOrderKey(tx, key));
    await expect(write((tx) => claimOrderKey(tx, key))).rejects.toThrow("has its order");
  });

  test("numbers of other systems are skipped, never back", async () => {
    const claimed = async (uuid: string) => {
      const claim = await write((tx) => claimOrderKey(tx, { uuid, fingerprint: "f", at: 1 }));
      if (claim.kind !== "claimed") throw new Error("taken");
      return claim.number;
    };
    await write((tx) => skipOrderNumbers(tx, 200_000));
    expect(await claimed("k-3")).toBe(200_001);
    await write((tx) => skipOrderNumbers(tx, 150_000));
    expect(await claimed("k-4")).toBe(200_002);
    await write((tx) => releaseOrderKey(tx, 200_002));
    expect(await claimed("k-4")).toBe(200_003);
  });

  test("an import fills in what it tells, and never touches what was placed here", async () => {
    await write(async (tx) => {
      await addOrder(tx, order("300001"));
      expect(await addOrder(tx, order("300001"))).toBe(false);
      const told = { id: "300001", customerId: "x", placedAt: 5, status: "done", totalMinor: 1 };
      expect(await saveOrder(tx, told)).toBe(false);
      const bare = { id: "e-1", customerId: null, placedAt: null, status: null, totalMinor: null };
      expect(await saveOrder(tx, { ...bare, status: "done" })).toBe(true);
      expect(await saveOrder(tx, { ...bare, totalMinor: 700 })).toBe(true);
    });
    const read = (id: string) => engine.database.read((tx) => orderById(tx, id));
    expect(await read("300001")).toEqual(order("300001"));
    expect(await read("e-1")).toMatchObject({ status: "done", totalMinor: 700, number: null });
    expect(await read("nobody's")).toBe(null);
  });

  test("an order's parts come back as they were written", async () => {
    const line = {
      position: 0,
      offerId: "880101",
      name: "Сковорода",
      price: 249_000,
      quantity: 1000,
      gross: 249_000,
      discount: 24_900,
      total: 224_100,
      terms: "{}",
    };
    const lines = Array.from({ length: 230 }, (_, position) => ({ ...line, position }));
    const contact = {
      name: "Ольга",
      phone: "8912-000",
      email: null,
      city: null,
      address: "ул Малышева",
      recipientName: null,
      recipientPhone: null,
      comment: null,
    };
    const given = {
      id: "r-1",
      orderId: "o-1",
      value: 5,
      refund: 4,
      spentBack: 1,
      earnedBack: 0,
      reason: null,
      lines: [{ position: 0, quantity: 1000, taken: [1], value: 5, refund: 4 }],
      at: 9,
    };
    const step = { status: "placed", side: "app", reason: null, at: 1 };
    await write(async (tx) => {
      await addOrderLines(tx, "o-1", lines);
      await addOrderContact(tx, "o-1", contact);
      await addOrderReturn(tx, given);
      await addOrderStep(tx, "o-1", 1, step);
      await addOrderStep(tx, "o-1", 2, { ...step, status: "done", side: "shop" });
      await addOrderRecord(tx, "o-1", { answer: null, terms: "{}" });
    });
    await engine.database.read(async (tx) => {
      expect((await linesOfOrders(tx, ["o-1", "o-2"])).get("o-1")).toEqual(lines);
      expect((await contactsOfOrders(tx, ["o-1"])).get("o-1")).toEqual(contact);
      expect((await returnsOfOrders(tx, ["o-1", "o-2"])).get("o-1")).toEqual([given]);
      expect((await stepsOfOrder(tx, "o-1")).map(({ status }) => status)).toEqual(["placed", "done"]);
      expect((await termsOfOrders(tx, ["o-1"])).get("o-1")).toBe("{}");
      for (const nothing of [linesOfOrders, contactsOfOrders, returnsOfOrders, termsOfOrders])
        expect((await nothing(tx, [])).size).toBe(0);
    });
  });

  test("lists go from the newest to what nobody dated, by cursor and by filter", async () => {
    await write(async (tx) => {
      for (const [id, placedAt, status] of [
        ["400001", 10, "placed"],
        ["400002", 30, "done"],
        ["400003", 20, "done"],
        ["400004", 30, "canceled"],
      ] as const)
        await addOrder(tx, order(id, { placedAt, status, customerId: "u-l", employeeId: "e", groupId: "g" }));
      await saveOrder(tx, { id: "u-l-x", customerId: "u-l", placedAt: null, status: null, totalMinor: null });
    });
    const ids = async (page: Omit<Parameters<typeof listOrders>[1], "limit">, limit = 10) =>
      (await engine.database.read((tx) => listOrders(tx, { customerIds: ["u-l"], ...page, limit }))).map(
        ({ id }) => id,
      );
    expect(await ids({})).toEqual(["400004", "400002", "400003", "400001", "u-l-x"]);
    expect(await ids({ after: { placedAt: 30, id: "400002" } })).toEqual(["400003", "400001", "u-l-x"]);
    expect(await ids({ skip: 1 }, 2)).toEqual(["400002", "400003"]);
    expect(await ids({ status: "done", placedFrom: 20, placedBefore: 30 })).toEqual(["400003"]);
    expect(await ids({ isPlacedHere: false })).toEqual(["u-l-x"]);
    expect(await ids({ isPlacedHere: true, employeeId: "e", groupId: "g" })).toHaveLength(4);
    expect(await ids({ outletId: "none" })).toEqual([]);
  });

  test("what came back or ended unbought was not spent", async () => {
    await write(async (tx) => {
      await addOrder(tx, order("500001", { customerId: "u-s", totalMinor: 1000 }));
      await addOrder(tx, order("500002", { customerId: "u-s", totalMinor: 500 }));
      const claimed = await claimOrder(tx, "500001");
      expect(claimed?.totalMinor).toBe(1000);
      await changeOrder(tx, "500001", { returnedMinor: 300 });
      await changeOrder(tx, "500002", { status: "closed", updatedAt: 5 });
      expect(await claimOrder(tx, "no")).toBe(null);
    });
    expect(await engine.database.read((tx) => spentSince(tx, "u-s", [0, 5000]))).toEqual([700, 0]);
    expect(await engine.database.read((tx) => spentSince(tx, "u-s", []))).toEqual([]);
  });
});
