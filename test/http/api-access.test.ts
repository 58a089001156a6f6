// Who may call the management API: every route against every kind of credential that must not open it.
import { beforeAll, describe, expect, test } from "vitest";
import { operations as every, isScope, SCOPE_NAMES } from "../../src/contract/index.ts";
import { createKey, createToken, revokeApiToken } from "../../src/flows/index.ts";
import { ADMIN, type ApiUnderTest, apiOn } from "../support/api.ts";
import { forEachEngine } from "../support/engines.ts";

const DAY = 86_400_000;

/** Calls that need a scope; sessions have a test of their own. */
const operations = every.flatMap((one) => (isScope(one.scope) ? [{ ...one, scope: one.scope }] : []));

forEachEngine("access to the management API", (engine) => {
  let api: ApiUnderTest;
  const made = new Map<string, string>();

  async function token(name: string, scopes: readonly string[], days: number | null): Promise<string> {
    const expiresAt = days === null ? null : api.house.now() + days * DAY;
    const created = await createToken(api.house, api.secrets, { label: name, scopes, expiresAt });
    if (created.kind !== "created") throw new Error("no token was made");
    made.set(name, created.token);
    return created.id;
  }

  beforeAll(async () => {
    api = apiOn(engine.database);
    await token("all", SCOPE_NAMES, null);
    await token("expired", SCOPE_NAMES, 1);
    await revokeApiToken(api.house, await token("revoked", SCOPE_NAMES, null));
    for (const scope of SCOPE_NAMES) {
      await token(`without ${scope}`, without(scope), null);
      await token(`only ${scope}`, [scope], null);
    }
    const key = await createKey(api.house, api.secrets, "irp", "");
    if (key.kind === "created") made.set("key of a channel", key.key);
    api.pass(2 * DAY);
  });

  describe.each(operations.map((operation) => [operation.id, operation] as const))("%s", (_id, operation) => {
    const path = `/api/v1${operation.path.replaceAll(/\{\w+\}/g, "x")}`;
    const ask = (credential: string | null, address: string) =>
      api.call(operation.method, path, { token: credential, address });

    test.each(["none", "wrong", "expired", "revoked", "key of a channel"])(
      "refuses a credential that is %s",
      async (kind) => {
        const credential = kind === "none" ? null : (made.get(kind) ?? "pra_wrong");
        const answer = await ask(credential, `10.1.${operations.indexOf(operation)}.1`);
        expect(answer.statusCode).toBe(401);
        expect(answer.headers["www-authenticate"]).toContain("Bearer");
        expect(answer.headers["content-type"]).toContain("application/problem+json");
        expect(answer.json()).toMatchObject({
          status: 401,
          code: "unauthorized",
          instance: answer.headers["x-request-id"],
        });
      },
    );

    test("names the scope that a token lacks", async () => {
      const answer = await ask(made.get(`without ${operation.scope}`) as string, "10.2.0.1");
      expect(answer.statusCode).toBe(403);
      expect(answer.json()).toMatchObject({
        code: "forbidden",
        detail: `The scope ${operation.scope} is missing.`,
      });
    });

    test("opens with its scope alone", async () => {
      const answer = await ask(made.get(`only ${operation.scope}`) as string, "10.2.0.1");
      expect([401, 403]).not.toContain(answer.statusCode);
    });
  });

  test("a revoked token is refused within a second, also by a server that did not revoke it", async () => {
    const id = await token("short-lived", ["tokens:read"], null);
    const other = apiOn(engine.database);
    const ask = () => other.call("GET", "/api/v1/tokens", { token: made.get("short-lived") as string });
    expect((await ask()).statusCode).toBe(200);
    expect((await api.call("DELETE", `/api/v1/tokens/${id}`)).statusCode).toBe(204);
    other.pass(1000);
    expect((await ask()).statusCode).toBe(401);
  });

  test("an address that keeps failing is told to wait; a right token still works from it", async () => {
    const address = "10.3.0.1";
    const fail = () => api.call("GET", "/api/v1/tokens", { token: "pra_wrong", address });
    const statuses: number[] = [];
    for (let attempt = 0; attempt < 22; attempt += 1) statuses.push((await fail()).statusCode);
    expect(statuses).toEqual([...Array(20).fill(401), 429, 429]);
    const waiting = await fail();
    expect(Number(waiting.headers["retry-after"])).toBeGreaterThan(0);
    expect(waiting.json()).toMatchObject({ code: "too_many", status: 429 });
    expect((await api.call("GET", "/api/v1/tokens", { token: ADMIN, address })).statusCode).toBe(200);
    expect(
      (await api.call("GET", "/api/v1/tokens", { token: "pra_wrong", address: "10.3.1.1" })).statusCode,
    ).toBe(401);
    api.pass(60_000);
    expect((await fail()).statusCode).toBe(401);
  });

  test("a token cannot make one that may do more than itself", async () => {
    const answer = await api.call("POST", "/api/v1/tokens", {
      token: made.get("only tokens:write") as string,
      body: { label: "more", scopes: ["tokens:read", "feedback:read"] },
    });
    expect(answer.statusCode).toBe(403);
    expect(answer.json()).toMatchObject({ code: "forbidden" });
    expect(answer.json().detail).toContain("feedback:read");
  });

  test("the log names the caller by id and never by token", () => {
    const text = api.logged.join("\n");
    expect(text).toContain('"tokenId":"setting"');
    for (const secret of [ADMIN, ...made.values()]) expect(text).not.toContain(secret);
  });
});

function without(scope: string): string[] {
  return SCOPE_NAMES.filter((name) => name !== scope && name !== scope.replace(":read", ":write"));
}
