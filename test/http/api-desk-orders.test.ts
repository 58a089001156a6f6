// The order behind an item of the desk: dishes for everybody who works there, the person on wish and noted.
import { beforeAll, expect, test } from "vitest";
import { giveFeedback } from "../support/answers.ts";
import { type ApiUnderTest, apiOn } from "../support/api.ts";
import { appSays } from "../support/desk-channels.ts";
import { forEachEngine } from "../support/engines.ts";

forEachEngine("the order behind an item", (engine) => {
  let api: ApiUnderTest;
  let itemId = "";
  const call = async (method: string, path: string) => {
    const answer = await api.call(method, `/api/v1${path}`);
    return { status: answer.statusCode, body: answer.json(), text: answer.body };
  };

  beforeAll(async () => {
    api = apiOn(engine.database);
    itemId = (await giveFeedback(api.house, { name: "Анна К." })).itemId;
    await appSays(api.house, { orderId: "app-1", rating: 4 });
  });

  test("dishes are told without who ate them", async () => {
    const { status, body, text } = await call("GET", `/desk/items/${itemId}/order`);
    expect(status).toBe(200);
    expect(body.items).toMatchObject([{ name: "Суп дня", quantity: 1, price: 400, modifications: [] }]);
    expect(body.hasPerson).toBe(true);
    expect(text).not.toContain("Анна");
  });

  test("the person is shown, and the log says who looked without what was seen", async () => {
    const shown = await call("POST", `/desk/items/${itemId}/person`);
    expect([shown.status, shown.body]).toEqual([200, { name: "Анна К.", words: null }]);
    const { body, text } = await call("GET", `/audit/entries?subject=${itemId}&action=desk.person_shown`);
    expect(body.items).toMatchObject([{ action: "desk.person_shown", subject: itemId, details: {} }]);
    expect(text).not.toContain("Анна");
  });

  test("an item of the app has no order of the marketplace, and what is not there is not found", async () => {
    const { body } = await call("GET", "/desk/items?filter=source:app");
    const order = await call("GET", `/desk/items/${body.items[0].id}/order`);
    expect([order.status, order.body.items, order.body.hasPerson]).toEqual([200, [], false]);
    expect((await call("GET", "/desk/items/nothing/order")).status).toBe(404);
    expect((await call("POST", "/desk/items/nothing/person")).status).toBe(404);
  });
});
