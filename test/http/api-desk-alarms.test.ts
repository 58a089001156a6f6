// Alarms of the desk: raised once with their evidence, closed by people, silent while they are open, told to endpoints.
import { beforeAll, expect, test } from "vitest";
import { addDays } from "../../src/core/desk/index.ts";
import { watchDesk } from "../../src/flows/index.ts";
import { type ApiUnderTest, apiOn } from "../support/api.ts";
import { forEachEngine } from "../support/engines.ts";
import { destinationAt, rememberingChannel, senderOf } from "../support/notice-world.ts";

forEachEngine("alarms of the desk", (engine) => {
  let api: ApiUnderTest;
  let today = 0;
  const run = () => watchDesk(api.house, new AbortController().signal);
  const call = async (method: string, path: string, body?: unknown) => {
    const answer = await api.call(method, `/api/v1/desk/alarms${path}`, body === undefined ? {} : { body });
    return { status: answer.statusCode, body: answer.json() };
  };
  const open = async () => (await call("GET", "?isOpen=true")).body.alarms;

  /** Counts of a day as receiving feedback would leave them. */
  async function write(day: number, branch: string, low: number, of: number): Promise<void> {
    await engine.database.transaction((tx) =>
      tx.run(
        `insert into desk_tally (day, branch_id, source, items, x1, x2, x3, x4, x5, asked, asked_answered, worded,
           given, no_reaction, delivered, outdated, open, promos, promo_minor)
         values (?, ?, 'app', ?, ?, 0, 0, 0, ?, 0, 0, 0, ?, 0, 0, 0, 0, 0, 0)`,
        [day, branch, of, low, of - low, of],
      ),
    );
  }

  beforeAll(async () => {
    api = apiOn(engine.database);
    await destinationAt(api.house, { gets: ["alarms"] });
    await destinationAt(api.house, { gets: ["items", "digest"] });
    today = Number(new Date(api.house.now()).toISOString().slice(0, 10).replaceAll("-", ""));
    for (let ago = 120; ago >= 0; ago -= 1) {
      for (const branch of ["lesnaya", "mira", "zavod"]) {
        const low = branch === "mira" && ago < 3 ? 9 : ago % 10 === 0 ? 2 : 1;
        await write(addDays(today, -ago), branch, low, 12);
      }
    }
  }, 120_000);

  test("a rise raises one alarm, however often one looks, and an event for endpoints", async () => {
    expect((await run()).raised).toBeGreaterThanOrEqual(1);
    expect((await run()).raised).toBe(0);
    const alarms = await open();
    const mira = alarms.find(({ branchId }: { branchId: string }) => branchId === "mira");
    expect(mira).toMatchObject({ source: "app", state: "open" });
    expect(mira.odds).toBeGreaterThan(1000);
    expect(mira.text.en).toMatch(
      /mira: from .* ratings were 1 or 2 stars, usually \d+(\.\d)?%; luck does this once in/,
    );
    expect(alarms.some(({ branchId }: { branchId: string | null }) => branchId === "lesnaya")).toBe(false);
    const events = await engine.database.read((tx) =>
      tx.rows<{ body: string }>("select body from event where kind = 'desk.alarm'"),
    );
    expect(events).toHaveLength(alarms.length);
  });

  test("people are told of each once, in words with counts and odds", async () => {
    const chats = rememberingChannel();
    const sender = senderOf(api.house, { telegram: chats });
    await sender.look();
    api.pass(600_000);
    await sender.look();
    const told = chats.sent.map(({ text }) => text).join("\n");
    expect(told).toMatch(/mira, App: from .* luck does this once in/);
    expect(chats.sent.filter(({ text }) => text.includes("mira"))).toHaveLength(1);
    expect(await run()).toMatchObject({ raised: 0 });
    expect(await sender.look()).toBe(0);
  });

  test("people let it sleep, name its cause, and it is closed once", async () => {
    const [alarm] = await open();
    expect((await call("POST", `/${alarm.id}`, { act: "snooze" })).body.state).toBe("snoozed");
    const known = await call("POST", `/${alarm.id}`, { act: "known_cause", note: "Oven" });
    expect(known.body).toMatchObject({ state: "known", note: "Oven", snoozedUntil: null });
    expect((await call("POST", `/${alarm.id}`, { act: "acknowledge" })).status).toBe(404);
  });

  test("what was closed is not raised again from the same days, and mute keeps a branch quiet", async () => {
    for (const alarm of await open()) await call("POST", `/${alarm.id}`, { act: "mute" });
    expect((await run()).raised).toBe(0);
    expect(await open()).toEqual([]);
    expect((await call("GET", "")).body.alarms.length).toBeGreaterThan(0);
  });

  test("what is muted is told until somebody wants to hear of it again", async () => {
    const mutes = async () => (await api.call("GET", "/api/v1/desk/mutes")).json().mutes;
    const all = { branchId: null, city: null, source: "app" };
    expect(await mutes()).toEqual([{ ...all, until: expect.stringMatching(/^\d{4}-/) }]);
    const end = async (body: object) =>
      (await api.call("POST", "/api/v1/desk/mutes/end", { body })).statusCode;
    for (const other of [
      { ...all, source: "yandex-eats" },
      { ...all, branchId: "mira" },
    ])
      expect(await end(other)).toBe(204);
    expect(await mutes()).toHaveLength(1);
    expect([await end(all), await end(all)]).toEqual([204, 204]);
    expect(await mutes()).toEqual([]);
  });

  test("the digest tells the alarms of the week in seven lines at most, and nobody's number", async () => {
    const yesterday = addDays(today, -1);
    await engine.database.transaction((tx) =>
      tx.run(
        `insert into desk_item (id, source, order_id, rating, was_asked, comment, day, received_at, changed_at, state,
           answer, note_count, appeal, is_refunded, is_disputed, revision, version, stems)
         values ('d', 'app', 'd', 1, 0, 'Суп холодный, курьер грубил, звоните 8 912 345-67-89', ?, 1, 1, 'new', 'no', 0,
           'none', 0, 0, 1, 1, ' суп холодн курьер груб звон ')`,
        [yesterday],
      ),
    );
    const { body } = await (async () => {
      const answer = await api.call("GET", "/api/v1/desk/digest?language=en");
      return { body: answer.json() };
    })();
    expect(body).toMatchObject({ kind: "digest", isUsual: false });
    expect(body.lines.length).toBeLessThanOrEqual(7);
    expect(body.lines.join(" ")).toContain("luck does this once in");
    expect(body.lines.join(" ")).toContain("звоните [phone]");
    expect(body.lines.join(" ")).not.toContain("912");
  });
});
