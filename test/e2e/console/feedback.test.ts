// The feedback desk in a real browser: answers through the marketplace's stand-in, hostile words, colleagues, erasure.
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Locator, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { enWords } from "../../../src/console/words/en/all.ts";
import { ruWords } from "../../../src/console/words/ru/all.ts";
import { type EatsStandIn, startEatsStandIn } from "../../../src/outbound/index.ts";
import { PAIR } from "../../support/answers.ts";
import { type ConsoleWorld, consoleWorld, hasBrowser, type Sight, visit } from "../../support/browser.ts";
import { apiOf, tellFeedback } from "../../support/console-feedback.ts";
import { engines } from "../../support/engines.ts";
import { HOSTILE_TEXTS } from "../../support/hostile-texts.ts";
import { runCli } from "../../support/server.ts";

/** An answer goes ten seconds after it was sent, and the sender looks every few: a busy machine takes longer. */
const SENT_MS = 90_000;

/** Feedback that the marketplace calls out of date. */
const OLD = /^old-/;

const LANGUAGES = ["ru", "en"] as const;

interface Shown {
  readonly id: string;
  readonly version: number;
  readonly state: string;
  readonly answer: string;
  readonly comment: string | null;
}

for (const name of ["sqlite", "postgres"] as const) {
  const declare = hasBrowser && engines().includes(name) ? describe : describe.skip;
  declare(`the desk in a browser (${name})`, () => {
    let stand: EatsStandIn;
    let world: ConsoleWorld;
    const api = <Answer>(method: string, path: string, body?: object) =>
      apiOf<Answer>(world.url, method, path, body);
    const itemOf = async (orderId: string): Promise<Shown> => {
      const filter = encodeURIComponent(`order:${orderId}`);
      const { items } = await api<{ items: Shown[] }>("GET", `/desk/items?filter=${filter}`);
      if (items[0] === undefined) throw new Error(`no item of ${orderId}`);
      return items[0];
    };

    beforeAll(async () => {
      stand = await startEatsStandIn({
        ...PAIR,
        fault: (feedbackId) => (OLD.test(feedbackId ?? "") ? "204" : "ok"),
      });
      world = await consoleWorld({
        engine: name,
        hasShop: true,
        environment: {
          PRILAVOK_YANDEX_EATS_VMI_URL: stand.url,
          PRILAVOK_YANDEX_EATS_VMI_CLIENT_ID: PAIR.clientId,
          PRILAVOK_YANDEX_EATS_VMI_CLIENT_SECRET: PAIR.clientSecret,
        },
      });
      await api("POST", "/answer-rules/templates", {
        name: "Cold",
        language: "ru",
        text: "{name}, простите нас за {dish}.",
        starsFrom: 1,
        starsTo: 3,
        topics: [],
      });
    }, 240_000);
    afterAll(async () => {
      await world?.close();
      await stand?.close();
    });

    describe.each(LANGUAGES)("in %s", (language) => {
      const words = language === "ru" ? ruWords : enWords;
      let sight: Sight;
      beforeAll(async () => {
        await tellFeedback(world.url, [
          { id: `two-${language}`, orderId: `A-${language}`, rating: 2, comment: `Холодный суп ${language}` },
          { id: `old-${language}`, orderId: `B-${language}`, rating: 1, comment: `Опоздали ${language}` },
          { id: `both-${language}`, orderId: `C-${language}`, rating: 3, comment: `Так себе ${language}` },
        ]);
        sight = await world.owner({ language });
      }, 60_000);
      afterAll(() => sight?.close());

      const writing = (page: Page): Locator =>
        page.getByRole("textbox", { name: words.answers.answer, exact: true });
      const cards = (page: Page, state: string): Locator => page.locator(`article[data-state=${state}]`);
      const press = (page: Page, button: string): Promise<void> =>
        page.getByRole("button", { name: button, exact: true }).click();

      test("a two-star feedback is answered with a template, own words and a promo code", {
        timeout: 180_000,
      }, async () => {
        const { page, faults } = sight;
        await visit(page, "/desk");
        await page.getByRole("link", { name: `Холодный суп ${language}` }).click();
        await writing(page).fill("/co");
        await writing(page).press("Enter");
        await page.waitForFunction(() =>
          document.querySelector<HTMLTextAreaElement>("textarea[data-composer]")?.value.startsWith("Марфа"),
        );
        const text = `Марфа, простите нас за Суп дня. Поговорим с кухней ${language}.`;
        await writing(page).fill(text);
        await page.getByText("20%", { exact: true }).click();
        await press(page, words.answers.act.send);
        await press(page, words.answers.act.undo);
        await page.waitForFunction(
          (wanted) =>
            document.querySelector<HTMLTextAreaElement>("textarea[data-composer]")?.value === wanted,
          text,
        );
        expect(stand.visible.filter(({ feedbackId }) => feedbackId === `two-${language}`)).toEqual([]);
        await press(page, words.answers.act.send);
        await cards(page, "delivered").waitFor({ timeout: SENT_MS });
        await page.getByText(words.answers.state.delivered.text).waitFor();
        expect(stand.visible.filter(({ feedbackId }) => feedbackId === `two-${language}`)).toEqual([
          { feedbackId: `two-${language}`, text, promo: 20 },
        ]);
        expect(await itemOf(`A-${language}`)).toMatchObject({ state: "answered", answer: "delivered" });
        expect(await writing(page).count()).toBe(0);
        expect(faults).toEqual([]);
      });

      test("an answer that comes too late is told as not delivered, and the feedback stays unanswered", {
        timeout: 180_000,
      }, async () => {
        const { page, faults } = sight;
        const { id } = await itemOf(`B-${language}`);
        await visit(page, `/desk/items/${id}`);
        await writing(page).fill(`Простите нас, пожалуйста ${language}.`);
        await press(page, words.answers.act.send);
        await cards(page, "outdated").waitFor({ timeout: SENT_MS });
        await page.getByText(words.answers.state.outdated.text).waitFor();
        expect(stand.visible.filter(({ feedbackId }) => feedbackId === `old-${language}`)).toEqual([]);
        const item = await itemOf(`B-${language}`);
        expect(item.answer).toBe("outdated");
        expect(item.state).not.toBe("answered");
        await page.getByText(words.answers.check.outdated, { exact: true }).waitFor();
        expect(faults).toEqual([]);
      });

      test("of two who change an item the slower one is told what the other did, and may insist", {
        timeout: 120_000,
      }, async () => {
        const { page, faults } = sight;
        const { id, version } = await itemOf(`C-${language}`);
        await visit(page, `/desk/items/${id}`);
        const changes = [{ kind: "word", of: "tag", word: `порция ${language}`, isOn: true }];
        await api("POST", `/desk/items/${id}/work`, { version, changes });
        await press(page, words.desk.act.noReaction);
        await page.getByText(words.desk.conflict.title).waitFor();
        await page
          .getByRole("listitem")
          .filter({ hasText: `порция ${language}` })
          .first()
          .waitFor();
        expect((await itemOf(`C-${language}`)).state).toBe("new");
        await press(page, words.desk.conflict.again);
        await page.getByRole("button", { name: words.desk.act.reopen }).waitFor();
        expect((await itemOf(`C-${language}`)).state).toBe("no_reaction");
        // The refusal itself is told to the console by the browser, and nothing else is.
        expect(faults.filter((fault) => !fault.includes("status of 409"))).toEqual([]);
        faults.length = 0;
      });
    });

    test("hostile words in every field that customers and colleagues reach are shown and not run", {
      timeout: 180_000,
    }, async () => {
      await tellFeedback(
        world.url,
        HOSTILE_TEXTS.map((text, index) => ({
          id: `hostile-${index}`,
          orderId: `H-${index}`,
          rating: 1,
          comment: text,
          preset: text,
          name: text,
          dishes: [text],
        })),
      );
      const sight = await world.owner();
      const { page, faults } = sight;
      page.on("dialog", (dialog) => faults.push(`a dialog: ${dialog.message()}`));
      for (const [index, text] of HOSTILE_TEXTS.entries()) {
        const { id, version } = await itemOf(`H-${index}`);
        const tag = text.slice(0, 60).trim();
        await api("POST", `/desk/items/${id}/work`, {
          version,
          changes: [
            { kind: "word", of: "tag", word: tag, isOn: true },
            { kind: "word", of: "topic", word: tag, isOn: true },
            { kind: "cause", cause: tag },
            { kind: "note", text },
          ],
        });
        await visit(page, `/desk/items/${id}`);
        await press(page, ruWords.desk.facts.show);
        await page.waitForFunction(
          ([wanted, times]) =>
            (document.querySelector("main")?.textContent ?? "").split(wanted as string).length >
            Number(times),
          [text, 4] as const,
        );
        expect(await page.evaluate(() => (window as { hacked?: unknown }).hacked)).toBeUndefined();
      }
      for (const path of [
        "/desk?filter=rating:1",
        "/desk/settings?tab=words",
        "/desk?filter=%3Cimg+src%3Dx%3E",
      ]) {
        await visit(page, path);
        expect(await page.evaluate(() => (window as { hacked?: unknown }).hacked)).toBeUndefined();
      }
      expect(faults).toEqual([]);
      // The same check sees it when markup is let in.
      await page.evaluate((markup) => {
        const frame = document.createElement("div");
        frame.innerHTML = markup;
        document.body.append(frame);
      }, HOSTILE_TEXTS[0] ?? "");
      await expect.poll(() => faults.length, { timeout: 20_000 }).toBeGreaterThan(0);
      await sight.close();
    });

    test("a customer is erased from an item, with the act, and nothing of them is left on the desk", {
      timeout: 120_000,
    }, async () => {
      const folder = mkdtempSync(join(tmpdir(), "prilavok-orders-"));
      const line = { offerId: "2101", quantity: 1000, price: 100, isWeighed: false };
      const orders = ["E-1", "E-2"].map((id) => ({ id, customerId: "buyer-erased", lines: [line] }));
      writeFileSync(join(folder, "orders.json"), JSON.stringify(orders));
      const { code, error } = await runCli(world.place, ["import", "world", folder]);
      rmSync(folder, { recursive: true });
      expect(code, error).toBe(0);
      const name = "Пульхерия";
      await tellFeedback(
        world.url,
        ["E-1", "E-2"].map((orderId) => ({
          id: `f-${orderId}`,
          orderId,
          rating: 2,
          name,
          comment: `Это ${name}`,
        })),
      );
      const { id } = await itemOf("E-1");
      const sight = await world.owner();
      const { page, faults } = sight;
      const { act, erase } = ruWords.desk;
      await visit(page, `/desk/items/${id}`);
      await press(page, act.more);
      await page.getByRole("menuitem", { name: erase.open }).click();
      await page.getByRole("radio", { name: erase.ofCustomer }).click();
      await page.getByLabel(erase.reason).fill("Запрос клиента");
      await press(page, erase.action);
      await page.getByRole("dialog", { name: erase.done }).waitFor();
      const { items } = await api<{ items: { id: string; orders: string[] }[] }>("GET", "/desk/erasures");
      expect(items[0]?.orders).toEqual(["E-1", "E-2"]);
      await page.getByText(items[0]?.id ?? "no act").waitFor();
      for (const orderId of ["E-1", "E-2"]) {
        await visit(page, `/desk/items/${(await itemOf(orderId)).id}`);
        expect(await page.textContent("main")).not.toContain(name);
      }
      expect(faults).toEqual([]);
      await sight.close();
    });

    const press = (page: Page, button: string): Promise<void> =>
      page.getByRole("button", { name: button, exact: true }).click();
  });
}
