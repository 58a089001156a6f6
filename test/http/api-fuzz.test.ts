// Calls made from the OpenAPI document, right and wrong: never a surprise, always an answer that the document names.
import fc from "fast-check";
import { beforeAll, expect, test } from "vitest";
import { API_BASE, type JsonObject, openApiDocument } from "../../src/contract/index.ts";
import { ADMIN, type ApiUnderTest, apiOn } from "../support/api.ts";
import { checkOf, whyNot } from "../support/document-check.ts";
import { forEachEngine } from "../support/engines.ts";
import { fuzzedValue, NASTY_TEXTS } from "../support/schema-values.ts";
import { fillForFuzz } from "../support/small-world.ts";

/** Calls of one run; a nightly run sets more. */
const RUNS = Number(process.env["PRILAVOK_FUZZ_RUNS"] ?? 2000);

const contract = openApiDocument();
const components = (contract["components"] as JsonObject)["schemas"] as JsonObject;
const calls = Object.entries(contract["paths"] as JsonObject).flatMap(([path, methods]) =>
  Object.entries(methods as JsonObject).map(([method, spec]) => ({ path, method, spec: spec as JsonObject })),
);

const checks = new Map<string, ReturnType<typeof checkOf>>();

/** The check of one documented answer; undefined when the document does not name the status. */
function checkFor(spec: JsonObject, status: number): ReturnType<typeof checkOf> | "empty" | undefined {
  const response = (spec["responses"] as JsonObject)[String(status)] as JsonObject | undefined;
  if (response === undefined) return undefined;
  const content = response["content"] as JsonObject | undefined;
  if (content === undefined) return "empty";
  const key = `${String(spec["operationId"])} ${status}`;
  const [media] = Object.values(content);
  const check = checks.get(key) ?? checkOf(contract, (media as JsonObject)["schema"] as JsonObject, true);
  checks.set(key, check);
  return check;
}

const parametersOf = (spec: JsonObject, place: string): JsonObject[] =>
  ((spec["parameters"] ?? []) as JsonObject[]).filter((one) => one["in"] === place);

/** One call: everything of it may be right, and everything may be wrong. */
function callArbitrary(known: readonly string[]): fc.Arbitrary<{
  id: string;
  url: string;
  raw: string | undefined;
  headers: Record<string, string>;
}> {
  const oddText = fc.oneof(fc.constantFrom(...NASTY_TEXTS), fc.string({ maxLength: 20 }));
  return fc.constantFrom(...calls).chain((call) => {
    const id = fc.oneof(
      { weight: 3, arbitrary: fc.constantFrom(...known) },
      { weight: 1, arbitrary: oddText },
    );
    const query = parametersOf(call.spec, "query").map((one) =>
      fc.tuple(
        fc.constant(String(one["name"])),
        fc.oneof(
          { weight: 3, arbitrary: fc.constant(undefined) },
          { weight: 2, arbitrary: fuzzedValue(one["schema"] as JsonObject, components) },
          { weight: 1, arbitrary: fc.oneof(oddText, fc.constantFrom(...known)) },
        ),
      ),
    );
    const body = call.spec["requestBody"] as JsonObject | undefined;
    const [media] = Object.values((body?.["content"] ?? {}) as JsonObject);
    const raw =
      body === undefined
        ? fc.constant(undefined)
        : fc.oneof(
            {
              weight: 12,
              arbitrary: fuzzedValue((media as JsonObject)["schema"] as JsonObject, components).map((value) =>
                JSON.stringify(value),
              ),
            },
            { weight: 1, arbitrary: fc.jsonValue().map((value) => JSON.stringify(value)) },
            {
              weight: 1,
              arbitrary: fc.constantFrom(
                "",
                "{",
                "[".repeat(100),
                '{"__proto__":1}',
                '{"a":1,"a":2}',
                "nul",
                '"\\ud800"',
              ),
            },
          );
    return fc.record({
      id: fc.constant(String(call.spec["operationId"])),
      url: fc
        .tuple(fc.array(id, { minLength: 3, maxLength: 3 }), fc.tuple(...query), fc.boolean())
        .map(([ids, given, isOdd]) => {
          let at = 0;
          const path = call.path.replaceAll(/\{\w+\}/g, () => encode(ids[at++] || "x"));
          const pairs = given.flatMap(([name, value]) =>
            value === undefined ? [] : [`${name}=${encode(String(value))}`],
          );
          if (isOdd && at === 0 && pairs.length > 2) pairs.push("unknown=1");
          return `${API_BASE}${path}${pairs.length === 0 ? "" : `?${pairs.join("&")}`}`;
        }),
      raw,
      headers: fc
        .record(
          {
            "idempotency-key": fc.oneof(
              { weight: 4, arbitrary: fc.constantFrom("a", "b", "c", "d") },
              { weight: 1, arbitrary: fc.constantFrom("x".repeat(256), "ключ", "two words") },
            ),
            authorization: fc.constantFrom("Bearer nobody", "Basic x", "", "Bearer "),
            "content-type": fc.constantFrom(
              "text/plain",
              "application/json; charset=utf-8",
              "application/x-www-form-urlencoded",
              "application/problem+json",
            ),
          },
          { requiredKeys: [] },
        )
        .map(({ authorization, "content-type": type, ...rest }) => ({
          ...rest,
          authorization:
            authorization !== undefined && rest["idempotency-key"] === "d"
              ? authorization
              : `Bearer ${ADMIN}`,
          ...(type !== undefined && rest["idempotency-key"] === "c"
            ? { "content-type": type }
            : { "content-type": "application/json" }),
        })),
    });
  });
}

