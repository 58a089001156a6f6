// Webhooks in a real browser: made with the password, the secret shown once, tried, followed, rotated, sent again, removed.
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { enWords } from "../../../src/console/words/en/all.ts";
import { ruWords } from "../../../src/console/words/ru/all.ts";
import { OPEN_KINDS } from "../../../src/contract/index.ts";
import {
  type ConsoleWorld,
  consoleWorld,
  hasBrowser,
  OWNER,
  type Sight,
  visit,
} from "../../support/browser.ts";

describe.skipIf(!hasBrowser).each(["ru", "en"] as const)("webhooks in %s", (language) => {
  const dictionary = language === "ru" ? ruWords : enWords;
  const words = dictionary.webhooks;
  const received: string[] = [];
  const receiver = createServer((request, response) => {
    request.on("data", (chunk: Buffer) => received.push(chunk.toString("utf8")));
    request.on("end", () => response.writeHead(204).end());
  });
  let world: ConsoleWorld;
  let sight: Sight;
  let page: Page;
  let secret = "";
  beforeAll(async () => {
    await new Promise<void>((resolve) => receiver.listen(0, "127.0.0.1", resolve));
    world = await consoleWorld();
    sight = await world.owner({ language });
    page = sight.page;
  }, 240_000);
  afterAll(async () => {
    // The password is asked for by a refusal.
    expect(sight.faults.filter((fault) => !fault.includes("403"))).toEqual([]);
    await sight.close();
    await world.close();
    receiver.close();
  });

  test("one is made, and its secret is shown once", async () => {
    await visit(page, "/webhooks");
    await page.getByText(words.empty, { exact: true }).waitFor();
    await page.getByRole("button", { name: words.add }).click();
    const dialog = page.getByRole("dialog");
    const { port } = receiver.address() as AddressInfo;
    await dialog.getByLabel(words.label, { exact: true }).fill("CRM");
    await dialog.getByLabel(words.url, { exact: true }).fill(`http://127.0.0.1:${port}/hook`);
    await dialog.getByLabel(words.allow, { exact: true }).fill("127.0.0.1");
    await dialog.getByRole("button", { name: words.save }).click();
    const password = page.getByLabel(dictionary.account.password, { exact: true });
    const shown = page.getByLabel(words.secret, { exact: true });
    await password.or(shown).first().waitFor();
    if (await password.isVisible()) {
      await password.fill(OWNER.password);
      await page.getByRole("button", { name: dictionary.parts.confirm }).click();
    }
    await shown.waitFor();
    secret = await shown.inputValue();
    expect(secret).toMatch(/^whsec_/);
    await page.getByRole("button", { name: dictionary.parts.secret.done }).click();
    await page.getByRole("link", { name: /CRM/ }).first().click();
    await page.getByRole("heading", { name: "CRM" }).waitFor();
    expect(await page.content()).not.toContain(secret);
  });

  test("a trial arrives and is seen with its request, its attempt and its time", async () => {
    await page.getByRole("button", { name: words.test }).click();
    await page.locator("tr[data-row]").getByText(words.result.delivered, { exact: true }).waitFor();
    expect(received.join()).toContain("webhook.test");
    await page.locator("tr[data-row] a[data-opener]").first().click();
    const dialog = page.getByRole("dialog");
    await dialog.locator("tbody tr").first().waitFor();
    expect(await dialog.textContent()).toContain("204");
    expect(await dialog.locator("pre").textContent()).toContain('"type": "webhook.test"');
    await dialog.getByRole("button", { name: words.again }).click();
    await dialog.locator("tbody tr").nth(1).waitFor();
  });

  test("a new secret is another one, and the old one's end is told", async () => {
    await visit(page, new URL(page.url()).pathname);
    await page.getByRole("button", { name: words.rotate }).click();
    await page.getByRole("dialog").getByRole("button", { name: words.rotate }).click();
    const shown = page.getByLabel(words.secret, { exact: true });
    await shown.waitFor();
    expect(await shown.inputValue()).not.toBe(secret);
    await page.getByRole("button", { name: dictionary.parts.secret.done }).click();
    await page.getByText(words.oldSecret).waitFor();
  });

  test("all since a number is sent again, and one that is off says why", async () => {
    await page.getByRole("button", { name: words.replay }).click();
    const dialog = page.getByRole("dialog");
    await dialog.getByRole("button", { name: words.replay }).click();
    await dialog.waitFor({ state: "hidden" });
    await page.getByRole("button", { name: words.disable }).click();
    await page.getByText(words.reason.operator).waitFor();
  });

  test("the catalogue has an example of every kind", async () => {
    await visit(page, "/webhooks?view=catalogue");
    expect(await page.locator("[data-kind]").count()).toBe(OPEN_KINDS.length);
    await page.locator("[data-kind='order.placed'] summary").click();
    expect(await page.locator("[data-kind='order.placed'] pre").textContent()).toContain('"totalMinor"');
  });
});
