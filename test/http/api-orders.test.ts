// Orders by the management API as people work on them: found by what is at hand, followed, previewed, taken out as files.
import { afterAll, beforeAll, expect, test } from "vitest";
import { changeOrderStatus, followImshopSetting, publishEvents } from "../../src/flows/index.ts";
import { type ApiUnderTest, apiOn, type CallOptions } from "../support/api.ts";
import { forEachEngine } from "../support/engines.ts";
import { type IrpWorld, irpWorld } from "../support/irp-world.ts";
import { Browser, firstPerson, PASSWORD } from "../support/people.ts";

/** The key under which the app placed the order. */
const UUID = "5d0f7a30-2c1b-4b86-9c7e-0a4f3e1d9b77";

forEachEngine("orders by the management API", (engine) => {
  let world: IrpWorld;
  let api: ApiUnderTest;
  let orderId = "";
  const ask = async (method: string, path: string, options: CallOptions = {}) => {
    const answer = await api.call(method, `/api/v1${path}`, options);
    return { status: answer.statusCode, body: answer.body === "" ? null : answer.json() };
  };
  const ids = (body: { items: { id: string }[] }) => body.items.map(({ id }) => id);

  beforeAll(async () => {
    world = await irpWorld(engine);
    api = apiOn(engine.database);
    const limited = {
      id: "all",
      name: "For all",
      codes: { list: ["ВСЕМ"] },
      limits: { uses: 1000, usesPerCustomer: 10 },
      then: [{ percent: 10 }],
    };
    expect((await ask("PUT", "/promotion-set", { body: { promotions: [limited] } })).status).toBe(200);
    world.desk.rules.forget();
    const order = {
      uuid: UUID,
      externalUserId: "u-104512",
      promocode: "всем",
      authorizedBonuses: 100,
      name: '=HYPERLINK("x")',
      phone: "+7 (912) 000-0012",
      items: [
        { configurationId: "880101", quantity: 1 },
        { configurationId: "620415", quantity: 3 },
      ],
    };
    const placed = await world.send("/orders", { orders: [order] });
    orderId = (placed.json() as { orders: { id: string }[] }).orders[0]?.id ?? "";
    expect(orderId).not.toBe("");
    await ask("PUT", "/customers/u-104512/identities", {
      body: { phones: ["+7 912 000-00-12"], cards: ["7712-01"] },
    });
  });
  afterAll(() => world.close());

  test("a text names an order, a customer or a code, and never stands in an address", async () => {
    const named = async (text: string) => (await ask("POST", "/orders/search", { body: { text } })).body;
    expect(await named(orderId)).toEqual({ kind: "order", id: orderId });
    expect(await named(` ${UUID} `)).toEqual({ kind: "order", id: orderId });
    expect(await named("u-104512")).toEqual({ kind: "customer", id: "u-104512" });
    expect(await named("8 (912) 000-00-12")).toEqual({ kind: "customer", id: "u-104512" });
    expect(await named("771201")).toEqual({ kind: "customer", id: "u-104512" });
    expect(await named("Всем")).toEqual({ kind: "code", id: "всем" });
    expect(await named("nobody")).toEqual({ kind: "nothing", id: null });
    expect(api.logged.join("")).not.toContain("912");
  });

  test("lists are narrowed by code, channel and calculation", async () => {
    expect(ids((await ask("GET", `/orders?code=${encodeURIComponent("ВСЕМ ")}&channel=app`)).body)).toEqual([
      orderId,
    ]);
    expect(ids((await ask("GET", "/orders?code=other")).body)).toEqual([]);
    expect(ids((await ask("GET", "/orders?channel=seller")).body)).toEqual([]);
    const { calculationId } = (await ask("GET", `/orders/${orderId}`)).body;
    expect(ids((await ask("GET", `/orders?calculationId=${calculationId}`)).body)).toEqual([orderId]);
    expect(ids((await ask("GET", "/orders?calculationId=none")).body)).toEqual([]);
  });

  test("a file holds the orders that a filter finds, and nothing in it is computed", async () => {
    const all = await api.call("GET", "/api/v1/order-export?contacts=true&language=ru");
    expect(all.headers["content-type"]).toBe("text/csv; charset=utf-8");
    expect(all.headers["content-disposition"]).toBe('attachment; filename="orders.csv"');
    const [heading, row, ...rest] = all.body.trimEnd().split("\r\n");
    expect(rest).toEqual([]);
    expect(heading).toContain("номер;оформлен");
    expect(row).toContain(`"'=HYPERLINK(""x"")"`);
    const plain = await api.call("GET", "/api/v1/order-export?status=placed");
    expect(plain.body).toContain("\ufeffid;placed");
    expect(plain.body).not.toContain("HYPERLINK");
    const none = await api.call("GET", "/api/v1/order-export?status=done");
    expect(none.body.trimEnd().split("\r\n")).toHaveLength(1);
    const lines = await api.call("GET", "/api/v1/order-export?format=jsonl");
    expect(JSON.parse(lines.body)).toMatchObject({ id: orderId, lines: [{ offerId: "880101" }, {}] });
    expect((await ask("GET", "/order-export?status=")).status).toBe(400);
  });

  test("its trail tells what is held, which limits it uses, and that nobody is told", async () => {
    const { body } = await ask("GET", `/orders/${orderId}/trail`);
    expect(body).toMatchObject({
      hold: { points: 100, state: "held" },
      movements: [{ kind: "hold", availablePoints: -100, pendingPoints: 0, heldPoints: 100 }],
      isPushed: false,
      pushes: [],
    });
    expect(body.uses).toMatchObject([
      { promotionId: "all", isCounted: true, code: "всем", releasedAt: null },
    ]);
    expect(body.uses[0].counters.map(({ kind }: { kind: string }) => kind).sort()).toEqual([
      "all",
      "customer",
    ]);
    expect((await ask("GET", "/orders/none/trail")).status).toBe(404);
  });

  test("a return is told before it is made, to the kopeck and the point", async () => {
    const body = { lines: [{ position: 1, quantity: 2000 }] };
    const before = await ask("GET", `/orders/${orderId}`);
    const told = await ask("POST", `/orders/${orderId}/returns/preview`, { body });
    expect(told.status).toBe(200);
    expect(told.body.isEarned).toBe(false);
    expect((await ask("GET", `/orders/${orderId}`)).body).toEqual(before.body);
    const made = await ask("POST", `/orders/${orderId}/returns`, { body });
    for (const name of ["valueMinor", "refundMinor", "pointsBack", "pointsTaken", "lines"])
      expect(made.body[name], name).toEqual(told.body[name]);
    expect(told.body.refundMinor).toBeGreaterThan(0);
    const again = await ask("POST", `/orders/${orderId}/returns/preview`, { body });
    expect([again.status, again.body.errors[0]]).toEqual([
      422,
      { path: "/body/lines/0", message: "more than is left of the line" },
    ]);
    expect((await ask("POST", "/orders/none/returns/preview", { body })).status).toBe(404);
  });

  test("statuses told to IMSHOP stand in the trail from the moment they are said", async () => {
    await followImshopSetting(api.house, "https://app.shop.example/status");
    const wish = { orderId, status: "processing", side: "shop", reason: null } as const;
    await changeOrderStatus({ house: api.house, rules: api.rules }, wish);
    const pushes = async () => (await ask("GET", `/orders/${orderId}/trail`)).body;
    expect(await pushes()).toMatchObject({
      isPushed: true,
      pushes: [{ code: "processing", state: "waiting", attempts: [], nextAt: null }],
    });
    await publishEvents(api.house);
    expect((await pushes()).pushes).toMatchObject([{ code: "processing", state: "pending" }]);
  });

  test("what is cancelled gives back, and nothing of it can come back any more", async () => {
    await ask("POST", `/orders/${orderId}/cancel`, { body: {} });
    const { body } = await ask("GET", `/orders/${orderId}/trail`);
    expect(body.hold.state).toBe("released");
    expect(body.uses[0].releasedAt).not.toBeNull();
    const lines = [{ position: 0, quantity: 1000 }];
    const refused = await ask("POST", `/orders/${orderId}/returns/preview`, { body: { lines } });
    expect([refused.status, refused.body.code]).toEqual([409, "order_unbought"]);
  });

  test("who is set on another shop finds nothing of it", async () => {
    const owner = await firstPerson(api);
    const wish = { login: "branch", name: "branch", role: "branch_manager", outlets: ["shop-b"] };
    const { id } = (await owner.call("POST", "/people", wish)).json();
    const { link } = (await owner.call("POST", `/people/${id}/link`, {})).json();
    const manager = new Browser(api);
    await manager.call("POST", "/session/link", { link, password: PASSWORD });
    for (const text of [orderId, UUID, "u-104512", "+7 912 000-00-12", "всем"]) {
      const named = await manager.call("POST", "/orders/search", { text });
      expect(named.json()).toEqual({ kind: "nothing", id: null });
    }
    const file = await manager.call("GET", "/order-export");
    expect(file.body.trimEnd().split("\r\n")).toHaveLength(1);
    expect((await manager.call("GET", `/orders/${orderId}/trail`)).statusCode).toBe(404);
    await engine.database.transaction((tx) =>
      tx.run("update shop_order set outlet_id = 'shop-b' where id = ?", [orderId]),
    );
    const found = await manager.call("POST", "/orders/search", { text: "8 912 000 00 12" });
    expect(found.json()).toEqual({ kind: "customer", id: "u-104512" });
    expect((await manager.call("GET", "/order-export")).body).toContain(orderId);
  });
});
