// Deliveries of ratings over HTTP: repeats, bodies that are no JSON, keys, the log, and the list that is read.
import { describe, expect, test } from "vitest";
import { importOrders, ratingsOf } from "../../../src/flows/index.ts";
import { forEachEngine } from "../../support/engines.ts";
import { ratingStand, sample } from "./rating-stand.ts";

forEachEngine("deliveries of ratings", (engine) => {
  const stand = ratingStand(engine);

  describe("repeats", () => {
    test("word for word are successes without effect", async () => {
      for (let time = 0; time < 3; time += 1) await stand.rate({ id: stand.order, rating: 4, comment: "а" });
      expect(await stand.ratingOf()).toMatchObject({ stars: 4, revisions: 1 });
      expect((await stand.deliveries()).slice(-3).map(({ effect }) => effect)).toEqual([
        "created",
        "duplicate",
        "duplicate",
      ]);
    });

    test("with other words: the last counts, all stay in the history, each with its delivery", async () => {
      await stand.rate({ id: stand.order, rating: 4, comment: "а" });
      stand.now += 1000;
      await stand.rate({ orderId: stand.order, rating: 1 });
      const rating = await stand.ratingOf();
      expect(rating).toMatchObject({ stars: 1, comment: "", revisions: 2, lastReceivedAt: stand.now });
      expect(rating?.history).toMatchObject([
        { number: 1, stars: 4, comment: "а", receivedAt: stand.now - 1000 },
        { number: 2, stars: 1, comment: "", receivedAt: stand.now },
      ]);
      expect(rating?.history?.[1]?.deliveryId).toMatch(/^id-/);
    });
  });

  describe("what is not JSON", () => {
    test.each([
      ["broken", sample("90-malformed-not-json.txt"), "not_json"],
      ["empty", "", "not_json"],
      ["an array", '[{"id": "1", "rating": 5}]', "not_an_object"],
      ["a text", '"id"', "not_an_object"],
    ])("%s: 400, and the body kept", async (_, body, code) => {
      const answer = await stand.send(body);
      expect(answer.statusCode).toBe(400);
      expect(answer.json()).toMatchObject({ success: false, errorCode: code });
      expect(await stand.lastDelivery()).toMatchObject({ effect: "rejected", reason: code, body });
    });
  });

  test("without a key nothing is stored, kept or told", async () => {
    const before = (await stand.deliveries()).length;
    for (const body of [sample("50-rating-valid-id.json"), "{"]) {
      expect((await stand.send(body, {})).statusCode).toBe(401);
    }
    expect((await stand.deliveries()).length).toBe(before);
    expect(stand.alarms).toEqual([]);
  });

  test.each([
    ["as a field", `"key": "test-key-0001"`],
    ["in headers", `"headers": {"key": "test-key-0001"}`],
    ["in disguise", `"\\u006bey": "test-key-0001"`],
  ])("a key in the body %s opens the door and is never stored or logged", async (_, field) => {
    await stand.rate(`{${field}, "id": "${stand.order}", "rating": 5, "comment": "а"}`, stand.server, {});
    expect((await stand.lastDelivery()).body).toBe(`{"id":"${stand.order}","rating":5,"comment":"а"}`);
    await stand.send(`{${field.replace("\\u006b", "k")}, "rating": 5,}`);
    expect((await stand.lastDelivery()).effect).toBe("rejected");
    expect((await stand.lastDelivery()).body).not.toContain("test-key-0001");
    expect(stand.server.log.join("")).not.toContain("test-key-0001");
  });
  test("a body of endless nesting is refused, kept, and breaks nothing", async () => {
    const body = `{"key": "test-key-0001", "id": ${"[".repeat(50_000)}${"]".repeat(50_000)}}`;
    expect((await stand.send(body)).statusCode).toBe(400);
    expect((await stand.lastDelivery()).effect).toBe("rejected");
    expect((await stand.lastDelivery()).body).not.toContain("test-key-0001");
  });

  test("the log has ids and the outcome, and no word of the customer", async () => {
    await stand.rate({ id: stand.order, rating: 2, comment: "секретные слова" });
    const log = stand.server.log.join("");
    expect(log).toContain(`"order":"${stand.order}"`);
    expect(log).toContain('"outcome":"created"');
    expect(log).toContain('"orderKnown":false');
    expect(log).not.toContain("секрет");
  });

  test("a delivery is kept with the key and the request that brought it", async () => {
    const answer = await stand.send(JSON.stringify({ id: stand.order, rating: 5 }));
    expect(await stand.lastDelivery()).toMatchObject({
      client_id: "setting",
      request_id: answer.headers["x-request-id"],
    });
  });

  test("an order that becomes known later is linked", async () => {
    await stand.rate({ id: stand.order, rating: 5 });
    expect((await stand.ratingOf())?.isOrderKnown).toBe(false);
    await importOrders(stand.house, Buffer.from(JSON.stringify([{ id: stand.order, customerId: "u-1" }])));
    expect((await stand.ratingOf())?.isOrderKnown).toBe(true);
  });

  test("ratings are listed newest first, page by page", async () => {
    for (const name of ["p1", "p2", "p3"]) await stand.rate({ id: name, rating: 5 });
    const first = await ratingsOf(stand.house, { orderId: null, before: null, limit: 2 });
    expect(first.map(({ orderId, history }) => [orderId, history])).toEqual([
      ["p3", null],
      ["p2", null],
    ]);
    const second = await ratingsOf(stand.house, { orderId: null, before: first[1]?.id ?? "", limit: 1 });
    expect(second.map(({ orderId }) => orderId)).toEqual(["p1"]);
  });
});
