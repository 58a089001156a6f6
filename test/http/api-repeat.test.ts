// Idempotency-Key: the same call under the same key makes one thing and gets one answer, also when it comes in parallel.
import { randomUUID } from "node:crypto";
import { beforeAll, expect, test } from "vitest";
import { createToken, keysOf, OnceKeeper, REPEAT_AGE, tokensOf } from "../../src/flows/index.ts";
import { ADMIN, type ApiUnderTest, apiOn } from "../support/api.ts";
import { forEachEngine } from "../support/engines.ts";

const wish = (label: string) => ({ label, scopes: ["tokens:read"], expiresAt: null });

const KEYS = "/api/v1/channels/irp/keys";

forEachEngine("calls under a key", (engine) => {
  let api: ApiUnderTest;
  beforeAll(() => {
    api = apiOn(engine.database);
  });
  const make = (name: string, label: string, token = ADMIN) =>
    api.call("POST", KEYS, { body: { label }, headers: { "idempotency-key": name }, token });
  const made = async (label: string) =>
    (await keysOf(api.house, "irp")).filter((key) => key.label === label).length;

  test("a repeat gets the first answer, secret included, and makes nothing", async () => {
    const first = await make("one", "repeated");
    const second = await make("one", "repeated");
    expect([first.statusCode, second.statusCode]).toEqual([201, 201]);
    expect(second.body).toBe(first.body);
    expect([first.headers["idempotency-replayed"], second.headers["idempotency-replayed"]]).toEqual([
      undefined,
      "true",
    ]);
    expect(await made("repeated")).toBe(1);
  });

  test("the kept answer holds no secret that can be read without the installation's key", async () => {
    const { key } = (await make("sealed", "sealed")).json();
    const rows = await engine.database.read((tx) =>
      tx.rows<{ answer: Uint8Array }>("select answer from idempotency_key"),
    );
    expect(rows.length).toBeGreaterThan(0);
    for (const { answer } of rows) expect(Buffer.from(answer).includes(key)).toBe(false);
  });

  test("the same key for another call is refused", async () => {
    await make("two", "first");
    const other = await make("two", "second");
    expect([other.statusCode, other.json().code]).toEqual([422, "idempotency_key_reused"]);
    expect(await made("second")).toBe(0);
  });

  test("a refused call leaves its key free for the corrected one", async () => {
    const body = { label: "x", scopes: ["catalogue:read"] };
    const limited = (
      await api.call("POST", "/api/v1/tokens", { body: { label: "l", scopes: ["tokens:write"] } })
    ).json().token;
    const headers = { "idempotency-key": "three" };
    expect((await api.call("POST", "/api/v1/tokens", { body, headers, token: limited })).statusCode).toBe(
      403,
    );
    const corrected = { ...body, scopes: ["tokens:read"] };
    expect(
      (await api.call("POST", "/api/v1/tokens", { body: corrected, headers, token: limited })).statusCode,
    ).toBe(201);
  });

  test("keys of two tokens do not meet", async () => {
    const other = (
      await api.call("POST", "/api/v1/tokens", { body: { label: "o", scopes: ["channels:write"] } })
    ).json().token;
    await make("four", "of two tokens");
    expect((await make("four", "of two tokens", other)).headers["idempotency-replayed"]).toBeUndefined();
    expect(await made("of two tokens")).toBe(2);
  });

  test("a key that cannot be one is refused", async () => {
    for (const name of ["", "x".repeat(256), "two words"]) {
      const answer = await make(name, "odd");
      expect([name.length, answer.statusCode, answer.json().errors?.[0].path]).toEqual([
        name.length,
        400,
        "/headers/idempotency-key",
      ]);
    }
  });

  test("after seven days the key is free again", async () => {
    await make("five", "week");
    api.pass(REPEAT_AGE + 1);
    expect((await make("five", "week")).headers["idempotency-replayed"]).toBeUndefined();
    expect(await made("week")).toBe(2);
  });

  /** Calls of a race. */
  const CALLS = 4;

  /** A place that nobody leaves before `count` have come. */
  function meetingOf(count: number): () => Promise<void> {
    let missing = count;
    let open = (): void => undefined;
    const opened = new Promise<void>((resolve) => {
      open = resolve;
    });
    return () => {
      missing -= 1;
      if (missing === 0) open();
      return opened;
    };
  }

  /** Sends the same call in parallel to two servers on one database; gives how many keys it made. */
  async function race(
    label: string,
    carryOut: (
      api: ApiUnderTest,
      key: { tokenId: string; name: string; fingerprint: string },
    ) => Promise<unknown>,
  ): Promise<number> {
    const key = { tokenId: "race", name: label, fingerprint: label };
    const servers = [apiOn(engine.database), apiOn(engine.database)].map((server) => ({
      ...server,
      house: { ...server.house, newId: () => randomUUID() },
    }));
    await Promise.all(
      Array.from({ length: CALLS }, (_, at) => carryOut(servers[at % 2] as ApiUnderTest, key)),
    );
    return (await tokensOf(api.house)).filter((token) => token.label === label).length;
  }

  test("in parallel, on two servers, one thing is made; a keeper that looks and then acts makes more", async () => {
    const keepers = new Map<ApiUnderTest, OnceKeeper>();
    const real = await race("real", async (server, key) => {
      const keeper = keepers.get(server) ?? new OnceKeeper(server.house, server.secrets);
      keepers.set(server, keeper);
      const ended = await keeper.answer(key, async (house) => {
        await createToken(house, server.secrets, wish("real"));
        return { answer: 1, kept: { status: 201, body: "{}" } };
      });
      return expect(["done", "repeated", "refused"]).toContain(ended.kind);
    });
    expect(real).toBe(1);
    const kept = new Set<string>();
    const allLooked = meetingOf(CALLS);
    const naive = await race("naive", async (server, key) => {
      const isKnown = kept.has(key.name);
      await allLooked();
      if (isKnown) return;
      await createToken(server.house, server.secrets, wish("naive"));
      kept.add(key.name);
    });
    expect(naive).toBeGreaterThan(1);
  });
});
