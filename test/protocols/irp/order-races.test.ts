// Orders under races and deaths: one key is one effect, and nothing is ever half there. Each check is seen to fail on a wrong way.
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { quantity } from "../../../src/core/money/index.ts";
import {
  changeOrderStatus,
  findOrder,
  type OrderDesk,
  type OrderRequest,
  placeOrder,
  returnOrder,
} from "../../../src/flows/index.ts";
import { addOrder, type StoredOrder } from "../../../src/storage/index.ts";
import { type EngineUnderTest, forEachEngine } from "../../support/engines.ts";
import { type IrpWorld, irpWorld } from "../../support/irp-world.ts";

const answer = (order: { readonly id: string }): string => JSON.stringify({ id: order.id });

function requestOf(uuid: string, offerId = "880101", points = 0): OrderRequest {
  const line = {
    ref: offerId,
    hasOwnRef: true,
    privateRef: null,
    productRef: null,
    name: null,
    quantity: quantity(1000),
    selected: true,
    kitId: null,
    addonRefs: [],
    warehouseId: null,
    deliveryGroup: null,
    fractionOptionId: null,
    echoed: [],
    sentAsFree: false,
    sentPrice: null,
  };
  const nobody = {
    name: null,
    phone: null,
    email: null,
    city: null,
    address: null,
    recipientName: null,
    recipientPhone: null,
    comment: null,
  };
  return {
    uuid,
    contents: { offerId },
    nameless: 0,
    contact: { ...nobody, name: "Ольга" },
    agreed: {
      deliveryMethod: null,
      deliveryName: null,
      deliveryPrice: null,
      deliveryDate: null,
      paymentMethod: null,
      paymentName: null,
      saysPaid: null,
      pickupPoint: null,
      isPreorder: false,
      isCallUnwanted: false,
      createdOn: null,
    },
    cart: {
      channel: "app",
      lines: [line],
      customer: { externalUserId: "u-104512", loyaltyCard: null, phone: null },
      code: null,
      choices: [],
      pointsToSpend: points as OrderRequest["cart"]["pointsToSpend"],
      outletId: null,
      employeeId: null,
      city: { name: null, kladr: null, fias: null, cityFias: null, regionFias: null },
      deliveryMethod: null,
      paymentMethod: null,
      pickupPoint: null,
      isEarlyAccess: false,
      giftCards: [],
      services: null,
      syncDate: null,
      groupId: null,
    },
  };
}

/** Everything that a placement or its end leaves behind. */
async function traces(engine: EngineUnderTest) {
  return engine.database.read(async (tx) => {
    const count = async (table: string, test = "true"): Promise<number> =>
      (await tx.rows<{ n: number }>(`select count(*) as n from ${table} where ${test}`))[0]?.n ?? 0;
    return {
      orders: await count("shop_order", "number is not null"),
      keys: await count("order_key"),
      lines: await count("order_line"),
      contacts: await count("order_contact"),
      records: await count("order_record"),
      steps: await count("order_status"),
      events: await count("event", "kind = 'order.placed'"),
      holds: await count("points_hold"),
      movements: await count("points_movement"),
      uses: await count("order_use"),
    };
  });
}

const RACERS = 100;

