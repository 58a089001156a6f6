// Dialogs of the console, opened by their buttons: as sound as pages are, in both themes, wide and narrow, in both languages.
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { PageId } from "../../../src/console/pages/registry.ts";
import { enWords } from "../../../src/console/words/en/all.ts";
import { ruWords } from "../../../src/console/words/ru/all.ts";
import { type ConsoleWorld, consoleWorld, hasBrowser, type Sight, visit } from "../../support/browser.ts";
import { addressOf } from "../../support/console-pages.ts";
import { faultsOfScreen, looksOf, turnTo } from "../../support/console-screen.ts";

type Words = typeof ruWords | typeof enWords;

/** Where a dialog is opened, with the view, and by the button of which name. */
const DIALOGS: readonly (readonly [page: PageId, view: string, button: (words: Words) => string])[] = [
  ["codes", "", (words) => words.codes.make],
  ["channels", "", (words) => words.channels.irp.make],
  ["channels", "", (words) => words.channels.eats.make],
  ["tokens", "", (words) => words.tokens.make],
  ["people", "", (words) => words.people.add],
  ["webhooks", "", (words) => words.webhooks.add],
  ["webhook", "", (words) => words.webhooks.edit],
  ["webhook", "", (words) => words.webhooks.rotate],
  ["alerts", "?view=destinations", (words) => words.alerts.destinations.add],
  ["calculation", "", (words) => words.calculations.keep],
  ["customer", "", (words) => words.customers.correct],
  ["numbers", "?day=year", (words) => words.numbers.notes.add],
  ["deskSettings", "?tab=templates", (words) => words.deskSettings.templates.make],
];

describe.skipIf(!hasBrowser)("dialogs", () => {
  let world: ConsoleWorld;
  beforeAll(async () => {
    world = await consoleWorld({ hasShop: true });
  }, 240_000);
  afterAll(() => world?.close());

  describe.each(["ru", "en"] as const)("in %s", (language) => {
    const words = language === "ru" ? ruWords : enWords;
    const looks = looksOf(language);
    let sight: Sight;
    beforeAll(async () => {
      sight = await world.owner(looks[0]);
    });
    afterAll(() => sight?.close());

    test.each(DIALOGS)("%s%s is sound", async (id, view, button) => {
      const { page, faults } = sight;
      faults.length = 0;
      const address = await addressOf(page, id);
      await visit(page, `${address}${view}`);
      await page
        .getByRole("button", { name: button(words), exact: true })
        .first()
        .click();
      const dialog = page.getByRole("dialog");
      await dialog.waitFor();
      for (const look of looks) {
        await turnTo(page, look);
        expect(await faultsOfScreen(page, look), `${look.theme}, ${look.width}`).toEqual([]);
      }
      await page.keyboard.press("Escape");
      await dialog.waitFor({ state: "hidden" });
      expect(faults).toEqual([]);
    });
  });
});
