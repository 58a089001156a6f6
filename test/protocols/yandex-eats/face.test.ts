// The face as HTTP: its paths, its shapes of refusal, what is decided before a body is read, what is kept of each.
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { type Database, listUnusableDeliveries } from "../../../src/storage/index.ts";
import { canariesIn, canary, keepPrinted } from "../../support/canary.ts";
import { forEachEngine } from "../../support/engines.ts";
import { CLIENT, emptyRecords, makeStand, type Stand, sample } from "./stand.ts";

const FULL = sample("feedback/001-full.json");
const ARRAY = [{ code: expect.any(Number), description: expect.any(String) }];

const unusable = (database: Database) =>
  database.read((tx) => listUnusableDeliveries(tx, { before: null, limit: 100 }));

forEachEngine("the face", (engine) => {
  let stand: Stand;
  let token: string;
  beforeAll(() => {
    stand = makeStand(engine.database);
  });
  beforeEach(async () => {
    await emptyRecords(engine.database);
    token = await stand.token();
  });
  afterAll(() => stand.app.close());

  const post = (url: string, payload: string | Buffer, headers: Record<string, string> = {}) =>
    stand.call({ method: "POST", url, payload, headers });
  const bearer = () => ({ authorization: `Bearer ${token}`, "content-type": "application/json" });

  test("every path of the contract answers at the base path and at the root, with a slash at the end too", async () => {
    expect(stand.face.paths.token).toHaveLength(4);
    expect(stand.face.paths.feedback).toHaveLength(6);
    for (const path of stand.face.paths.feedback.flatMap((one) => [one, `${one}/`])) {
      expect([path, (await post(path, FULL, bearer())).body]).toEqual([path, { result: "OK" }]);
    }
    const form = new URLSearchParams({ client_id: CLIENT.clientId, client_secret: CLIENT.secret }).toString();
    const headers = { "content-type": "application/x-www-form-urlencoded" };
    for (const path of stand.face.paths.token.flatMap((one) => [one, `${one}/`])) {
      expect([path, (await post(path, form, headers)).status]).toEqual([path, 200]);
    }
  });

  test("no path lets anybody in without a good token", async () => {
    const before = stand.writes();
    const wrong = [
      {},
      { authorization: "Bearer" },
      { authorization: "Bearer x y" },
      { authorization: token },
    ];
    for (const path of stand.face.paths.feedback) {
      for (const headers of [...wrong, { authorization: `Basic ${token}` }]) {
        const answer = await post(`${path}?access_token=${token}`, FULL, {
          ...headers,
          "content-type": "application/json",
        });
        expect([path, answer.status, answer.body]).toEqual([path, 401, { reason: expect.any(String) }]);
      }
    }
    expect(stand.writes()).toBe(before);
  });

  test.each(["GET", "PUT", "PATCH", "DELETE", "OPTIONS", "HEAD"] as const)("%s is 405", async (method) => {
    for (const url of ["/yandex-eats/v1/feedback", "/v1/feedback", "/yandex-eats/security/oauth/token"]) {
      const answer = await stand.call({ method, url });
      expect([url, answer.status, answer.headers["allow"]]).toEqual([url, 405, "POST"]);
      if (method !== "HEAD") expect(answer.body).toEqual(ARRAY);
    }
  });

  test("an unknown path is 404 in the vendor's shape below the base and in our own elsewhere", async () => {
    expect(await post("/yandex-eats/v9/feedback", FULL, bearer())).toMatchObject({
      status: 404,
      body: ARRAY,
    });
    expect(await post("/v1/nothing", FULL, bearer())).toMatchObject({ status: 404, body: ARRAY });
    expect((await post("/nothing", FULL, bearer())).body).not.toEqual(ARRAY);
  });

  test("a good token is asked for before a byte of the body is read", async () => {
    const answer = await stand.call({
      method: "POST",
      url: "/yandex-eats/v1/feedback",
      payload: Buffer.alloc(2 * 1024 * 1024, "x"),
      headers: { "content-type": "nonsense" },
    });
    expect(answer).toMatchObject({ status: 401, body: { reason: expect.any(String) } });
  });

  test("a body up to the limit is read, one byte more is 413 and leaves a trace", async () => {
    const limit = 1024 * 1024;
    expect((await stand.send(FULL.padEnd(limit, " "), token)).status).toBe(200);
    const answer = await stand.send(FULL.padEnd(limit + 1, " "), token);
    expect(answer).toMatchObject({ status: 413, body: [{ code: 107 }] });
    expect(await unusable(engine.database)).toMatchObject([{ status: 413, effect: "rejected" }]);
  });

  test("what cannot be used is kept as it came, with the reason", async () => {
    const broken = Buffer.from([0x7b, 0x22, 0xff, 0x00, 0x80]);
    expect(await stand.send(broken, token)).toMatchObject({ status: 400, body: [{ code: 101 }] });
    expect(await stand.send(FULL, token, { "content-type": "nonsense" })).toMatchObject({
      status: 400,
      body: [{ code: 106 }],
    });
    const kept = await unusable(engine.database);
    expect(kept).toMatchObject([
      {
        contentType: "nonsense",
        clientId: CLIENT.clientId,
        reason: "Content-Type: expected application/json",
      },
      { contentType: "application/json", reason: "body: not valid JSON", route: "/yandex-eats/v1/feedback" },
    ]);
    expect(kept.map((one) => Buffer.from(one.body))).toEqual([Buffer.from(FULL), broken]);
    expect(stand.alarms.slice(-2)).toEqual(["delivery_unusable", "delivery_unusable"]);
  });

  test("the raw body of a good delivery is kept too", async () => {
    await stand.send(FULL, token);
    const rows = await engine.database.read((tx) =>
      tx.rows<{ body: Uint8Array; effect: string }>("select body, effect from delivery"),
    );
    expect(rows.map((row) => [row.effect, Buffer.from(row.body).toString()])).toEqual([["created", FULL]]);
  });

  test("a missing Content-Type is JSON", async () => {
    const answer = await post("/yandex-eats/v1/feedback", FULL, { authorization: `Bearer ${token}` });
    expect(answer.status).toBe(200);
  });

  test("an empty delivery without any header of a body is 400", async () => {
    const answer = await stand.call({
      method: "POST",
      url: "/yandex-eats/v1/feedback",
      headers: { authorization: `Bearer ${token}` },
    });
    expect(answer).toMatchObject({ status: 400, body: [{ code: 101, description: "body: empty" }] });
  });

  test("no more than twenty problems are told", async () => {
    const items = Array.from({ length: 100 }, () => ({ id: 5 }));
    const strict = makeStand(engine.database, { mode: "strict" });
    const answer = await strict.send(JSON.stringify({ feedback: {}, orderInfo: { items } }), token);
    expect(answer.status).toBe(400);
    expect((answer.body as unknown[]).length).toBeLessThanOrEqual(20);
    await strict.app.close();
  });

  test("nothing personal is logged, answered in an error or kept in a reason", async () => {
    const body = JSON.parse(FULL) as { feedback: object; orderInfo: { deliveryInfo: object } };
    const personal = (rating: unknown) =>
      JSON.stringify({
        feedback: { ...body.feedback, rating, comment: canary.comment, orderId: { phone: canary.phone } },
        orderInfo: { ...body.orderInfo, deliveryInfo: { clientName: canary.name } },
      });
    const answers = [
      await stand.send(personal(canary.comment), token),
      await stand.send(personal(5).replace("POS", canary.phone), token),
      await stand.send(`${personal(5)}${canary.name}`, token),
      await stand.send(personal(5), canary.token),
      await post("/security/oauth/token", `client_id=${canary.name}&client_secret=${canary.secret}`, {
        "content-type": "application/x-www-form-urlencoded",
        authorization: `Basic ${Buffer.from(`x:${canary.secret}`).toString("base64")}`,
      }),
    ];
    expect(answers.map((answer) => answer.status)).toEqual([400, 400, 400, 401, 400]);
    const printed = stand.logged.join("\n");
    const reasons = (await unusable(engine.database)).map((one) => one.reason).join("\n");
    keepPrinted(printed);
    expect(canariesIn(printed, "log")).toEqual([]);
    expect(canariesIn(JSON.stringify(answers), "answers")).toEqual([]);
    expect(canariesIn(reasons, "reasons")).toEqual([]);
    expect(printed).not.toContain(token);
  });
});

