// Tokens: who gets one, how long it lives, what a failure looks like, what the database knows of it.
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { createClient, createSecrets, revokeClient, rotateSecret } from "../../../src/flows/index.ts";
import { forEachEngine } from "../../support/engines.ts";
import { type Answer, CLIENT, emptyRecords, makeStand, PEPPER, type Stand, sample } from "./stand.ts";

const FULL = sample("feedback/001-full.json");
const FORM = "application/x-www-form-urlencoded";
const GOOD = { client_id: CLIENT.clientId, client_secret: CLIENT.secret };

const basic = (id: string, secret: string): string =>
  `Basic ${Buffer.from(`${encodeURIComponent(id)}:${encodeURIComponent(secret)}`).toString("base64")}`;

forEachEngine("tokens", (engine) => {
  let stand: Stand;
  beforeAll(() => {
    stand = makeStand(engine.database, {
      limits: { failuresPerMinute: 1_000_000, deliveriesPerSecond: 1e6 },
    });
  });
  beforeEach(() => emptyRecords(engine.database));
  afterAll(() => stand.app.close());

  const ask = (
    form: Record<string, string> | string,
    headers: Record<string, string> = {},
    at: Stand = stand,
  ): Promise<Answer> =>
    at.call({
      method: "POST",
      url: "/yandex-eats/security/oauth/token",
      payload: typeof form === "string" ? form : new URLSearchParams(form).toString(),
      headers: { "content-type": FORM, ...headers },
    });
  const tokenOf = (answer: Answer): string => (answer.body as { access_token: string }).access_token;

  test("a token is answered as the contract has it, and must not be stored on the way", async () => {
    const answer = await ask({ ...GOOD, grant_type: "client_credentials", scope: "read write" });
    expect(answer).toMatchObject({
      status: 200,
      headers: { "cache-control": "no-store", pragma: "no-cache" },
      body: { expires_in: 3600, token_type: "bearer", scope: "read write" },
    });
    // 32 random bytes in base64url, behind a prefix.
    expect(tokenOf(answer)).toMatch(/^[a-z]+_[\w-]{43}$/);
  });

  test.each([
    ["the defaults", GOOD, "read write"],
    ["empty parameters as absent ones", { ...GOOD, scope: "", grant_type: "" }, "read write"],
    ["one scope", { ...GOOD, scope: "write" }, "write"],
    ["parameters that nobody knows", { ...GOOD, audience: "us" }, "read write"],
    ["a secret full of marks", { client_id: "yandex-eats-demo2", client_secret: "a+b&c=d%e/" }, "read write"],
  ])("%s are accepted", async (_title, form, scope) => {
    expect(await ask(form)).toMatchObject({ status: 200, body: { scope } });
  });

  test("ordinary OAuth clients may show their credentials in HTTP Basic", async () => {
    const form = { grant_type: "client_credentials" };
    expect((await ask(form, { authorization: basic(CLIENT.clientId, CLIENT.secret) })).status).toBe(200);
    const marks = { authorization: basic("yandex-eats-demo2", "a+b&c=d%e/") };
    expect((await ask(form, marks)).status).toBe(200);
    expect((await ask({ ...form, client_id: "yandex-eats-demo2" }, marks)).status).toBe(200);
  });

  test.each([
    ["credentials twice", GOOD, { authorization: basic(CLIENT.clientId, CLIENT.secret) }],
    ["two clients", { client_id: "other" }, { authorization: basic(CLIENT.clientId, CLIENT.secret) }],
    ["unreadable Basic", {}, { authorization: "Basic ???" }],
    ["badly encoded Basic", {}, { authorization: `Basic ${Buffer.from("a:%zz").toString("base64")}` }],
    ["Basic without a secret", {}, { authorization: `Basic ${Buffer.from("a:").toString("base64")}` }],
    ["an empty secret", { ...GOOD, client_secret: "" }, {}],
    ["another grant", { ...GOOD, grant_type: "password" }, {}],
    ["an unknown scope among known ones", { ...GOOD, scope: "read admin" }, {}],
    ["a repeated parameter", `${new URLSearchParams(GOOD)}&scope=read&scope=read`, {}],
    ["a JSON body", JSON.stringify(GOOD), { "content-type": "application/json" }],
    ["a multipart body", "--x--", { "content-type": "multipart/form-data; boundary=x" }],
    ["a type that is none", `${new URLSearchParams(GOOD)}`, { "content-type": FORM.replace("/", "") }],
  ])("%s is 400 with code 120", async (_title, form, headers) => {
    expect(await ask(form as string, headers as Record<string, string>)).toMatchObject({
      status: 400,
      body: [{ code: expect.any(Number) }],
      headers: { "cache-control": "no-store" },
    });
  });

  test("credentials in the query string are 400", async () => {
    const answer = await stand.call({
      method: "POST",
      url: `/yandex-eats/security/oauth/token?${new URLSearchParams(GOOD)}`,
      payload: "",
      headers: { "content-type": FORM },
    });
    expect(answer).toMatchObject({ status: 400, body: [{ code: 120 }] });
  });

  test("a body beyond 16 KiB is 413", async () => {
    expect(await ask({ ...GOOD, more: "x".repeat(16 * 1024) })).toMatchObject({
      status: 413,
      body: [{ code: 107 }],
    });
  });

  test("an unknown client and a wrong secret are answered alike, and write nothing", async () => {
    const before = stand.writes();
    const answers = [
      await ask({ ...GOOD, client_secret: "wrong" }),
      await ask({ ...GOOD, client_id: "nobody" }),
      await ask({ ...GOOD, client_id: "a\0b" }),
      await ask({ ...GOOD, client_id: CLIENT.clientId.toUpperCase() }),
    ];
    for (const answer of answers) {
      expect(answer).toMatchObject({ status: 400, body: [{ code: 121 }] });
      expect(answer.body).toEqual(answers[0]?.body);
      expect(answer.headers["www-authenticate"]).toBeUndefined();
    }
    expect(stand.writes()).toBe(before);
  });

  test("only a caller that used Authorization is told how to use it", async () => {
    const answer = await ask({}, { authorization: basic(CLIENT.clientId, "wrong") });
    expect(answer.status).toBe(400);
    expect(answer.headers["www-authenticate"]).toMatch(/^Basic /);
  });

  test("bad credentials are 401 where the setting says so, the array stays", async () => {
    const other = makeStand(engine.database, { badCredentialsStatus: 401 });
    expect(await ask({ ...GOOD, client_secret: "wrong" }, {}, other)).toMatchObject({
      status: 401,
      body: [{ code: 121 }],
    });
    expect((await ask({ ...GOOD, scope: "admin" }, {}, other)).status).toBe(400);
    await other.app.close();
  });

  test("failures are slowed down, and nobody can lock a client out by them", async () => {
    const slow = makeStand(engine.database, { limits: { failuresPerMinute: 5 } });
    const wrong = { ...GOOD, client_secret: "wrong" };
    for (let tries = 0; tries < 5; tries += 1) expect((await ask(wrong, {}, slow)).status).toBe(400);
    for (let tries = 0; tries < 100; tries += 1) {
      const answer = await ask(wrong, {}, slow);
      expect(answer.status).toBe(429);
      expect(Number(answer.headers["retry-after"])).toBeGreaterThan(0);
    }
    expect((await ask(GOOD, {}, slow)).status).toBe(200);
    slow.turnClock(60_000);
    expect((await ask(wrong, {}, slow)).status).toBe(400);
    await slow.app.close();
  });

  test("a flood of right requests is capped", async () => {
    const slow = makeStand(engine.database, { limits: { tokensPerSecond: 1 } });
    for (let count = 0; count < 4; count += 1) expect((await ask(GOOD, {}, slow)).status).toBe(200);
    expect((await ask(GOOD, {}, slow)).status).toBe(429);
    await slow.app.close();
  });

  test("many tokens live at once, each for its time and five minutes more", async () => {
    const short = makeStand(engine.database, { tokenLifetimeSeconds: 120 });
    const first = await short.token();
    short.turnClock(60_000);
    const second = await short.token();
    expect(first).not.toBe(second);
    short.turnClock(60_000 + 5 * 60_000 - 1);
    expect((await short.send(FULL, first)).status).toBe(200);
    short.turnClock(1);
    expect((await short.send(FULL, first)).status).toBe(401);
    expect((await short.send(FULL, second)).status).toBe(200);
    await short.app.close();
  });

  test("tokens that are accepted no more leave the table", async () => {
    const short = makeStand(engine.database, { tokenLifetimeSeconds: 120 });
    for (let count = 0; count < 30; count += 1) await short.token();
    short.turnClock(3600_000);
    await short.token();
    await short.token();
    const [row] = await engine.database.read((tx) =>
      tx.rows<{ count: number }>("select count(*) as count from oauth_token"),
    );
    expect(Number(row?.count)).toBe(2);
    await short.app.close();
  });

  describe("clients of the database", () => {
    const secrets = createSecrets(PEPPER);
    const formOf = (made: { clientId: string; secret: string }) => ({
      client_id: made.clientId,
      client_secret: made.secret,
    });

    test("have up to two secrets, and a revoked one ends its tokens only", async () => {
      const made = await createClient(stand.house, secrets, "yandex-eats", "main");
      const rotated = await rotateSecret(stand.house, secrets, "yandex-eats", made.clientId);
      if (rotated.kind !== "rotated") throw new Error(rotated.reason);
      const [old, fresh] = [
        tokenOf(await ask(formOf(made))),
        tokenOf(await ask(formOf(rotated.credentials))),
      ];
      expect(await rotateSecret(stand.house, secrets, "yandex-eats", made.clientId)).toEqual({
        kind: "refused",
        reason: "too_many_secrets",
      });
      expect(await revokeClient(stand.house, "yandex-eats", made.clientId, made.secretId)).toBe(true);
      expect((await ask(formOf(made))).status).toBe(400);
      expect((await stand.send(FULL, old)).status).toBe(401);
      expect((await stand.send(FULL, fresh)).status).toBe(200);
      expect(await revokeClient(stand.house, "yandex-eats", made.clientId)).toBe(true);
      expect((await ask(formOf(rotated.credentials))).status).toBe(400);
      expect((await stand.send(FULL, fresh)).status).toBe(401);
      expect(await revokeClient(stand.house, "yandex-eats", made.clientId)).toBe(false);
      expect(await rotateSecret(stand.house, secrets, "yandex-eats", made.clientId)).toEqual({
        kind: "refused",
        reason: "client_unknown",
      });
    });

    test("leave no secret and no token in the database", async () => {
      const made = await createClient(stand.house, secrets, "yandex-eats", "main");
      const token = tokenOf(await ask(formOf(made)));
      await stand.send(FULL, token);
      const dump = await engine.database.read(async (tx) => {
        const tables = ["oauth_client", "oauth_secret", "oauth_token", "delivery", "feedback_item"];
        const rows = [];
        for (const table of tables) rows.push(...(await tx.rows(`select * from ${table}`)));
        return JSON.stringify(rows);
      });
      expect(dump).toContain(made.clientId);
      for (const secret of [made.secret, token, CLIENT.secret]) {
        expect(dump).not.toContain(secret);
        expect(dump).not.toContain(secret.slice(4));
      }
    });
  });

  test("a secret replaced in the settings ends the tokens of the old one", async () => {
    const token = await stand.token();
    expect((await stand.send(FULL, token)).status).toBe(200);
    const changed = makeStand(engine.database, { clients: [{ ...CLIENT, secret: "another" }] });
    expect((await changed.send(FULL, token)).status).toBe(401);
    const removed = makeStand(engine.database, { clients: [] });
    expect((await removed.send(FULL, token)).status).toBe(401);
    await changed.app.close();
    await removed.app.close();
  });

  test("with no client at all nobody gets a token", async () => {
    const closed = makeStand(engine.database, { clients: [{ clientId: "a", secret: "" }] });
    expect((await ask({ client_id: "a", client_secret: "" }, {}, closed)).status).toBe(400);
    expect((await ask({ client_id: "", client_secret: "" }, {}, closed)).status).toBe(400);
    expect((await ask({ client_id: "a", client_secret: "a" }, {}, closed)).status).toBe(400);
    await closed.app.close();
  });

  test("strict mode wants every documented parameter", async () => {
    const strict = makeStand(engine.database, { mode: "strict" });
    expect((await ask(GOOD, {}, strict)).status).toBe(400);
    const all = { ...GOOD, grant_type: "client_credentials", scope: "read write" };
    expect((await ask(all, {}, strict)).status).toBe(200);
    await strict.app.close();
  });
});
