// The gate before every IRP webhook: where a key may stand, which bodies pass, and the shape of refusals.
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { instant } from "../../../src/core/basics/index.ts";
import { createKey, createSecrets, type House, KeyRing, revokeChannelKey } from "../../../src/flows/index.ts";
import { irpFace } from "../../../src/protocols/irp/index.ts";
import { forEachEngine } from "../../support/engines.ts";
import { type ServerUnderTest, serverWith } from "../../support/inject-server.ts";

let now = 1_763_712_000_000;
const RATES = { bodyLimit: 4096, callsPerSecond: 1000, failuresPerMinute: 1000, now: () => now } as const;

forEachEngine("the gate of the IRP webhooks", (engine) => {
  const secrets = createSecrets("pepper");
  let house: House;
  let server: ServerUnderTest;
  const seen: Record<string, unknown>[] = [];
  const unreadable: string[] = [];

  beforeAll(() => {
    house = {
      database: engine.database,
      now: () => instant(now),
      newId: () => `id-${Math.random()}`,
      alarm: () => undefined,
    };
    const keyRing = new KeyRing(house, secrets, "irp", ["test-key-0001", "second"]);
    const route = {
      path: "/basket",
      answer: ({ body, reply }: Parameters<Parameters<typeof irpFace>[2][number]["answer"]>[0]) => {
        seen.push(body);
        return reply.send({ ok: true });
      },
      unreadable: async (text: string) => {
        unreadable.push(text);
      },
    };
    server = serverWith([irpFace({ ...RATES, keyRing }, "/irp", [route])]);
  });
  afterAll(() => server.app.close());

  const post = (body: string, headers: Record<string, string> = {}, url = "/irp/basket") =>
    server.app.inject({ method: "POST", url, payload: body, headers });
  const signed = { authorization: "Bearer test-key-0001" };

  describe("a key is good wherever the vendor may put it", () => {
    test.each([
      ["a bearer token", {}, { authorization: "Bearer test-key-0001" }],
      ["any letter case and blanks", {}, { authorization: "  bEARER   second " }],
      ["a header", {}, { KEY: "test-key-0001" }],
      ["a field of the body", { key: "test-key-0001" }, {}],
      ["headers inside the body", { headers: { key: " second " } }, {}],
      ["one good beside a wrong one", { key: "test-key-0001" }, { authorization: "Bearer wrong" }],
    ])("%s", async (_, body, headers) => {
      const answer = await post(JSON.stringify(body), headers as Record<string, string>);
      expect(answer.statusCode).toBe(200);
      expect(answer.headers["cache-control"]).toBe("no-store");
    });

    test("and is taken out before anything else sees the body", async () => {
      seen.length = 0;
      await post(JSON.stringify({ key: "test-key-0001", headers: { key: "second", a: 1 }, items: [] }));
      expect(seen).toEqual([{ items: [] }]);
      expect(server.log.join("")).not.toContain("test-key-0001");
    });
  });

  test.each([
    ["nothing", {}, {}],
    ["a wrong key", {}, { authorization: "Bearer wrong" }],
    ["another scheme", {}, { authorization: "Basic test-key-0001" }],
    ["an empty key", { key: "" }, { key: " " }],
    ["a key of another type", { key: ["test-key-0001"] }, {}],
  ])("%s is refused in the IRP shape", async (_, body, headers) => {
    const answer = await post(JSON.stringify(body), headers as Record<string, string>);
    expect(answer.statusCode).toBe(401);
    expect(answer.json()).toEqual({
      success: false,
      errorCode: "unauthorized",
      message: "A valid key is needed.",
    });
    expect(answer.headers["content-type"]).toContain("application/json");
  });

  test("a key made by command works, and stops within a second of being revoked", async () => {
    const made = await createKey(house, secrets, "irp", "test");
    if (made.kind !== "created") throw new Error(made.kind);
    now += 1000;
    expect((await post("{}", { key: made.key })).statusCode).toBe(200);
    await revokeChannelKey(house, "irp", made.id);
    now += 1000;
    expect((await post("{}", { key: made.key })).statusCode).toBe(401);
  });

  test("without any key configured nobody is let in; with auth none everybody is", async () => {
    const closed = serverWith([
      irpFace({ ...RATES, keyRing: new KeyRing(house, secrets, "other", []) }, "/irp", [
        { path: "/basket", answer: ({ reply }) => reply.send({}) },
      ]),
    ]);
    const open = serverWith([
      irpFace({ ...RATES, keyRing: null }, "/irp", [
        { path: "/basket", answer: ({ reply }) => reply.send({}) },
      ]),
    ]);
    const call = { method: "POST" as const, url: "/irp/basket", payload: "{}" };
    expect((await closed.app.inject(call)).statusCode).toBe(401);
    expect((await open.app.inject(call)).statusCode).toBe(200);
    await closed.app.close();
    await open.app.close();
  });

  const deep = (levels: number): string => `${'{"a":'.repeat(levels - 1)}{}${"}".repeat(levels - 1)}`;
  test.each([
    ["not JSON", "{", 400, "not_json"],
    ["nothing", "", 400, "not_json"],
    ["an array", "[]", 400, "not_an_object"],
    ["null", "null", 400, "not_an_object"],
    ["33 levels", deep(33), 400, "too_deep"],
    ["more bytes than allowed", `{"a":"${"x".repeat(5000)}"}`, 413, "too_large"],
  ])("%s is refused", async (_, body, status, code) => {
    const answer = await post(body, signed);
    expect(answer.statusCode).toBe(status);
    expect(answer.json()).toMatchObject({ success: false, errorCode: code });
    expect(answer.json()).not.toHaveProperty("items");
  });

  test("keys that try to change what objects inherit are ignored", async () => {
    for (const body of [
      '{"items":[{"__proto__":{"a":1}}]}',
      '{"\\u005f_proto__":{"a":1}}',
      '{"constructor":{"prototype":{"a":1}}}',
    ]) {
      expect((await post(body, signed)).statusCode, body).toBe(200);
    }
    expect(({} as Record<string, unknown>)["a"]).toBeUndefined();
  });

  test("32 levels, a byte order mark and any content type are taken", async () => {
    expect((await post(deep(32), signed)).statusCode).toBe(200);
    expect((await post("\uFEFF{}", signed)).statusCode).toBe(200);
    for (const type of ["text/plain", "application/x-www-form-urlencoded", "nonsense", ""]) {
      expect((await post("{}", { ...signed, "content-type": type })).statusCode, type).toBe(200);
    }
  });

  test("an unreadable body reaches those who keep it only with a good key", async () => {
    unreadable.length = 0;
    await post('{"key":', {});
    expect(unreadable).toEqual([]);
    await post('{"rating"', signed);
    expect(unreadable).toEqual(['{"rating"']);
  });

  test("a key that calls too often and an address that guesses too often are told to wait", async () => {
    const narrow = { ...RATES, callsPerSecond: 1, failuresPerMinute: 3 };
    const keyRing = new KeyRing(house, secrets, "irp", ["test-key-0001"]);
    const slow = serverWith([
      irpFace({ ...narrow, keyRing }, "/irp", [{ path: "/basket", answer: ({ reply }) => reply.send({}) }]),
    ]);
    const call = async (headers: Record<string, string>) => {
      const answer = await slow.app.inject({ method: "POST", url: "/irp/basket", payload: "{}", headers });
      return [answer.statusCode, answer.headers["retry-after"]];
    };
    for (let time = 0; time < 3; time += 1) expect(await call(signed)).toEqual([200, undefined]);
    expect(await call(signed)).toEqual([429, "1"]);
    now += 1000;
    expect(await call(signed)).toEqual([200, undefined]);
    for (let time = 0; time < 3; time += 1) expect(await call({ key: "guess" })).toEqual([401, undefined]);
    expect(await call({ key: "guess" })).toEqual([429, "20"]);
    // Guesses of others never lock a right key out.
    now += 3000;
    expect(await call(signed)).toEqual([200, undefined]);
    now += 57_000;
    expect(await call({ key: "guess" })).toEqual([401, undefined]);
    await slow.app.close();
  });

  test("an unknown path is 404 and a wrong method 405 with Allow, in the same shape", async () => {
    const unknown = await post("{}", signed, "/irp/nowhere");
    expect([unknown.statusCode, unknown.json().errorCode]).toEqual([404, "not_found"]);
    const wrong = await server.app.inject({ method: "GET", url: "/irp/basket" });
    expect([wrong.statusCode, wrong.json().errorCode]).toEqual([405, "method_not_allowed"]);
    expect(wrong.headers["allow"]).toBe("POST");
    expect((await post("{}", signed, "/irp/basket/")).statusCode).toBe(200);
  });
});