/** Percent-encoded; what UTF-8 cannot spell goes as the bytes that a careless client would send. */
function encode(text: string): string {
  return encodeURIComponent(text.replaceAll(/\p{Surrogate}/gu, "\ufffd"));
}

forEachEngine("fuzzed calls", (engine) => {
  let api: ApiUnderTest;
  let known: readonly string[] = [];
  const seen = new Map<string, number>();
  beforeAll(async () => {
    api = apiOn(engine.database);
    known = await fillForFuzz(api);
  });

  test(`${RUNS} calls get answers that the document names`, { timeout: 600_000 }, async () => {
    await fc.assert(
      fc.asyncProperty(callArbitrary(known), async ({ id, url, raw, headers }) => {
        const { method, spec } = calls.find(
          (call) => call.spec["operationId"] === id,
        ) as (typeof calls)[number];
        const answer = await api.app.inject({
          method: method.toUpperCase() as "GET",
          url,
          headers: Object.fromEntries(
            Object.entries(headers).filter(([name]) => name !== "content-type" || raw !== undefined),
          ),
          ...(raw === undefined ? {} : { payload: raw }),
        });
        const status = answer.statusCode;
        const key = `${String(spec["operationId"])} ${status}`;
        seen.set(key, (seen.get(key) ?? 0) + 1);
        expect(status).toBeLessThan(500);
        expect(answer.headers["x-request-id"]).toMatch(/^[0-9a-f-]{36}$/);
        const check = checkFor(spec, status);
        expect(check, `${key} is not documented: ${answer.body.slice(0, 200)}`).toBeDefined();
        if (check === "empty") {
          expect(answer.body).toBe("");
          return;
        }
        const isProblem = status >= 400;
        expect(answer.headers["content-type"]).toContain(
          isProblem ? "application/problem+json" : "application/json",
        );
        if (check !== undefined) expect([check(answer.json()), whyNot(check)]).toEqual([true, ""]);
      }),
      { numRuns: RUNS },
    );
  });

  test("the calls were not all refused: every call was answered well at least once", () => {
    if (RUNS < 2000) return;
    const never = calls
      .map(({ spec }) => String(spec["operationId"]))
      .filter((id) => ![200, 201, 204].some((status) => seen.has(`${id} ${status}`)));
    expect(never).toEqual([]);
  });
});
