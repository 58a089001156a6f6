// The basket playground by clicks and by keys: a cart built by hand costs on the screen what the server answers, to the kopeck.
import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { enWords } from "../../../src/console/words/en/all.ts";
import { ruWords } from "../../../src/console/words/ru/all.ts";
import { type ConsoleWorld, consoleWorld, hasBrowser, settled, visit } from "../../support/browser.ts";
import { CREDENTIALS } from "../../support/server.ts";

/** The cart of the test, as an app would send it. */
const APP_CART = {
  externalUserId: "buyer-1",
  promocode: "привет",
  items: [
    { configurationId: "1501", quantity: 3, price: 1 },
    { configurationId: "1601", quantity: 2.5, price: 1 },
    { configurationId: "2101", quantity: 1, price: 1 },
  ],
};

/** A draft under which gold customers are everybody. */
const CHANGED = { id: "gold-3", name: "Золотым покупателям", then: [{ percent: 7 }] };

const DRAFT = "Всем как золотым";

describe.skipIf(!hasBrowser)("the basket playground", () => {
  describe.each(["sqlite", "postgres"] as const)("on %s", (engine) => {
    let world: ConsoleWorld;
    let draftId = "";
    let calculationId = "";
    const send = async (path: string, body: object, token: string = CREDENTIALS.apiToken) => {
      const headers = { authorization: `Bearer ${token}`, "content-type": "application/json" };
      const answer = await fetch(`${world.url}${path}`, {
        method: "POST",
        headers: { ...headers, "idempotency-key": path },
        body: JSON.stringify(body),
      });
      expect(answer.ok, await answer.clone().text()).toBe(true);
      return { id: String(answer.headers.get("x-request-id")), body: await answer.json() };
    };
    beforeAll(async () => {
      world = await consoleWorld({ engine, hasShop: true });
      draftId = (await send("/api/v1/promotion-drafts", { name: DRAFT })).body.id;
      await send(`/api/v1/promotion-drafts/${draftId}/promotions`, CHANGED);
      calculationId = (await send("/irp/basket", APP_CART, CREDENTIALS.irpKey)).id;
    }, 300_000);
    afterAll(() => world?.close());

    /** The total that a side shows, in kopecks. */
    const totalOf = async (page: Page, side = ""): Promise<number> => {
      const total = page.locator(`${side} [data-total]`).first();
      return Number(await total.getAttribute("data-total"));
    };
    const shows = (page: Page, total: number, side = "") =>
      page.locator(`${side} [data-total="${total}"]`).first().waitFor();

    test.each(["ru", "en"] as const)(
      "prices as the server does, in %s",
      { timeout: 300_000 },
      async (language) => {
        const words = language === "ru" ? ruWords : enWords;
        const { playground, calculations, customers } = words;
        const sight = await world.owner({ language });
        const { page, faults } = sight;
        await visit(page, "/playground");

        // By keys alone: a slash goes to the goods, an arrow and Enter put what was found into the cart.
        await page.keyboard.press("/");
        await page.keyboard.type("1501");
        await page.waitForFunction(() => {
          const shown = [...document.querySelectorAll('[role="option"]')].filter((one) =>
            one.checkVisibility(),
          );
          return shown.length === 1 && shown[0]?.textContent?.includes("1501");
        });
        await page.keyboard.press("ArrowDown");
        await page.keyboard.press("Enter");
        const first = page.locator('[data-good="1501"]');
        await first.getByRole("textbox").fill("3");
        // A good that is weighed, and one more, by clicks.
        for (const [id, quantity] of [
          ["1601", language === "ru" ? "2,5" : "2.5"],
          ["2101", "1"],
        ] as const) {
          await page.getByRole("combobox", { name: playground.add }).fill(id);
          await page.getByRole("option", { name: new RegExp(id) }).click();
          await page.locator(`[data-good="${id}"]`).getByRole("textbox").fill(quantity);
        }
        await page.getByRole("combobox", { name: calculations.code, exact: true }).fill("привет");
        await page.getByText(playground.found, { exact: true }).click();
        await page.getByLabel(customers.search).fill("buyer-1");
        await page.getByRole("button", { name: customers.find, exact: true }).click();
        await page.waitForURL(/customer=buyer-1/);

        // What the server answers the app, and what it answers the page.
        const cart = {
          customer: "buyer-1",
          code: "привет",
          lines: APP_CART.items.map(({ configurationId, quantity }) => ({
            offer: configurationId,
            quantity,
          })),
        };
        const server = (await send("/api/v1/carts/price", { cart })).body;
        expect(server.code.state).toBe("applied");
        await shows(page, server.totalMinor);
        const lines = await page.$$eval("[data-line-total]", (rows) =>
          rows.map((row) => Number(row.getAttribute("data-line-total"))),
        );
        expect(lines).toEqual(server.lines.map(({ totalMinor }: { totalMinor: number }) => totalMinor));
        const basket = (await send("/irp/basket", APP_CART, CREDENTIALS.irpKey)).body;
        expect(Math.round(basket.totalPrice * 100)).toBe(server.totalMinor);
        await page.getByRole("button", { name: playground.check, exact: true }).click();
        await page
          .getByRole("status")
          .filter({ hasText: playground.agrees.split(":")[0] ?? "" })
          .waitFor();
        const applied = page.locator('[data-promotion="chocolate-3for2"]');
        await applied.getByText(calculations.isApplied, { exact: true }).waitFor();
        const missed = page.locator('[data-promotion="gold-3"]');
        await missed.getByText(calculations.reasons.audience, { exact: true }).waitFor();

        // Two versions side by side: the draft takes 7 % more, line by line and promotion by promotion.
        await page.getByRole("combobox", { name: playground.compareWith }).click();
        await page.getByRole("option", { name: calculations.draft.replace("{{name}}", DRAFT) }).click();
        const draft = (await send("/api/v1/carts/price", { cart, rules: { draftId } })).body;
        await shows(page, draft.totalMinor, '[data-side="right"]');
        expect(await totalOf(page, '[data-side="left"]')).toBe(server.totalMinor);
        const difference = page.locator("[data-difference]");
        expect(Number(await difference.getAttribute("data-difference"))).toBe(
          draft.totalMinor - server.totalMinor,
        );
        expect(draft.totalMinor).toBeLessThan(server.totalMinor);
        await page.locator('[data-changed-promotion="gold-3"]').waitFor();

        // The address is the cart: opened again it is the same.
        await page.reload();
        await settled(page);
        await shows(page, draft.totalMinor, '[data-side="right"]');
        expect(faults).toEqual([]);
        await sight.close();
      },
    );

    test.each(["ru", "en"] as const)(
      "lets a gift be picked and a customer be made up, in %s",
      {
        timeout: 300_000,
      },
      async (language) => {
        const words = language === "ru" ? ruWords : enWords;
        const { playground } = words;
        const sight = await world.owner({ language });
        const { page, faults } = sight;
        await visit(page, "/playground?goods=2101:2");
        const offered = page.locator('[data-offered="gift-spices"]');
        await offered.getByRole("checkbox").first().check();
        await offered.getByRole("checkbox").nth(1).check();
        await page
          .locator('[data-promotion="gift-spices"]')
          .getByText(words.calculations.isApplied)
          .waitFor();
        await page.getByText(playground.supposed, { exact: true }).click();
        await page.getByRole("combobox", { name: playground.tier }).fill("gold");
        await page.keyboard.press("Escape");
        const body = {
          cart: {
            lines: [{ offer: "2101", quantity: 2 }],
            choices: [{ promotion: "gift-spices", gifts: [{ offer: "3003" }] }],
          },
          supposed: { tier: "gold" },
        };
        const server = (await send("/api/v1/carts/price", body)).body;
        await shows(page, server.totalMinor);
        await page.locator('[data-promotion="gold-3"]').getByText(words.calculations.isApplied).waitFor();
        expect(faults).toEqual([]);
        await sight.close();
      },
    );

    test.each(["ru", "en"] as const)(
      "takes over the cart of a calculation, in %s",
      {
        timeout: 300_000,
      },
      async (language) => {
        const { playground } = language === "ru" ? ruWords : enWords;
        const sight = await world.owner({ language });
        const { page, faults } = sight;
        await visit(page, `/calculations/${calculationId}`);
        const answered = await totalOf(page);
        await page.getByRole("link", { name: playground.open, exact: true }).click();
        await page.waitForURL(/\/playground\?/);
        await page.getByText(playground.takenFrom, { exact: true }).waitFor();
        await shows(page, answered);
        expect(await page.locator("[data-good]").count()).toBe(APP_CART.items.length);
        // Two more pieces by the arrow keys, and Back out of a good that was taken away.
        const piece = page.locator('[data-good="2101"]');
        await piece.getByRole("textbox").press("ArrowUp");
        await page.waitForURL(/2101%3A2/);
        await piece.getByRole("button").last().click();
        await piece.waitFor({ state: "detached" });
        await page.goBack();
        await piece.waitFor();
        expect(faults).toEqual([]);
        await sight.close();
      },
    );
  });
});
