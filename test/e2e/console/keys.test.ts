// The keyboard's way through the console: the palette, the sheet, `g` with a letter, in the Russian layout too.
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { ruWords } from "../../../src/console/words/ru/all.ts";
import { type ConsoleWorld, consoleWorld, hasBrowser, visit } from "../../support/browser.ts";

describe.skipIf(!hasBrowser)("keys", () => {
  let world: ConsoleWorld;
  beforeAll(async () => {
    world = await consoleWorld();
  }, 240_000);
  afterAll(() => world?.close());

  test("lead everywhere without a mouse", async () => {
    const { page, faults, close } = await world.owner();
    await visit(page, "/account");
    const heading = (name: string) => page.getByRole("heading", { level: 1, name, exact: true });
    await page.keyboard.press("g");
    await page.keyboard.press("t");
    await heading(ruWords.pages.tokens).waitFor();
    await page.keyboard.press("?");
    await page.getByRole("dialog").getByText(ruWords.shell.keys.palette).waitFor();
    await page.keyboard.press("Escape");
    await page.getByRole("dialog").waitFor({ state: "detached" });
    await page.keyboard.press("Control+k");
    const field = page.getByPlaceholder(ruWords.shell.palette.placeholder);
    await field.fill(ruWords.pages.people.slice(0, 6));
    await page.getByRole("dialog").getByText(ruWords.pages.people).waitFor();
    await page.keyboard.press("Enter");
    await heading(ruWords.pages.people).waitFor();
    await page.locator("tbody tr").first().waitFor();
    await page.keyboard.press("j");
    await page.keyboard.press("Enter");
    await page.waitForURL(/\/people\/[\w-]+$/);
    expect(faults).toEqual([]);
    await close();
  });
});
