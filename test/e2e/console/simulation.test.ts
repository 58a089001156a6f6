// The programme that would have cost otherwise, by clicks: figures of the screen against the API, and against a sum done by hand.
import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { enWords } from "../../../src/console/words/en/all.ts";
import { ruWords } from "../../../src/console/words/ru/all.ts";
import { instant } from "../../../src/core/basics/index.ts";
import { applyRules, importOrders, RuleShelf } from "../../../src/flows/index.ts";
import { migrate, openDatabase, saveCustomer } from "../../../src/storage/index.ts";
import { type ConsoleWorld, consoleWorld, hasBrowser, visit } from "../../support/browser.ts";
import { houseOver } from "../../support/house.ts";
import { CREDENTIALS, type ServerPlace } from "../../support/server.ts";

const DAY_MS = 86_400_000;
const WORDS = { ru: ruWords, en: enWords } as const;
const LANGUAGES = ["ru", "en"] as const;
/** Rows of the table, in their order. */
const COSTS = ["earned", "spent", "ended", "owed"] as const;

/** The programme of the small world: one customer of a tier, points good after a day. */
const IN_FORCE = {
  id: "club",
  name: "Club",
  earn: { percent: 10, byTier: { gold: 20 } },
  spend: { percentOfLine: 30 },
  pending: { days: 1 },
};

/** One gold customer who bought for 1000 roubles twenty days ago, and for as much ten days ago; and orders that do not count. */
async function tellOrders(place: ServerPlace): Promise<void> {
  const database = await openDatabase({ url: place.databaseUrl });
  await migrate(database, 0);
  const house = houseOver(database, instant(Date.now()));
  const gold = { id: "u-1", segments: [], tier: "gold", birthday: null, orderCount: null };
  await database.transaction((tx) => saveCustomer(tx, gold, 0));
  const order = (id: string, daysAgo: number, more: object = {}) => ({
    ...{ id, customerId: "u-1", status: "done", placedAt: house.now() - daysAgo * DAY_MS },
    lines: [{ offerId: "milk", quantity: 1, price: 1000 }],
    ...more,
  });
  const orders = [
    order("first", 20),
    order("second", 10),
    order("stranger", 9, { customerId: null }),
    order("canceled", 8, { status: "canceled" }),
    order("old", 200),
  ];
  await importOrders(house, Buffer.from(JSON.stringify(orders)));
  const rules = new RuleShelf(house, "Europe/Moscow");
  await applyRules(house, rules, { programme: IN_FORCE }, { note: "first" });
  await database.close();
}

/** Whole numbers of a row: now, as wished, the difference. A dash of any kind before digits is a minus. */
async function figures(page: Page, name: string): Promise<number[]> {
  const cells = await page.locator(`[data-simulation] [data-cost="${name}"] td`).allTextContents();
  return cells.map((cell) => {
    const [, sign = "", digits = ""] = /([-−–]?)[^\d]*([\d\s.,]*\d)/.exec(cell) ?? [];
    return Number(digits.replaceAll(/[\s.,]/g, "")) * (sign === "" ? 1 : -1) + 0;
  });
}

/** The form of the page; `run` sends it and gives what was sent. */
function formOf(page: Page, language: "ru" | "en") {
  const { simulation } = WORDS[language].loyalty;
  const form = page.locator("[data-simulation]");
  return {
    fill: (label: string, value: string) => form.getByLabel(label).fill(value),
    words: simulation,
    text: form,
    run: async () => {
      const asked = page.waitForRequest((request) => request.url().includes("/programme/simulation"));
      const answered = page.waitForResponse((answer) => answer.url().includes("/programme/simulation"));
      await form.getByRole("button", { name: simulation.run }).click();
      const request = await asked;
      expect((await answered).status()).toBe(200);
      await form.getByRole("table").waitFor();
      return { url: request.url(), body: request.postData() ?? "" };
    },
  };
}

/** What the API answers to the same call. */
async function answerOf(sent: { readonly url: string; readonly body: string }) {
  const answer = await fetch(sent.url, {
    method: "POST",
    headers: { authorization: `Bearer ${CREDENTIALS.apiToken}`, "content-type": "application/json" },
    body: sent.body,
  });
  expect(answer.status).toBe(200);
  return answer.json() as Promise<{
    orders: number;
    customers: number;
    current: Record<string, number>;
    wished: Record<string, number>;
  }>;
}

