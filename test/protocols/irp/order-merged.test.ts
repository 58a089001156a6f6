// An order whose customer is merged away between its price and its confirmation belongs to the one that stays.
import { afterAll, beforeAll, expect, test } from "vitest";
import { mergeCustomers } from "../../../src/flows/index.ts";
import { placeOrder } from "../../../src/flows/place-order.ts";
import { readOrders } from "../../../src/protocols/irp/order-body.ts";
import { orderById, saveCustomer } from "../../../src/storage/index.ts";
import { forEachEngine } from "../../support/engines.ts";
import { type IrpWorld, irpWorld } from "../../support/irp-world.ts";
import { sample } from "./rating-stand.ts";

forEachEngine("an order and a merge", (engine) => {
  let world: IrpWorld;
  beforeAll(async () => {
    world = await irpWorld(engine);
    await engine.database.transaction(async (tx) => {
      for (const id of ["merged-away", "that-stays"])
        await saveCustomer(tx, { id, segments: [], tier: null, birthday: null, orderCount: null }, 0);
    });
  });
  afterAll(() => world.close());

  test("the order is priced again and placed for the survivor, with its uses", async () => {
    const body = JSON.parse(sample("70-order-single.json")) as { orders: Record<string, unknown>[] };
    const [order] = body.orders;
    const uuid = "0198a7c0-5d1e-7c3e-9a55-6c1d2b7f9a01";
    const mine = { ...order, uuid, groupId: null, externalUserId: "merged-away", loyaltyCard: null };
    const read = readOrders({ ...body, externalUserId: "merged-away", orders: [mine] });
    const [first] = read.kind === "read" ? read.orders : [];
    if (first?.kind !== "read") throw new Error("the sample has an order");
    const { request } = first;
    const steps: string[] = [];
    const outcome = await placeOrder(world.desk, request, {
      answer: () => "{}",
      at: async (step) => {
        steps.push(step);
        if (steps.length > 1) return;
        const wish = { fromId: "merged-away", intoId: "that-stays", reason: "", actor: "test" };
        expect(await mergeCustomers(world.house, wish)).toMatchObject({ kind: "merged" });
      },
    });
    expect(outcome.kind).toBe("placed");
    expect(steps.filter((step) => step === "priced")).toHaveLength(2);
    const id = outcome.kind === "placed" ? outcome.order.id : "";
    const placed = await engine.database.read((tx) => orderById(tx, id));
    expect(placed?.customerId).toBe("that-stays");
    const keys = await engine.database.read((tx) =>
      tx.rows<{ customer_key: string }>("select distinct customer_key from order_use where order_id = ?", [
        id,
      ]),
    );
    for (const { customer_key } of keys) expect(customer_key).toBe("id:that-stays");
  });
});
