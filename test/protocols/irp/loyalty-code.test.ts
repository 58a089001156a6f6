// The webhook of loyalty codes: the documented shape, every name a customer may be called by, and nobody's name in the log.
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { verifyLoyaltyCode } from "../../../src/flows/index.ts";
import { canariesIn, canary } from "../../support/canary.ts";
import { forEachEngine } from "../../support/engines.ts";
import { loyaltyStand } from "./loyalty-stand.ts";
import { sample } from "./rating-stand.ts";

/** Bodies of the fuzz on SQLite; a tenth of them on PostgreSQL. */
const BODIES = Math.ceil(Number(process.env["PRILAVOK_FUZZ_RUNS"] ?? 10_000) / 5);

const EXAMPLE = JSON.parse(sample("86-loyalty-code-response.json")) as { type: string; value: string };

forEachEngine("the webhook of loyalty codes", (engine) => {
  const stand = loyaltyStand(engine);
  const codeOf = async (body: unknown) => {
    const answer = await stand.call("/loyalty/code", body);
    expect(answer.statusCode, answer.body).toBe(200);
    expect(answer.headers["content-type"]).toContain("application/json");
    return answer.json() as { type: string; value: string };
  };
  const shape = (text: string) => text.replaceAll(/\d/g, "9");

  test("answers as the sample does, and our till can take it", async () => {
    const answer = await codeOf({ userIdentifier: "u-104512" });
    expect(Object.keys(answer)).toEqual(Object.keys(EXAMPLE));
    expect(answer.type).toBe(EXAMPLE.type);
    expect(shape(answer.value)).toBe(shape(EXAMPLE.value));
    const { house, secrets, settings } = stand;
    expect(await verifyLoyaltyCode(house, secrets, answer.value, settings.lifetimeMs)).toEqual({
      kind: "verified",
      customerId: "u-104512",
    });
  });

  test("knows the customer by id, card and phone, under each name of the field", async () => {
    const [number] = (await codeOf({ userIdentifier: "u-104512" })).value.split("-");
    for (const body of [
      { userIdentifier: " u-104512 " },
      { userIdentifier: "2200000104512" },
      { userIdentifier: 2_200_000_104_512 },
      { userIdentifier: "+7 (912) 000-00-12" },
      { userIdentifier: null, externalUserId: "u-104512" },
      { userId: "89120000012", installId: "x", more: { anything: [1] } },
    ])
      expect((await codeOf(body)).value.split("-")[0], JSON.stringify(body)).toBe(number);
  });

  test.each([
    [{}],
    [{ userIdentifier: null }],
    [{ userIdentifier: "none" }],
    [{ userIdentifier: { id: "u-104512" } }],
    [{ userIdentifier: "+7 999 111-22-33" }],
    [{ userIdentifier: "x".repeat(301) }],
  ])("%j is nobody: a sentence for the shopper, and no code", async (body) => {
    expect(await codeOf(body)).toEqual({
      success: false,
      errorCode: "customer_unknown",
      message: "Мы не нашли вашу карту. Покажите её кассиру или назовите телефон.",
    });
  });

  test("needs the key, and a body that is an object", async () => {
    expect((await stand.call("/loyalty/code", { userIdentifier: "u-104512" }, {})).statusCode).toBe(401);
    for (const body of ["[]", "", sample("90-malformed-not-json.txt")])
      expect((await stand.call("/loyalty/code", body)).statusCode).toBe(400);
    const get = await stand.server.app.inject({ method: "GET", url: "/irp/loyalty/code" });
    expect(get.statusCode).toBe(405);
  });

  test("logs the outcome and no name of the customer", async () => {
    stand.server.log.length = 0;
    for (const userIdentifier of [canary.phone, canary.name, canary.email, "u-104512"])
      await codeOf({ userIdentifier, phone: canary.phone });
    const log = stand.server.log.join("");
    expect(log).toContain('"outcome":"code_issued"');
    expect(log).toContain('"outcome":"customer_unknown"');
    expect(canariesIn(log, "log")).toEqual([]);
    expect(log).not.toContain("u-104512");
  });

  const bodies = engine.name === "sqlite" ? BODIES : Math.ceil(BODIES / 10);
  test(`${bodies} bodies that no app sends are answered with a code or a refusal`, {
    timeout: 600_000,
  }, async () => {
    const odd = fc.oneof(
      fc.constantFrom("u-104512", "2200000104512", "89120000012", "", "none", null, 0, 1e300, -1, true),
      fc.string({ unit: "binary", maxLength: 30 }),
      fc.string({ unit: "grapheme", maxLength: 400 }),
      fc.jsonValue({ maxDepth: 3 }),
    );
    const names = ["userIdentifier", "externalUserId", "userId", "__proto__", "items", "key2"] as const;
    const body = fc.oneof(
      {
        weight: 6,
        arbitrary: fc.dictionary(fc.constantFrom(...names), odd).map((one) => JSON.stringify(one)),
      },
      { weight: 1, arbitrary: fc.jsonValue().map((one) => JSON.stringify(one)) },
      { weight: 1, arbitrary: fc.string({ unit: "binary" }) },
    );
    await fc.assert(
      fc.asyncProperty(body, async (text) => {
        const answer = await stand.call("/loyalty/code", text);
        expect([200, 400]).toContain(answer.statusCode);
        const told = answer.json();
        if ("value" in told)
          expect(told).toEqual({ type: "qr", value: expect.stringMatching(/^22\d{11}-\d{6}$/) });
        else expect(told).toMatchObject({ success: false, errorCode: expect.any(String) });
      }),
      { numRuns: bodies },
    );
  });

  describe("set otherwise", () => {
    const english = loyaltyStand(engine, { type: "code128", language: "en" });
    test("names a Code 128 and speaks English", async () => {
      const answer = await english.call("/loyalty/code", { userIdentifier: "u-104512" });
      expect(answer.json().type).toBe("code128");
      const nobody = await english.call("/loyalty/code", {});
      expect(nobody.json().message).toMatch(/^We have not found/);
    });
  });
});
