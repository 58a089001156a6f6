// Loyalty by the management API: codes taken at a till.
import { beforeAll, describe, expect, test } from "vitest";
import { createToken, issueLoyaltyCode } from "../../src/flows/index.ts";
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
});
