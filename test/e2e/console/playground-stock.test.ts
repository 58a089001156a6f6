// The playground of a shop that sells what is left and prices add-ons: by clicks, to the kopeck of the server's answer.
import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { enWords } from "../../../src/console/words/en/all.ts";
import { ruWords } from "../../../src/console/words/ru/all.ts";
import { type ConsoleWorld, consoleWorld, hasBrowser, settled, visit } from "../../support/browser.ts";
import { CREDENTIALS } from "../../support/server.ts";

const SHOP = { PRILAVOK_IRP_SHORT_STOCK: "clamp", PRILAVOK_IRP_ADDON_PRICES: "true" } as const;

/** More than any outlet has. */
const MUCH = 5000;

describe.skipIf(!hasBrowser).each(["sqlite", "postgres"] as const)(
  "short stock and add-ons on %s",
  (engine) => {
    let world: ConsoleWorld;
    beforeAll(async () => {
      world = await consoleWorld({ engine, hasShop: true, environment: SHOP });
    }, 300_000);
    afterAll(() => world?.close());

    const send = async (path: string, body: object, token: string = CREDENTIALS.apiToken) => {
      const answer = await fetch(`${world.url}${path}`, {
        method: "POST",
        headers: { authorization: `Bearer ${token}`, "content-type": "application/json" },
        body: JSON.stringify(body),
      });
      expect(answer.ok, await answer.clone().text()).toBe(true);
      return answer.json();
    };
    const shows = (page: Page, total: number) => page.locator(`[data-total="${total}"]`).first().waitFor();

    test.each(["ru", "en"] as const)(
      "what is left, and what is added, in %s",
      { timeout: 240_000 },
      async (language) => {
        const { playground } = language === "ru" ? ruWords : enWords;
        const sight = await world.owner({ language });
        const { page, faults } = sight;
        await visit(page, "/playground?goods=1501:2,2101:1&outlet=lesnaya-12");
        const [bread, good] = [page.locator('[data-good="1501"]'), page.locator('[data-good="2101"]')];

        // Something is added to the second good: it costs both, and is a good of its own.
        await good.getByRole("combobox").fill("3003");
        await page.getByRole("option", { name: /3003/ }).click();
        await good.locator('[data-addons="3003"]').waitFor();
        const line = { offer: "2101", quantity: 1, addons: ["3003"] };
        const cart = { outlet: "lesnaya-12", lines: [{ offer: "1501", quantity: 2 }, line] };
        const dear = await send("/api/v1/carts/price", { cart });
        const plain = await send("/api/v1/carts/price", {
          cart: { ...cart, lines: [cart.lines[0], { offer: "2101", quantity: 1 }] },
        });
        expect(dear.grossMinor).toBeGreaterThan(plain.grossMinor);
        await shows(page, dear.totalMinor);

        // More of the first than there is: the shop sells what is left, and the page says how much that is.
        await bread.getByRole("textbox").first().fill(String(MUCH));
        const much = { ...cart, lines: [{ offer: "1501", quantity: MUCH }, line] };
        const lowered = await send("/api/v1/carts/price", { cart: much });
        expect(lowered.lowered).toEqual([{ lineIndex: 0, how: "lowered" }]);
        const left = lowered.lines[0].quantity as number;
        expect(left).toBeLessThan(MUCH);
        await bread.locator(`[data-left="${left}"]`).waitFor();
        await shows(page, lowered.totalMinor);
        // The app, which calls the server itself, is answered the same.
        const items = [
          { privateId: "1501", quantity: MUCH, price: 1 },
          { privateId: "2101", quantity: 1, price: 1, addons: [{ configurationId: "3003" }] },
        ];
        const basket = await send("/irp/basket", { items, outletId: "lesnaya-12" }, CREDENTIALS.irpKey);
        const seller = await send("/api/v1/carts/price", { cart: { ...much, channel: "seller" } });
        expect(Math.round(basket.totalPrice * 100)).toBe(seller.totalMinor);
        await page.getByRole("button", { name: playground.check, exact: true }).click();
        await page
          .getByRole("status")
          .filter({ hasText: playground.agrees.split(":")[0] ?? "" })
          .waitFor();

        // The address keeps the add-on; taken away, the good costs what it did.
        await page.reload();
        await settled(page);
        await shows(page, lowered.totalMinor);
        await good
          .getByRole("button", { name: new RegExp(playground.remove.split(":")[0] ?? "") })
          .first()
          .click();
        await good.locator('[data-addons=""]').waitFor();
        const without = { ...much, lines: [much.lines[0], { offer: "2101", quantity: 1 }] };
        await shows(page, (await send("/api/v1/carts/price", { cart: without })).totalMinor);

        // Prices of the past are not kept, and the page says so.
        await page.getByLabel(playground.at).fill("2026-01-15T12:00");
        await page.getByText(playground.atPast, { exact: true }).waitFor();
        expect(faults).toEqual([]);
        await sight.close();
      },
    );
  },
);
