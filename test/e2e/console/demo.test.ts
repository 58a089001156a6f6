// The demo has a story to find: by its numbers one place went bad, one promotion loses money, and everything has something in it.
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { pageRow } from "../../../src/console/pages/registry.ts";
import { ruWords } from "../../../src/console/words/ru/all.ts";
import { flattened } from "../../../src/console/words.ts";
import { hasBrowser, visit } from "../../support/browser.ts";
import { addressOf, builtPages, viewsOf } from "../../support/console-pages.ts";
import { type DemoWorld, startDemo } from "../../support/demo-world.ts";

/** Texts that say that there is nothing, by the names of their keys. */
function textsOfNothing(words: Record<string, unknown>, path = ""): string[] {
  return Object.entries(words).flatMap(([key, value]) => {
    const here = path === "" ? key : `${path}.${key}`;
    if (typeof value !== "string") return textsOfNothing(value as Record<string, unknown>, here);
    return /^(empty|none|nothing|never|no[A-Z])/.test(key) && !isOrdinary(here) ? [value] : [];
  });
}

/** What is said of single values, of choices, and of what a newcomer has not done yet. */
function isOrdinary(key: string): boolean {
  return /^(account|answers\.promo\.none|calculations\.noSteps|webhooks\.never|alerts\.(.*\.)?never|channels\.noFault|desk\.no(Text|Branch)|numbers\.(none|noValue|noToday|trend\.noAlarms)|promotions\..*noGroup|parts\..*nothing|desk\..*noReaction|orders\.|playground\.)/.test(
    key,
  );
}

interface Page<Item> {
  readonly items: readonly Item[];
  readonly nextCursor: string | null;
}

interface OrderWithLines {
  readonly status: string;
  readonly totalMinor: number;
  readonly promotions: readonly { readonly promotionId: string; readonly amountMinor: number }[];
}

interface Topic {
  readonly kind: "excess" | "not_enough";
  readonly branch: string | null;
  readonly topic: string;
}

interface Branch {
  readonly branchId: string | null;
  readonly attention: { readonly kind: string; readonly place?: number };
}

describe("the demo", () => {
  let demo: DemoWorld;
  beforeAll(async () => {
    demo = await startDemo();
  }, 600_000);
  afterAll(() => demo?.close());

  /** All entries of a list. */
  async function all<Item>(path: string): Promise<Item[]> {
    const items: Item[] = [];
    let cursor: string | null = null;
    do {
      const after: string = cursor === null ? "" : `&after=${encodeURIComponent(cursor)}`;
      const page: Page<Item> = await demo.read<Page<Item>>(`${path}?limit=100${after}`);
      items.push(...page.items);
      cursor = page.nextCursor;
    } while (cursor !== null);
    return items;
  }

  test("has one open alarm: of the place whose food comes late and cold", async () => {
    const { alarms } = await demo.read<{ alarms: { branchId: string; source: string }[] }>(
      "/desk/alarms?isOpen=true",
    );
    expect(alarms).toMatchObject([{ branchId: "zarechnaya-7", source: "yandex-eats" }]);
  });

  test("says why: there, and nowhere else, cold and late come up too often", async () => {
    const ask = { filter: "day:30d source:yandex-eats", sections: ["topics", "branches"] };
    const { topics, branches } = await demo.read<{ topics: Topic[]; branches: Branch[] }>(
      "/desk/numbers",
      ask,
    );
    const excesses = topics.filter(({ kind }) => kind === "excess");
    expect(new Set(excesses.map(({ branch }) => branch))).toEqual(new Set(["zarechnaya-7"]));
    expect(excesses.map(({ topic }) => topic).sort()).toEqual(["Опоздание", "Холодная еда"]);
    const first = branches.find(({ attention }) => attention.place === 1);
    expect(first).toMatchObject({ branchId: "zarechnaya-7" });
  });

  test("loses money with one promotion: it takes off more than its orders bring, and its budget is nearly spent", async () => {
    const heads = await all<{ id: string }>("/orders");
    const sums = new Map<string, { taken: number; brought: number }>();
    for (const { id } of heads) {
      const order = await demo.read<OrderWithLines>(`/orders/${id}`);
      if (order.status === "canceled") continue;
      for (const { promotionId, amountMinor } of order.promotions) {
        const sum = sums.get(promotionId) ?? { taken: 0, brought: 0 };
        sums.set(promotionId, { taken: sum.taken + amountMinor, brought: sum.brought + order.totalMinor });
      }
    }
    const ratios = [...sums].map(([id, { taken, brought }]) => [id, taken / brought] as const);
    const [worst, next] = ratios.sort(([, left], [, right]) => right - left);
    expect(worst?.[0]).toBe("coffee-clearance");
    expect(worst?.[1]).toBeGreaterThan(1);
    expect(next?.[1]).toBeLessThan(0.5);
    const board = await demo.read<{ items: { promotionId: string; usedShare: number | null }[] }>(
      "/promotion-board?order=discount",
    );
    expect(board.items[0]).toMatchObject({ promotionId: "coffee-clearance" });
    expect(board.items[0]?.usedShare).toBeGreaterThanOrEqual(0.9);
    const { attention } = await demo.read<{ attention: { kind: string; subject: string | null }[] }>(
      "/overview",
    );
    for (const kind of ["limit_near", "promotion_ending"])
      expect(attention).toContainEqual(expect.objectContaining({ kind, subject: "coffee-clearance" }));
  });

  test.skipIf(!hasBrowser)(
    "shows no empty list, tile or chart on any page",
    { timeout: 600_000 },
    async () => {
      const nothing = new Set(textsOfNothing(flattened(ruWords)));
      const { page, faults } = await demo.owner();
      const found: string[] = [];
      for (const id of builtPages().filter((one) => pageRow(one).isPublic !== true)) {
        const address = await addressOf(page, id);
        if (address === null) found.push(`no link leads to ${pageRow(id).path}`);
        else
          for (const place of viewsOf(id, address)) {
            await visit(page, place);
            const texts = await page.locator("main").locator("p, td, h2, h3, span").allTextContents();
            found.push(
              ...texts.filter((text) => nothing.has(text.trim())).map((text) => `${id} ${place}: ${text}`),
            );
          }
      }
      expect(found).toEqual([]);
      expect(faults).toEqual([]);
    },
  );
});
