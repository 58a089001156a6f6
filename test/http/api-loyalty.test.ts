// Loyalty by the management API: codes taken at a till, balances, corrections with a second person, reports, the ledger.
import { beforeAll, describe, expect, test } from "vitest";
import { createToken, importBalances, issueLoyaltyCode } from "../../src/flows/index.ts";
import { type ApiUnderTest, apiOn, type CallOptions } from "../support/api.ts";
import { forEachEngine } from "../support/engines.ts";

/** As the API under test has it. */
const LIFETIME = 120_000;

forEachEngine("loyalty by the management API", (engine) => {
  let api: ApiUnderTest;
  beforeAll(async () => {
    api = apiOn(engine.database);
    await ask("PUT", "/customers/u-1", { body: { tier: "gold" } });
  });
  const ask = async (method: string, path: string, options: CallOptions = {}) => {
    const answer = await api.call(method, `/api/v1${path}`, options);
    return { status: answer.statusCode, body: answer.body === "" ? null : answer.json() };
  };

  describe("a code shown at a till", () => {
    const issue = async () => {
      const issued = await issueLoyaltyCode(api.house, api.secrets, "u-1", LIFETIME);
      return issued.kind === "issued" ? issued.code : "";
    };
    const verify = (code: string, headers: Record<string, string> = {}) =>
      ask("POST", "/loyalty/codes/verify", { body: { code }, headers });

    test("says whose it is, once; the same call under its key is answered the same", async () => {
      const code = await issue();
      const owner = { status: 200, body: { customerId: "u-1", tier: "gold", balancePoints: 0 } };
      const headers = { "idempotency-key": "till-7-receipt-15" };
      expect(await verify(code, headers)).toEqual(owner);
      expect(await verify(code, headers)).toEqual(owner);
      expect(await verify(code)).toMatchObject({ status: 422, body: { code: "loyalty_code_refused" } });
    });

    test("is worthless when its time is over or when it is no code", async () => {
      const code = await issue();
      api.pass(2 * LIFETIME);
      for (const worthless of [code, "1", "2299999999999-123456"])
        expect((await verify(worthless)).body.code).toBe("loyalty_code_refused");
    });

    test("wrong too often closes the customer's codes, under keys of their own too", async () => {
      const wrong = `${(await issue()).slice(0, 14)}000000`;
      for (let time = 0; time < 10; time += 1) await verify(wrong, { "idempotency-key": `guess-${time}` });
      expect(await verify(await issue())).toMatchObject({
        status: 409,
        body: { code: "loyalty_code_guessed" },
      });
    });

    test("is taken with loyalty:write only, and never logged", async () => {
      const made = await createToken(api.house, api.secrets, {
        label: "",
        scopes: ["loyalty:read", "customers:write"],
        expiresAt: null,
      });
      const code = await issue();
      const token = made.kind === "created" ? made.token : "";
      expect((await ask("POST", "/loyalty/codes/verify", { body: { code }, token })).status).toBe(403);
      expect(api.logged.join("")).not.toContain(code);
    });
  });

  const tokenOf = async () => {
    const scopes = ["loyalty:write"] as const;
    const made = await createToken(api.house, api.secrets, { label: "", scopes, expiresAt: null });
    return made.kind === "created" ? made.token : "";
  };

  describe("a balance that is kept elsewhere", () => {
    const put = (id: string, body: object, headers: Record<string, string> = {}) =>
      ask("PUT", `/customers/${id}/balance`, { body, headers });
    const balanceOf = async (id: string) => (await ask("GET", `/customers/${id}/balance`)).body;

    test("becomes ours by one movement with its control, once under its key", async () => {
      expect((await ask("GET", "/customers/b-1/balance")).status).toBe(404);
      const headers = { "idempotency-key": "b-1-1" };
      const written = await put("b-1", { balancePoints: 120, reason: "nightly" }, headers);
      expect(written).toMatchObject({ status: 200, body: { beforePoints: 0, balancePoints: 120 } });
      expect(await put("b-1", { balancePoints: 120, reason: "nightly" }, headers)).toEqual(written);
      expect((await put("b-1", { balancePoints: 120 })).body).toMatchObject({
        beforePoints: 120,
        movementId: null,
      });
      await put("b-1", { balancePoints: 20 });
      expect(await balanceOf("b-1")).toMatchObject({
        customerId: "b-1",
        balancePoints: 20,
        pendingPoints: 0,
        heldPoints: 0,
      });
      const { body } = await ask("GET", "/customers/b-1/points");
      expect(body.items.map((one: { availablePoints: number }) => one.availablePoints)).toEqual([-100, 120]);
      expect(body.items[1]).toMatchObject({ kind: "open", reason: "nightly", actor: expect.any(String) });
      const first = await ask("GET", "/customers/b-1/points?limit=1");
      const next = await ask("GET", `/customers/b-1/points?limit=1&after=${first.body.nextCursor}`);
      expect([...first.body.items, ...next.body.items]).toEqual(body.items);
    });

    test("that came apart from ours by its change is refused, and nothing is written", async () => {
      await put("b-2", { balancePoints: 100 });
      const refused = await put("b-2", { balancePoints: 130, changePoints: 20 });
      expect(refused).toMatchObject({ status: 409, body: { code: "balance_differs" } });
      expect(refused.body.detail).toContain("100");
      expect((await put("b-2", { balancePoints: 120, changePoints: 20 })).status).toBe(200);
      expect((await balanceOf("b-2")).balancePoints).toBe(120);
    });

    test("may end, and then does", async () => {
      const soon = new Date(api.house.now() + 1000).toISOString();
      await put("b-3", { balancePoints: 9, expiresAt: soon });
      expect(await balanceOf("b-3")).toMatchObject({ balancePoints: 9, nextEndAt: soon, nextEndPoints: 9 });
      api.pass(1000);
      expect((await balanceOf("b-3")).balancePoints).toBe(0);
      expect((await put("b-3", { balancePoints: 9, expiresAt: soon })).body.code).toBe("expiry_past");
    });

    test("of a merged id is refused when written and led on when read", async () => {
      await put("b-4", { balancePoints: 4 });
      await put("b-5", { balancePoints: 5 });
      await ask("POST", "/customer-merges", { body: { fromId: "b-4", intoId: "b-5", reason: "twice" } });
      expect((await put("b-4", { balancePoints: 1 })).body.code).toBe("customer_merged");
      expect(await balanceOf("b-4")).toMatchObject({ customerId: "b-5", balancePoints: 9 });
    });
  });

  describe("a correction", () => {
    const correct = (body: object, options: CallOptions = {}) =>
      ask("POST", "/loyalty/corrections", {
        body: { customerId: "u-1", reason: "sorry", ...body },
        ...options,
      });

    test("is made at once within one person's limits", async () => {
      expect(await correct({ points: 50 })).toMatchObject({
        status: 201,
        body: { state: "corrected", requestId: null },
      });
      expect((await correct({ points: -20 })).body.state).toBe("corrected");
      expect((await correct({ points: -31 })).body.code).toBe("too_few_points");
      expect((await correct({ points: 0 })).status).toBe(400);
      expect((await correct({ points: 1, reason: "  " })).status).toBe(400);
      expect((await correct({ points: 1, customerId: "nobody" })).body.code).toBe("customer_unknown");
      expect((await ask("GET", "/customers/u-1/balance")).body.balancePoints).toBe(30);
    });

    test("above them waits for a second person, who is not the first", async () => {
      const asked = await correct({ points: 10_001 });
      expect(asked).toMatchObject({ status: 201, body: { state: "waiting", movementId: null } });
      const { requestId } = asked.body;
      const { body } = await ask("GET", "/loyalty/corrections");
      expect(body.items).toMatchObject([{ requestId, customerId: "u-1", points: 10_001, reason: "sorry" }]);
      const decide = (verb: string, options: CallOptions = {}) =>
        ask("POST", `/loyalty/corrections/${requestId}/${verb}`, options);
      expect((await decide("approve")).body.code).toBe("same_person");
      const token = await tokenOf();
      expect((await decide("approve", { token })).body).toMatchObject({ state: "approved", requestId });
      expect((await decide("decline", { token })).body.code).toBe("decided_before");
      expect((await ask("GET", "/customers/u-1/balance")).body.balancePoints).toBe(10_031);
      expect((await ask("POST", "/loyalty/corrections/nothing/approve")).status).toBe(404);
    });

    test("that is declined moves nothing", async () => {
      const { requestId } = (await correct({ points: -10_001 })).body;
      const token = await tokenOf();
      const declined = await ask("POST", `/loyalty/corrections/${requestId}/decline`, { token });
      expect(declined.body).toMatchObject({ state: "declined", movementId: null });
      expect((await ask("GET", "/customers/u-1/balance")).body.balancePoints).toBe(10_031);
    });
  });

  describe("an import of balances", () => {
    test("is listed and taken back", async () => {
      const file = Buffer.from("id,points\ni-1,10\ni-2,20\n");
      const { importId } = await importBalances(api.house, api.secrets, file, {
        name: "old.csv",
        actor: "test",
      });
      const listed = (await ask("GET", "/loyalty/balance-imports")).body.items;
      expect(listed).toMatchObject([
        { id: importId, name: "old.csv", state: "done", balances: 2, points: 30 },
      ]);
      const undo = (body: object) => ask("POST", `/loyalty/balance-imports/${importId}/undo`, { body });
      await ask("POST", "/loyalty/corrections", { body: { customerId: "i-1", points: -3, reason: "spent" } });
      expect((await undo({})).body.code).toBe("points_spent");
      expect((await undo({ despiteSpent: true })).body).toMatchObject({ state: "undone", missingPoints: 3 });
      expect((await ask("POST", "/loyalty/balance-imports/none/undo", { body: {} })).status).toBe(404);
    });
  });

  describe("the report", () => {
    test("tells what is owed now and was owed then, and what came and went", async () => {
      api.pass(1);
      const then = new Date(api.house.now()).toISOString();
      const before = (await ask("GET", "/loyalty/report")).body.liability.totalPoints;
      api.pass(3_600_000);
      await ask("PUT", "/customers/r-1/balance", { body: { balancePoints: 1000 } });
      const { body } = await ask("GET", `/loyalty/report?from=${then}&by=day`);
      expect(body.liability.totalPoints).toBe(before + 1000);
      expect(body.liability.totalMinor).toBeNull();
      expect(body.ending.map(({ days }: { days: number }) => days)).toEqual([7, 30, 90]);
      api.pass(1);
      const past = await ask("GET", `/loyalty/report?at=${then}`);
      expect(past.body.liability.totalPoints).toBe(before);
      const turnover = (await ask("GET", `/loyalty/report?from=${then}&by=day`)).body.turnover;
      expect(turnover.reduce((sum: number, row: { openedUp: number }) => sum + row.openedUp, 0)).toBe(1000);
    });

    test.each([
      ["from=2026-02-01T00:00:00Z&until=2026-01-01T00:00:00Z", "/query/from"],
      ["from=2020-01-01T00:00:00Z&until=2026-01-01T00:00:00Z&by=day", "/query/by"],
      ["at=2100-01-01T00:00:00Z", "/query/at"],
    ])("of %s is refused", async (query, path) => {
      const answer = await ask("GET", `/loyalty/report?${query}`);
      expect(answer).toMatchObject({ status: 400, body: { errors: [{ path }] } });
    });

    test("by month begins each row with the shop's own month", async () => {
      const { body } = await ask(
        "GET",
        "/loyalty/report?from=2026-01-15T00:00:00Z&until=2026-04-01T00:00:00Z&by=month",
      );
      expect(body.turnover.map((row: { from: string }) => row.from)).toEqual([
        "2026-01-15T00:00:00.000Z",
        "2026-01-31T21:00:00.000Z",
        "2026-02-28T21:00:00.000Z",
        "2026-03-31T21:00:00.000Z",
      ]);
    });
  });

  test("the ledger is read whole, page by page, and every movement comes to nothing", async () => {
    const entries: { movementId: string; points: number }[] = [];
    for (let after = ""; ; ) {
      const { body } = await ask("GET", `/loyalty/entries?limit=7${after}`);
      entries.push(...body.items);
      if (body.nextCursor === null) break;
      after = `&after=${body.nextCursor}`;
    }
    const [count] = await engine.database.read((tx) =>
      tx.rows<{ count: number }>("select count(*) as count from points_entry"),
    );
    expect(entries.length).toBe(count?.count);
    const sums = new Map<string, number>();
    for (const { movementId, points } of entries) sums.set(movementId, (sums.get(movementId) ?? 0) + points);
    expect([...new Set(sums.values())]).toEqual([0]);
    const none = await ask("GET", "/loyalty/entries?until=2020-01-01T00:00:00Z");
    expect(none.body.items).toEqual([]);
  });
});
