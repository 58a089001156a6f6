// Numbers by the API: asks and answers counted as a hand would, and nothing coloured that the data do not bear.
import { beforeAll, expect, test } from "vitest";
import { instant } from "../../src/core/basics/index.ts";
import { type ApiUnderTest, apiOn } from "../support/api.ts";
import { appSays, marketplaceSays } from "../support/desk-channels.ts";
import { forEachEngine } from "../support/engines.ts";
import { randomOf } from "../support/star-draws.ts";

const ASKS = 1000;
const ANSWERS = 300;
const DAY_MS = 86_400_000;

interface Told {
  readonly orderId: string;
  readonly rating: number | null;
}

/** Asks and answers of the same orders in a drawn order, every tenth twice. */
function deliveries(): Told[] {
  const random = randomOf(2026);
  const asks = Array.from({ length: ASKS }, (_, order): Told => ({ orderId: `r-${order}`, rating: null }));
  const answers = Array.from(
    { length: ANSWERS },
    (_, order): Told => ({ orderId: `r-${order * 3}`, rating: 1 + ((order * 7) % 5) }),
  );
  const all = [...asks, ...answers].flatMap((told, index) => (index % 10 === 0 ? [told, told] : [told]));
  return all
    .map((told) => ({ told, at: random() }))
    .sort((left, right) => left.at - right.at)
    .map(({ told }) => told);
}

/** yyyymmdd as a date is written. */
function dayText(day: number): string {
  return String(day).replace(/(....)(..)(..)/, "$1-$2-$3");
}

