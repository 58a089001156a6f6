// Home, Live, System and Audit in a real browser, in both languages: numbers, streams, backups and the log as people use them.
import { readFileSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { enWords } from "../../../src/console/words/en/all.ts";
import { auditActions as enActions } from "../../../src/console/words/en/audit-actions.ts";
import { ruWords } from "../../../src/console/words/ru/all.ts";
import { auditActions as ruActions } from "../../../src/console/words/ru/audit-actions.ts";
import { type ConsoleWorld, consoleWorld, hasBrowser, type Sight, visit } from "../../support/browser.ts";
import { sendCart } from "../../support/vendor-calls.ts";

const CART = [{ configurationId: "1101", quantity: 2, price: 100 }];

describe.skipIf(!hasBrowser)("the pages of whoever watches the server", () => {
  let world: ConsoleWorld;
  beforeAll(async () => {
    world = await consoleWorld({ hasShop: true });
    for (let turn = 0; turn < 3; turn += 1) expect(await sendCart(world.url, CART)).toBe(200);
    expect(await sendCart(world.url, CART, "nobody's key")).toBe(401);
  }, 240_000);
  afterAll(() => world?.close());

  describe.each(["ru", "en"] as const)("in %s", (language) => {
    const words = language === "ru" ? ruWords : enWords;
    let sight: Sight;
    beforeAll(async () => {
      sight = await world.owner({ language });
    });
    afterAll(async () => {
      expect(sight.faults).toEqual([]);
      await sight.close();
    });

    test("home tells the carts of today, and its chart as a table too", async () => {
      const { page } = sight;
      await visit(page, "/");
      const figure = page.locator(`text="${words.home.carts}"`).locator("xpath=..");
      expect(await figure.textContent()).toMatch(new RegExp(`^${words.home.carts}([3-9]|[1-9]\\d)`));
      await page.getByRole("button", { name: words.parts.chart.table }).click();
      expect(await page.locator("figure tbody tr").count()).toBe(24);
    });

    test("live shows calls, newest on top, opens one whole, and holds still while paused", async () => {
      const { page } = sight;
      await visit(page, "/live");
      const rows = page.locator("tbody tr");
      await rows.nth(3).waitFor();
      await page.getByRole("button", { name: words.live.pause }).click();
      expect(new URL(page.url()).searchParams.get("pause")).toBe("1");
      const before = await rows.allInnerTexts();
      await sendCart(world.url, CART);
      const pill = page.locator("[aria-live=polite] button");
      await pill.waitFor();
      expect(await rows.allInnerTexts()).toEqual(before);
      await pill.click();
      await page.waitForFunction(
        (count) => document.querySelectorAll("tbody tr").length > count,
        before.length,
      );
      await rows.first().locator("[data-opener]").click();
      const drawer = page.getByRole("dialog");
      await drawer.getByText("configurationId").first().waitFor();
      const text = await drawer.textContent();
      expect(text).toContain(words.live.came);
      expect(text).toContain(words.live.answer);
      expect(text).toContain("priced");
      expect(text).not.toContain("test-key-0001");
      await page.keyboard.press("Escape");
      await drawer.waitFor({ state: "hidden" });
    });

    test("the filter of the stream is its address", async () => {
      const { page } = sight;
      await visit(page, "/live?status=4xx");
      await page.locator("tbody tr").first().waitFor();
      expect(new Set(await page.locator("tbody tr td:nth-child(2)").allInnerTexts())).toEqual(
        new Set(["401"]),
      );
      await visit(page, "/live?text=no-such-word");
      await page.getByText(words.live.noneFit).waitFor();
    });

    test("a backup is made, verified, and its command is told", async () => {
      const { page } = sight;
      await visit(page, "/system");
      const rows = page.getByRole("table", { name: words.system.backups }).locator("tbody tr");
      const before = await rows.count();
      await page.getByRole("button", { name: words.system.make }).click();
      await rows.nth(before).waitFor();
      const fresh = rows.first();
      const name = (await fresh.locator("td").first().textContent()) ?? "";
      await fresh.getByRole("button", { name: words.system.verifyName.replace("{{name}}", name) }).click();
      await fresh.getByText(words.system.whole).waitFor();
      await fresh.getByRole("button", { name: words.system.restoreShow }).click();
      const command = await page.getByRole("dialog").getByRole("textbox").inputValue();
      expect(command).toMatch(new RegExp(`^prilavok backup restore ".*${name}"$`));
      await page.keyboard.press("Escape");
    });

    test("the bundle is seen before it is saved, and what is saved is what was seen", async () => {
      const { page } = sight;
      await visit(page, "/system");
      await page.getByRole("button", { name: words.system.bundlePreview }).click();
      const shown = page.locator(`figure[aria-label="${words.system.bundle}"]`);
      await shown.getByRole("button", { name: words.parts.json.more }).click();
      const [file] = await Promise.all([
        page.waitForEvent("download"),
        page.getByRole("button", { name: words.system.bundleSave }).click(),
      ]);
      const saved = readFileSync(await file.path(), "utf8");
      expect(saved.trim()).toBe((await shown.locator("pre").textContent())?.trim());
      expect(saved).not.toContain("test-pepper");
    });

    test("the log tells who did what, by the filter in the address, with its proof and its file", async () => {
      const { page } = sight;
      await visit(page, "/audit?action=promotions.");
      await page.getByText(words.audit.chain.whole).waitFor();
      const actions = page.locator("tbody tr td:nth-child(3)");
      await actions.first().waitFor();
      const { promotions } = language === "ru" ? ruActions : enActions;
      const itsWords: readonly string[] = Object.values(promotions);
      for (const action of await actions.allInnerTexts()) expect(itsWords).toContain(action);
      await page.getByRole("button", { name: words.parts.export }).click();
      const [file] = await Promise.all([
        page.waitForEvent("download"),
        page.getByRole("menuitem", { name: words.parts.file.csv }).click(),
      ]);
      const lines = readFileSync(await file.path(), "utf8")
        .trim()
        .split("\r\n");
      expect(lines).toHaveLength((await actions.count()) + 1);
      expect(lines[0]).toContain(words.audit.actor);
      await visit(page, "/audit?entry=1");
      const drawer = page.getByRole("dialog");
      await drawer.getByText("promotions.publish").waitFor();
      await drawer.getByText(words.audit.changes).waitFor();
    });
  });
});
