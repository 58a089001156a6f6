// One promo code in a real browser: found, blocked with a reason, refused by the very next basket, let go, accepted again.
import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { enWords } from "../../../src/console/words/en/all.ts";
import { ruWords } from "../../../src/console/words/ru/all.ts";
import { type ConsoleWorld, consoleWorld, hasBrowser, visit } from "../../support/browser.ts";
import { callApi, placeOrder } from "../../support/console-orders.ts";
import { CREDENTIALS } from "../../support/server.ts";

interface Basket {
  readonly totalPrice: number;
  readonly appliedPromocode: string | null;
  readonly notice?: string;
}

describe.skipIf(!hasBrowser).each(["sqlite", "postgres"] as const)("one code on %s", (engine) => {
  let world: ConsoleWorld;
  beforeAll(async () => {
    world = await consoleWorld({ engine, hasShop: true });
  }, 240_000);
  afterAll(() => world?.close());

  // The code asks for 2,000 roubles.
  const items = [{ configurationId: "1102", quantity: 2 }];
  const basket = async (promocode: string): Promise<Basket> => {
    const answer = await fetch(`${world.url}/irp/basket`, {
      method: "POST",
      headers: { key: CREDENTIALS.irpKey, "content-type": "application/json" },
      body: JSON.stringify({ promocode, items }),
    });
    return (await answer.json()) as Basket;
  };

  describe.each(["ru", "en"] as const)("in %s", (language) => {
    const words = language === "ru" ? ruWords : enWords;
    // Both stand in the promotion itself, so that no row of a batch could carry the block.
    const code = language === "ru" ? "привет" : "hello";
    const press = (page: Page, name: string) => page.getByRole("button", { name, exact: true }).click();
    const state = (page: Page, name: string) =>
      page.locator("section").getByText(name, { exact: true }).first();

    test("it is found with its orders, blocked, refused, let go and taken again", async () => {
      const orderId = await placeOrder(world.url, {
        uuid: `codes-${engine}-${language}`,
        externalUserId: `codes-${language}`,
        promocode: code,
        items,
      });
      const { page, faults, close } = await world.owner({ language });
      await visit(page, "/codes");
      await page.getByRole("searchbox", { name: words.codes.asWritten }).fill(`  ${code.toUpperCase()} `);
      await press(page, words.codes.find);
      await page.waitForURL((url) => url.searchParams.get("code") === code.toUpperCase());
      await state(page, words.codes.standings.valid).waitFor();
      expect(await page.getByRole("link", { name: orderId, exact: true }).getAttribute("href")).toBe(
        `/orders/${orderId}`,
      );
      const before = await basket(code);
      expect(before.appliedPromocode).toBe(code);

      await press(page, words.codes.block);
      const dialog = page.getByRole("dialog");
      const doIt = (name: string) => dialog.getByRole("button", { name, exact: true });
      expect(await doIt(words.codes.block).isDisabled()).toBe(true);
      await dialog.getByRole("textbox", { name: words.codes.reason }).fill("Leaked 17");
      await doIt(words.codes.block).click();
      await state(page, words.codes.standings.blocked).waitFor();
      await page.getByText("Leaked 17").first().waitFor();
      const refused = await basket(code);
      expect(refused.appliedPromocode).not.toBe(code);
      expect(refused.totalPrice).toBeGreaterThan(before.totalPrice);
      expect(JSON.stringify(refused)).toMatch(/Промокод отключён|switched off/);

      await page.reload();
      await press(page, words.codes.unblock);
      await dialog.getByRole("textbox", { name: words.codes.reason }).fill("Was ours 18");
      await doIt(words.codes.unblock).click();
      await state(page, words.codes.standings.valid).waitFor();
      expect(await basket(code)).toMatchObject({
        totalPrice: before.totalPrice,
        appliedPromocode: code,
      });
      const subject = language === "ru" ? "ПРИВЕТ" : "HELLO";
      const { items: entries } = await callApi<{ items: { action: string; details: object }[] }>(
        world.url,
        "GET",
        `/audit/entries?subject=${encodeURIComponent(subject)}`,
      );
      expect(entries.map(({ action }) => action).sort()).toEqual(["code.blocked", "code.unblocked"]);
      expect(JSON.stringify(entries)).toContain("Was ours 18");
      expect(faults).toEqual([]);
      await close();
    });

    test("what nothing has is told as such", async () => {
      const { page, close } = await world.owner({ language });
      await visit(page, "/codes?code=NEVER-MADE");
      await page.getByRole("heading", { name: words.codes.notFound }).waitFor();
      expect(await page.getByRole("button", { name: words.codes.block }).count()).toBe(0);
      await close();
    });
  });
});
