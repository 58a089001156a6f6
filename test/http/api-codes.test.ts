// Batches of promo codes by the management API: made exactly, read page by page, switched off, and closed to who may only look.
import { beforeAll, describe, expect, test } from "vitest";
import { foldCode } from "../../src/core/pricing/index.ts";
import { findPromoCode, type Tx } from "../../src/storage/index.ts";
import { type ApiUnderTest, apiOn, type CallOptions } from "../support/api.ts";
import { forEachEngine } from "../support/engines.ts";

forEachEngine("batches of codes by the management API", (engine) => {
  let api: ApiUnderTest;
  beforeAll(async () => {
    api = apiOn(engine.database);
    const promotions = [
      { id: "friends", name: "Friends", codes: {}, then: [{ percent: 5 }] },
      { id: "auto", name: "Auto", then: [{ percent: 1 }] },
    ];
    await ask("PUT", "/promotion-set", { body: { promotions } });
  });
  const ask = async (method: string, path: string, options: CallOptions = {}) => {
    const answer = await api.call(method, `/api/v1${path}`, options);
    return { status: answer.statusCode, body: answer.body === "" ? null : answer.json() };
  };
  const wish = { name: "Spring", promotionId: "friends", pattern: "SALE-####-####-###", count: 2300 };
  const stored = (code: string) => engine.database.read((tx: Tx) => findPromoCode(tx, foldCode(code)));

  test("a batch is made once, with personal codes unless said otherwise", async () => {
    const first = await ask("POST", "/code-batches", { body: wish });
    expect(first.status).toBe(201);
    expect(first.body).toMatchObject({
      name: "Spring",
      kind: "generated",
      codes: 2300,
      wanted: 2300,
      usesPerCode: 1,
    });
    expect(first.body.validUntil).toBeNull();
    expect((await ask("POST", "/code-batches", { body: wish })).body).toEqual(first.body);
    const other = await ask("POST", "/code-batches", { body: { ...wish, count: 1 } });
    expect([other.status, other.body.code]).toEqual([409, "batch_name_taken"]);
    expect((await ask("GET", `/code-batches/${first.body.id}`)).body).toEqual(first.body);
    expect((await ask("GET", "/code-batches?limit=1")).body.items).toEqual([first.body]);
    expect((await ask("GET", "/code-batches/none")).status).toBe(404);
  });

  test("its codes are read page by page, each once", async () => {
    const [batch] = (await ask("GET", "/code-batches")).body.items;
    const codes: string[] = [];
    let after = "";
    for (;;) {
      const { body } = await ask("GET", `/code-batches/${batch.id}/codes${after}`);
      codes.push(...body.items.map(({ code }: { code: string }) => code));
      if (body.nextCursor === null) break;
      after = `?after=${body.nextCursor}`;
    }
    expect(new Set(codes.map(foldCode)).size).toBe(2300);
    expect(codes).toHaveLength(2300);
    const { body } = await ask("GET", `/code-batches/${batch.id}/codes?limit=1`);
    expect(body.items).toEqual([
      {
        code: codes[0],
        promotionId: "friends",
        state: "free",
        uses: 0,
        usesPerCode: 1,
        customerId: null,
        validUntil: null,
      },
    ]);
    expect((await ask("GET", `/code-batches/${batch.id}/codes?limit=1001`)).status).toBe(400);
    expect((await ask("GET", `/code-batches/${batch.id}/codes?after=MTp4`)).body.code).toBe("bad_cursor");
    expect((await ask("GET", "/code-batches/none/codes")).status).toBe(404);
  });

  test("a batch under a key is made once, whole, and with its end", async () => {
    const validUntil = "2027-03-01T00:00:00.000Z";
    const body = { ...wish, name: "Keyed", count: 3, usesPerCode: null, pattern: "K-####", validUntil };
    const options = { body, headers: { "idempotency-key": "batch" } };
    const first = await ask("POST", "/code-batches", options);
    expect(first.body).toMatchObject({ codes: 3, usesPerCode: null, validUntil });
    expect((await ask("POST", "/code-batches", options)).body).toEqual(first.body);
  });

  test("a batch is switched off as a whole and on again", async () => {
    const [batch] = (await ask("GET", "/code-batches")).body.items;
    const { body } = await ask("GET", `/code-batches/${batch.id}/codes?limit=1`);
    const off = await ask("POST", `/code-batches/${batch.id}/disable`);
    expect(off.body.disabledAt).toMatch(/^2026-11-21T12/);
    expect(await stored(body.items[0].code)).toMatchObject({ isBatchOff: true, state: "free" });
    expect((await ask("POST", `/code-batches/${batch.id}/disable`)).body).toEqual(off.body);
    expect((await ask("POST", `/code-batches/${batch.id}/enable`)).body).toEqual(batch);
    expect(await stored(body.items[0].code)).toMatchObject({ isBatchOff: false });
    expect((await ask("POST", "/code-batches/none/disable")).status).toBe(404);
  });

  describe("what cannot be is refused with its place", () => {
    test.each([
      [{ pattern: "SALE-####" }, 422, "/body/pattern", /11 random characters/],
      [{ alphabet: "0O" }, 422, "/body/alphabet", /look alike/],
      [{ promotionId: "auto" }, 422, "/body/promotionId", /without a code/],
      [{ validUntil: "2020-01-01T00:00:00Z" }, 422, "/body/validUntil", /passed/],
      [{ count: 10_001 }, 400, "/body/count", /10000/],
      [{ usesPerCode: 0 }, 400, "/body/usesPerCode", /./],
    ])("%j", async (more, status, path, message) => {
      const refused = await ask("POST", "/code-batches", { body: { ...wish, name: "Refused", ...more } });
      expect([refused.status, refused.body.errors[0].path]).toEqual([status, path]);
      expect(refused.body.errors[0].message).toMatch(message);
    });
  });

  test("who may only look at rules sees batches, never codes", async () => {
    const made = await ask("POST", "/tokens", { body: { label: "looker", scopes: ["promotions:read"] } });
    const { token } = made.body as { token: string };
    const look = (method: string, path: string) => ask(method, path, { token, body: wish });
    const [batch] = (await ask("GET", "/code-batches")).body.items;
    expect((await ask("GET", "/code-batches", { token })).status).toBe(200);
    expect((await ask("GET", `/code-batches/${batch.id}/codes`, { token })).status).toBe(403);
    expect((await look("POST", "/code-batches")).status).toBe(403);
    expect((await look("POST", `/code-batches/${batch.id}/disable`)).status).toBe(403);
  });
});
