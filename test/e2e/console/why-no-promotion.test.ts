// A customer asks why there was no discount: found out in a few clicks, priced again, and kept as a test case.
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { enWords } from "../../../src/console/words/en/all.ts";
import { ruWords } from "../../../src/console/words/ru/all.ts";
import { type ConsoleWorld, consoleWorld, hasBrowser, settled, visit } from "../../support/browser.ts";

const NAMES = { ru: "Три шоколада по цене двух", en: "Three chocolates for two" } as const;
const CASES = { ru: "Две плитки: скидки нет", en: "Two bars: no discount" } as const;

const ENGINES = ["sqlite", "postgres"] as const;

describe.skipIf(!hasBrowser).each(ENGINES)("why a customer did not get a promotion, on %s", (engine) => {
  let world: ConsoleWorld;
  beforeAll(async () => {
    world = await consoleWorld({ engine, hasShop: true });
  }, 240_000);
  afterAll(() => world?.close());

  test.each(["ru", "en"] as const)("is found out in %s", { timeout: 240_000 }, async (language) => {
    const words = (language === "ru" ? ruWords : enWords).calculations;
    const { parts } = language === "ru" ? ruWords : enWords;
    const sight = await world.owner({ language });
    const { page, faults } = sight;
    await visit(page, "/calculations");

    // By the customer, and which promotion is missed.
    await page.getByLabel(words.hint.customer).fill("buyer-1");
    await page.getByRole("button", { name: words.find, exact: true }).click();
    await page.waitForURL(/customer=buyer-1/);
    await page.getByRole("combobox", { name: words.promotion }).fill(NAMES[language]);
    await page.getByRole("option", { name: NAMES[language] }).click();
    const row = page.locator("tbody tr");
    await row.getByText(words.unlocks.add_quantity.replace("{{count}}", "1")).waitFor();
    expect(await row.count()).toBe(1);

    // The cart itself: the promotion that was asked about stands first, with its reason.
    await row.locator("[data-opener]").click();
    await settled(page);
    const first = page.locator("[data-promotion]").first();
    expect(await first.getAttribute("data-promotion")).toBe("chocolate-3for2");
    await first.getByText(NAMES[language]).waitFor();
    expect(await page.locator("[data-total]").count()).toBe(1);

    // Under the rules in force nothing comes out otherwise.
    await page.getByRole("button", { name: words.again, exact: true }).click();
    await page.getByText(words.same).waitFor();

    // Kept as a test case, which passes.
    await page.getByRole("button", { name: words.keep, exact: true }).click();
    await page.getByLabel(words.name, { exact: false }).fill(CASES[language]);
    await page.getByRole("button", { name: parts.save, exact: true }).click();
    await page.getByText(words.kept).waitFor();
    await visit(page, "/calculations?show=cases");
    await page.getByText(CASES[language]).waitFor();
    await page.getByRole("button", { name: words.tryAll, exact: true }).click();
    await page.getByRole("status").first().waitFor();
    const kept = page.locator("tbody tr").filter({ hasText: CASES[language] });
    await kept.getByText(words.passed).waitFor();
    expect(faults).toEqual([]);
    await sight.close();
  });
});
