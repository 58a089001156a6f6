// Customers in a real browser: points corrected with a second person's consent, and a person's data erased for good.
import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { enWords } from "../../../src/console/words/en/all.ts";
import { ruWords } from "../../../src/console/words/ru/all.ts";
import { type ConsoleWorld, consoleWorld, hasBrowser, OWNER, visit } from "../../support/browser.ts";
import { CREDENTIALS } from "../../support/server.ts";

/** More than one person may give alone. */
const MANY = 20_000;

/** The second person. */
const SECOND = { login: "boris", name: "Борис Орлов", password: "кактус оркестр подкова" };

describe.skipIf(!hasBrowser).each(["sqlite", "postgres"] as const)("customers on %s", (engine) => {
  let world: ConsoleWorld;
  const send = async (method: string, path: string, body: unknown): Promise<Record<string, string>> => {
    const answer = await fetch(`${world.url}/api/v1${path}`, {
      method,
      headers: {
        authorization: `Bearer ${CREDENTIALS.apiToken}`,
        "content-type": "application/json",
        "idempotency-key": crypto.randomUUID(),
      },
      body: JSON.stringify(body),
    });
    expect(answer.ok, `${path}: ${answer.status}`).toBe(true);
    return (await answer.json()) as Record<string, string>;
  };
  beforeAll(async () => {
    world = await consoleWorld({ engine });
    // The first link makes the first person, so they must come before the second.
    await (await world.owner()).close();
    for (const language of ["ru", "en"]) {
      await send("PUT", `/customers/u-${language}`, { tier: "gold" });
      await send("PUT", `/customers/u-${language}/identities`, {
        phones: [`+7 912 000-00-${language === "ru" ? "12" : "13"}`],
      });
      await send("PUT", `/customers/gone-${language}`, { birthday: "05-17" });
    }
    const { login, name } = SECOND;
    const person = await send("POST", "/people", { login, name, role: "loyalty_manager", outlets: null });
    const { link } = await send("POST", `/people/${person["id"]}/link`, {});
    const welcome = await fetch(`${world.url}/api/v1/session/link`, {
      method: "POST",
      headers: { "content-type": "application/json", origin: world.url },
      body: JSON.stringify({ ...SECOND, link }),
    });
    expect(welcome.status).toBe(200);
  }, 240_000);
  afterAll(() => world?.close());

  describe.each(["ru", "en"] as const)("in %s", (language) => {
    const words = language === "ru" ? ruWords : enWords;

    /** Gives the password if it is asked for before `next` appears. */
    async function prove(page: Page, password: string, next: ReturnType<Page["getByText"]>): Promise<void> {
      const field = page.getByRole("dialog").locator("input[type=password]");
      await field.or(next).first().waitFor();
      if (await field.isVisible()) {
        await field.fill(password);
        await page.getByRole("button", { name: words.parts.confirm, exact: true }).click();
      }
      await next.first().waitFor();
    }

    test("many points are put in when a second person agrees, who is never the first", async () => {
      const first = await world.owner({ language });
      const { page } = first;
      await visit(page, "/customers");
      // In another spelling than the one it came in: and it is not kept in the address.
      await page
        .getByRole("searchbox", { name: words.customers.search })
        .fill(`8 (912) 000 00 ${language === "ru" ? "12" : "13"}`);
      await page.getByRole("button", { name: words.customers.find, exact: true }).click();
      await page.waitForURL(`${world.url}/customers/u-${language}`);
      await page.getByRole("button", { name: words.customers.correct }).click();
      await page.getByLabel(words.customers.howMany).fill(String(MANY));
      await page.getByRole("dialog").getByLabel(words.customers.reason).fill("late twice");
      await page.getByRole("button", { name: words.customers.correctNow, exact: true }).click();
      await prove(page, OWNER.password, page.getByText(words.customers.waits));
      await page.getByText(words.loyalty.byOther).waitFor();
      expect(await page.getByRole("button", { name: words.loyalty.approve }).count()).toBe(0);

      const second = await world.stranger({ language });
      await second.page.goto("/sign-in?to=/loyalty");
      await second.page.getByLabel(words.account.login, { exact: true }).fill(SECOND.login);
      await second.page.locator("input[type=password]").fill(SECOND.password);
      await second.page.getByRole("button", { name: words.account.signIn.submit }).click();
      const row = second.page.getByRole("row").filter({ hasText: `u-${language}` });
      await row.getByRole("button", { name: words.loyalty.approve }).click();
      await prove(second.page, SECOND.password, second.page.getByText(words.loyalty.approved));
      await second.page.getByText(words.loyalty.noneWaits).waitFor();
      await second.page.getByRole("button", { name: words.loyalty.check }).click();
      await second.page.getByText(words.loyalty.sound).waitFor();

      await visit(page, `/customers/u-${language}`);
      const lots = page.getByRole("table", { name: words.customers.lots });
      await lots.getByText(words.customers.kind.correction).waitFor();
      await lots.getByText(/20[\s,]000/).waitFor();
      expect([...first.faults, ...second.faults]).toEqual([]);
      await first.close();
      await second.close();
    });

    test("a person's data are erased, and the act is shown", async () => {
      const { page, faults, close } = await world.owner({ language });
      await visit(page, `/customers/gone-${language}`);
      await page.getByText("05-17").waitFor();
      await page.getByRole("button", { name: words.customers.more, exact: true }).click();
      await page.getByRole("menuitem", { name: words.customers.erase }).click();
      await page.getByRole("dialog").getByLabel(words.customers.reason).fill("by request");
      await page.getByRole("button", { name: words.customers.eraseNow, exact: true }).click();
      await prove(page, OWNER.password, page.getByRole("heading", { name: words.customers.erased }));
      const print = page.getByRole("link", { name: words.customers.print });
      const act = await page.context().request.get((await print.getAttribute("href")) ?? "");
      expect(act.status()).toBe(200);
      expect(await act.text()).toContain(`gone-${language}`);
      // The page asks anew who this was, and then shows nothing of them.
      await page.getByText("05-17").waitFor({ state: "detached" });
      const unexpected = faults.filter((fault) => !fault.includes("404"));
      expect(unexpected).toEqual([]);
      await close();
    });
  });
});
