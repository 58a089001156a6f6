// The page of channels, by clicks: a key is changed for a new one while the vendor goes on calling with the old one.
import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { AnswerOf } from "../../../src/console/calls.ts";
import { enWords } from "../../../src/console/words/en/all.ts";
import { ruWords } from "../../../src/console/words/ru/all.ts";
import type { channelCalls } from "../../../src/contract/index.ts";
import { type ConsoleWorld, consoleWorld, hasBrowser, OWNER, visit } from "../../support/browser.ts";

/** Longest that the server needs to take note of a revoked key, ms: it promises a second, the machine may be busy. */
const REVOKED_MS = 20_000;

type SelfTested = AnswerOf<typeof channelCalls.testChannels>;

describe.skipIf(!hasBrowser).each(["sqlite", "postgres"] as const)("channels on %s", (engine) => {
  let world: ConsoleWorld;
  beforeAll(async () => {
    world = await consoleWorld({ engine });
  }, 240_000);
  afterAll(() => world?.close());

  /** Status of the call that IMSHOP makes with a key. */
  const called = async (key: string): Promise<number> => {
    const answer = await fetch(`${world.url}/irp/rating`, {
      method: "POST",
      headers: { "content-type": "application/json", authorization: `Bearer ${key}` },
      body: "{}",
    });
    await answer.text();
    return answer.status;
  };

  describe.each(["ru", "en"] as const)("in %s", (language) => {
    const words = language === "ru" ? ruWords : enWords;

    /** Fills in the dialog that asks for a name, gives the password where it is asked for, and takes the key away. */
    async function makeKey(page: Page, label: string | null): Promise<string> {
      const field = page.getByLabel(words.channels.label, { exact: true });
      await field.waitFor();
      if (label !== null) await field.fill(label);
      await page.getByRole("button", { name: words.channels.make, exact: true }).click();
      const password = page.getByRole("dialog").locator("input[type=password]");
      const secret = page.getByLabel(words.channels.irp.key, { exact: true });
      await password.or(secret).first().waitFor();
      if (await password.isVisible()) {
        await password.fill(OWNER.password);
        await page.getByRole("button", { name: words.parts.confirm, exact: true }).click();
      }
      await secret.waitFor();
      const key = await secret.inputValue();
      await page.getByRole("button", { name: words.parts.secret.done }).click();
      await secret.waitFor({ state: "detached" });
      return key;
    }

    test("a key is made and changed with overlap: both answer, then the old one is refused", async () => {
      const { page, faults, close } = await world.owner({ language });
      await visit(page, "/channels");
      await page.getByRole("button", { name: words.channels.irp.make, exact: true }).click();
      const before = await makeKey(page, `main ${language}`);
      const row = page.getByRole("row").filter({ hasText: `main ${language}` });
      await row.waitFor();
      expect(await called(`${before}x`)).toBe(401);
      expect(await called(before)).not.toBe(401);

      await row.getByRole("button", { name: words.channels.rotate }).click();
      const after = await makeKey(page, `next ${language}`);
      expect(after).not.toBe(before);
      expect(await called(before)).not.toBe(401);
      expect(await called(after)).not.toBe(401);

      await row.getByRole("button", { name: words.channels.revoke }).click();
      await page
        .getByRole("dialog")
        .getByRole("button", { name: words.channels.revoke, exact: true })
        .click();
      await row.getByText(words.channels.revoked).waitFor();
      await expect.poll(() => called(before), { timeout: REVOKED_MS }).toBe(401);
      expect(await called(after)).not.toBe(401);

      // The address to paste is the one that answers.
      const address = await page.getByLabel(words.channels.webhook.rating, { exact: true }).inputValue();
      expect(address).toBe(`${world.url}/irp/rating`);
      expect(faults).toEqual([]);
      await close();
    });

    test("the self-test calls nothing until it is asked, and tells of each call what the API tells", async () => {
      const { page, faults, close } = await world.owner({ language });
      await visit(page, "/channels");
      const { selfTest } = words.channels;
      expect(await page.locator("[data-check]").count()).toBe(0);
      const asked = page.waitForResponse((answer) => answer.url().endsWith("/channels/self-test"));
      await page.getByRole("button", { name: selfTest.run, exact: true }).click();
      const { isSound, checks } = (await (await asked).json()) as SelfTested;
      expect(checks.length).toBeGreaterThan(5);
      await page
        .getByRole("status")
        .filter({ hasText: isSound ? selfTest.sound : selfTest.unsound })
        .waitFor();
      const rows = page.locator("[data-check]");
      const shown = await rows.evaluateAll((all) =>
        all.map((row) => ({
          problem: row.getAttribute("data-check"),
          path: row.querySelector(".mono")?.textContent,
          texts: [...row.querySelectorAll("th, td")].map((cell) => cell.textContent ?? ""),
        })),
      );
      expect(shown.map(({ problem, path }) => [problem, path])).toEqual(
        checks.map((check) => [check.problem ?? "ok", check.path]),
      );
      for (const [index, check] of checks.entries()) {
        const [name = "", outcome = "", ms = ""] = shown[index]?.texts ?? [];
        expect(name).toContain(selfTest.name[check.name]);
        const told = check.problem === null ? selfTest.ok : selfTest.problem[check.problem];
        const status = String(check.status ?? "—");
        expect(outcome).toContain(
          told.replace("{{wanted}}", String(check.wanted)).replace("{{status}}", status),
        );
        expect(ms.replaceAll(/\D/g, "")).toBe(check.status === null ? "" : String(check.ms));
      }
      // A shop without goods has no cart to try: the answer of the test must be able to be bad.
      expect([isSound, checks.some(({ problem }) => problem === "no_goods")]).toEqual([false, true]);
      expect(faults).toEqual([]);
      await close();
    });

    test("where Yandex Eats has sent nothing the page asks whether the subscription is on", async () => {
      const { page, faults, close } = await world.owner({ language });
      await visit(page, "/channels");
      await page.getByText(words.channels.isOn).waitFor();
      expect(faults).toEqual([]);
      await close();
    });
  });
});
