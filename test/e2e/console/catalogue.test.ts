// The catalogue in a real browser: an item with its stock and promotions, and a held import looked at, accepted or turned down.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { enWords } from "../../../src/console/words/en/all.ts";
import { ruWords } from "../../../src/console/words/ru/all.ts";
import { type ConsoleWorld, consoleWorld, hasBrowser, visit } from "../../support/browser.ts";
import { callApi } from "../../support/console-orders.ts";
import { runCli, type ServerPlace } from "../../support/server.ts";
import { readSheet } from "../../support/sheet-reader.ts";

/** A feed of so many goods, each at so many roubles. */
function feedOf(goods: readonly (readonly [id: string, name: string, price: number])[]): string {
  const offers = goods.map(
    ([id, name, price]) =>
      `<offer id="${id}" available="true"><name>${name}</name><price>${price}</price><currencyId>RUB</currencyId><categoryId>1</categoryId></offer>`,
  );
  return `<?xml version="1.0" encoding="UTF-8"?>
<yml_catalog date="2026-11-22 10:00"><shop><categories><category id="1">Чай</category></categories><offers>
${offers.join("\n")}
<offer id="broken"><name>Без цены</name><categoryId>1</categoryId></offer>
</offers></shop></yml_catalog>`;
}

const TEN = Array.from({ length: 10 }, (_, index) => [`tea-${index}`, `Чай № ${index}`, 100] as const);
const FEW = [["tea-0", "Чай № 0", 130] as const, ["new-1", "Новый чай", 90] as const];

describe.skipIf(!hasBrowser)("the catalogue", () => {
  let world: ConsoleWorld;
  const take = async (place: ServerPlace, goods: Parameters<typeof feedOf>[0]): Promise<void> => {
    const folder = mkdtempSync(join(tmpdir(), "prilavok-feed-"));
    writeFileSync(join(folder, "feed.xml"), feedOf(goods));
    await runCli(place, ["import", "feed", join(folder, "feed.xml")]);
    rmSync(folder, { recursive: true });
  };
  beforeAll(async () => {
    world = await consoleWorld({ hasShop: true });
  }, 240_000);
  afterAll(() => world?.close());

  test.each(["ru", "en"] as const)(
    "what is on the screen is saved as a spreadsheet that holds just that (%s)",
    async (language) => {
      const words = language === "ru" ? ruWords : enWords;
      const { page, faults, close } = await world.owner({ language });
      await visit(page, `/catalogue?q=${encodeURIComponent("шоколад")}`);
      const shown = page.locator("tbody tr");
      await shown.first().waitFor();
      await page.getByRole("button", { name: words.parts.export, exact: true }).click();
      const [file] = await Promise.all([
        page.waitForEvent("download"),
        page.getByRole("menuitem", { name: words.parts.file.xlsx, exact: true }).click(),
      ]);
      expect(file.suggestedFilename()).toBe("catalogue.xlsx");
      const [head, ...rows] = readSheet(readFileSync(await file.path()));
      expect(head?.[0]?.text).toBe(words.catalogue.name);
      expect(rows).toHaveLength(await shown.count());
      const texts = await shown.allTextContents();
      for (const [index, row] of rows.entries()) {
        expect(texts[index]).toContain(row[0]?.text);
        expect(texts[index]).toContain(row[1]?.text);
        // Money is a number with the format of money; the screen groups its digits.
        expect([row[5]?.type, row[5]?.style]).toEqual(["", "1"]);
        expect(texts[index]?.replaceAll(/[^\d]/g, "")).toContain(
          String(Math.round(Number(row[5]?.text) * 100)),
        );
      }
      expect(faults).toEqual([]);
      await close();
    },
  );

  test.each(["ru", "en"] as const)(
    "an item is found by a word, and leads to what concerns it (%s)",
    async (language) => {
      const words = language === "ru" ? ruWords : enWords;
      const { page, faults, close } = await world.owner({ language });
      await visit(page, "/catalogue");
      await page.getByLabel(words.catalogue.search).fill("шоколад тёмный");
      await page.waitForURL(/q=/);
      await page
        .getByRole("link", { name: /Шоколад тёмный/ })
        .first()
        .click();
      await page.waitForURL(/\/catalogue\/offers\/1501$/);
      await page.getByText(words.catalogue.acts, { exact: true }).first().waitFor();
      await page.getByRole("heading", { name: words.catalogue.stock, exact: true }).waitFor();
      expect(faults).toEqual([]);
      await close();
    },
  );

  test.each(["ru", "en"] as const)(
    "a held import shows what would go; it is turned down, then accepted (%s)",
    async (language) => {
      const words = language === "ru" ? ruWords : enWords;
      await take(world.place, language === "ru" ? TEN : [...TEN, ["more", "Ещё чай", 5]]);
      const { items } = await callApi<{ items: { id: string; state: string }[] }>(
        world.url,
        "GET",
        "/catalogue/imports?kind=feed&limit=1",
      );
      if (items[0]?.state === "held")
        await callApi(world.url, "POST", `/catalogue/imports/${items[0].id}/accept`);
      const { page, faults, close } = await world.owner({ language });
      for (const act of ["drop", "accept"] as const) {
        await take(world.place, FEW);
        await visit(page, "/catalogue");
        await page.getByRole("link", { name: words.catalogue.decide }).click();
        await page.waitForURL(/\/catalogue\/imports\//);
        await page.getByText(words.catalogue.kindOf.dearer.replace("{{count}}", "1")).click();
        const row = page.getByRole("table", { name: words.catalogue.difference }).getByRole("row").nth(1);
        await row.getByText("tea-0").waitFor();
        expect(await row.textContent()).toMatch(/\+30/);
        const problem = page.getByRole("table", { name: words.catalogue.problem.no_price });
        expect(await problem.textContent()).toContain("broken");
        await page.getByRole("button", { name: words.catalogue[act], exact: true }).click();
        const dialog = page.getByRole("dialog");
        await dialog.getByText(words.catalogue[`${act}Title`]).waitFor();
        await dialog.getByRole("button", { name: words.catalogue[act], exact: true }).click();
        const state = act === "drop" ? words.catalogue.states.refused : words.catalogue.states.applied;
        await page.locator("header").getByText(state, { exact: true }).waitFor();
        const goods = await callApi<{ items: { id: string; priceMinor: number }[] }>(
          world.url,
          "GET",
          "/catalogue/offers?query=tea-0",
        );
        expect(goods.items[0]?.priceMinor).toBe(act === "drop" ? 10_000 : 13_000);
      }
      expect(faults).toEqual([]);
      await close();
    },
  );
});
