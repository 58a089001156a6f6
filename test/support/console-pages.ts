// Pages of the console for tests that look at all of them: a page that is added is looked at without a line here.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Page } from "playwright-core";
import { PAGE_IDS, type PageId, pageRow } from "../../src/console/pages/registry.ts";
import { settled } from "./browser.ts";
import { ROOT } from "./server.ts";

/** Pages that have a screen, in the order of the registry: read from the table as text, since it imports the screens. */
export function builtPages(): PageId[] {
  const text = readFileSync(join(ROOT, "src", "console", "pages", "screens.ts"), "utf8");
  const named = new Set([...text.matchAll(/^ {2}(\w+): lazy\(/gm)].map((match) => match[1]));
  return PAGE_IDS.filter((id) => named.has(id));
}

/** Whether a page takes parameters. */
export function hasParameters(id: PageId): boolean {
  return pageRow(id).path.includes(":");
}

/** Views of pages beside their first, as they stand in the address. */
const VIEWS: Partial<Record<PageId, readonly string[]>> = {
  promotions: ["view=board", "view=templates", "view=versions"],
  numbers: ["view=branches", "view=causes", "view=team", "view=comparison"],
  alerts: ["view=rules", "view=destinations", "view=digest"],
  catalogue: ["view=imports"],
  webhooks: ["view=catalogue"],
  deskSettings: ["templates", "rules", "budgets", "places", "views", "words"].map((tab) => `tab=${tab}`),
};

/** Addresses of a page's views, the first view first. */
export function viewsOf(id: PageId, address: string): string[] {
  return [address, ...(VIEWS[id] ?? []).map((view) => `${address}?${view}`)];
}

/**
 * The address of a page. One with parameters is found as a person finds it: by a link of the page that it belongs to.
 * Null when no link leads to it.
 */
export async function addressOf(page: Page, id: PageId): Promise<string | null> {
  const { path, under } = pageRow(id);
  if (!hasParameters(id)) return path;
  if (under === undefined) return null;
  const above = await addressOf(page, under as PageId);
  if (above === null) return null;
  const pattern = new RegExp(`^${path.replaceAll(/:\w+/g, "[^/?#]+")}(?=[?#]|$)`);
  for (const place of viewsOf(under as PageId, above)) {
    await page.goto(place);
    await settled(page);
    const links = await page.$$eval("main a[href]", (all) =>
      all.map((one) => one.getAttribute("href") ?? ""),
    );
    const found = links.find((link) => pattern.test(link));
    if (found !== undefined) return found;
  }
  return null;
}
