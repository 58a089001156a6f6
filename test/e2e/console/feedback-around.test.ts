// Around an item of the desk in a real browser: a colleague who has it open, suggested topics, the same customer, deliveries sent again.
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { enWords } from "../../../src/console/words/en/all.ts";
import { ruWords } from "../../../src/console/words/ru/all.ts";
import { type ConsoleWorld, consoleWorld, hasBrowser, visit } from "../../support/browser.ts";
import { apiOf, tellFeedback } from "../../support/console-feedback.ts";
import { CREDENTIALS } from "../../support/server.ts";

/** The colleague. */
const SECOND = { login: "boris", name: "Борис Орлов", password: "кактус оркестр подкова" };

const CUSTOMER = "buyer-1";

describe.skipIf(!hasBrowser).each(["sqlite", "postgres"] as const)("around feedback on %s", (engine) => {
  let world: ConsoleWorld;
  let crm: Server;
  const heard: string[] = [];
  const api = <Answer>(method: string, path: string, body?: object) =>
    apiOf<Answer>(world.url, method, path, body);

  /** An order of the known customer; gives its number in our system. */
  async function placed(uuid: string): Promise<string> {
    const answer = await fetch(`${world.url}/irp/orders`, {
      method: "POST",
      headers: { key: CREDENTIALS.irpKey, "content-type": "application/json" },
      body: JSON.stringify({
        orders: [
          {
            uuid,
            externalUserId: CUSTOMER,
            items: [{ configurationId: "1103", quantity: 1, price: 100 }],
          },
        ],
      }),
    });
    const { orders } = (await answer.json()) as { orders: { id?: string; publicId?: string }[] };
    const id = orders[0]?.id ?? orders[0]?.publicId;
    if (id === undefined) throw new Error(`no order was placed: ${JSON.stringify(orders)}`);
    return String(id);
  }

  beforeAll(async () => {
    crm = createServer((request, answer) => {
      heard.push(String(request.headers["webhook-id"]));
      request.resume().on("end", () => answer.writeHead(204).end());
    });
    await new Promise<void>((resolve) => crm.listen(0, "127.0.0.1", resolve));
    world = await consoleWorld({ engine, hasShop: true });
    await (await world.owner()).close();
    const { port } = crm.address() as AddressInfo;
    await api("POST", "/webhooks", {
      url: `http://127.0.0.1:${port}/crm`,
      label: "CRM",
      kinds: ["feedback.received"],
      allow: ["127.0.0.1"],
    });
    const { login, name } = SECOND;
    const person = await api<{ id: string }>("POST", "/people", {
      login,
      name,
      role: "agent",
      outlets: null,
    });
    const { link } = await api<{ link: string }>("POST", `/people/${person.id}/link`, {});
    await fetch(`${world.url}/api/v1/session/link`, {
      method: "POST",
      headers: { "content-type": "application/json", origin: world.url },
      body: JSON.stringify({ ...SECOND, link }),
    });
    const orders = [await placed("around-1"), await placed("around-2")];
    await tellFeedback(world.url, [
      { id: "ar-1", orderId: orders[0] ?? "", rating: 5, comment: "Спасибо, быстро" },
      { id: "ar-2", orderId: orders[1] ?? "", rating: 2, comment: "Суп остыл, забыли положить хлеб" },
    ]);
  }, 240_000);
  afterAll(async () => {
    await world?.close();
    crm?.close();
  });

  /** The colleague's browser, signed in by the form. */
  async function colleague(language: "ru" | "en") {
    const words = language === "ru" ? ruWords : enWords;
    const sight = await world.stranger({ language });
    await sight.page.goto("/");
    await sight.page.getByLabel(words.account.login, { exact: true }).fill(SECOND.login);
    await sight.page.locator("input[type=password]").fill(SECOND.password);
    await sight.page.keyboard.press("Enter");
    await sight.page.waitForSelector("nav");
    return sight;
  }

  test.each(["ru", "en"] as const)(
    "one sees the colleague, the customer and the deliveries (%s)",
    {
      timeout: 180_000,
    },
    async (language) => {
      const words = language === "ru" ? ruWords : enWords;
      const { items } = await api<{ items: { id: string; customerId: string }[] }>(
        "GET",
        `/desk/items?filter=${encodeURIComponent(`customer:${CUSTOMER} rating:1..2`)}`,
      );
      const id = items[0]?.id ?? "";
      const other = await colleague(language);
      await visit(other.page, `/desk/items/${id}`);
      const { page, faults, close } = await world.owner({ language });
      await visit(page, `/desk/items/${id}`);
      await page.getByText(words.desk.presence.open.replace("{{names}}", SECOND.name)).first().waitFor();

      // Suggested topics become set ones by one click.
      const cold = page.getByRole("button", {
        name: words.desk.work.accept.replace("{{word}}", words.desk.work.topics.cold),
      });
      await cold.click();
      await page
        .getByRole("button", {
          name: words.desk.work.takeOff.replace("{{word}}", words.desk.work.topics.cold),
        })
        .waitFor();
      expect(await cold.count()).toBe(0);
      await page
        .getByRole("button", {
          name: words.desk.work.accept.replace("{{word}}", words.desk.work.topics.missing),
        })
        .waitFor();

      // The same customer was content before.
      await page.locator("[data-same-customer]").getByText("Спасибо, быстро").waitFor();

      // What the shop's other system was told, sent again: under the same id.
      await page.locator("[data-told]").getByText(words.webhooks.result.delivered).first().waitFor();
      const before = heard.length;
      await page
        .getByRole("button", { name: words.desk.told.againTo.replace("{{name}}", "CRM"), exact: true })
        .click();
      await expect.poll(() => heard.length, { timeout: 20_000 }).toBe(before + 1);
      expect(heard.slice(0, before)).toContain(heard[before]);

      // In the list a dot tells of the colleague, too.
      await visit(page, "/desk?filter=rating%3A1..2");
      await page
        .getByRole("img", { name: words.desk.presence.open.replace("{{names}}", SECOND.name) })
        .waitFor();

      // And on the customer's own page stands all of it.
      await visit(page, `/customers/${CUSTOMER}`);
      const table = page.getByRole("table", { name: words.customers.feedback });
      await table.getByText("Суп остыл, забыли положить хлеб").click();
      await page.waitForURL(new RegExp(`/desk/items/${id}`));
      await page.locator("[data-same-customer]").waitFor();
      expect([...faults, ...other.faults]).toEqual([]);
      await api("POST", `/desk/items/${id}/work`, {
        version: (await api<{ item: { version: number } }>("GET", `/desk/items/${id}`)).item.version,
        changes: [{ kind: "word", of: "topic", word: words.desk.work.topics.cold, isOn: false }],
      });
      await other.close();
      await close();
    },
  );
});
