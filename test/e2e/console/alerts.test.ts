// Alarms, rules, destinations and the digest in a real browser: what is behind an alarm, what is done about it, who is told.
import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { enWords } from "../../../src/console/words/en/all.ts";
import { ruWords } from "../../../src/console/words/ru/all.ts";
import { instant } from "../../../src/core/basics/index.ts";
import { openDatabase } from "../../../src/storage/index.ts";
import { mutedAt } from "../../support/alarm-world.ts";
import { type ConsoleWorld, consoleWorld, hasBrowser, type Sight, visit } from "../../support/browser.ts";
import { HISTORY, tellHistory } from "../../support/desk-history.ts";
import { houseOver } from "../../support/house.ts";
import type { ServerPlace } from "../../support/server.ts";

/** The history, and a branch that raises no alarms for a week. */
async function tellMuted(place: ServerPlace): Promise<void> {
  await tellHistory(place);
  const database = await openDatabase({ url: place.databaseUrl });
  await mutedAt(houseOver(database, instant(Date.now())), HISTORY.better.id);
  await database.close();
}

describe.skipIf(!hasBrowser).each(["ru", "en"] as const)("alerts in %s", (language) => {
  const dictionary = language === "ru" ? ruWords : enWords;
  const words = dictionary.alerts;
  let world: ConsoleWorld;
  let sight: Sight;
  let page: Page;
  beforeAll(async () => {
    world = await consoleWorld({ fill: tellMuted });
    sight = await world.owner({ language });
    page = sight.page;
  }, 240_000);
  afterAll(async () => {
    expect(sight.faults).toEqual([]);
    await sight.close();
    await world.close();
  });

  test("an alarm says its evidence, opens the feedback behind it, and is closed with its cause", async () => {
    await visit(page, "/alerts");
    const alarm = page.locator("[data-alarm]");
    await alarm.filter({ hasText: HISTORY.worse.name }).waitFor();
    expect(await alarm.textContent()).toContain(HISTORY.worse.name);
    expect(await alarm.textContent()).toMatch(language === "ru" ? /17 из 42 оценок/ : /17 of 42 ratings/);
    const href = await alarm.locator("a").first().getAttribute("href");
    expect(decodeURIComponent(href ?? "")).toMatch(
      /^\/desk\?filter=day:\d{4}-\d\d-\d\d\.\.\d{4}-\d\d-\d\d source:yandex-eats branch:lesnaya rating:1\.\.2$/,
    );
    await page.getByRole("button", { name: words.act.known_cause }).click();
    await page.getByLabel(words.cause.label).fill("Печь не работала");
    await page.getByRole("button", { name: words.cause.save }).click();
    await page.getByText(words.empty, { exact: true }).waitFor();
    await page.getByText(words.which.all, { exact: true }).click();
    await alarm.waitFor();
    expect(await alarm.getAttribute("data-alarm")).toBe("known");
    expect(await alarm.textContent()).toContain("Печь не работала");
  });

  test("a muted branch is told, and heard of again by a click", async () => {
    await visit(page, "/alerts");
    const muted = page.getByRole("list", { name: words.mutes.title });
    await muted.getByText(HISTORY.better.name, { exact: true }).waitFor();
    await muted.getByRole("button", { name: words.mutes.end }).click();
    await muted.waitFor({ state: "detached" });
  });

  test("a rule is tried on what came, kept, and its removal taken back", async () => {
    await visit(page, "/alerts?view=rules");
    await page.getByRole("button", { name: words.rules.add }).click();
    const dialog = page.getByRole("dialog");
    await dialog.getByLabel(words.rules.name).fill("Суп");
    await dialog.getByLabel(words.rules.filter).fill("wrong:1");
    await dialog.getByRole("button", { name: words.rules.try }).click();
    await dialog.getByRole("alert").first().waitFor();
    // The refusal that was asked for.
    expect(sight.faults.splice(0)).toEqual([expect.stringContaining("400")]);
    await dialog.getByLabel(words.rules.filter).fill("rating:1..2");
    await dialog.getByRole("button", { name: words.rules.try }).click();
    await dialog.getByRole("status").waitFor();
    expect(await dialog.getByRole("status").textContent()).toMatch(/\d/);
    await dialog.getByRole("button", { name: dictionary.parts.save }).click();
    const row = page.getByRole("button", { name: "Суп" });
    await row.click();
    await page.getByRole("dialog").getByRole("button", { name: words.rules.remove }).click();
    await page.getByText(words.rules.empty, { exact: true }).waitFor();
    await page.getByRole("button", { name: dictionary.parts.undo }).click();
    await row.waitFor();
  });

  test("a destination that is not set up says so, and why its messages wait", async () => {
    await visit(page, "/alerts?view=destinations");
    await page.getByRole("button", { name: words.destinations.add }).click();
    const dialog = page.getByRole("dialog");
    await dialog.getByLabel(words.destinations.label).fill("Кухня");
    await dialog.getByLabel(words.destinations.address).fill("-1001234567890");
    await dialog.getByRole("switch", { name: words.destinations.quietOn }).check();
    await dialog.getByRole("button", { name: dictionary.parts.save }).click();
    await dialog.waitFor({ state: "hidden" });
    await page.getByRole("link", { name: "Кухня" }).click();
    await dialog.getByText("22:00–08:00").waitFor();
    await dialog.getByRole("button", { name: words.destinations.test }).click();
    await dialog.getByText(words.destinations.problem.not_configured).first().waitFor();
  });

  test("the digest is read in either language", async () => {
    await visit(page, "/alerts?view=digest");
    await page.locator("[data-digest]").waitFor();
    expect(await page.locator("[data-digest] p").count()).toBeLessThanOrEqual(7);
    await page.getByText(language === "ru" ? words.destinations.english : words.destinations.russian).click();
    await page.locator(`[data-digest][lang=${language === "ru" ? "en" : "ru"}]`).waitFor();
  });
});
