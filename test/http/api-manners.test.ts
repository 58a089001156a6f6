// How the management API reads and refuses: one reading of every body, one shape of every refusal, pages by cursor.
import { beforeAll, expect, test } from "vitest";
import { ADMIN, type ApiUnderTest, apiOn } from "../support/api.ts";
import { forEachEngine } from "../support/engines.ts";

forEachEngine("manners of the management API", (engine) => {
  let api: ApiUnderTest;
  beforeAll(() => {
    api = apiOn(engine.database);
  });
  const keys = "/api/v1/channels/irp/keys";
  const post = (raw: string | Buffer, headers: Record<string, string> = {}) =>
    api.call("POST", keys, { raw, headers });

  test("a key is made, shown once, listed without itself, revoked", async () => {
    const made = await api.call("POST", keys, { body: { label: "first" } });
    expect(made.statusCode).toBe(201);
    const { id, key } = made.json();
    const listed = await api.call("GET", keys);
    expect(listed.json().items).toMatchObject([{ id, label: "first", revokedAt: null }]);
    expect(listed.body).not.toContain(key);
    expect((await api.call("DELETE", `${keys}/${id}`)).statusCode).toBe(204);
    expect((await api.call("DELETE", `${keys}/${id}`)).statusCode).toBe(204);
    expect((await api.call("DELETE", `${keys}/unknown`)).statusCode).toBe(404);
    expect((await api.call("GET", keys)).json().items[0].revokedAt).toBe("2026-11-21T12:00:00.000Z");
  });

  test.each([
    ["not JSON", "{label:1}", "not JSON"],
    ["a poisoned key", '{"label":"x","__proto__":{}}', "name that is not allowed"],
    ["a poisoned key spelled with escapes", '{"label":"x","\\u005f_proto__":{}}', "name that is not allowed"],
    ["constructor", '{"label":"x","constructor":{}}', "name that is not allowed"],
    ["a key twice", '{"label":"x","label":"y"}', "stands twice"],
    ["a key twice, once with escapes", '{"label":"x","lab\\u0065l":"y"}', "stands twice"],
    ["a key twice behind an array", '{"a":[{"a":1}],"b":{"a":1},"a":2}', "stands twice"],
    ["33 levels", `${"[".repeat(33)}${"]".repeat(33)}`, "nested deeper than 32"],
    ["NUL", '{"label":"a\\u0000b"}', "NUL"],
    ["half a surrogate pair", '{"label":"\\ud83d"}', "surrogate"],
    ["a number beyond 2^53", '{"label":9007199254740993}', "2^53"],
    ["a number beyond everything", '{"label":1e999}', "2^53"],
    ["a very long text", `{"label":"${"x".repeat(100_001)}"}`, "longer than"],
    ["very many keys", `{${Array.from({ length: 20_001 }, (_, at) => `"k${at}":1`).join()}}`, "keys"],
  ])("refuses %s without repeating it", async (_name, raw, rule) => {
    const answer = await post(raw);
    expect(answer.statusCode).toBe(400);
    expect(answer.json()).toMatchObject({ code: "malformed_json" });
    expect(answer.json().detail).toContain(rule);
  });

  test("reads what only looks like a duplicate or like nesting", async () => {
    const answer = await post('{"label":"\\"}{[,\\"label\\":\\\\"}');
    expect(answer.statusCode).toBe(201);
    expect(answer.json().label).toBe('"}{[,"label":\\');
  });

  test("refuses bytes that are not UTF-8, a body too large, a body that is not JSON by its type", async () => {
    expect((await post(Buffer.from([0x7b, 0xff, 0x7d]))).json()).toMatchObject({ code: "malformed_json" });
    const large = await post(`{"label":"${"x".repeat(256 * 1024)}"}`);
    expect([large.statusCode, large.json().code]).toEqual([413, "too_large"]);
    const form = await post("label=x", { "content-type": "application/x-www-form-urlencoded" });
    expect([form.statusCode, form.json().code]).toEqual([415, "unsupported_media_type"]);
  });

  test("a refusal names every place and no value", async () => {
    const answer = await api.call("POST", "/api/v1/tokens", {
      body: { label: 5, scopes: ["+79990001122"], surprise: "+79990001122" },
    });
    expect(answer.statusCode).toBe(400);
    expect(answer.json().code).toBe("invalid_request");
    const paths = answer.json().errors.map((error: { path: string }) => error.path);
    expect(paths).toEqual(expect.arrayContaining(["/body", "/body/label", "/body/scopes/0"]));
    expect(answer.body).toContain("surprise");
    expect(answer.body).not.toContain("9990001122");
  });

  test("unknown and doubled query parameters are refused", async () => {
    for (const query of ["?limit=5&page=2", "?limit=0", "?limit=201", "?limit=1&limit=2", "?limit=x"]) {
      const answer = await api.call("GET", `${keys}${query}`);
      expect([query, answer.statusCode, answer.json().code]).toEqual([query, 400, "invalid_request"]);
    }
    expect((await api.call("GET", `${keys}?after=%00`)).statusCode).toBe(400);
    expect((await api.call("GET", `${keys}?after=zzzz`)).json().code).toBe("bad_cursor");
  });

  test("pages follow one another without a gap or a repeat while entries are added", async () => {
    const body = { label: "x", scopes: ["tokens:read"] };
    for (let made = 0; made < 7; made += 1) {
      api.pass(1000);
      expect((await api.call("POST", "/api/v1/tokens", { body })).statusCode).toBe(201);
    }
    const whole = (await api.call("GET", "/api/v1/tokens")).json().items.map(({ id }: { id: string }) => id);
    const seen: string[] = [];
    let after = "";
    for (let page = 0; page < 5; page += 1) {
      const { items, nextCursor } = (await api.call("GET", `/api/v1/tokens?limit=3${after}`)).json();
      seen.push(...items.map(({ id }: { id: string }) => id));
      api.pass(1000);
      await api.call("POST", "/api/v1/tokens", { body });
      if (nextCursor === null) break;
      after = `&after=${nextCursor}`;
    }
    expect(seen).toEqual(whole);
  });

  test("everything under /api is a problem, also what does not exist", async () => {
    const unknown = await api.call("GET", "/api/v1/nothing");
    expect([unknown.statusCode, unknown.json().code]).toEqual([404, "not_found"]);
    const method = await api.call("PUT", keys, { body: {} });
    expect([method.statusCode, method.json().code, method.headers["allow"]]).toEqual([
      405,
      "method_not_allowed",
      "GET, POST",
    ]);
    const odd = await api.call("GET", "/api/v1/%zz");
    expect(odd.headers["content-type"]).toContain("application/problem+json");
    expect(odd.statusCode).toBeLessThan(500);
    for (const answer of [unknown, method, odd]) {
      expect(answer.json().instance).toBe(answer.headers["x-request-id"]);
      expect(answer.headers["content-type"]).toContain("application/problem+json");
    }
  });

  test("a surprise tells nothing from inside", async () => {
    const broken = apiOn({
      ...engine.database,
      read: () => Promise.reject(new Error("select secret from place")),
      transaction: () => Promise.reject(new Error("select secret from place")),
    } as never);
    const answer = await broken.call("GET", keys, { token: ADMIN });
    expect(answer.statusCode).toBe(500);
    expect(answer.body).not.toContain("secret");
  });
});
