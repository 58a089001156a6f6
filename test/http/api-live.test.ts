// Calls of vendors as they come in: kept within bounds, told behind a number, without credentials, and without people unless one may read them.
import { beforeAll, expect, test } from "vitest";
import { createClient, createToken } from "../../src/flows/index.ts";
import { LIVE_LIMITS, LIVE_LISTENERS, LiveCalls } from "../../src/http/live-calls.ts";
import { shownText } from "../../src/http/live-text.ts";
import { type ApiUnderTest, apiOn } from "../support/api.ts";
import { forEachEngine } from "../support/engines.ts";
import {
  APP_KEY,
  allBeside,
  deliver,
  EATS,
  feedbackSample,
  fillCatalogue,
  priceCart,
} from "../support/small-world.ts";

const call = (id: string, more: Partial<Parameters<LiveCalls["keep"]>[0]> = {}) => ({
  id,
  channel: "irp",
  method: "POST",
  path: "/irp/basket",
  route: "/irp/basket",
  query: "",
  headers: {},
  status: 200,
  ms: 1,
  noted: { outcome: "quoted" },
  body: "{}",
  answer: "{}",
  ...more,
});

test("no more calls and characters are kept than there is room for, and the newest stay", () => {
  const many = new LiveCalls(() => 0);
  for (let index = 1; index <= LIVE_LIMITS.calls + 20; index += 1) many.keep(call(`c-${index}`));
  expect(many.find({}, 0, 1000)).toHaveLength(LIVE_LIMITS.calls);
  expect(many.find({}, 0, 1000)[0]?.id).toBe("c-21");
  expect(many.byId("c-1")).toBeNull();
  const large = new LiveCalls(() => 0);
  for (let index = 0; index < 300; index += 1)
    large.keep(call(`l-${index}`, { body: "x".repeat(LIVE_LIMITS.body), answer: null }));
  const kept = large.find({}, 0, 1000);
  expect(kept.reduce((sum, { body }) => sum + (body?.length ?? 0), 0)).toBeLessThanOrEqual(
    LIVE_LIMITS.characters,
  );
  expect(kept.at(-1)?.id).toBe("l-299");
});

test("calls are found behind a number, by channel, status, its class, and what was noted", () => {
  const live = new LiveCalls(() => 0);
  live.keep(call("a"));
  live.keep(call("b", { channel: "yandex-eats", status: 401, noted: { outcome: "refused_bad_token" } }));
  live.keep(call("c", { status: 500 }));
  const ids = (...asked: Parameters<LiveCalls["find"]>) => live.find(...asked).map(({ id }) => id);
  expect(ids({}, 1, 10)).toEqual(["b", "c"]);
  expect(ids({}, 0, 1)).toEqual(["c"]);
  expect(ids({ channel: "irp" }, 0, 10)).toEqual(["a", "c"]);
  expect(ids({ status: "4xx" }, 0, 10)).toEqual(["b"]);
  expect(ids({ status: "500" }, 0, 10)).toEqual(["c"]);
  expect(ids({ text: "BAD_TOKEN" }, 0, 10)).toEqual(["b"]);
});

test("whoever waits hears of the next call; beyond the limit nobody waits", async () => {
  const live = new LiveCalls(() => 0);
  const waiting = Array.from({ length: LIVE_LISTENERS }, () => live.wait(60_000));
  expect(await live.wait(60_000)).toBe(false);
  expect(live.listeners).toBe(LIVE_LISTENERS);
  live.keep(call("a"));
  expect(await Promise.all(waiting)).toEqual(waiting.map(() => true));
  expect(live.listeners).toBe(0);
  expect(await live.wait(1)).toBe(true);
});

test("what cannot be read is hidden whole; forms and JSON lose their credentials for everybody", () => {
  expect(shownText("not json +7 999 123-45-67", false)).not.toContain("999");
  expect(shownText('{"cut": "+7 999 123-45-67', false)).not.toContain("999");
  expect(shownText('{"client_secret":"s3","cut', true)).not.toContain("s3");
  expect(shownText("client_id=a&client_secret=s3&grant_type=x", true)).toBe(
    "client_id=a&client_secret=…&grant_type=x",
  );
  const shown = shownText(
    '{"accessToken":"t","user":{"firstName":"Анна","comment":{"x":"y"}},"name":"Молоко"}',
    false,
  );
  for (const hidden of ['"t"', "Анна", '"y"']) expect(shown).not.toContain(hidden);
  expect(shownText(null, false)).toBeNull();
});

forEachEngine("the last calls by the API", (engine) => {
  let api: ApiUnderTest;
  const get = async (path: string, token?: string) => {
    const answer = await api.call("GET", `/api/v1${path}`, token === undefined ? {} : { token });
    return { status: answer.statusCode, body: answer.json(), text: answer.body };
  };
  const cart = {
    items: [{ configurationId: "milk-1", quantity: 2, price: 100 }],
    name: "Анна Канарейкина",
    phone: "+7 999 111-22-33",
    email: "kanareyka@mail.example",
  };
  let looker = "";

  beforeAll(async () => {
    api = apiOn(engine.database, allBeside);
    await fillCatalogue(api.house);
    await createClient(api.house, api.secrets, "yandex-eats", "a");
    const made = await createToken(api.house, api.secrets, {
      label: "looker",
      scopes: ["live:read"],
      expiresAt: null,
    });
    if (made.kind === "created") looker = made.token;
  });

  test("a cart is told with how it was read and what was answered", async () => {
    const id = await priceCart(api, cart);
    const listed = await get("/live/calls?channel=irp");
    expect(listed.body.calls.at(-1)).toMatchObject({ id, channel: "irp", method: "POST", status: 200 });
    const { body, text } = await get(`/live/calls/${id}`);
    expect(body).toMatchObject({ id, calculationId: id, isMasked: false });
    expect(JSON.parse(body.body)).toEqual(cart);
    expect(JSON.parse(body.answer)).toHaveProperty("items");
    expect(text).not.toContain(APP_KEY);
    await api.book.flush();
    expect((await get(`/calculations/${body.calculationId}`)).status).toBe(200);
  });

  test("without customers:read nothing tells a person; a call of the management API is never kept", async () => {
    const id = await priceCart(api, cart);
    await deliver(api, feedbackSample("001-full.json"));
    const listed = await get("/live/calls", looker);
    const channels = new Set(listed.body.calls.map(({ channel }: { channel: string }) => channel));
    expect([...channels].sort()).toEqual(["irp", "yandex-eats"]);
    let all = listed.text;
    for (const one of listed.body.calls) all += (await get(`/live/calls/${one.id}`, looker)).text;
    for (const hidden of ["Канарейкина", "111-22-33", "kanareyka", APP_KEY, EATS.secret])
      expect(all).not.toContain(hidden);
    expect((await get(`/live/calls/${id}`, looker)).body.isMasked).toBe(true);
    expect(all).toContain("milk-1");
    expect((await get("/live/calls/none")).status).toBe(404);
  });

  test("waiting ends with the next call, and starts over where numbers began anew", async () => {
    const { last } = (await get("/live/calls")).body;
    const waiting = get(`/live/calls?after=${last}&wait=5`);
    const id = await priceCart(api, cart);
    expect((await waiting).body.calls.map((one: { id: string }) => one.id)).toEqual([id]);
    expect((await get(`/live/calls?after=${last + 1000}`)).body.calls.length).toBeGreaterThan(0);
    expect((await get("/live/calls?status=9xx")).status).toBe(400);
  });
});