describe.skipIf(!hasBrowser).each(["sqlite", "postgres"] as const)("a small world on %s", (engine) => {
  let world: ConsoleWorld;
  beforeAll(async () => {
    world = await consoleWorld({ engine, fill: tellOrders });
  }, 240_000);
  afterAll(() => world?.close());

  test.each(LANGUAGES)("costs what was worked out by hand, in %s", { timeout: 120_000 }, async (language) => {
    const sight = await world.owner({ language });
    const { page, faults } = sight;
    await visit(page, "/loyalty");
    const form = formOf(page, language);
    await form.fill(`${form.words.tier} gold`, "10");
    await form.fill(form.words.days, "30");
    const sent = await form.run();
    // Now: 20 % of 1000 is 200; a day later they are good, 30 % of the second 1000 is more than 200, so 200 are spent and 20 %
    // of the 800 left is 160. As wished: 100, then 100 are spent, and 10 % of 900 is 90. A point is a rouble.
    expect(await figures(page, "earned")).toEqual([360, 190, -170]);
    expect(await figures(page, "spent")).toEqual([200, 100, -100]);
    expect(await figures(page, "ended")).toEqual([0, 0, 0]);
    expect(await figures(page, "owed")).toEqual([160, 90, -70]);
    const seen = form.words.seen.replace("{{orders}}", "2").replace("{{customers}}", "1");
    await form.text.getByText(seen).waitFor();
    expect(JSON.parse(sent.body)).toEqual({ ...IN_FORCE, earn: { percent: 10, byTier: { gold: 10 } } });
    // Nothing was published: the page opened again begins with the programme in force.
    await page.reload();
    const field = page.locator("[data-simulation]").getByLabel(`${form.words.tier} gold`);
    await field.waitFor();
    expect(await field.inputValue()).toBe("20");
    expect(faults).toEqual([]);
    await sight.close();
  });

  test.each(LANGUAGES)(
    "points that end before they are spent, in %s",
    { timeout: 120_000 },
    async (language) => {
      const sight = await world.owner({ language });
      const { page, faults } = sight;
      await visit(page, "/loyalty");
      const form = formOf(page, language);
      await form.fill(form.words.expiry, "5");
      await form.fill(form.words.days, "365");
      await form.run();
      // Three orders. Points live for five days after the first: 200 of each order end, as the next comes later than that.
      expect(await figures(page, "ended")).toEqual([0, 600, 600]);
      expect((await figures(page, "spent"))[1]).toBe(0);
      expect((await figures(page, "owed"))[1]).toBe(0);
      expect(faults).toEqual([]);
      await sight.close();
    },
  );
});

describe.skipIf(!hasBrowser)("the shop of the demo", () => {
  let world: ConsoleWorld;
  beforeAll(async () => {
    world = await consoleWorld({ hasShop: true });
  }, 300_000);
  afterAll(() => world?.close());

  test.each(LANGUAGES)(
    "shows what the API answers to the same wish, in %s",
    { timeout: 120_000 },
    async (language) => {
      const sight = await world.owner({ language });
      const { page, faults } = sight;
      await visit(page, "/loyalty");
      const form = formOf(page, language);
      await form.fill(form.words.line, "70");
      await form.fill(form.words.pending, "0");
      const { orders, customers, current, wished } = await answerOf(await form.run());
      expect(orders).toBeGreaterThan(0);
      const seen = form.words.seen.replace("{{orders}}", String(orders));
      await form.text.getByText(seen.replace("{{customers}}", String(customers))).waitFor();
      for (const name of COSTS) {
        // Money is shown in whole roubles, points as they are.
        const of = (cost: Record<string, number>): number =>
          name === "ended" ? (cost["endedPoints"] ?? 0) : (cost[`${name}Minor`] ?? 0) / 100;
        const [now, then] = [of(current), of(wished)];
        expect([name, await figures(page, name)]).toEqual([name, [now, then, then - now]]);
      }
      expect(faults).toEqual([]);
      await sight.close();
    },
  );
});
