// Erasure by the management API: once, with its act in both forms, by who may; what is delivered again stays away.
import { beforeAll, expect, test } from "vitest";
import { type ApiUnderTest, apiOn } from "../support/api.ts";
import { appSays, marketplaceSays } from "../support/desk-channels.ts";
import { forEachEngine } from "../support/engines.ts";
import { everyText } from "../support/traces.ts";

const NAME = "Аполлинария";

forEachEngine("erasure by the management API", (engine) => {
  let api: ApiUnderTest;
  const call = async (method: string, path: string, body?: unknown, headers = {}) => {
    const answer = await api.call(method, `/api/v1${path}`, body === undefined ? {} : { body, headers });
    return { status: answer.statusCode, type: answer.headers["content-type"], text: answer.body };
  };
  const wish = { kind: "customer", id: "cust", reason: "Request <script>" };

  beforeAll(async () => {
    api = apiOn(engine.database);
    for (const orderId of ["one", "two"]) {
      await engine.database.transaction((tx) =>
        tx.run("insert into shop_order (id, customer_id, placed_at) values (?, 'cust', 1)", [orderId]),
      );
      await marketplaceSays(api.house, { orderId, rating: 2, comment: `Это ${NAME}`, customerName: NAME });
      await appSays(api.house, { orderId, rating: 4, comment: `И я ${NAME}` });
    }
  });

  test("of somebody unknown says so", async () => {
    const { status, text } = await call("POST", "/desk/erasures", { ...wish, id: "nobody" });
    expect([status, JSON.parse(text)]).toEqual([200, { kind: "nothing_known", act: null }]);
  });

  test("of a customer goes through all orders, and a repeat under the same key is the same act", async () => {
    expect(await everyText(engine)).toContain(NAME);
    const key = { "idempotency-key": "erase-1" };
    const first = await call("POST", "/desk/erasures", wish, key);
    expect(first.status).toBe(200);
    const { act } = JSON.parse(first.text);
    expect(act).toMatchObject({
      subject: { kind: "customer", id: "cust" },
      orders: ["one", "two"],
      isWhole: true,
    });
    expect(act.items).toHaveLength(4);
    expect(await everyText(engine)).not.toContain(NAME);
    expect((await call("POST", "/desk/erasures", wish, key)).text).toBe(first.text);
    expect(JSON.parse((await call("GET", `/desk/erasures/${act.id}`)).text)).toEqual(act);
    expect(JSON.parse((await call("GET", "/desk/erasures")).text).items).toEqual([act]);
    const page = await call("GET", `/desk/erasures/${act.id}/page`);
    expect(page.type).toBe("text/html; charset=utf-8");
    expect(page.text).toContain("Request &lt;script&gt;");
    expect(page.text).not.toContain("<script");
    expect(page.text).toContain(act.hash);
    expect((await call("GET", "/desk/erasures/none/page")).status).toBe(404);
  });

  test("is shown by what the last delivery did", async () => {
    await marketplaceSays(api.house, { orderId: "one", rating: 2, comment: NAME, customerName: NAME });
    const { items } = JSON.parse((await call("GET", "/feedback?orderId=one")).text);
    expect(items).toMatchObject([{ effect: "erased", deliveries: 2 }]);
    expect(await everyText(engine)).not.toContain(NAME);
  });
});
