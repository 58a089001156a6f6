// Branches with few ratings are watched together with those of their city: together they tell soon what each tells late.
import { beforeAll, expect, test } from "vitest";
import { addDays } from "../../src/core/desk/index.ts";
import { watchDesk, writeOutlet } from "../../src/flows/index.ts";
import { type ApiUnderTest, apiOn } from "../support/api.ts";
import { forEachEngine } from "../support/engines.ts";
import { destinationAt, rememberingChannel, senderOf } from "../support/notice-world.ts";

const CITIES = { Казань: ["k-1", "k-2", "k-3", "k-4"], Пермь: ["p-1", "p-2", "p-3", "p-4"], Омск: ["o-1"] };

forEachEngine("alarms of a city", (engine) => {
  let api: ApiUnderTest;
  const run = () => watchDesk(api.house, new AbortController().signal);
  const open = async () => (await api.call("GET", "/api/v1/desk/alarms?isOpen=true")).json().alarms;

  /** Two ratings a day for every branch; in the last nine days every branch of Kazan has a low one each day. */
  beforeAll(async () => {
    api = apiOn(engine.database);
    const today = Number(new Date(api.house.now()).toISOString().slice(0, 10).replaceAll("-", ""));
    for (const [city, ids] of Object.entries(CITIES)) {
      for (const [place, id] of ids.entries()) {
        const outlet = { id, name: null, city, timezone: null, yandexEatsId: null, pickupPointId: null };
        await writeOutlet(api.house, outlet);
        await engine.database.transaction(async (tx) => {
          for (let ago = 120; ago >= 0; ago -= 1) {
            const isBad = city === "Казань" && ago < 9;
            const low = isBad || (ago + place * 3) % 10 === 0 ? 1 : 0;
            await tx.run(
              `insert into desk_tally (day, branch_id, source, items, x1, x2, x3, x4, x5, asked, asked_answered, worded,
                 given, no_reaction, delivered, outdated, open, promos, promo_minor)
               values (?, ?, 'app', 2, ?, 0, 0, 0, ?, 0, 0, 0, 2, 0, 0, 0, 0, 0, 0)`,
              [addDays(today, -ago), id, low, 2 - low],
            );
          }
        });
      }
    }
  }, 120_000);

  test("the city alarms once, with its name; a city in order, and one of a single branch, do not", async () => {
    await run();
    const alarms = (await open()).filter(({ city }: { city: string | null }) => city !== null);
    expect(alarms).toHaveLength(1);
    expect(alarms[0]).toMatchObject({ city: "Казань", branchId: null, source: "app", state: "open" });
    expect(alarms[0].text.ru).toMatch(/^Казань: с /);
    expect((await run()).raised).toBe(0);
    const watches = await engine.database.read((tx) =>
      tx.rows<{ place: string }>("select place from desk_watch where place like 'city%' order by place"),
    );
    expect(watches.map(({ place }) => place)).toEqual(["city\nКазань", "city\nПермь"]);
  });

  test("one that is let sleep is told again when it wakes, once, and not after somebody has taken it up", async () => {
    const chats = rememberingChannel();
    const sender = senderOf(api.house, { telegram: chats });
    await destinationAt(api.house, { gets: ["alarms"], language: "ru" });
    const alarm = (await open()).find(({ city }: { city: string | null }) => city === "Казань");
    const act = (body: object) => api.call("POST", `/api/v1/desk/alarms/${alarm.id}`, { body });
    const until = new Date(api.house.now() + 3_600_000).toISOString();
    expect((await act({ act: "snooze", until })).json().state).toBe("snoozed");
    await run();
    expect(await sender.look()).toBe(0);
    api.pass(3_600_000);
    await run();
    await run();
    expect((await open()).find(({ id }: { id: string }) => id === alarm.id).state).toBe("open");
    expect(await sender.look()).toBe(1);
    expect(chats.sent[0]?.text).toMatch(/^Казань, Приложение: с /);
    await act({ act: "snooze", until: new Date(api.house.now() + 1).toISOString() });
    api.pass(1);
    await run();
    const quiet = chats.sent.length;
    await engine.database.transaction((tx) =>
      tx.run("update desk_alarm set state = 'known' where id = ?", [alarm.id]),
    );
    await sender.look();
    expect(chats.sent).toHaveLength(quiet);
    await engine.database.transaction((tx) =>
      tx.run("update desk_alarm set state = 'open' where id = ?", [alarm.id]),
    );
  });

  test("it is open until somebody closes it, and the event names the city", async () => {
    const [event] = await engine.database.read((tx) =>
      tx.rows<{ body: string }>("select body from event where kind = 'desk.alarm' and body like '%Казань%'"),
    );
    expect(JSON.parse(event?.body ?? "")).toMatchObject({ city: "Казань", branchId: null });
    const alarm = (await open()).find(({ city }: { city: string | null }) => city === "Казань");
    const path = `/api/v1/desk/alarms/${alarm.id}`;
    const closed = await api.call("POST", path, { body: { act: "acknowledge" } });
    expect(closed.json()).toMatchObject({ state: "acknowledged", city: "Казань" });
    expect((await run()).raised).toBe(0);
  });
});
