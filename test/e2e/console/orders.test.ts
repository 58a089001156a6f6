// Orders in a real browser: found by a phone, followed to their calculation and customer, returned in part, led on and back, cancelled.
import { readFileSync } from "node:fs";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { enWords } from "../../../src/console/words/en/all.ts";
import { ruWords } from "../../../src/console/words/ru/all.ts";
import { type ConsoleWorld, consoleWorld, hasBrowser, visit } from "../../support/browser.ts";
import { callApi, placeOrder } from "../../support/console-orders.ts";

/** Digits of an amount on the screen, in kopecks. */
const kopecks = (text: string): number => Number(text.replaceAll(/[^\d]/g, ""));

describe.skipIf(!hasBrowser).each(["sqlite", "postgres"] as const)("orders on %s", (engine) => {
  let world: ConsoleWorld;
  beforeAll(async () => {
    world = await consoleWorld({ engine, hasShop: true });
  }, 240_000);
  afterAll(() => world?.close());

  describe.each(["ru", "en"] as const)("in %s", (language) => {
    const words = language === "ru" ? ruWords : enWords;
    const customer = language === "ru" ? "buyer-7" : "buyer-9";
    const phone = language === "ru" ? "+7 905 111-22-33" : "+7 905 111-22-44";
    let orderId = "";

    const press = (page: Page, name: string) => page.getByRole("button", { name, exact: true }).click();
    const inDialog = (page: Page) => page.getByRole("dialog");
    const section = (page: Page, name: string) =>
      page.locator("section").filter({ has: page.getByRole("heading", { name, exact: true }) });

    beforeAll(async () => {
      orderId = await placeOrder(world.url, {
        uuid: `console-${engine}-${language}`,
        externalUserId: customer,
        promocode: language === "ru" ? "привет" : "hello",
        authorizedBonuses: 100,
        items: [
          { configurationId: "1501", quantity: 3 },
          { configurationId: "1105", quantity: 2 },
        ],
      });
      await callApi(world.url, "PUT", `/customers/${customer}/identities`, { phones: [phone] });
    });

    test("one is found by a phone that never stands in the address, and leads to its price and its customer", async () => {
      const { page, faults, close } = await world.owner({ language });
      const asked: string[] = [];
      page.on("request", (request) => asked.push(request.url()));
      await visit(page, "/orders");
      await page.getByRole("searchbox", { name: words.orders.search }).fill(phone);
      await press(page, words.orders.find);
      await page.waitForURL((url) => url.searchParams.get("customerId") === customer);
      expect(asked.filter((url) => /905|111/.test(decodeURIComponent(url)))).toEqual([]);
      await page.getByRole("row").filter({ hasText: orderId }).waitFor();
      expect(await page.locator("tbody tr").count()).toBe(1);

      const saving = page.waitForEvent("download");
      await press(page, words.parts.export);
      await page.getByRole("menuitem", { name: words.orders.file.csv, exact: true }).click();
      const file = readFileSync(await (await saving).path(), "utf8");
      expect(file).toContain(orderId);
      expect(file.trimEnd().split("\r\n")).toHaveLength(2);

      await page.keyboard.press("j");
      await page.keyboard.press("Enter");
      await page.waitForURL(`${world.url}/orders/${orderId}`);
      await page.getByRole("link", { name: words.orders.toCalculation }).click();
      await page.waitForURL(/\/calculations\/./);
      await page.getByRole("link", { name: orderId, exact: true }).click();
      await page.waitForURL(`${world.url}/orders/${orderId}`);
      await page.getByRole("link", { name: customer, exact: true }).click();
      await page.waitForURL(`${world.url}/customers/${customer}`);
      await page.getByRole("link", { name: orderId, exact: true }).first().click();
      await page.waitForURL(`${world.url}/orders/${orderId}`);
      expect(faults).toEqual([]);
      await close();
    });

    test("a return tells its money before it is made, and gives exactly that", async () => {
      const { page, faults, close } = await world.owner({ language });
      await visit(page, `/orders/${orderId}`);
      await press(page, words.orders.takeBack);
      await inDialog(page).getByText(words.orders.previewNone).waitFor();
      await inDialog(page).locator("input[inputmode]").nth(1).fill("1");
      const money = inDialog(page).locator("dd").first();
      await money.waitFor();
      const told = kopecks((await money.textContent()) ?? "");
      expect(told).toBeGreaterThan(0);
      await press(page, words.orders.takeBackNow);
      const row = page.getByRole("table", { name: words.orders.returns }).locator("tbody tr");
      await row.waitFor();
      const { returns } = await callApi<{ returns: { refundMinor: number }[] }>(
        world.url,
        "GET",
        `/orders/${orderId}`,
      );
      expect(returns.map(({ refundMinor }) => refundMinor)).toEqual([told]);
      expect((await row.locator("td").allTextContents()).map(kopecks)).toContain(told);
      expect(faults).toEqual([]);
      await close();
    });

    test("a status is undone by one press; a cancellation says what it gives back, and gives it", async () => {
      const { page, faults, close } = await world.owner({ language });
      const statusOf = async () =>
        (await callApi<{ status: string }>(world.url, "GET", `/orders/${orderId}`)).status;
      await visit(page, `/orders/${orderId}`);
      await press(page, words.orders.change);
      await inDialog(page).getByText(words.orders.effect.nothing).waitFor();
      await press(page, words.orders.changeNow);
      await page.locator("header").getByText(words.orders.statuses.processing).waitFor();
      expect(await statusOf()).toBe("processing");
      await press(page, words.parts.undo);
      await page.locator("header").getByText(words.orders.statuses.placed).waitFor();
      expect(await statusOf()).toBe("placed");

      await press(page, words.orders.cancel);
      const dialog = inDialog(page);
      await dialog.getByText(words.orders.effect.final).waitFor();
      expect(await dialog.textContent()).toMatch(/100/);
      await dialog.getByRole("button", { name: words.orders.cancelNow, exact: true }).click();
      await page.locator("header").getByText(words.orders.statuses.canceled).waitFor();
      await section(page, words.orders.points).getByText(/100/).first().waitFor();
      expect(await page.getByRole("button", { name: words.orders.takeBack, exact: true }).count()).toBe(0);
      const trail = await callApi<{ hold: { state: string } }>(world.url, "GET", `/orders/${orderId}/trail`);
      expect(trail.hold.state).toBe("released");
      expect(faults).toEqual([]);
      await close();
    });
  });
});
