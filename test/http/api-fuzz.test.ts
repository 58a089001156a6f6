// Calls made from the OpenAPI document, right and wrong: never a surprise, always an answer that the document names.
import fc from "fast-check";
import { beforeAll, expect, test } from "vitest";
import {
  API_BASE,
  type JsonObject,
  openApiDocument,
  operations,
  resolved,
} from "../../src/contract/index.ts";
import { dropCase, findAuditEntries } from "../../src/flows/index.ts";
import { isAudited } from "../../src/http/api/audited.ts";
import { ADMIN, type ApiUnderTest, apiOn } from "../support/api.ts";
import { checkOf, whyNot } from "../support/document-check.ts";
import { forEachEngine } from "../support/engines.ts";
import { fuzzedValue, NASTY_TEXTS } from "../support/schema-values.ts";
import { allBeside, fillForFuzz, type KnownIds } from "../support/small-world.ts";
import { watchStatements } from "../support/statement-watch.ts";

/** Calls of one run; a nightly run sets more. */
const RUNS = Number(process.env["PRILAVOK_FUZZ_RUNS"] ?? 12_000);

const watch = watchStatements("drop table offer");
const contract = openApiDocument();
const components = (contract["components"] as JsonObject)["schemas"] as JsonObject;
const calls = Object.entries(contract["paths"] as JsonObject).flatMap(([path, methods]) =>
  Object.entries(methods as JsonObject).map(([method, spec]) => ({ path, method, spec: spec as JsonObject })),
);

const checks = new Map<string, ReturnType<typeof checkOf>>();

/**
 * Calls that no guess can be relied on to get right: a loyalty code is good once, for two minutes; a draft is published against
 * the versions of itself and of the rules (test/http/api-drafts.test.ts does); a held import is accepted or dropped, once
 * (test/http/api-imports.test.ts does both); and those of people who are signed in.
 */
const BEYOND_GUESSING = [
  ...["acceptImport", "dropImport"],
  "publishPromotionDraft",
  "verifyLoyaltyCode",
  ...operations.filter(({ scope }) => scope === "session" || scope === "public").map(({ id }) => id),
];

/** Calls that only look, though they are no GET. */
const CHANGING_NOTHING = [
  ...["validatePromotionSet", "repeatCalculation", "checkCalculationCases"],
  ...["priceCart", "readCartFacts"],
];

/**
 * Calls that guesses may carry out on nothing only: no item fits, no delivery has failed, nobody has signed in, the same
 * promotion is put again. That they are noted is tested where they are.
 */
const ON_NOTHING = [
  ...["workOnDesk", "sendManyAnswers", "undoManyAnswers"],
  ...["endDeskMute", "replayWebhook"],
  "replayWebhookDelivery",
  "endPersonSessions",
  "putPromotion",
];

/** The check of one documented answer; undefined when the document does not name the status. */
function checkFor(
  spec: JsonObject,
  status: number,
): ReturnType<typeof checkOf> | "empty" | "file" | undefined {
  const named = (spec["responses"] as JsonObject)[String(status)] as JsonObject | undefined;
  if (named === undefined) return undefined;
  const response = resolved(contract, named);
  const content = response["content"] as JsonObject | undefined;
  if (content === undefined) return "empty";
  if (Object.keys(content).every((type) => !type.includes("json"))) return "file";
  const key = `${String(spec["operationId"])} ${status}`;
  const [media] = Object.values(content);
  const check = checks.get(key) ?? checkOf(contract, (media as JsonObject)["schema"] as JsonObject, true);
  checks.set(key, check);
  return check;
}

const parametersOf = (spec: JsonObject, place: string): JsonObject[] =>
  ((spec["parameters"] ?? []) as JsonObject[]).filter((one) => one["in"] === place);

type FuzzedCall = (typeof calls)[number];

const oddText = fc.oneof(fc.constantFrom(...NASTY_TEXTS), fc.string({ maxLength: 20 }));