forEachEngine("orders under races", (engine) => {
  let world: IrpWorld;
  beforeAll(async () => {
    world = await irpWorld(engine);
  });
  afterAll(() => world.close());
  const desk = (): OrderDesk => world.desk;

  test(`one key ${RACERS} times at once, some with other contents: one order, one answer, one effect`, async () => {
    const before = await traces(engine);
    const outcomes = await Promise.all(
      Array.from({ length: RACERS }, (_, index) =>
        placeOrder(desk(), requestOf("b6", index % 10 === 9 ? "771200" : "880101", 100), { answer }),
      ),
    );
    const answers = outcomes.map((outcome) => (outcome.kind === "refused" ? outcome.reason : outcome.answer));
    expect(new Set(answers).size).toBe(1);
    expect(outcomes.filter(({ kind }) => kind === "placed")).toHaveLength(1);
    const after = await traces(engine);
    expect(after).toEqual({
      orders: before.orders + 1,
      keys: before.keys + 1,
      lines: before.lines + 1,
      contacts: before.contacts + 1,
      records: before.records + 1,
      steps: before.steps + 1,
      events: before.events + 1,
      holds: before.holds + 1,
      movements: before.movements + 1,
      uses: after.uses,
    });
    expect(world.house.alarms.some(({ kind }) => kind === "order_contents_differ")).toBe(true);
  });

  test("a way that looks first and writes then makes more than one order: the check above would see it", async () => {
    const naive = async (uuid: string, number: number): Promise<void> => {
      const known = await engine.database.read((tx) =>
        tx.rows("select 1 as one from shop_order where calculation_id = ?", [uuid]),
      );
      if (known.length > 0) return;
      const row = { ...emptyRow(), id: `naive-${number}`, calculationId: uuid, customerId: null };
      await engine.database.transaction((tx) => addOrder(tx, row as unknown as StoredOrder));
    };
    await Promise.all(Array.from({ length: 20 }, (_, index) => naive("naive", index)));
    const [row] = await engine.database.read((tx) =>
      tx.rows<{ n: number }>("select count(*) as n from shop_order where calculation_id = 'naive'"),
    );
    expect(row?.n).toBeGreaterThan(1);
  });

  describe("a death at a step", () => {
    test.each(["priced", "claimed", "written", "held", "noted", "used"] as const)(
      "%s leaves nothing, and the same call again leaves all",
      async (step) => {
        const before = await traces(engine);
        const request = requestOf(`death-${step}`, "880101", 10);
        const dies = placeOrder(desk(), request, {
          answer,
          at: (now) => {
            if (now === step) throw new Error("dead");
          },
        });
        await expect(dies).rejects.toThrow("dead");
        expect(await traces(engine)).toEqual(before);
        const done = await placeOrder(desk(), request, { answer });
        expect(done.kind).toBe("placed");
        expect(await traces(engine)).toMatchObject({ orders: before.orders + 1, holds: before.holds + 1 });
      },
    );

    test("committed leaves all, and ten repeats change nothing and get the answer that was lost", async () => {
      const request = requestOf("death-committed", "880101", 10);
      const dies = placeOrder(desk(), request, {
        answer,
        at: (now) => {
          if (now === "committed") throw new Error("connection cut");
        },
      });
      await expect(dies).rejects.toThrow("connection cut");
      const after = await traces(engine);
      for (let repeat = 0; repeat < 10; repeat += 1) {
        const outcome = await placeOrder(desk(), request, { answer });
        expect(outcome).toMatchObject({ kind: "repeated", isOtherContents: false });
      }
      expect(await traces(engine)).toEqual(after);
    });

    test("of a cancellation leaves the order as it was", async () => {
      const placed = await placeOrder(desk(), requestOf("death-cancel", "880101", 10), { answer });
      if (placed.kind !== "placed") throw new Error(placed.kind);
      const wish = { orderId: placed.order.id, status: "canceled", side: "shop", reason: null } as const;
      const before = await traces(engine);
      for (const step of ["claimed", "written", "points", "noted", "used"] as const) {
        const dies = changeOrderStatus(desk(), wish, {
          at: (now) => {
            if (now === step) throw new Error("dead");
          },
        });
        await expect(dies).rejects.toThrow("dead");
        expect(await traces(engine)).toEqual(before);
        expect((await findOrder(world.house, placed.order.id))?.order.status).toBe("placed");
      }
    });
  });

  test("an order that is cancelled and done at once ends one way, and its points with it", async () => {
    for (let round = 0; round < 5; round += 1) {
      const placed = await placeOrder(desk(), requestOf(`both-${round}`, "880101", 10), { answer });
      if (placed.kind !== "placed") throw new Error(placed.kind);
      const { id } = placed.order;
      const outcomes = await Promise.all(
        (["canceled", "done", "canceled", "done", "closed"] as const).map((status) =>
          changeOrderStatus(desk(), { orderId: id, status, side: "shop", reason: null }),
        ),
      );
      expect(outcomes.filter(({ kind }) => kind === "changed")).toHaveLength(1);
      const states = await engine.database.read((tx) =>
        tx.rows<{ state: string }>("select state from points_hold where order_id = ?", [id]),
      );
      const { status } = (await findOrder(world.house, id))?.order ?? {};
      expect(states).toEqual([{ state: status === "done" ? "captured" : "released" }]);
    }
  });

  test("the last unit comes back once, however many ask at once", async () => {
    const placed = await placeOrder(desk(), requestOf("one-return"), { answer });
    if (placed.kind !== "placed") throw new Error(placed.kind);
    const { id } = placed.order;
    await changeOrderStatus(desk(), { orderId: id, status: "done", side: "shop", reason: null });
    const wish = {
      orderId: id,
      lines: [{ position: 0, quantity: 1000, first: "cheapest" as const }],
      reason: null,
    };
    const outcomes = await Promise.all(Array.from({ length: 10 }, () => returnOrder(desk(), wish)));
    expect(outcomes.filter(({ kind }) => kind === "returned")).toHaveLength(1);
    const found = await findOrder(world.house, id);
    expect(found?.order).toMatchObject({ returnedMinor: found?.order.totalMinor });
    await changeOrderStatus(desk(), { orderId: id, status: "canceled", side: "shop", reason: null });
    expect((await findOrder(world.house, id))?.order.status).toBe("done");
  });
});

function emptyRow(): Record<string, null> {
  const names =
    "number placedAt status totalMinor channel outletId employeeId groupId grossMinor discountMinor deliveryMinor byPointsMinor pointsSpent pointsEarned returnedMinor refundedMinor code updatedAt isPaid trackingUrl statusMessage storageUntil storageExtensions";
  return Object.fromEntries(names.split(" ").map((name) => [name, null]));
}
