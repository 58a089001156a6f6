// People of some outlets: whatever stands in their rail opens without a refusal, and what does not tells why.
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { pageRow } from "../../../src/console/pages/registry.ts";
import { enWords } from "../../../src/console/words/en/all.ts";
import { ruWords } from "../../../src/console/words/ru/all.ts";
import {
  type ConsoleWorld,
  consoleWorld,
  cookieOf,
  hasBrowser,
  type Sight,
  settled,
  visit,
  withCookie,
} from "../../support/browser.ts";
import { addressOf, builtPages } from "../../support/console-pages.ts";
import { CREDENTIALS } from "../../support/server.ts";

/** Roles that stand in an outlet, with the pages of their rails. */
const OWN = ["/", "/promotions", "/codes", "/calculations", "/playground", "/orders", "/catalogue"];
const RAILS = {
  branch_manager: [...OWN, "/customers", "/desk", "/numbers", "/alerts"],
  viewer: [...OWN, "/desk", "/numbers", "/alerts"],
  marketer: [...OWN, "/customers", "/desk", "/numbers", "/alerts"],
  loyalty_manager: [...OWN, "/customers", "/desk", "/numbers", "/alerts"],
} as const;
type SetRole = keyof typeof RAILS;

const WORDS = { ru: ruWords, en: enWords } as const;

describe.skipIf(!hasBrowser)("people of some outlets", () => {
  let world: ConsoleWorld;
  let outletId = "";

  beforeAll(async () => {
    world = await consoleWorld({ hasShop: true });
    const answer = (await ask("GET", "/outlets")) as { items: { id: string }[] };
    outletId = answer.items[0]?.id ?? "";
  }, 300_000);
  afterAll(() => world.close());

  async function ask(method: string, path: string, body?: unknown): Promise<unknown> {
    const answer = await fetch(`${world.url}/api/v1${path}`, {
      method,
      headers: { authorization: `Bearer ${CREDENTIALS.apiToken}`, "content-type": "application/json" },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${await answer.text()}`);
    return answer.json();
  }

  let count = 0;
  /** Somebody new of one outlet, signed in; `refused` collects the calls that were. */
  async function somebody(role: SetRole, language: "ru" | "en"): Promise<Sight & { refused: string[] }> {
    count += 1;
    const login = `${role}-${count}`;
    const { id } = (await ask("POST", "/people", { login, name: login, role, outlets: [outletId] })) as {
      id: string;
    };
    const { link } = (await ask("POST", `/people/${id}/link`, {})) as { link: string };
    const answer = await fetch(`${world.url}/api/v1/session/link`, {
      method: "POST",
      headers: { "content-type": "application/json", origin: world.url },
      body: JSON.stringify({ link, password: "лошадь батарея скрепка" }),
    });
    const sight = await withCookie(await world.stranger({ language }), world.url, await cookieOf(answer));
    const refused: string[] = [];
    sight.page.on("response", (one) => {
      if (one.status() === 403) refused.push(new URL(one.url()).pathname);
    });
    return { ...sight, refused };
  }

  const cases = (Object.keys(RAILS) as SetRole[]).flatMap((role) =>
    (["ru", "en"] as const).map((language) => ({ role, language })),
  );
  test.each(cases)(
    "$role, $language: every page of the rail opens without a refusal",
    {
      timeout: 240_000,
    },
    async ({ role, language }) => {
      const sight = await somebody(role, language);
      const { page, refused, faults } = sight;
      await visit(page, "/");
      const words = WORDS[language].shell as { pages: string };
      const rail = page.getByRole("navigation", { name: words.pages });
      const paths = await rail
        .locator("ul a")
        .evaluateAll((links) => links.map((one) => one.getAttribute("href")));
      expect(paths.toSorted()).toEqual([...RAILS[role]].toSorted());
      for (const path of RAILS[role]) {
        await rail.locator(`a[href="${path}"]`).last().click();
        await settled(page);
        await page.waitForLoadState("networkidle");
        expect([path, refused, await page.getByRole("alert").count()]).toEqual([path, [], 0]);
      }
      expect(faults).toEqual([]);
      await sight.close();
    },
  );

  test("pages that stand behind those of the rail open without a refusal, too", {
    timeout: 240_000,
  }, async () => {
    const sight = await somebody("branch_manager", "en");
    const { page, refused, faults } = sight;
    const opened: string[] = [];
    for (const id of builtPages()) {
      const { group, isOfAll = false, isPublic = false } = pageRow(id);
      if (group !== undefined || isPublic || isOfAll) continue;
      const path = await addressOf(page, id);
      if (path === null) continue;
      await visit(page, path);
      await page.waitForLoadState("networkidle");
      opened.push(id);
      expect([id, refused, await page.getByRole("alert").count()]).toEqual([id, [], 0]);
    }
    for (const tab of ["templates", "rules", "budgets", "places", "views", "words"]) {
      await visit(page, `/desk/settings?tab=${tab}`);
      await page.waitForLoadState("networkidle");
      expect([tab, refused]).toEqual([tab, []]);
    }
    expect(opened).toEqual(expect.arrayContaining(["promotion", "promotionDraft", "offer", "deskSettings"]));
    expect(faults).toEqual([]);
    await sight.close();
  });

  test.each(["ru", "en"] as const)(
    "%s: what is for all outlets says so, and is not found",
    {
      timeout: 120_000,
    },
    async (language) => {
      const sight = await somebody("branch_manager", language);
      const { page, refused, faults } = sight;
      const { pages, parts } = WORDS[language] as unknown as {
        pages: Record<string, string>;
        parts: { noScope: { outlets: string } };
      };
      await visit(page, "/loyalty");
      await page.getByText(parts.noScope.outlets).waitFor();
      await page.keyboard.press("Control+k");
      await page
        .getByRole("dialog")
        .getByText(pages["catalogue"] as string, { exact: true })
        .waitFor();
      expect(
        await page
          .getByRole("dialog")
          .getByText(pages["loyalty"] as string, { exact: true })
          .count(),
      ).toBe(0);
      expect([refused, faults]).toEqual([[], []]);
      await sight.close();
    },
  );

  test.each(["ru", "en"] as const)(
    "%s: a customer at the counter is found by the exact id, and no list is shown",
    {
      timeout: 120_000,
    },
    async (language) => {
      const { customers } = WORDS[language] as unknown as { customers: Record<string, string> };
      const listed = (await ask("GET", "/customers?limit=1")) as { items: { id: string }[] };
      const id = listed.items[0]?.id ?? "";
      const sight = await somebody("branch_manager", language);
      const { page, refused, faults } = sight;
      await visit(page, "/customers");
      await page.getByText(customers["exact"] as string).waitFor();
      expect(await page.getByRole("table").count()).toBe(0);
      const field = page.getByLabel(customers["search"] as string);
      await field.fill(id.slice(0, -1));
      await field.press("Enter");
      await page.getByText(customers["notFound"] as string).waitFor();
      await field.fill(id);
      await field.press("Enter");
      await page.waitForURL(`**/customers/${encodeURIComponent(id)}`);
      await settled(page);
      await page.waitForLoadState("networkidle");
      // The first try names nobody, and says so in the browser's console.
      expect([refused, faults.filter((fault) => !/status of 404/.test(fault))]).toEqual([[], []]);
      await sight.close();
    },
  );
});