forEachEngine("numbers of the desk by the management API", (engine) => {
  let api: ApiUnderTest;
  const post = async (path: string, body: object) => {
    const answer = await api.call("POST", `/api/v1/desk/${path}`, { body });
    return { status: answer.statusCode, body: answer.json() };
  };
  const source = async (filter: string, name = "app") =>
    (await post("numbers", { filter })).body.sources.find((each: { source: string }) => each.source === name);

  beforeAll(async () => {
    api = apiOn(engine.database);
    const all = deliveries();
    for (const [index, told] of all.entries()) {
      // A hundred deliveries a day, up to the stand's own today.
      const ago = (Math.floor(all.length / 100) - Math.floor(index / 100)) * DAY_MS;
      await appSays({ ...api.house, now: () => instant(api.house.now() - ago) }, told);
    }
    for (let order = 0; order < 12; order += 1) {
      await marketplaceSays(api.house, { orderId: `y-${order}`, rating: 1 + (order % 5), comment: "Суп" });
    }
  }, 300_000);

  test("the response rate is 0.300 for every filter that asks and answers can pass", async () => {
    for (const filter of [
      "",
      "source:app",
      "branch:none",
      "-has:branch",
      "-source:yandex-eats",
      "-late:>5m",
    ]) {
      const { tiles } = await source(filter);
      expect(tiles.response.rate, filter).toMatchObject({ kind: "share", count: 300, of: 1000, share: 0.3 });
    }
    expect((await source("")).tiles.response.arrivingFrom).not.toBeNull();
  });

  test("every day's rate is that of its own asks, and days sum to the whole", async () => {
    const rows = await engine.database.read((tx) =>
      tx.rows<{ day: number; asked: number; answered: number }>(
        "select day, count(*) as asked, count(rating) as answered from desk_item where source = 'app' group by day",
      ),
    );
    expect(rows.length).toBeGreaterThan(5);
    for (const { day, asked, answered } of rows) {
      const text = String(day).replace(/^(\d{4})(\d\d)(\d\d)$/, "$1-$2-$3");
      const { tiles } = await source(`day:${text}`);
      expect(tiles.response.rate).toMatchObject({ count: Number(answered), of: Number(asked) });
    }
  });

  test("a rate that only looks at answers, and a source without asks, are not measurable", async () => {
    for (const filter of ["rating:1..5", "-has:comment", "tag:none", "answered:no"]) {
      expect((await source(filter))?.tiles.response, filter).toEqual({ kind: "not_measurable" });
    }
    expect((await source("", "yandex-eats")).tiles.response).toEqual({ kind: "not_measurable" });
  });

  test("with few ratings nothing in any section has a value, a rank or a direction to colour", async () => {
    const sections = ["trend", "branches", "hours", "lateness", "topics", "dishes", "team"];
    const { status, body } = await post("numbers", { filter: "source:yandex-eats", sections });
    expect(status).toBe(200);
    const text = JSON.stringify(body);
    for (const word of ['"changed"', '"direction"', '"place"', '"share":', '"excess"', '"associated"'])
      expect(text).not.toContain(word);
    expect(body.sources[0].tiles).toMatchObject({ low: { kind: "not_enough", count: 6, of: 12 } });
    expect(text).toContain('"not_enough"');
  });

  test("a branch's weeks add up to its ratings, counted days and items alike, and long periods have none", async () => {
    const weeks = async (filter: string) => {
      const { body } = await post("numbers", { filter, sections: ["branches"] });
      return body.branches.map((one: { weeks: { of: number; low: number; monday: number }[] | null }) => one);
    };
    const tallied = await weeks("day:2026-10-01..2026-11-30");
    expect(tallied.length).toBeGreaterThan(0);
    for (const { weeks: own, tiles } of tallied) {
      const sum = (name: "of" | "low") =>
        own.reduce((all: number, week: Record<string, number>) => all + (week[name] ?? 0), 0);
      expect([sum("low"), sum("of")]).toEqual([tiles.low.count, tiles.low.of]);
      expect(own.every(({ monday }: { monday: number }) => new Date(dayText(monday)).getUTCDay() === 1)).toBe(
        true,
      );
    }
    // The same days with a condition that only items can answer.
    const counted = await weeks("day:2026-10-01..2026-11-30 -order:none");
    expect(counted.map((one: { weeks: unknown }) => one.weeks)).toEqual(
      tallied.map((one: { weeks: unknown }) => one.weeks),
    );
    expect((await weeks("day:2026-01-01..2026-11-30"))[0].weeks).toBeNull();
    expect((await weeks(""))[0].weeks).toBeNull();
  });

  test("a comparison tells a difference only where its interval excludes none", async () => {
    const { body } = await post("comparison", { first: "rating:1..2", second: "rating:3..5" });
    const app = body.sources.find((each: { source: string }) => each.source === "app");
    expect(app.changes.low).toMatchObject({ kind: "changed", direction: "down" });
    const same = await post("comparison", { first: "source:app", second: "source:app" });
    expect(same.body.sources[0].changes.low).toMatchObject({ kind: "no_clear_change", difference: 0 });
    expect((await post("comparison", { first: "wrong:1", second: "" })).status).toBe(400);
  });

  test("when many more or fewer answer than before, the comparison and the trend say so", {
    timeout: 60_000,
  }, async () => {
    const told = async (name: string, ago: number, share: number): Promise<string> => {
      const at = api.house.now() - ago * DAY_MS;
      const house = { ...api.house, now: () => instant(at) };
      const says = async (order: number): Promise<void> => {
        await appSays(house, { orderId: `${name}-${order}`, rating: null });
        if (order < 120 * share) await appSays(house, { orderId: `${name}-${order}`, rating: 5 });
      };
      await Promise.all(Array.from({ length: 120 }, (_, order) => says(order)));
      return new Date(at).toISOString().slice(0, 10);
    };
    const [many, few, alike] = [
      await told("many", 61, 0.6),
      await told("few", 60, 0.3),
      await told("alike", 59, 0.31),
    ];
    const compared = async (first: string, second: string) =>
      (await post("comparison", { first: `day:${first}`, second: `day:${second}` })).body.sources[0];
    expect(await compared(many, few)).toMatchObject({
      warnings: ["response_shift"],
      changes: { response: { kind: "changed", direction: "down" } },
    });
    expect((await compared(few, alike)).warnings).toEqual([]);
    const { body } = await post("numbers", { filter: `day:${few}`, sections: ["trend"] });
    expect(body.sources[0].warnings).toEqual(["response_shift"]);
    expect(body.trend[0]).toMatchObject({ source: "app", warnings: ["response_shift"] });
    const open = await post("numbers", { filter: "", sections: ["trend"] });
    expect(open.body.trend[0].warnings).toEqual([]);
  });
});
