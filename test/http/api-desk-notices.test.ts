// Destinations and alert rules by the API, and the way from a feedback to a message: at once, masked, once, with nobody's name.
import { beforeAll, beforeEach, expect, test } from "vitest";
import { queueDigest, reprocessFeedback } from "../../src/flows/index.ts";
import { type ApiUnderTest, apiOn } from "../support/api.ts";
import { appSays, marketplaceSays } from "../support/desk-channels.ts";
import { forEachEngine } from "../support/engines.ts";
import { type RememberingChannel, rememberingChannel, senderOf } from "../support/notice-world.ts";

const CHAT = {
  kind: "telegram",
  address: "-100",
  label: "Kitchen",
  language: "ru",
  gets: ["items", "alarms", "digest"],
  quiet: null,
  zone: null,
  isOn: true,
};

const DAY_MS = 86_400_000;

forEachEngine("notices by the management API", (engine) => {
  let api: ApiUnderTest;
  let chats: RememberingChannel;
  let mails: RememberingChannel;
  const call = async (method: string, path: string, body?: unknown) => {
    const answer = await api.call(method, `/api/v1/desk${path}`, body === undefined ? {} : { body });
    return { status: answer.statusCode, body: answer.body === "" ? null : answer.json() };
  };
  const send = () => senderOf(api.house, { telegram: chats, email: mails }).look();
  const rule = (more: object = {}) =>
    call("POST", "/alert-rules", {
      name: "Низкие",
      filter: "rating:1..2",
      destinations: [],
      isOn: true,
      ...more,
    });
  const destination = (more: object = {}) => call("POST", "/destinations", { ...CHAT, ...more });
  const alerts = () =>
    engine.database.read((tx) =>
      tx.rows<{ body: string; subject_type: string }>(
        "select * from event where kind = 'desk.alert' order by entry",
      ),
    );

  beforeAll(() => {
    api = apiOn(engine.database);
  });
  beforeEach(async () => {
    [chats, mails] = [rememberingChannel(), rememberingChannel()];
    await engine.database.transaction(async (tx) => {
      for (const table of ["notice", "notice_message", "notice_destination", "desk_alert_rule", "event"])
        await tx.run(`delete from ${table}`);
    });
  });

  test("a destination is added, changed, tried and removed; one that leads nowhere is refused", async () => {
    const made = await destination();
    expect(made).toMatchObject({ status: 201, body: { ...CHAT, waiting: 0, problem: null } });
    const path = `/destinations/${made.body.id}`;
    const quiet = { from: 0, to: 1440 };
    expect((await call("PUT", path, { ...CHAT, quiet, label: "Chef" })).body).toMatchObject({ quiet });
    expect((await call("POST", `${path}/test`)).status).toBe(204);
    expect(await send()).toBe(1);
    expect(chats.sent).toMatchObject([{ to: "-100", text: "Проверка: уведомления доходят сюда." }]);
    expect((await call("GET", `${path}/messages`)).body.messages).toMatchObject([
      { state: "sent", notices: 1 },
    ]);
    await call("PUT", path, { ...CHAT, isOn: false });
    expect((await call("POST", `${path}/test`)).body.code).toBe("destination_off");
    for (const [wrong, place] of [
      [{ address: "my phone" }, "/body/address"],
      [{ kind: "email", address: "a@shop.test, b@shop.test" }, "/body/address"],
      [{ kind: "webhook", address: "nowhere" }, "/body/address"],
      [{ zone: "Nowhere/At-All" }, "/body/zone"],
    ] as const) {
      expect((await destination(wrong)).body.errors[0].path).toBe(place);
    }
    expect((await call("DELETE", path)).status).toBe(204);
    expect((await call("DELETE", path)).status).toBe(404);
    expect((await call("GET", "/destinations")).body.items).toEqual([]);
    const log = (await api.call("GET", "/api/v1/audit/entries?limit=100")).json();
    const ours = log.items.filter(({ action }: { action: string }) => action === "desk.destination");
    expect(ours.length).toBeGreaterThanOrEqual(4);
  });

  test("fifty destinations and a hundred rules are the most", { timeout: 60_000 }, async () => {
    for (let index = 0; index < 50; index += 1) await destination({ address: String(index) });
    expect((await destination()).body.code).toBe("too_many_destinations");
    for (let index = 0; index < 100; index += 1) await rule({ isOn: false });
    expect((await rule()).body.code).toBe("too_many_alert_rules");
  });

  test("a rule that cannot be read, means somebody, or tells nobody is refused", async () => {
    expect((await rule({ filter: "wrong:1" })).body.code).toBe("filter_refused");
    expect((await rule({ filter: "assignee:me" })).body.code).toBe("filter_refused");
    expect((await rule({ destinations: ["nobody"] })).body.errors[0].path).toBe("/body/destinations");
    const made = await rule();
    const path = `/alert-rules/${made.body.id}`;
    const changed = { name: "Дорогие", filter: "total:>5000", destinations: [], isOn: false };
    expect((await call("PUT", path, changed)).body).toMatchObject(changed);
    expect((await call("GET", "/alert-rules")).body.items).toHaveLength(1);
    expect((await call("DELETE", path)).status).toBe(204);
    expect((await call("PUT", path, changed)).status).toBe(404);
  });

  test("a feedback that passes a rule is told at once, masked, with its path, and as an event without words", async () => {
    await destination();
    await destination({ kind: "email", address: "boss@shop.test", language: "en", gets: ["digest"] });
    await rule();
    await rule({ name: "Суп", filter: "холодный суп" });
    await rule({ name: "Никогда", filter: "rating:5" });
    await marketplaceSays(api.house, {
      orderId: "a-1",
      rating: 1,
      comment: "Холодный суп, звоните 8 912 345-67-89, ул. Лесная, д. 5",
      customerName: "Анна Канарейкина",
      dishes: ["Суп"],
    });
    expect(await send()).toBe(2);
    expect(mails.sent).toEqual([]);
    const [first, second] = chats.sent.map(({ text }) => text);
    expect(first).toContain("Правило «Низкие»");
    expect(second).toContain("Правило «Суп»");
    expect(first).toMatch(/https:\/\/shop\.test\/desk\/items\/\S+$/);
    for (const text of [first, second]) {
      expect(text).toContain("[phone]");
      expect(text).not.toMatch(/912|Канарейкина|Лесная, д/);
    }
    const noted = await alerts();
    expect(noted.map(({ subject_type }) => subject_type)).toEqual(["feedback", "feedback"]);
    expect(noted.map(({ body }) => body).join()).not.toMatch(/суп,|912|Канарейкина/i);
    expect(JSON.parse(noted[0]?.body ?? "")).toMatchObject({ rule: "Низкие", orderId: "a-1", rating: 1 });
  });

  test("a revision is held against the rules anew, and what was told is not told again", async () => {
    await destination();
    await rule();
    await appSays(api.house, { orderId: "r-1", rating: 5 });
    await appSays(api.house, { orderId: "r-2", rating: null });
    expect(await alerts()).toEqual([]);
    await appSays(api.house, { orderId: "r-1", rating: 2 });
    expect(await alerts()).toHaveLength(1);
    await appSays(api.house, { orderId: "r-1", rating: 2 });
    await appSays(api.house, { orderId: "r-1", rating: 1, comment: "Хуже" });
    expect(await alerts()).toHaveLength(1);
    expect(await send()).toBe(1);
  });

  test("what is old raises nothing: an item of ninety days ago, a record that is made again", async () => {
    await rule();
    await appSays(api.house, { orderId: "old-1", rating: 5 });
    await appSays(api.house, { orderId: "old-2", rating: 5 });
    api.pass(90 * 86_400_000);
    await appSays(api.house, { orderId: "old-1", rating: 1 });
    expect(await alerts()).toHaveLength(1);
    api.pass(1);
    await appSays(api.house, { orderId: "old-2", rating: 1 });
    await reprocessFeedback(api.house, 0);
    expect(await alerts()).toHaveLength(1);
  });

  test("a rule names its own readers, and what comes while it is off is not told", async () => {
    const other = await destination({ address: "7" });
    await destination();
    const made = await rule({ destinations: [other.body.id] });
    await appSays(api.house, { orderId: "o-1", rating: 1 });
    await call("PUT", `/alert-rules/${made.body.id}`, {
      name: "Низкие",
      filter: "rating:1..2",
      destinations: [],
      isOn: false,
    });
    await appSays(api.house, { orderId: "o-2", rating: 1 });
    await send();
    expect(chats.sent.map(({ to }) => to)).toEqual(["7"]);
  });

  test("overdue and today mean the moment of arrival, also of a rule that was read before", async () => {
    await rule({ name: "Сегодня", filter: "received:today" });
    await appSays(api.house, { orderId: "t-1", rating: 5 });
    api.pass(2 * 86_400_000);
    await appSays(api.house, { orderId: "t-2", rating: 5 });
    expect((await alerts()).map(({ body }) => JSON.parse(body).orderId)).toEqual(["t-1", "t-2"]);
  });

  test("a message goes to an endpoint as one signed event of its own, without customers' words", async () => {
    const hook = { url: "https://crm.shop.example/hook", kinds: ["order.placed"] };
    const made = (await api.call("POST", "/api/v1/webhooks", { body: hook })).json();
    await destination({ kind: "webhook", address: made.webhook.id, label: "CRM" });
    await rule();
    await appSays(api.house, { orderId: "w-1", rating: 1, comment: "Холодно" });
    expect(await send()).toBe(1);
    const noted = await engine.database.read((tx) =>
      tx.rows<{ body: string; addressee: string }>("select * from event where kind = 'desk.notice'"),
    );
    expect(noted).toHaveLength(1);
    expect(noted[0]?.addressee).toBe(made.webhook.id);
    expect(noted[0]?.body).not.toContain("Холодно");
    expect(JSON.parse(noted[0]?.body ?? "")).toMatchObject({ notices: [{ kind: "item", rule: "Низкие" }] });
    await api.call("POST", `/api/v1/webhooks/${made.webhook.id}/disable`);
    await appSays(api.house, { orderId: "w-2", rating: 1 });
    expect(await send()).toBe(0);
    const [waiting] = (await call("GET", "/destinations")).body.items;
    expect(waiting).toMatchObject({ waiting: 1, problem: "endpoint_disabled" });
  });

  test("the digest reaches those who asked for it, once a week and at its hour", async () => {
    await destination({ gets: ["alarms"] });
    await destination({ kind: "email", address: "boss@shop.test", language: "en", gets: ["digest"] });
    // The next Monday but one, 09:00 in Moscow; 5 January 1970 was a Monday.
    const weeks = Math.ceil((api.house.now() - 4 * DAY_MS) / (7 * DAY_MS));
    const monday = (7 * (weeks + 1) + 4) * DAY_MS + 6 * 3_600_000;
    api.pass(monday - api.house.now() - 1);
    await appSays(api.house, { orderId: "d-1", rating: 4 });
    expect(await queueDigest(api.house, { weekday: 1, hour: 9 })).toBe(0);
    api.pass(1);
    expect(await queueDigest(api.house, { weekday: 1, hour: 9 })).toBe(1);
    expect(await queueDigest(api.house, { weekday: 1, hour: 9 })).toBe(0);
    expect(await queueDigest(api.house, { weekday: 2, hour: 9 })).toBe(0);
    await send();
    expect(mails.sent).toHaveLength(1);
    expect(mails.sent[0]?.text.split("\n").length).toBeLessThanOrEqual(7);
    api.pass(3_600_000);
    // Who comes after the hour gets the next one.
    await destination({ address: "8", gets: ["digest"] });
    expect(await queueDigest(api.house, { weekday: 1, hour: 9 })).toBe(0);
    expect(chats.sent).toEqual([]);
  });

  test("a digest without lines is not sent: two silent weeks pause it", async () => {
    await destination();
    api.pass(60 * 86_400_000);
    const weekday = ((Math.floor(api.house.now() / 86_400_000) + 3) % 7) + 1;
    expect(await queueDigest(api.house, { weekday, hour: 0 })).toBe(0);
  });
});
