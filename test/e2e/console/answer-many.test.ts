// One answer to many in a real browser: each text is seen before it goes, what stays says why, and all of it can be taken back.
import type { Locator, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { enWords } from "../../../src/console/words/en/all.ts";
import { ruWords } from "../../../src/console/words/ru/all.ts";
import { type EatsStandIn, startEatsStandIn } from "../../../src/outbound/index.ts";
import { PAIR } from "../../support/answers.ts";
import { type ConsoleWorld, consoleWorld, hasBrowser, type Sight, visit } from "../../support/browser.ts";
import { apiOf, tellFeedback } from "../../support/console-feedback.ts";
import { engines } from "../../support/engines.ts";

/** An answer goes ten seconds after it was sent, and the sender looks every few: a busy machine takes longer. */
const SENT_MS = 90_000;

interface Shown {
  readonly id: string;
  readonly orderId: string;
  readonly state: string;
  readonly answer: string;
}

for (const name of ["sqlite", "postgres"] as const) {
  const declare = hasBrowser && engines().includes(name) ? describe : describe.skip;
  declare(`one answer to many in a browser (${name})`, () => {
    let stand: EatsStandIn;
    let world: ConsoleWorld;
    beforeAll(async () => {
      stand = await startEatsStandIn({ ...PAIR });
      world = await consoleWorld({
        engine: name,
        hasShop: true,
        environment: {
          PRILAVOK_YANDEX_EATS_VMI_URL: stand.url,
          PRILAVOK_YANDEX_EATS_VMI_CLIENT_ID: PAIR.clientId,
          PRILAVOK_YANDEX_EATS_VMI_CLIENT_SECRET: PAIR.clientSecret,
        },
      });
      await apiOf(world.url, "POST", "/answer-rules/templates", {
        name: "Thanks",
        language: "ru",
        text: "{name}, спасибо за оценку!",
        starsFrom: 4,
        starsTo: 5,
        topics: [],
      });
    }, 240_000);
    afterAll(async () => {
      await world?.close();
      await stand?.close();
    });

    describe.each(["ru", "en"] as const)("in %s", (language) => {
      const words = language === "ru" ? ruWords : enWords;
      const { many } = words.answers;
      const filter = `item:"Каша ${language}"`;
      let sight: Sight;
      const dialogOf = (page: Page): Locator => page.getByRole("dialog", { name: many.title });
      const counted = (forms: Readonly<Record<string, string>>, count: number): string =>
        (forms[new Intl.PluralRules(language).select(count)] ?? "").replace("{{count}}", String(count));
      const items = async (): Promise<readonly Shown[]> => {
        const query = `filter=${encodeURIComponent(filter)}`;
        return (await apiOf<{ items: Shown[] }>(world.url, "GET", `/desk/items?${query}`)).items;
      };
      const answerOf = async (orderId: string): Promise<string | undefined> =>
        (await items()).find((item) => item.orderId.endsWith(orderId))?.answer;
      const gone = () => stand.visible.filter(({ feedbackId }) => feedbackId.endsWith(`-${language}`));
      /** From the list to the texts that would go. */
      const lookAtEach = async (page: Page): Promise<Locator> => {
        await visit(page, `/desk?filter=${encodeURIComponent(filter)}`);
        await page.getByRole("checkbox", { name: words.parts.table.selectAll }).check();
        await page.getByRole("button", { name: many.action, exact: true }).waitFor();
        await page.keyboard.press("r");
        const dialog = dialogOf(page);
        await dialog.getByRole("combobox", { name: many.template }).click();
        await page.getByRole("option", { name: "Thanks" }).click();
        const field = dialog.getByRole("textbox", { name: many.text });
        expect(await field.inputValue()).toBe("{name}, спасибо за оценку!");
        await field.fill(`{name}, спасибо! Ждём вас ${language}.`);
        await dialog.getByRole("button", { name: many.look, exact: true }).click();
        await dialog.locator("[data-many=goes] li").first().waitFor();
        return dialog;
      };

      beforeAll(async () => {
        const dishes = [`Каша ${language}`];
        await tellFeedback(world.url, [
          { id: `kind-${language}`, orderId: `K-${language}`, rating: 5, dishes, name: "Марфа К." },
          { id: `calm-${language}`, orderId: `L-${language}`, rating: 4, dishes, name: "Пётр Л." },
          { id: `said-${language}`, orderId: `M-${language}`, rating: 5, dishes, comment: "Вкусно" },
          { id: `low-${language}`, orderId: `N-${language}`, rating: 2, dishes },
        ]);
        sight = await world.owner({ language });
      }, 60_000);
      afterAll(() => sight?.close());

      test("each text is seen, what stays says why, a warning is meant for all, and all is taken back", {
        timeout: 180_000,
      }, async () => {
        const { page, faults } = sight;
        const dialog = await lookAtEach(page);
        const goes = dialog.locator("[data-many=goes] li");
        const stays = dialog.locator("[data-many=stays] li");
        expect([await goes.count(), await stays.count()]).toEqual([1, 3]);
        expect(await stays.filter({ hasText: many.reason.wants_own_words }).count()).toBe(2);
        expect(await stays.filter({ hasText: words.answers.check.same_text }).count()).toBe(1);
        await dialog.getByRole("checkbox").check();
        expect([await goes.count(), await stays.count()]).toEqual([2, 2]);
        const texts = (await goes.allTextContents()).join("\n");
        for (const first of ["Марфа", "Пётр"])
          expect(texts).toContain(`${first}, спасибо! Ждём вас ${language}.`);
        expect(await answerOf(`K-${language}`)).toBe("no");
        await dialog.getByRole("button", { name: counted(many.send, 2), exact: true }).click();
        await dialog.locator("[data-fate=queued]").nth(1).waitFor();
        expect(await dialog.locator("[data-fate] a").first().getAttribute("href")).toMatch(
          /^\/desk\/items\//,
        );
        await dialog.getByRole("button", { name: many.undo, exact: true }).click();
        await dialog.locator("[data-fate=taken_back]").nth(1).waitFor();
        expect(await dialog.locator("[data-fate=queued]").count()).toBe(0);
        for (const order of ["K", "L"]) expect(await answerOf(`${order}-${language}`)).toBe("no");
        await page.keyboard.press("Escape");
        await dialog.waitFor({ state: "detached" });
        expect(gone()).toEqual([]);
        expect(faults).toEqual([]);
      });

      test("what is sent arrives once each, as it was seen, and the others are left alone", {
        timeout: 180_000,
      }, async () => {
        const { page, faults } = sight;
        const dialog = await lookAtEach(page);
        await dialog.getByRole("checkbox").check();
        await dialog.getByRole("button", { name: counted(many.send, 2), exact: true }).click();
        await dialog.locator("[data-fate=queued]").nth(1).waitFor();
        await expect.poll(() => gone().length, { timeout: SENT_MS, interval: 500 }).toBe(2);
        expect(gone().toSorted((one, other) => one.feedbackId.localeCompare(other.feedbackId))).toEqual([
          { feedbackId: `calm-${language}`, text: `Пётр, спасибо! Ждём вас ${language}.`, promo: null },
          { feedbackId: `kind-${language}`, text: `Марфа, спасибо! Ждём вас ${language}.`, promo: null },
        ]);
        await expect.poll(() => answerOf(`K-${language}`), { timeout: SENT_MS }).toBe("delivered");
        for (const order of ["M", "N"]) expect(await answerOf(`${order}-${language}`)).toBe("no");
        await dialog.getByRole("button", { name: words.shell.close, exact: true }).last().click();
        await dialog.waitFor({ state: "detached" });
        expect(faults).toEqual([]);
      });

      test("what is selected is exported by itself, and put aside with a way back", {
        timeout: 120_000,
      }, async () => {
        const { page, faults } = sight;
        await visit(page, `/desk?filter=${encodeURIComponent(`${filter} rating:2`)}`);
        await page.getByRole("checkbox", { name: words.parts.table.selectAll }).check();
        const [chosen] = (await items()).filter(({ orderId }) => orderId.endsWith(`N-${language}`));
        await page.getByRole("button", { name: words.parts.export, exact: true }).last().click();
        const file = page.getByRole("menuitem", { name: words.desk.export.csv });
        const { searchParams } = new URL((await file.getAttribute("href")) ?? "", world.url);
        expect(searchParams.get("itemIds")).toBe(chosen?.id);
        await page.keyboard.press("Escape");
        await page.getByRole("button", { name: words.desk.act.more, exact: true }).click();
        await page.getByRole("menuitem", { name: words.desk.act.waiting }).click();
        const stateOf = async () => (await items()).find(({ id }) => id === chosen?.id)?.state;
        await page.getByRole("button", { name: words.parts.undo, exact: true }).waitFor();
        expect(await stateOf()).toBe("waiting");
        await page.getByRole("button", { name: words.parts.undo, exact: true }).click();
        await expect.poll(stateOf).toBe("new");
        expect(faults).toEqual([]);
      });

      test("the sheet of keys tells the way", async () => {
        const { page, faults } = sight;
        await page.keyboard.press("?");
        await page.getByRole("dialog").getByText(words.shell.keys.answer, { exact: true }).waitFor();
        await page.keyboard.press("Escape");
        await page.getByRole("dialog").waitFor({ state: "detached" });
        expect(faults).toEqual([]);
      });
    });
  });
}
