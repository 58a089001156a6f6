// What was made of a delivery can be seen from outside: feedback, ratings, deliveries that could not be used.
import { beforeAll, expect, test } from "vitest";
import { claimRating, reviseRating } from "../../src/storage/index.ts";
import { type ApiUnderTest, apiOn } from "../support/api.ts";
import { forEachEngine } from "../support/engines.ts";
import { deliver, eatsBeside, feedbackSample } from "../support/small-world.ts";

forEachEngine("feedback by the management API", (engine) => {
  let api: ApiUnderTest;
  const full = JSON.parse(feedbackSample("001-full.json"));
  const get = async (path: string) => (await api.call("GET", `/api/v1${path}`)).json();

  beforeAll(async () => {
    api = apiOn(engine.database, eatsBeside);
    await deliver(api, JSON.stringify(full));
    api.pass(1000);
    await deliver(api, JSON.stringify({ ...full, feedback: { ...full.feedback, rating: 2 } }));
    await deliver(api, feedbackSample("002-minimal-required-only.json"));
  });

  test("a record tells its last delivery, its instants, its revisions, and whether it can be answered", async () => {
    const { feedback } = full;
    const page = await get(
      `/feedback?source=yandex-eats&eatsId=${feedback.eatsId}&orderId=${feedback.orderId}`,
    );
    const record = page.items.find((item: { feedbackId: string }) => item.feedbackId === feedback.id);
    expect(record).toMatchObject({
      source: "yandex-eats",
      eatsId: feedback.eatsId,
      orderId: feedback.orderId,
      restaurantId: feedback.restaurantId,
      rating: 2,
      comment: feedback.comment,
      effect: "updated",
      canReply: true,
      deliveries: 2,
    });
    expect(new Date(record.instants.createdAt).getTime()).toBe(
      Math.floor(new Date(feedback.createdAt).getTime()),
    );
    expect(record.revisions.map((one: { rating: number }) => one.rating)).toEqual([full.feedback.rating, 2]);
    expect(record.order.items).toHaveLength(full.orderInfo.items.length);
    expect(await get(`/feedback/${record.id}`)).toEqual(record);
  });

  test("conditions narrow, and pages cover everything once", async () => {
    expect((await get("/feedback?eatsId=nothing")).items).toEqual([]);
    expect((await get(`/feedback?restaurantId=${full.feedback.restaurantId}`)).items.length).toBeGreaterThan(
      0,
    );
    expect((await get("/feedback?isUnassigned=true")).items).toHaveLength(2);
    expect((await get("/feedback?isUnassigned=false")).items).toHaveLength(0);
    const first = await get("/feedback?limit=1");
    const second = await get(`/feedback?limit=1&after=${first.nextCursor}`);
    expect(second.nextCursor).toBeNull();
    expect(new Set([...first.items, ...second.items].map(({ id }: { id: string }) => id)).size).toBe(2);
  });

  test("a feedback without an id cannot be answered", async () => {
    const records = (await get("/feedback")).items as { feedbackId: string | null; canReply: boolean }[];
    for (const { feedbackId, canReply } of records) expect(canReply).toBe(feedbackId !== null);
    expect(records.map(({ canReply }) => canReply).sort()).toEqual([false, true]);
  });

  test("an unusable body is shown as it came, as base64 when it is no text", async () => {
    const bytes = Buffer.from([0x7b, 0xff, 0x00, 0x7d]);
    await deliver(api, feedbackSample("020-missing-rating.json"));
    api.pass(1);
    await deliver(api, bytes);
    const { items } = await get("/deliveries/unusable");
    expect(items).toHaveLength(2);
    expect(items[0]).toMatchObject({ channel: "yandex-eats", size: 4 });
    expect(items[0].body).toBeUndefined();
    const [binary, text] = await Promise.all(items.map(({ id }: { id: string }) => get(`/deliveries/${id}`)));
    expect(binary).toMatchObject({ bodyEncoding: "base64", body: bytes.toString("base64") });
    expect(text).toMatchObject({
      bodyEncoding: "text",
      body: feedbackSample("020-missing-rating.json"),
      effect: "rejected",
    });
    expect((await api.call("GET", "/api/v1/deliveries/none")).statusCode).toBe(404);
  });

  test("a rating is told with every state it had", async () => {
    const at = api.house.now();
    await engine.database.transaction(async (tx) => {
      await claimRating(tx, { orderId: "order-7", newId: api.house.newId(), at });
      for (const [number, stars] of [
        [1, null],
        [2, 4],
      ] as const) {
        const state = { stars, comment: stars === null ? "" : "good", isAsked: stars === null };
        await reviseRating(tx, "order-7", { number, ...state, deliveryId: `d${number}`, receivedAt: at });
      }
    });
    const { items } = await get("/ratings?orderId=order-7");
    expect(items).toMatchObject([
      { orderId: "order-7", rating: 4, comment: "good", isAsked: false, isOrderKnown: false },
    ]);
    expect(items[0].revisions).toMatchObject([
      { number: 1, rating: null, isAsked: true },
      { number: 2, rating: 4 },
    ]);
    expect((await get("/ratings?orderId=none")).items).toEqual([]);
  });

  test("clients of the marketplace are made, rotated and revoked; secrets are shown once", async () => {
    const base = "/api/v1/channels/yandex-eats/clients";
    const made = (await api.call("POST", base, { body: { label: "brand" } })).json();
    const second = await api.call("POST", `${base}/${made.clientId}/secrets`);
    expect(second.statusCode).toBe(201);
    expect((await api.call("POST", `${base}/${made.clientId}/secrets`)).json().code).toBe("too_many_secrets");
    expect((await api.call("POST", `${base}/nobody/secrets`)).statusCode).toBe(404);
    const token = (secret: string) =>
      api.app.inject({
        method: "POST",
        url: "/yandex-eats/security/oauth/token",
        headers: { "content-type": "application/x-www-form-urlencoded" },
        payload: new URLSearchParams({
          client_id: made.clientId,
          client_secret: secret,
          grant_type: "client_credentials",
          scope: "read write",
        }).toString(),
      });
    expect((await token(made.secret)).statusCode).toBe(200);
    const listed = await api.call("GET", base);
    expect(listed.body).not.toContain(made.secret);
    expect(listed.json().items[0]).toMatchObject({
      clientId: made.clientId,
      revokedAt: null,
      lastDeliveryAt: null,
    });
    expect(listed.json().items[0].lastTokenAt).not.toBeNull();
    expect((await api.call("DELETE", `${base}/${made.clientId}/secrets/${made.secretId}`)).statusCode).toBe(
      204,
    );
    expect((await token(made.secret)).statusCode).toBe(400);
    expect((await token(second.json().secret)).statusCode).toBe(200);
    expect((await api.call("DELETE", `${base}/${made.clientId}`)).statusCode).toBe(204);
    expect((await token(second.json().secret)).statusCode).toBe(400);
  });
});
