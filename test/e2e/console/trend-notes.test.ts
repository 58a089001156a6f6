// Notes on the trend in a real browser: added by clicks, seen on the chart and in its table, in the file, removed with a way back.
import { readFileSync } from "node:fs";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { enWords } from "../../../src/console/words/en/all.ts";
import { ruWords } from "../../../src/console/words/ru/all.ts";
import { type ConsoleWorld, consoleWorld, hasBrowser, type Sight, visit } from "../../support/browser.ts";
import { HISTORY, tellHistory } from "../../support/desk-history.ts";
import { engines } from "../../support/engines.ts";

for (const name of ["sqlite", "postgres"] as const) {
  const declare = hasBrowser && engines().includes(name) ? describe : describe.skip;
  declare(`notes on the trend in a browser (${name})`, () => {
    let world: ConsoleWorld;
    beforeAll(async () => {
      world = await consoleWorld({ engine: name, fill: tellHistory });
    }, 240_000);
    afterAll(() => world?.close());

    describe.each(["ru", "en"] as const)("in %s", (language) => {
      const words = language === "ru" ? ruWords : enWords;
      const { notes } = words.numbers;
      const text = `Новое меню ${language}`;
      let sight: Sight;
      beforeAll(async () => {
        sight = await world.owner({ language });
      });
      afterAll(() => sight?.close());

      const flags = (page: Page) =>
        page.locator("[data-trend=yandex-eats]").getByRole("button", { name: text });
      const lines = (page: Page) =>
        page.getByRole("list", { name: notes.name }).getByText(text, { exact: true });

      test("a note is added, told on the chart, in its table and in the file, removed and brought back", {
        timeout: 120_000,
      }, async () => {
        const { page, faults } = sight;
        await visit(page, "/numbers?source=yandex-eats");
        await page.getByRole("button", { name: notes.add, exact: true }).click();
        const dialog = page.getByRole("dialog", { name: notes.title });
        await dialog.getByRole("textbox", { name: notes.text }).fill(text);
        await dialog.getByRole("combobox", { name: words.numbers.branch.name }).click();
        await page.getByRole("option", { name: HISTORY.worse.name }).click();
        await dialog.getByRole("button", { name: notes.save, exact: true }).click();
        await dialog.waitFor({ state: "detached" });
        // The chart of shares has a flag, which tells its text to who points at it and to who hears it.
        await flags(page).first().waitFor();
        expect(await flags(page).first().getAttribute("aria-label")).toContain(HISTORY.worse.name);
        await flags(page).first().hover();
        await page.getByRole("tooltip").getByText(text).waitFor();
        await page.locator("[data-trend=yandex-eats]").getByText(words.parts.chart.table).first().click();
        await page.locator("[data-trend=yandex-eats] table").getByText(text).waitFor();
        await page.getByRole("button", { name: words.parts.export }).click();
        const [download] = await Promise.all([
          page.waitForEvent("download"),
          page.getByRole("menuitem", { name: words.parts.file.csv }).click(),
        ]);
        expect(readFileSync(await download.path(), "utf8")).toContain(text);
        // It is of one outlet: another's dashboard does not know it.
        await visit(page, `/numbers?source=yandex-eats&branch=${HISTORY.better.id}`);
        await page.locator("[data-trend=yandex-eats] canvas").first().waitFor();
        await page.getByRole("button", { name: notes.add, exact: true }).waitFor();
        expect(await page.getByText(text).count()).toBe(0);
        await visit(page, `/numbers?source=yandex-eats&branch=${HISTORY.worse.id}`);
        await lines(page).waitFor();
        await page.getByRole("button", { name: notes.remove.replace("{{text}}", text) }).click();
        await lines(page).waitFor({ state: "detached" });
        expect(await flags(page).count()).toBe(0);
        await page.getByRole("button", { name: words.parts.undo, exact: true }).click();
        await lines(page).waitFor();
        expect(faults).toEqual([]);
      });
    });
  });
}
