// Pages of somebody else, in the browser of somebody who is signed in: nothing they send changes anything, nothing is framed.
import { createServer, request as forward, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type ConsoleWorld, consoleWorld, hasBrowser, type Sight } from "../../support/browser.ts";

/** What a page of somebody else tries to write, as a body that passes for JSON. */
const body = (name: string): string => JSON.stringify({ name, note: "=" });

/** A page that can do to the shop at `to` what pages can do, on a port of its own. */
function strangersPage(): Server {
  return createServer((_, response) => {
    response.setHeader("content-type", "text/html; charset=utf-8");
    response.end("<!doctype html><title>A prize</title><h1>A prize</h1>");
  });
}

/**
 * The shop without its defence, the mutant: whatever comes is passed on as if the console itself had sent it, with the
 * proof that only the console has, and what forbids frames is taken from the answers.
 */
function carelessShop(url: string, csrf: () => string): Server {
  return createServer((request, response) => {
    const headers: NodeJS.Dict<string | string[]> = {
      ...request.headers,
      "sec-fetch-site": "same-origin",
      "x-csrf": csrf(),
    };
    if (request.method === "POST") headers["content-type"] = "application/json";
    delete headers["origin"];
    const passed = forward(
      new URL(request.url ?? "/", url),
      { method: request.method, headers: { ...headers, host: new URL(url).host } },
      (answer) => {
        const kept = Object.entries(answer.headers).filter(
          ([name]) => !["content-security-policy", "x-frame-options"].includes(name),
        );
        response.writeHead(answer.statusCode ?? 502, Object.fromEntries(kept));
        answer.pipe(response);
      },
    );
    request.pipe(passed);
  });
}

async function listening(server: Server): Promise<number> {
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return (server.address() as AddressInfo).port;
}

/** Sends the same wish in every way a page can send something without being asked whether it may. */
async function attack(page: Page, shop: string, mark: string): Promise<void> {
  const asked = new Promise<void>((resolve) => {
    page.context().on("response", (answer) => {
      if (answer.request().isNavigationRequest() && answer.url().startsWith(`${shop}/api/`)) resolve();
    });
  });
  await page.evaluate(
    async ({ to, texts }) => {
      const [byFetch, byJson, byBeacon, byForm] = texts as [string, string, string, string];
      const plain = { "content-type": "text/plain" };
      const wish = { method: "POST", credentials: "include" } as const;
      await fetch(to, { ...wish, mode: "no-cors", headers: plain, body: byFetch }).catch(() => null);
      await fetch(to, { ...wish, headers: { "content-type": "application/json" }, body: byJson }).catch(
        () => null,
      );
      navigator.sendBeacon(to, new Blob([byBeacon], { type: "text/plain" }));
      const form = document.createElement("form");
      const [before, after] = byForm.split("=") as [string, string];
      form.method = "post";
      form.action = to;
      form.enctype = "text/plain";
      const field = document.createElement("input");
      field.name = before;
      field.value = after;
      form.append(field);
      document.body.append(form);
      form.submit();
    },
    {
      to: `${shop}/api/v1/promotion-drafts`,
      texts: ["fetch", "json", "beacon", "form"].map((way) => body(`${mark} ${way}`)),
    },
  );
  await asked;
}

/** Whether the console stands in a frame of the page, and can be clicked there. */
async function isFramed(page: Page, shop: string): Promise<boolean> {
  const loaded = page.evaluate(
    (to) =>
      new Promise<void>((resolve) => {
        const frame = document.createElement("iframe");
        frame.onload = () => resolve();
        frame.src = to;
        document.body.append(frame);
      }),
    `${shop}/tokens`,
  );
  await loaded;
  const frame = page.frames().find((one) => one !== page.mainFrame());
  if (frame === undefined || !frame.url().startsWith(shop)) return false;
  return (await frame.locator("#root, body").count()) > 0;
}

describe.skipIf(!hasBrowser)("a page of somebody else", () => {
  const stranger = strangersPage();
  let csrf = "";
  let world: ConsoleWorld;
  let sight: Sight;
  let careless: Server;
  let port = 0;
  let carelessUrl = "";
  beforeAll(async () => {
    port = await listening(stranger);
    world = await consoleWorld();
    sight = await world.owner();
    const me = await sight.context.request.get(`${world.url}/api/v1/session`);
    ({ csrf } = (await me.json()) as { csrf: string });
    careless = carelessShop(world.url, () => csrf);
    carelessUrl = `http://127.0.0.1:${await listening(careless)}`;
  }, 240_000);
  afterAll(async () => {
    await sight?.close();
    await world?.close();
    for (const server of [stranger, careless]) server?.close();
  });

  const drafts = async (): Promise<string[]> => {
    const answer = await sight.context.request.get(`${world.url}/api/v1/promotion-drafts`);
    expect(answer.status()).toBe(200);
    return ((await answer.json()) as { items: { name: string }[] }).items.map(({ name }) => name).sort();
  };
  const signedInAt = async (host: string): Promise<Page> => {
    const page = await sight.context.newPage();
    await page.goto(`http://${host}:${port}/`);
    return page;
  };

  test.each([
    ["of the same site, to which the cookie is sent", "127.0.0.1"],
    ["of another site", "localhost"],
  ])("%s, changes nothing and frames nothing", async (_, host) => {
    expect(await isFramed(await signedInAt(host), world.url)).toBe(false);
    await attack(await signedInAt(host), world.url, host);
    expect(await drafts()).toEqual([]);
  });

  test("would write in all but one of these ways, and frame, if the shop did not look", async () => {
    expect(await isFramed(await signedInAt("127.0.0.1"), carelessUrl)).toBe(true);
    await attack(await signedInAt("127.0.0.1"), carelessUrl, "mutant");
    // A body that says it is JSON is asked about first, by the browser itself.
    expect(await drafts()).toEqual(["mutant beacon", "mutant fetch", "mutant form"]);
  });
});