/** The path with ids of the right kind, of a wrong kind, or no ids at all. */
function pathArbitrary(call: FuzzedCall, known: KnownIds): fc.Arbitrary<string> {
  const all = Object.values(known).flat();
  const names = [...call.path.matchAll(/\{(\w+)\}/g)].map((match) => match[1] as string);
  const ids = names.map((name) =>
    fc.oneof(
      { weight: 6, arbitrary: fc.constantFrom(...(known[name] ?? all)) },
      { weight: 1, arbitrary: fc.constantFrom(...all) },
      { weight: 1, arbitrary: oddText },
    ),
  );
  // What belongs together, as a client and its secret, stands at the same place of both lists.
  const together = fc.nat(99).map((place) =>
    names.map((name) => {
      const list = known[name] ?? all;
      return list[place % list.length] ?? "";
    }),
  );
  const given = fc.oneof({ weight: 2, arbitrary: together }, { weight: 1, arbitrary: fc.tuple(...ids) });
  return given.map((given) => {
    let at = 0;
    return call.path.replaceAll(/\{\w+\}/g, () => pathStep(given[at++] ?? ""));
  });
}

/** Some parameters, right and wrong, now and then one that nobody knows. */
function queryArbitrary(call: FuzzedCall, known: KnownIds): fc.Arbitrary<string> {
  const all = Object.values(known).flat();
  const given = parametersOf(call.spec, "query").map((one) => {
    const value = fc.oneof(
      { weight: 6, arbitrary: fc.constant(undefined) },
      { weight: 4, arbitrary: fuzzedValue(one["schema"] as JsonObject, components) },
      { weight: 1, arbitrary: fc.constantFrom(...(known[String(one["name"])] ?? all)) },
      { weight: 1, arbitrary: oddText },
    );
    return value.map((some) =>
      some === undefined ? [] : [`${String(one["name"])}=${encode(String(some))}`],
    );
  });
  const unknown = fc.oneof(
    { weight: 19, arbitrary: fc.constant([]) },
    { weight: 1, arbitrary: fc.constant(["unknown=1"]) },
  );
  return fc.tuple(...given, unknown).map((parts) => parts.flat().join("&"));
}

/** A body by the schema, something else, or nothing readable; undefined where the call has none. */
function bodyArbitrary(call: FuzzedCall): fc.Arbitrary<string | undefined> {
  const body = call.spec["requestBody"] as JsonObject | undefined;
  if (body === undefined) return fc.constant(undefined);
  const [media] = Object.values(body["content"] as JsonObject);
  const fitting = fuzzedValue((media as JsonObject)["schema"] as JsonObject, components);
  return fc.oneof(
    { weight: 12, arbitrary: fitting.map((value) => JSON.stringify(value)) },
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
}

const repeatKey = fc.oneof(
  { weight: 6, arbitrary: fc.integer({ min: 1, max: 60 }).map((number) => `key-${number}`) },
  { weight: 1, arbitrary: fc.constantFrom("x".repeat(256), "ключ", "two words", "") },
);

const headersArbitrary: fc.Arbitrary<Record<string, string>> = fc
  .record(
    {
      "idempotency-key": repeatKey,
      authorization: rarely(fc.constantFrom("Bearer nobody", "Basic x", "", "Bearer "), `Bearer ${ADMIN}`),
      "content-type": rarely(
        fc.constantFrom("text/plain", "application/x-www-form-urlencoded", "x"),
        "application/json",
      ),
    },
    { requiredKeys: ["authorization", "content-type"] },
  )
  .map((headers) => ({ ...headers }));

function rarely(wrong: fc.Arbitrary<string>, right: string): fc.Arbitrary<string> {
  return fc.oneof({ weight: 30, arbitrary: fc.constant(right) }, { weight: 1, arbitrary: wrong });
}

/** One call: everything of it may be right, and everything may be wrong. */
function callArbitrary(known: KnownIds) {
  // Built once: to build them anew for each call would take longer than the calls.
  const each = calls.map((call) => ({
    // Rarely: what is gone cannot answer the calls that come after. Less rarely where two ids have to fit, or the thing itself stays.
    weight: call.method === "delete" ? (/\}.+\}|\}\/\w+$/.test(call.path) ? 4 : 1) : 5,
    arbitrary: fc.record({
      id: fc.constant(String(call.spec["operationId"])),
      url: fc
        .tuple(pathArbitrary(call, known), queryArbitrary(call, known))
        .map(([path, query]) => `${API_BASE}${path}${query === "" ? "" : `?${query}`}`),
      raw: bodyArbitrary(call),
      headers: headersArbitrary,
    }),
  }));
  return fc.oneof(...each);
}

