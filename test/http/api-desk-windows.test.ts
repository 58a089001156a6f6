// Rolling windows by the API are what a hand counts from single ratings, on both engines.
import { beforeAll, expect, test } from "vitest";
import { instant } from "../../src/core/basics/index.ts";
import { type ApiUnderTest, apiOn } from "../support/api.ts";
import { appSays, marketplaceSays } from "../support/desk-channels.ts";
import { dice } from "../support/dice.ts";
import { forEachEngine } from "../support/engines.ts";

const DAY_MS = 86_400_000;
const NOW = Date.UTC(2026, 10, 21, 12);

interface Rated {
  readonly stars: number;
  /** Whole days before today. */
  readonly ago: number;
}

/** Few a day long ago, more of late, and worse of late. */
function ratings(): Rated[] {
  const draw = dice(77);
  return Array.from({ length: 420 }, (_, index) => {
    const ago = index < 60 ? draw(7) : draw(120);
    return { ago, stars: ago <= 7 ? 1 + draw(5) : draw(10) === 0 ? 1 : 4 + draw(2) };
  });
}

forEachEngine("rolling windows", (engine) => {
  let api: ApiUnderTest;
  const all = ratings();
  const read = async (body: object = { filter: "" }) =>
    (await api.call("POST", "/api/v1/desk/windows", { body })).json();
  const count = (some: readonly Rated[]) =>
    [1, 2, 3, 4, 5].map((k) => some.filter(({ stars }) => stars === k).length);

  beforeAll(async () => {
    api = apiOn(engine.database);
    for (const [index, { stars, ago }] of all.entries()) {
      const house = { ...api.house, now: () => instant(NOW - ago * DAY_MS) };
      await appSays(house, { orderId: `o-${index}`, rating: stars });
    }
    await marketplaceSays(api.house, { orderId: "few", rating: 1, createdAt: NOW - 3 * DAY_MS });
  }, 120_000);

  test("hold 7, 30 and 90 days up to yesterday, or up to today", async () => {
    for (const [until, first] of [
      ["yesterday", 1],
      ["today", 0],
    ] as const) {
      const { day, sources } = await read({ filter: "", until });
      expect(day).toBe(new Date(NOW - first * DAY_MS).toISOString().slice(0, 10));
      const app = sources.find((one: { source: string }) => one.source === "app");
      for (const { days, stars, low } of app.rolling) {
        const within = all.filter(({ ago }) => ago >= first && ago < first + days);
        expect(stars, `${days}`).toEqual(count(within));
        expect([low.count, low.of]).toEqual([within.filter((one) => one.stars <= 2).length, within.length]);
      }
    }
  });

  test("days of the filter do not count, its other conditions do", async () => {
    expect(await read({ filter: "day:2020-01-01" })).toEqual(await read());
    const { sources } = await read({ filter: "rating:1..2 source:app" });
    expect(sources[0].rolling[2].stars.slice(2)).toEqual([0, 0, 0]);
    expect((await api.call("POST", "/api/v1/desk/windows", { body: { filter: "wrong:1" } })).statusCode).toBe(
      400,
    );
  });

  test("the last 200 are 200, whole days of the newest", async () => {
    const { sources } = await read({ filter: "source:app" });
    const { most, stars } = sources[0].last;
    expect([most, stars.reduce((sum: number, each: number) => sum + each, 0)]).toEqual([200, 200]);
    // Of all days but the oldest, every rating is in.
    const byDay = [...new Set(all.map(({ ago }) => ago))].filter((ago) => ago >= 1).sort((a, b) => a - b);
    const whole: Rated[] = [];
    for (const ago of byDay) {
      const day = all.filter((one) => one.ago === ago);
      if (whole.length + day.length > 200) break;
      whole.push(...day);
    }
    for (const [index, least] of count(whole).entries()) expect(stars[index]).toBeGreaterThanOrEqual(least);
  });

  test("weights halve in thirty days, and the effective number goes into the interval", async () => {
    const { sources } = await read({ filter: "source:app" });
    const { weighted } = sources[0];
    let [sum, squares, low] = [0, 0, 0];
    for (const { ago, stars } of all.filter((one) => one.ago >= 1)) {
      const weight = 2 ** (-(ago - 1) / 30);
      sum += weight;
      squares += weight ** 2;
      if (stars <= 2) low += weight;
    }
    expect(weighted).toMatchObject({ kind: "share", halfLifeDays: 30 });
    expect(weighted.share).toBeCloseTo(low / sum, 9);
    expect(weighted.effective).toBeCloseTo(sum ** 2 / squares, 6);
    expect(weighted.effective).toBeLessThan(all.length);
  });

  test("a change is told where luck hardly makes it, and nothing of a single rating", async () => {
    const { sources } = await read();
    const of = (name: string) => sources.find((one: { source: string }) => one.source === name);
    expect(of("app").rolling[1].change).toMatchObject({ kind: "changed", direction: "up" });
    const few = of("yandex-eats");
    for (const window of few.rolling) {
      expect(window).toMatchObject({
        mean: { kind: "not_enough" },
        low: { kind: "not_enough" },
        change: { kind: "not_enough" },
      });
    }
    expect(few.weighted).toMatchObject({ kind: "not_enough" });
  });
});
