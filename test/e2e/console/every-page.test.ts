// Every page of the console in a real browser: no fault, nothing for axe to find, no overflow, no word of the other language.
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { pageRow } from "../../../src/console/pages/registry.ts";
import { type ConsoleWorld, consoleWorld, hasBrowser, type Sight, visit } from "../../support/browser.ts";
import { addressOf, builtPages, viewsOf } from "../../support/console-pages.ts";
import {
  faultsOfScreen,
  looksOf,
  outOfReach,
  overflowing,
  strangeTexts,
  turnTo,
} from "../../support/console-screen.ts";

test("texts of the other language, raw keys and holes are caught", () => {
  expect(strangeTexts(["Заказы", "Токены API"], "ru")).toEqual([]);
  expect(strangeTexts(["Sign out"], "ru")).toEqual(["the other language: Sign out"]);
  expect(strangeTexts(["Выйти"], "en")).toEqual(["the other language: Выйти"]);
  expect(strangeTexts(["shell.signOut"], "en")).toEqual(["a raw key: shell.signOut"]);
  expect(strangeTexts(["Some text"], "ru")).toEqual(["foreign words: Some text"]);
  expect(strangeTexts(["NaN ₽"], "ru")).toEqual(["a hole: NaN ₽"]);
});

describe.skipIf(!hasBrowser)("every page", () => {
  let world: ConsoleWorld;
  beforeAll(async () => {
    world = await consoleWorld({ hasShop: true });
  }, 240_000);
  afterAll(() => world?.close());

  describe.each(["ru", "en"] as const)("in %s", (language) => {
    const looks = looksOf(language);
    let sight: Sight;
    beforeAll(async () => {
      sight = await world.owner(looks[0]);
    });
    afterAll(() => sight?.close());

    test.each(builtPages())("%s", async (id) => {
      const own = pageRow(id).isPublic === true ? await world.stranger(looks[0]) : sight;
      const { page, faults } = own;
      faults.length = 0;
      const address = await addressOf(page, id);
      expect(address, `a link that leads to ${pageRow(id).path}`).not.toBeNull();
      for (const place of viewsOf(id, address ?? "/")) {
        const [first] = looks;
        if (first !== undefined) await page.setViewportSize(first);
        await visit(page, place);
        for (const look of looks) {
          await turnTo(page, look);
          expect(await faultsOfScreen(page, look), `${place}, ${look.theme}, ${look.width}`).toEqual([]);
        }
        expect(faults, place).toEqual([]);
      }
      if (own !== sight) await own.close();
    });

    test("what stands out of the window and what no key reaches would be caught", async () => {
      const { page } = sight;
      await visit(page, "/");
      await page.evaluate(() => {
        const wide = Object.assign(document.createElement("div"), { textContent: "x" });
        wide.style.cssText = "width: 3000px; cursor: pointer";
        document.querySelector("main")?.append(wide);
      });
      expect((await overflowing(page)).length).toBeGreaterThan(0);
      expect((await outOfReach(page)).length).toBe(1);
    });
  });
});
