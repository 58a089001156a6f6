// Coming in and going out, as people do it: the first link, the password, the second step, the address one was going to.
import { generateSync } from "otplib";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { enWords } from "../../../src/console/words/en/all.ts";
import { ruWords } from "../../../src/console/words/ru/all.ts";
import { type ConsoleWorld, consoleWorld, hasBrowser, OWNER, settled } from "../../support/browser.ts";

const CASES = (["sqlite", "postgres"] as const).flatMap((engine) =>
  (["ru", "en"] as const).map((language) => ({ engine, language })),
);

describe.skipIf(!hasBrowser).each(CASES)("signing in on $engine, in $language", ({ engine, language }) => {
  const words = language === "ru" ? ruWords : enWords;
  let world: ConsoleWorld;
  beforeAll(async () => {
    world = await consoleWorld({ engine });
  }, 240_000);
  afterAll(() => world?.close());

  test("the first link makes the first administrator, once", async () => {
    const { page, faults, close } = await world.stranger({ language });
    await page.goto(`/welcome#${world.firstLink}`);
    await page.getByLabel(words.account.login, { exact: true }).fill(OWNER.login);
    await page.getByLabel(words.account.name, { exact: true }).fill(OWNER.name);
    await page.locator("input[autocomplete=new-password]").fill("короткий");
    await page.getByRole("button", { name: words.account.welcome.submit }).click();
    await page.getByRole("alert").waitFor();
    await page.locator("input[autocomplete=new-password]").fill(OWNER.password);
    await page.getByRole("button", { name: words.account.welcome.submit }).click();
    await page.getByRole("navigation", { name: words.shell.pages }).waitFor();
    expect(new URL(page.url()).pathname).toBe("/");
    await page.goto("about:blank");
    await page.goto(`/welcome#${world.firstLink}`);
    await page.getByRole("heading", { name: words.account.welcome.dead }).waitFor();
    expect(faults).toEqual([]);
    await close();
  });

  test("who is not signed in comes back to the address they were going to", async () => {
    const { page, faults, close } = await world.stranger({ language });
    await page.goto("/tokens?q=1");
    await page.getByLabel(words.account.login, { exact: true }).fill(OWNER.login);
    await page.locator("input[type=password]").fill("не тот пароль");
    await page.getByRole("button", { name: words.account.signIn.submit }).click();
    await page.getByRole("alert").waitFor();
    await page.locator("input[type=password]").fill(OWNER.password);
    await page.getByRole("button", { name: words.account.signIn.submit }).click();
    await page.getByRole("heading", { name: words.pages.tokens }).waitFor();
    expect(new URL(page.url()).pathname + new URL(page.url()).search).toBe("/tokens?q=1");
    await page.reload();
    await page.getByRole("heading", { name: words.pages.tokens }).waitFor();
    expect(faults).toEqual([]);
    await close();
  });

  test("nobody is led to another site by the address of the sign-in", async () => {
    const { page, close } = await world.owner({ language });
    for (const to of ["https://example.org/", "//example.org/", "/\\example.org"]) {
      await page.goto(`/sign-in?to=${encodeURIComponent(to)}`);
      await settled(page);
      expect(new URL(page.url()).origin).toBe(world.url);
      expect(new URL(page.url()).pathname).toBe("/");
    }
    await close();
  });

  test("a second step is set up by clicks with the password given anew, and asked for from then on", async () => {
    const { page, faults, close } = await world.owner({ language });
    await page.goto("/account");
    await settled(page);
    await page.getByRole("button", { name: words.account.factor.begin, exact: true }).click();
    const secret = page.getByLabel(words.account.factor.secret, { exact: true });
    const dialog = page.getByRole("dialog");
    await secret.or(dialog).first().waitFor();
    if (await dialog.isVisible()) {
      await dialog.locator("input[type=password]").fill(OWNER.password);
      await dialog.getByRole("button", { name: words.parts.confirm }).click();
    }
    await secret.waitFor();
    await page
      .getByLabel(words.account.code, { exact: true })
      .fill(generateSync({ secret: await secret.inputValue() }));
    await page.getByRole("button", { name: words.account.factor.prove }).click();
    const spare = page.getByRole("dialog").locator("input").first();
    const code = await spare.inputValue();
    await page.keyboard.press("Escape");
    expect(await spare.isVisible(), "a secret shown once is not closed by a stray key").toBe(true);
    await page.getByRole("button", { name: words.parts.secret.done }).click();
    await page.getByText(words.account.factor.on).waitFor();
    await close();

    const again = await world.stranger({ language });
    await again.page.goto("/sign-in");
    await again.page.getByLabel(words.account.login, { exact: true }).fill(OWNER.login);
    await again.page.locator("input[type=password]").fill(OWNER.password);
    await again.page.getByRole("button", { name: words.account.signIn.submit }).click();
    await again.page.getByLabel(words.account.code, { exact: true }).fill(code);
    await again.page.getByRole("button", { name: words.account.signIn.submit }).click();
    await again.page.getByRole("navigation", { name: words.shell.pages }).waitFor();
    await again.page.getByRole("button", { name: new RegExp(OWNER.name) }).click();
    await again.page.getByRole("menuitem", { name: words.shell.signOut }).click();
    await again.page.getByRole("heading", { name: words.account.signIn.title }).waitFor();
    expect([...faults, ...again.faults]).toEqual([]);
    await again.close();
  });
});