forEachEngine("the face under load", (engine) => {
  test("a client beyond its rate is told to wait, others are not", async () => {
    const stand = makeStand(engine.database, { limits: { deliveriesPerSecond: 2 } });
    const token = await stand.token();
    const burst = Array.from({ length: 8 }, () => stand.send(FULL, token));
    expect((await Promise.all(burst)).map((answer) => answer.status)).toEqual(Array(8).fill(200));
    const refused = await stand.send(FULL, token);
    expect(refused).toMatchObject({ status: 429, body: [{ code: 429 }], headers: { "retry-after": "1" } });
    const headers = { "content-type": "application/x-www-form-urlencoded" };
    const other = await stand.call({
      method: "POST",
      url: "/security/oauth/token",
      payload: "client_id=yandex-eats-demo2&client_secret=a%2Bb%26c%3Dd%25e%2F",
      headers,
    });
    const otherToken = (other.body as { access_token: string }).access_token;
    expect((await stand.send(FULL, otherToken)).status).toBe(200);
    stand.turnClock(500);
    expect((await stand.send(FULL, token)).status).toBe(200);
    await stand.app.close();
  });
});

describe("the face on a database that fails", () => {
  const failing = (error: Error): Database => ({
    engine: "sqlite",
    traits: {},
    read: () => Promise.reject(error),
    look: () => Promise.reject(error),
    transaction: () => Promise.reject(error),
    onAnnounced: () => undefined,
    close: async () => undefined,
  });

  test.each([
    [new Error("near secret words: syntax error"), 500, { code: 500 }],
    [Object.assign(new Error("secret words"), { name: "WriteQueueFull" }), 503, { code: 503 }],
    [Object.assign(new Error("secret words"), { name: "DatabaseUnavailable" }), 503, { code: 503 }],
    [Object.assign(new Error("secret words"), { code: "ECONNREFUSED" }), 503, { code: 503 }],
    [Object.assign(new Error("secret words"), { code: "57P01" }), 503, { code: 503 }],
  ])("%s is answered with a reference and nothing from inside", async (error, status, shape) => {
    const stand = makeStand(failing(error));
    const answers = [
      await stand.send(FULL, "some-token"),
      await stand.call({
        method: "POST",
        url: "/security/oauth/token",
        payload: "client_id=a&client_secret=b",
        headers: { "content-type": "application/x-www-form-urlencoded" },
      }),
    ];
    for (const answer of answers) {
      expect(answer).toMatchObject({ status, body: [shape] });
      const [{ description }] = answer.body as [{ description: string }];
      expect(description).toContain(String(answer.headers["x-request-id"]));
      expect(answer.headers["retry-after"]).toBe(status === 503 ? "2" : undefined);
    }
    expect(JSON.stringify(answers) + stand.logged.join("")).not.toContain("secret words");
    await stand.app.close();
  });
});
