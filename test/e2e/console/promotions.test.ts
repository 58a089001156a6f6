// A promotion as a marketer makes it, by clicks alone: from a template, tried, held up by the gate, mended, published, felt in a cart.
import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { enWords } from "../../../src/console/words/en/all.ts";
import { ruWords } from "../../../src/console/words/ru/all.ts";
import { type ConsoleWorld, consoleWorld, hasBrowser, visit } from "../../support/browser.ts";
import { CREDENTIALS } from "../../support/server.ts";

const PATIENCE = 240_000;

interface Basket {
  readonly items: readonly {
    readonly configurationId: string;
    readonly price: number;
    readonly discount: number;
  }[];
}

/** What two cheeses cost the app now, after discounts. */
async function cartTotal(url: string): Promise<number> {
  const reply = await fetch(`${url}/irp/basket`, {
    method: "POST",
    headers: { key: CREDENTIALS.irpKey, "content-type": "application/json" },
    body: JSON.stringify({ items: [{ configurationId: "1103", quantity: 2 }] }),
  });
  expect(reply.status).toBe(200);
  const { items } = (await reply.json()) as Basket;
  return items.reduce(
    (sum, { price, discount }) => sum + Math.round(price * 100) - Math.round(discount * 100),
    0,
  );
}

const CASES = (["sqlite", "postgres"] as const).flatMap((engine) =>
  (["ru", "en"] as const).map((language) => ({ engine, language })),
);

describe.skipIf(!hasBrowser).each(CASES)("promotions on $engine, in $language", ({ engine, language }) => {
  const words = language === "ru" ? ruWords : enWords;
  const { promotions } = words;
  let world: ConsoleWorld;
  beforeAll(async () => {
    world = await consoleWorld({ engine, hasShop: true });
  }, PATIENCE);
  afterAll(() => world?.close());

  const button = (page: Page, name: string) => page.getByRole("button", { name, exact: true });
  const number = (page: Page, name: string) => page.getByRole("textbox", { name, exact: true });

  test("are made, tried, held up, mended and published by clicks, and carts follow", {
    timeout: PATIENCE,
  }, async () => {
    const before = await cartTotal(world.url);
    const { page, faults, close } = await world.owner({ language });
    await visit(page, "/promotions");
    await button(page, promotions.create).click();
    const dialog = page.getByRole("dialog");
    await dialog.getByLabel(promotions.door.id, { exact: true }).fill("cheese");
    await dialog.getByRole("button", { name: promotions.door.go, exact: true }).click();
    await page.waitForURL(/\/promotions\/drafts\/[\w-]+\/cheese$/);

    const sentence = page.locator("[data-sentence]");
    await page
      .getByLabel(
        promotions.form.inLanguage
          .replace("{{name}}", words.promotionFields.promotion.name)
          .replace("{{language}}", promotions.form.ru),
        { exact: true },
      )
      .fill("Сыры");
    await page.getByLabel(words.promotionFields.promotion.status, { exact: true }).first().click();
    await page.getByRole("option", { name: words.promotionOptions.status.active, exact: true }).click();
    const first = await sentence.textContent();
    await number(page, words.promotionFields.effect.percent).fill("0");
    await expect.poll(() => sentence.textContent()).not.toBe(first);

    // The catalogue is picked from by name: a category of the tree.
    const categories = page
      .getByRole("combobox", { name: words.promotionFields.goods.categories, exact: true })
      .first();
    await categories.click();
    await categories.fill("Сыр");
    await page.getByRole("option").first().click();
    await page.keyboard.press("Escape");
    await button(page, promotions.editor.save).click();
    await page.getByText(promotions.editor.same).waitFor();
    await page.getByText(promotions.gate.error, { exact: true }).first().waitFor();

    // The gate holds up a discount of nothing.
    const draft = page.url().replace(/\/cheese$/, "");
    await visit(page, draft);
    await button(page, promotions.draft.publish).click();
    await dialog.getByText(promotions.publish.blocked).waitFor();
    expect(
      await dialog.getByRole("button", { name: promotions.draft.publish, exact: true }).isDisabled(),
    ).toBe(true);
    await page.keyboard.press("Escape");
    await dialog.waitFor({ state: "detached" });
    await page.getByRole("link", { name: promotions.gate.mend, exact: true }).first().click();
    await number(page, words.promotionFields.effect.percent).fill("40");
    await button(page, promotions.editor.save).click();
    await page.getByText(promotions.editor.same).waitFor();

    // Back by the page's own link: what was kept of the check before must not be taken for the check now.
    await page
      .locator(`a[href="${new URL(draft).pathname}"]`)
      .first()
      .click();
    await page.waitForURL(draft);

    // What it would have cost the carts that were there.
    await button(page, promotions.preview.run).click();
    await page.getByRole("table", { name: promotions.preview.title }).waitFor();
    await page.locator('a[href^="/calculations/"]').first().waitFor();

    // Mended, but cheaper than a kept case says: that much is meant, and said so.
    await button(page, promotions.draft.publish).click();
    const publish = dialog.getByRole("button", { name: promotions.draft.publish, exact: true });
    await dialog.getByText(promotions.publish.left.replace("{{count}}", "1")).waitFor();
    expect(await publish.isDisabled()).toBe(true);
    const meant = dialog.getByRole("checkbox");
    expect(await meant.count()).toBe(1);
    await meant.check();
    await publish.click();
    await dialog.waitFor({ state: "detached" });
    const told = promotions.draft.published.replace("{{version}}", "\\d+");
    await page.getByText(new RegExp(`^${told}$`)).waitFor();
    await expect.poll(() => cartTotal(world.url)).toBeLessThan(before);
    expect(faults).toEqual([]);
    await close();
  });
});