/** A step of a path: an empty one, and the dots that every client takes away, would be another path. */
function pathStep(text: string): string {
  return ["", ".", ".."].includes(text) ? "x" : encode(text);
}

/** Percent-encoded; what UTF-8 cannot spell goes as the bytes that a careless client would send. */
function encode(text: string): string {
  return encodeURIComponent(text.replaceAll(/\p{Surrogate}/gu, "\ufffd"));
}

forEachEngine("fuzzed calls", (engine) => {
  let api: ApiUnderTest;
  let known: KnownIds = {};
  const seen = new Map<string, number>();
  /** Calls that were carried out and left an entry in the audit log. */
  const audited = new Set<string>();
  const lastEntry = async (): Promise<number> => {
    const page = { after: null, limit: 1, isNewestFirst: true };
    return (await findAuditEntries(api.house, page))[0]?.number ?? 0;
  };
  beforeAll(async () => {
    api = apiOn(engine.database, allBeside);
    known = await fillForFuzz(api);
  });

  // PostgreSQL is slower to reach and speaks the same contract: a quarter does.
  const runs = engine.name === "sqlite" ? RUNS : Math.ceil(RUNS / 4);
  test(`${runs} calls get answers that the document names`, { timeout: 600_000 }, async () => {
    await fc.assert(
      fc.asyncProperty(callArbitrary(known), async ({ id, url, raw, headers }) => {
        const { method, spec } = calls.find((call) => call.spec["operationId"] === id) as FuzzedCall;
        const isChanging = isNoted(id);
        const before = isChanging ? await lastEntry() : 0;
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
        if (isChanging && status < 300 && (await lastEntry()) > before) audited.add(id);
        // A case that was kept would keep all rules that come after from being published.
        if (id === "createCalculationCase" && status === 201)
          await dropCase(api.house, (answer.json() as { id: string }).id);
        expect(status).toBeLessThan(500);
        expect(answer.headers["x-request-id"]).toMatch(/^[0-9a-f-]{36}$/);
        const check = checkFor(spec, status);
        expect(check, `${key} is not documented: ${answer.body.slice(0, 200)}`).toBeDefined();
        if (check === "empty") {
          expect(answer.body).toBe("");
          return;
        }
        if (check === "file") {
          expect(answer.headers["content-disposition"]).toContain("attachment");
          return;
        }
        const isProblem = status >= 400;
        expect(answer.headers["content-type"]).toContain(
          isProblem ? "application/problem+json" : "application/json",
        );
        if (check !== undefined) expect([check(answer.json()), whyNot(check)]).toEqual([true, ""]);
      }),
      // The same calls every time: whether each call was once answered well must be no matter of luck.
      { numRuns: runs, seed: 20_261_123 },
    );
  });

  test("no statement was made of what callers said", () => {
    expect(NASTY_TEXTS.join()).toContain("drop table offer");
    expect(watch.tainted).toEqual([]);
  });

  test("the calls were not all refused: every call was answered well at least once", () => {
    if (runs < 12_000) return;
    const never = calls
      .map(({ spec }) => String(spec["operationId"]))
      .filter((id) => ![200, 201, 204].some((status) => seen.has(`${id} ${status}`)));
    const unlikely = never.filter((id) => !BEYOND_GUESSING.includes(id));
    expect(unlikely).toEqual([]);
  });

  test("every call that changes something was noted in the audit log", () => {
    if (runs < 12_000) return;
    const silent = operations.filter(({ id }) => isNoted(id) && !audited.has(id)).map(({ id }) => id);
    expect(silent.filter((id) => !ON_NOTHING.includes(id))).toEqual([]);
  });
});

/** Whether the audit log has to tell of a call: it changes something, and has no history of its own. */
function isNoted(id: string): boolean {
  const operation = operations.find((one) => one.id === id);
  return (
    operation !== undefined &&
    isAudited(operation) &&
    !CHANGING_NOTHING.includes(id) &&
    !BEYOND_GUESSING.includes(id)
  );
}
