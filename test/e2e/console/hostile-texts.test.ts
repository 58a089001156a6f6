// Whatever texts the shop's app and the marketplace can hand over, in every field of theirs: shown on the console's pages, run on none.
import { randomUUID } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { pageRow } from "../../../src/console/pages/registry.ts";
import { type ConsoleWorld, consoleWorld, hasBrowser, visit } from "../../support/browser.ts";
import { builtPages, hasParameters } from "../../support/console-pages.ts";
import { HOSTILE_TEXTS } from "../../support/hostile-texts.ts";
import { CREDENTIALS, eatsToken, ROOT } from "../../support/server.ts";

type Json = null | boolean | number | string | readonly Json[] | { readonly [name: string]: Json };
type Place = readonly (string | number)[];

/** Samples of calls: the path, the credential, the body. */
const CALLS: readonly (readonly [string, string, "irp" | "eats"])[] = [
  ["/irp/basket", "irp/samples/04-basket-consumer-typical.json", "irp"],
  ["/irp/basket", "irp/samples/36-basket-seller-known-buyer.json", "irp"],
  ["/irp/orders", "irp/samples/70-order-single.json", "irp"],
  ["/irp/rating", "irp/samples/50-rating-valid-id.json", "irp"],
  ["/yandex-eats/v1/feedback", "yandex-eats/samples/feedback/001-full.json", "eats"],
];

/** Pages of single things that are opened of each list, so that every kind of text is met. */
const OPENED = 12;

/** Every place of a text, or of nothing where a text may stand; of lists only the first item. */
function places(value: Json, at: Place = []): Place[] {
  if (typeof value === "string" || value === null) return [at];
  if (Array.isArray(value)) return value.length === 0 ? [] : places(value[0], [...at, 0]);
  if (typeof value !== "object") return [];
  return Object.entries(value).flatMap(([name, inner]) => places(inner as Json, [...at, name]));
}

function replaced(value: Json, place: Place, text: string): Json {
  const [first, ...rest] = place;
  if (first === undefined) return text;
  if (Array.isArray(value))
    return value.map((item, index) => (index === first ? replaced(item, rest, text) : item));
  const record = value as Record<string, Json>;
  return { ...record, [first]: replaced(record[first] as Json, rest, text) };
}

/** A body as new as a call of its own: orders and feedback are known again by their ids. */
function renewed(text: string, count: number): string {
  return text
    .replaceAll("5d0f7a30-2c1b-4b86-9c7e-0a4f3e1d9b01", randomUUID())
    .replaceAll("fbk-7f3a90c1", `fbk-${count}`)
    .replaceAll("POS-88213", `POS-${count}`)
    .replace(/"(id|orderId)": ?"(\d{6})"/g, (_, name, id) => `"${name}":"${Number(id) + count}"`);
}

describe.skipIf(!hasBrowser)("texts that want to be more", () => {
  let world: ConsoleWorld;
  let sent = 0;
  beforeAll(async () => {
    world = await consoleWorld({ hasShop: true });
    const keys = { irp: CREDENTIALS.irpKey, eats: await eatsToken(world.url) };
    for (const [path, file, kind] of CALLS) {
      const sample = readFileSync(join(ROOT, "test", "protocols", file), "utf8");
      for (const place of places(JSON.parse(sample) as Json)) {
        const text = HOSTILE_TEXTS[sent % HOSTILE_TEXTS.length] ?? "";
        sent += 1;
        const body = replaced(JSON.parse(renewed(sample, sent)) as Json, place, text);
        await post(`${world.url}${path}`, keys[kind], body);
      }
    }
  }, 240_000);
  afterAll(() => world?.close());

  test("are shown as texts on every page, and none is run", { timeout: 600_000 }, async () => {
    expect(sent).toBeGreaterThan(120);
    const sight = await world.owner();
    const { page, faults } = sight;
    page.on("dialog", (dialog) => faults.push(`a dialog: ${dialog.message()}`));
    await page.addInitScript(() =>
      Object.defineProperty(window, "hacked", { set: () => console.error("a text was run") }),
    );
    let seen = 0;
    for (const id of builtPages().filter((one) => !hasParameters(one))) {
      const { path, isPublic } = pageRow(id);
      if (isPublic === true) continue;
      await visit(page, path);
      seen += await hostileTexts(page);
      expect([path, faults]).toEqual([path, []]);
      for (const address of await singles(page, path)) {
        await visit(page, address);
        seen += await hostileTexts(page);
        expect([address, faults]).toEqual([address, []]);
      }
    }
    // They did get onto the pages.
    expect(seen).toBeGreaterThan(10);
    // The same check sees it when a text is run.
    await page.evaluate(() => Object.assign(window, { hacked: 1 }));
    await expect.poll(() => faults).toEqual(["console: a text was run"]);
    await sight.close();
  });

  /** How many hostile texts the page shows as what they are. */
  const hostileTexts = async (page: Page): Promise<number> => {
    const shown = (await page.locator("body").textContent()) ?? "";
    return HOSTILE_TEXTS.filter((text) => shown.includes(text)).length;
  };

  /** Addresses of single things that the list on the page leads to. */
  const singles = async (page: Page, path: string): Promise<string[]> => {
    const links = await page.$$eval("main a[href]", (all) =>
      all.map((one) => one.getAttribute("href") ?? ""),
    );
    const below = links.filter(
      (link) => path === "/" || (/^[/?]/.test(link.slice(path.length)) && link.startsWith(path)),
    );
    return [...new Set(below)].slice(0, OPENED);
  };
});

/** Calls; what the answer is does not matter, but a fault of ours does, and a busy door is knocked at again. */
async function post(url: string, token: string, body: Json, left = 50): Promise<void> {
  const headers = { authorization: `Bearer ${token}`, "content-type": "application/json" };
  const answer = await fetch(url, { method: "POST", headers, body: JSON.stringify(body) });
  await answer.text();
  if (answer.status === 404 || (answer.status >= 500 && answer.status !== 503))
    throw new Error(`${url} answered ${answer.status}`);
  if (![429, 503].includes(answer.status) || left === 0) return;
  const seconds = Number(answer.headers.get("retry-after") ?? 1);
  await new Promise((resolve) => setTimeout(resolve, seconds * 1000));
  await post(url, token, body, left - 1);
}
