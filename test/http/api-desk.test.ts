// The desk by the management API: what filters find, how they are refused, work with versions, views, hours, the log.
import { beforeAll, expect, test } from "vitest";
import { type ApiUnderTest, apiOn } from "../support/api.ts";
import { appSays, marketplaceSays } from "../support/desk-channels.ts";
import { forEachEngine } from "../support/engines.ts";

interface Shown {
  readonly id: string;
  readonly orderId: string;
  readonly version: number;
  readonly tags: readonly string[];
}

forEachEngine("the desk by the management API", (engine) => {
  let api: ApiUnderTest;
  const call = async (method: string, path: string, body?: unknown) => {
    const answer = await api.call(method, `/api/v1${path}`, body === undefined ? {} : { body });
    return { status: answer.statusCode, body: answer.body === "" ? null : answer.json() };
  };
  const list = async (filter: string, more = "") =>
    (await call("GET", `/desk/items?filter=${encodeURIComponent(filter)}${more}`)).body;
  const orders = async (filter: string) =>
    (await list(filter)).items.map(({ orderId }: Shown) => orderId).sort();

  beforeAll(async () => {
    api = apiOn(engine.database);
    await marketplaceSays(api.house, {
      orderId: "1",
      rating: 1,
      comment: "Холодный суп",
      dishes: ["Суп дня"],
    });
    await marketplaceSays(api.house, { orderId: "2", rating: 5, comment: "Great soup" });
    await appSays(api.house, { orderId: "1", rating: 5 });
    await appSays(api.house, { orderId: "3", rating: null });
    await appSays(api.house, { orderId: "4", rating: 2, comment: "Опоздали" });
  });

  test("one filter finds by stars, words of both languages, dishes, days, disagreement", async () => {
    expect(await orders("rating:1..2")).toEqual(["1", "4"]);
    expect(await orders('"холодного супа"')).toEqual(["1"]);
    expect(await orders("soups")).toEqual(["2"]);
    expect(await orders("item:суп")).toEqual(["1"]);
    expect(await orders("is:disputed source:app")).toEqual(["1"]);
    expect(await orders("is:asked")).toEqual(["3"]);
    expect(await orders("received:today -is:asked")).toEqual(["1", "1", "2", "4"]);
    expect(await orders("day:2026-11-04")).toEqual(["1", "2"]);
    expect(await orders("")).toHaveLength(5);
  });

  test("today is the reader's: the shop's, or that of the zone that is named", async () => {
    // The stand's clock shows noon in UTC: already tomorrow on Kiritimati.
    expect((await list("received:today", "&zone=Pacific/Kiritimati")).items).toHaveLength(5);
    expect((await list("received:yesterday", "&zone=Pacific/Kiritimati")).items).toHaveLength(0);
    expect((await call("GET", "/desk/items?zone=Nowhere/At-All")).status).toBe(400);
  });

  test("pages cover a list once, in every order, and a cursor of another order is none", async () => {
    for (const sort of ["newest", "oldest", "due", "stars"]) {
      const seen: string[] = [];
      let cursor: string | null = null;
      do {
        const page: { items: Shown[]; nextCursor: string | null } = await list(
          "",
          `&sort=${sort}&limit=2${cursor === null ? "" : `&after=${cursor}`}`,
        );
        seen.push(...page.items.map(({ id }) => id));
        cursor = page.nextCursor;
      } while (cursor !== null);
      expect(new Set(seen).size).toBe(5);
      expect(seen).toHaveLength(5);
    }
    const { nextCursor } = await list("", "&sort=newest&limit=2");
    const other = await call("GET", `/desk/items?sort=due&after=${nextCursor}`);
    expect([other.status, other.body.code]).toEqual([400, "bad_cursor"]);
  });

  test.each([
    ["rating:9", "character 1, rating:9"],
    ['суп "не закрыто', "character 5"],
    ["колбаса wrong:1", "character 9, wrong:1"],
    ["tag:", "character 1, tag:"],
  ])("a filter that cannot be read is refused with place and reason: %s", async (filter, words) => {
    const asked = await call("GET", `/desk/items?filter=${encodeURIComponent(filter)}`);
    expect([asked.status, asked.body.code]).toEqual([400, "filter_refused"]);
    expect(asked.body.errors).toEqual([{ path: "/query/filter", message: expect.stringContaining(words) }]);
    const counted = await call("POST", "/desk/counts", { filters: ["", filter] });
    expect(counted.body.errors[0].path).toBe("/body/filters/1");
    const view = { isShared: true, name: "Wrong", filter, sort: "due" };
    expect((await call("POST", "/desk/views", view)).body.errors[0].path).toBe("/body/filter");
  });

  test("several filters are counted in one call", async () => {
    const filters = ["", "rating:1..2", "is:asked", "state:closed"];
    const { body } = await call("POST", "/desk/counts", { filters });
    expect(body.counts.map(({ count }: { count: number }) => count)).toEqual([5, 2, 1, 0]);
    expect(body.counts[0].isMore).toBe(false);
  });

  test("an item tells its thread and the whole story of its order", async () => {
    const [item] = (await list("order:e-1")).items;
    const { body } = await call("GET", `/desk/items/${item.id}`);
    expect(body.item).toEqual(item);
    expect(body.thread.map(({ kind }: { kind: string }) => kind)).toEqual(["received"]);
    expect(body.story.map(({ source }: { source: string }) => source)).toEqual(["yandex-eats", "app"]);
    expect(item.dishes).toEqual([{ id: null, name: "Суп дня" }]);
    expect((await call("GET", "/desk/items/none")).status).toBe(404);
  });

  test("work carries the version that was seen; a stale one is refused with the one that stands", async () => {
    const [item] = (await list("order:4")).items as [Shown];
    const changes = [
      { kind: "assign", person: "ann" },
      { kind: "word", of: "tag", word: "late", isOn: true },
      { kind: "note", text: "Called the courier service" },
    ];
    const done = await call("POST", `/desk/items/${item.id}/work`, { version: item.version, changes });
    expect(done.body).toMatchObject({ assignee: "ann", tags: ["late"], notes: 1, version: 4 });
    const stale = await call("POST", `/desk/items/${item.id}/work`, { version: item.version, changes });
    expect([stale.status, stale.body.code]).toEqual([409, "stale_version"]);
    expect(stale.body.detail).toContain("4");
    const [asked] = (await list("is:asked")).items as [Shown];
    const impossible = { version: 1, changes: [{ kind: "state", to: "closed" }] };
    const refused = await call("POST", `/desk/items/${asked.id}/work`, impossible);
    expect([refused.status, refused.body.code]).toEqual([422, "work_refused"]);
    expect(refused.body.errors[0].path).toBe("/body/changes/0");
    expect((await call("GET", "/desk/words?kind=tag")).body).toEqual({ words: [{ word: "late", count: 1 }] });
  });

  test("a change of everything that matches is told in numbers, and again changes nothing", async () => {
    const bulk = { filter: "rating:5 -is:disputed", change: { kind: "state", to: "no_reaction" } };
    expect((await call("POST", "/desk/bulk", bulk)).body).toMatchObject({
      found: 1,
      changed: 1,
      isMore: false,
    });
    expect((await call("POST", "/desk/bulk", bulk)).body).toMatchObject({
      found: 1,
      changed: 0,
      unchanged: 1,
    });
    const noted = { ...bulk, change: { kind: "note", text: "for many" } };
    expect((await call("POST", "/desk/bulk", noted)).status).toBe(400);
  });

  test("views are saved, changed and removed; another's own is not there for others", async () => {
    const view = { isShared: false, name: "Mine", filter: "assignee:me", sort: "due" };
    const made = await call("POST", "/desk/views", view);
    expect(made.status).toBe(201);
    const { id } = made.body;
    const put = await call("PUT", `/desk/views/${id}`, { ...view, isShared: true, filter: "rating:1" });
    expect(put.body).toMatchObject({ id, isShared: true, filter: "rating:1" });
    const { body } = await call("GET", "/desk/views");
    expect(body.items.map((one: { id: string }) => one.id)).toEqual([id]);
    await engine.database.transaction((tx) =>
      tx.run("update desk_view set owner = 'somebody' where id = ?", [id]),
    );
    expect((await call("GET", "/desk/views")).body.items).toEqual([]);
    expect((await call("PUT", `/desk/views/${id}`, view)).status).toBe(404);
    expect((await call("DELETE", `/desk/views/${id}`)).status).toBe(404);
    const other = await call("POST", "/desk/views", view);
    expect((await call("DELETE", `/desk/views/${other.body.id}`)).status).toBe(204);
  });

  test("the policy is set for what comes later, and the log says who set it", async () => {
    const policy = {
      rules: [{ source: null, branchId: null, from: 1, to: 5, isWithText: false, minutes: 30 }],
      hours: [],
      branchHours: [{ branchId: "constructor", hours: [{ weekday: 1, from: 0, to: 60 }] }],
    };
    expect((await call("PUT", "/desk/policy", policy)).body).toEqual(policy);
    expect((await call("GET", "/desk/policy")).body).toEqual(policy);
    await appSays(api.house, { orderId: "9", rating: 5 });
    const [item] = (await list("order:9")).items;
    expect(Date.parse(item.dueAt) - Date.parse(item.receivedAt)).toBe(30 * 60_000);
    const wrong = { ...policy, hours: [{ weekday: 1, from: 60, to: 60 }] };
    expect((await call("PUT", "/desk/policy", wrong)).status).toBe(400);
    const { items } = (await call("GET", "/audit/entries")).body;
    expect(items.map(({ number }: { number: number }) => number)).toEqual(
      items.map((_: unknown, index: number) => index + 1),
    );
    expect(items.at(-1)).toMatchObject({ action: "desk.policy", actor: "setting" });
    expect(JSON.stringify(items)).not.toContain("courier service");
    const proof = (await call("GET", "/audit/proof")).body;
    expect(proof).toMatchObject({ entries: items.length, brokenAt: null, head: items.at(-1).hash });
  });

  test("what a filter finds is sent as a table", async () => {
    const csv = await api.call("GET", "/api/v1/desk/export?filter=order:e-1&language=en");
    expect(csv.headers["content-type"]).toBe("text/csv; charset=utf-8");
    expect(csv.headers["content-disposition"]).toBe('attachment; filename="feedback.csv"');
    expect(csv.body.trimEnd().split("\r\n")).toHaveLength(2);
    expect(csv.body).toContain("Холодный суп");
    const { items } = (await call("GET", "/desk/items?limit=10")).body;
    const [one, other] = items.map(({ id }: { id: string }) => id);
    const named = await api.call("GET", `/api/v1/desk/export?itemIds=${other},none,${one},${one}`);
    const lines = named.body.trimEnd().split("\r\n").slice(1);
    expect(lines.map((line) => line.split(";")[0]).sort()).toEqual([one, other].sort());
    const outside = await api.call("GET", `/api/v1/desk/export?itemIds=${one}&filter=order:nobodys`);
    expect(outside.body.trimEnd().split("\r\n")).toHaveLength(1);
    const tooMany = await api.call("GET", `/api/v1/desk/export?itemIds=${Array(201).fill("x").join(",")}`);
    expect(tooMany.statusCode).toBe(400);
    const sheet = await api.call("GET", "/api/v1/desk/export?format=xlsx");
    expect(sheet.rawPayload.subarray(0, 2).toString()).toBe("PK");
    expect((await call("GET", "/desk/export?filter=wrong:1")).body.code).toBe("filter_refused");
  });

  test("reading does not open writing, nor the log", async () => {
    const made = await api.call("POST", "/api/v1/tokens", {
      body: { label: "reader", scopes: ["feedback:read"] },
    });
    const { token } = made.json();
    const as = (method: string, path: string, body?: unknown) =>
      api.call(method, `/api/v1${path}`, { token, ...(body === undefined ? {} : { body }) });
    expect((await as("GET", "/desk/items")).statusCode).toBe(200);
    const bulk = { filter: "", change: { kind: "state", to: "closed" } };
    expect((await as("POST", "/desk/bulk", bulk)).statusCode).toBe(403);
    expect((await as("GET", "/audit/entries")).statusCode).toBe(403);
  });
});
