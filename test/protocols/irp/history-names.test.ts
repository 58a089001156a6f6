// Whose history it is: the app names the shopper by an id of ours, by a card or by a phone, as it was told at login.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { importMembers } from "../../../src/flows/index.ts";
import { forEachEngine } from "../../support/engines.ts";
import { type IrpWorld, irpWorld, WORLD } from "../../support/irp-world.ts";

forEachEngine("the history by any name of the shopper", (engine) => {
  let world: IrpWorld;
  let id = "";
  beforeAll(async () => {
    world = await irpWorld(engine);
    await importMembers(world.house, world.desk.secrets, readFileSync(join(WORLD, "members.csv")));
    const order = {
      uuid: `named-${engine.name}`,
      externalUserId: "u-104512",
      items: [{ configurationId: "333900", quantity: 1 }],
    };
    const placed = (await world.send("/orders", { orders: [order] })).json() as { orders: { id: string }[] };
    id = placed.orders[0]?.id ?? "";
  });
  afterAll(() => world.close());

  const history = async (body: object): Promise<string[]> => {
    const answer = await world.send("/orders/history", body);
    expect(answer.statusCode, answer.body).toBe(200);
    return (answer.json() as { orders: { id: string }[] }).orders.map((order) => order.id);
  };

  test("an id, a card and a phone in any spelling show the same orders", async () => {
    for (const userIdentifier of [
      "u-104512",
      "2200000104512",
      "2200 0001 04512",
      "+7 912 000-00-12",
      "8 (912) 000-00-12",
      "9120000012",
    ])
      expect(await history({ userIdentifier }), userIdentifier).toEqual([id]);
  });

  test("a phone or card that nobody has shows nothing, also to a new customer", async () => {
    for (const userIdentifier of ["+7 912 000-00-13", "2200000104513", "u-1"])
      expect(await history({ userIdentifier }), userIdentifier).toEqual([]);
  });

  test("a phone or card that stands elsewhere in the call opens nothing", async () => {
    expect(await history({ phone: "+7 912 000-00-12", loyaltyCard: "2200000104512" })).toEqual([]);
    expect(await history({ userIdentifier: "u-1", phone: "+7 912 000-00-12" })).toEqual([]);
  });
});
