// The dashboard in a real browser: small samples have no colour, rank or arrow; every number opens its list; files and tables.
import { readFileSync } from "node:fs";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { enWords } from "../../../src/console/words/en/all.ts";
import { ruWords } from "../../../src/console/words/ru/all.ts";
import { type ConsoleWorld, consoleWorld, hasBrowser, type Sight, visit } from "../../support/browser.ts";
import { HISTORY, tellHistory } from "../../support/desk-history.ts";

/** What would praise or blame: a tone, a rank, an arrow. */
const SIGNS =
  "[data-tone='good'], [data-tone='bad'], [data-tone='warn'], [data-rank], [data-change='up'], [data-change='down']";

/** Everything on the page that carries one. */
function signsIn(page: Page): Promise<string[]> {
  return page
    .locator("main")
    .locator(SIGNS)
    .evaluateAll((all) => all.map(({ outerHTML }) => outerHTML.slice(0, 200)));
}

describe.skipIf(!hasBrowser)("the dashboard", () => {
  let world: ConsoleWorld;
  beforeAll(async () => {
    world = await consoleWorld({ fill: tellHistory });
  }, 240_000);
  afterAll(() => world?.close());

  describe.each(["ru", "en"] as const)("in %s", (language) => {
    const words = language === "ru" ? ruWords.numbers : enWords.numbers;
    let sight: Sight;
    let page: Page;
    beforeAll(async () => {
      sight = await world.owner({ language });
      page = sight.page;
    });
    afterAll(async () => {
      expect(sight.faults).toEqual([]);
      await sight.close();
    });

    test("with few ratings nothing has a colour, a rank or an arrow", async () => {
      const { worse, better, small } = HISTORY;
      // What is to be found at all: without it the rest would prove nothing.
      await visit(page, `/numbers?view=comparison&day=30d&branch=${worse.id}&day2=30d&branch2=${better.id}`);
      await page.locator("[data-comparison=yandex-eats]").waitFor();
      expect((await signsIn(page)).length).toBeGreaterThan(2);
      await visit(page, `/numbers?view=comparison&day=30d&branch=${small.id}&day2=30d&branch2=${better.id}`);
      await page.locator("[data-comparison=yandex-eats]").waitFor();
      expect(await signsIn(page)).toEqual([]);
      for (const view of ["", "branches", "causes", "team"]) {
        await visit(page, `/numbers?view=${view}&branch=${small.id}`);
        await page
          .getByText(words.noValue)
          .or(page.getByText(words.none))
          .first()
          .waitFor({ state: "attached" });
        expect(await signsIn(page), view).toEqual([]);
      }
    });

    test("branches stand by attention; the small one is last and has no place", async () => {
      await visit(page, "/numbers?view=branches&of=yandex-eats");
      const rows = page.locator("tr[data-row]");
      await rows.first().waitFor();
      expect(await rows.locator("td:first-child").allTextContents()).toEqual([
        HISTORY.worse.name,
        HISTORY.better.name,
        HISTORY.small.name,
      ]);
      expect(await rows.nth(0).locator("[data-rank]").getAttribute("data-rank")).toBe("1");
      expect(await rows.nth(2).locator(SIGNS).count()).toBe(0);
      expect(await rows.nth(2).textContent()).toContain(words.branches.unranked);
    });

    test("a number opens the list behind it, by the same filter", async () => {
      await visit(page, "/numbers?day=30d&source=yandex-eats");
      const tile = page.locator("[data-source=yandex-eats] a").nth(2);
      expect(await tile.textContent()).toContain(words.tiles.low);
      const address = new URL((await tile.getAttribute("href")) ?? "", world.url);
      expect(address.pathname).toBe("/desk");
      const filter = address.searchParams.get("filter") ?? "";
      expect(filter).toBe("day:30d source:yandex-eats source:yandex-eats rating:1..2");
      const counted = await page.evaluate(
        async (text) =>
          (await fetch(`/api/v1/desk/items?limit=100&filter=${encodeURIComponent(text)}`)).json(),
        filter,
      );
      const shown = /(\d+)\D+\d+$/.exec((await tile.locator("span").nth(2).textContent()) ?? "")?.[1];
      expect(counted.items.length).toBe(Number(shown));
    });

    test("the trend is a table for who needs one, with the alarm beside it", async () => {
      await visit(page, "/numbers?source=yandex-eats");
      const trend = page.locator("[data-trend=yandex-eats]");
      await trend.locator("canvas").first().waitFor();
      const parts = language === "ru" ? ruWords.parts : enWords.parts;
      await trend.getByText(parts.chart.table).first().click();
      expect(await trend.locator("figure table tbody tr").count()).toBe(30);
      expect(await trend.locator("a[href^='/alerts?alarm=']").count()).toBe(1);
    });

    test("hours of fewer than ten ratings are empty", async () => {
      await visit(page, `/numbers?view=causes&of=yandex-eats&branch=${HISTORY.worse.id}`);
      const hidden = page.locator("[data-cell=none]");
      await hidden.first().waitFor({ state: "attached" });
      expect(new Set(await hidden.allTextContents())).toEqual(new Set([""]));
    });

    test("a period says whether today belongs to it, and by which clock", async () => {
      await visit(page, "/numbers?day=month");
      expect(await page.locator("main").textContent()).toContain(words.period.today);
      await visit(page, "/numbers?day=30d");
      expect(await page.locator("main").textContent()).toContain(words.period.noToday);
      expect(await page.locator("main").textContent()).toContain("Europe/Moscow");
    });

    test("what is on the screen goes into a file, without values where there are few ratings", async () => {
      await visit(page, "/numbers?view=branches&of=yandex-eats");
      await page.locator("tr[data-row]").first().waitFor();
      const parts = language === "ru" ? ruWords.parts : enWords.parts;
      await page.getByRole("button", { name: parts.export }).click();
      const [download] = await Promise.all([
        page.waitForEvent("download"),
        page.getByRole("menuitem", { name: parts.file.csv }).click(),
      ]);
      const text = readFileSync(await download.path(), "utf8");
      const line = text.split("\r\n").find((one) => one.startsWith(HISTORY.small.name));
      expect(line).toContain(`${HISTORY.small.name};${words.branches.unranked};5;;;;`);
      expect(text).toContain(words.file.honest);
    });
  });
});
