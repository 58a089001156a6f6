// What travels until something is seen: the bytes as they go over the wire, headers too, measured in a real browser.
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type ConsoleWorld, consoleWorld, hasBrowser } from "../../support/browser.ts";

/** The promise: kilobytes (of 1000) until the first paint with content. */
const LIMIT = 320_000;

describe.skipIf(!hasBrowser)("the first paint", () => {
  let world: ConsoleWorld;
  beforeAll(async () => {
    world = await consoleWorld();
  }, 240_000);
  afterAll(() => world?.close());

  test.each([
    ["signed out", "/sign-in", "stranger"],
    ["signed in", "/", "owner"],
    ["deep inside", "/tokens", "owner"],
  ] as const)("takes at most 320 kB: %s", async (_name, path, who) => {
    const sight = await world[who]({ language: "ru" });
    const session = await sight.context.newCDPSession(sight.page);
    await session.send("Network.enable");
    let bytes = 0;
    const urls: string[] = [];
    session.on("Network.responseReceived", ({ response }) => urls.push(response.url));
    session.on("Network.loadingFinished", ({ encodedDataLength }) => {
      bytes += encodedDataLength;
    });
    await sight.page.goto(path);
    await sight.page.waitForSelector("h1");
    await sight.page.waitForFunction(() => performance.getEntriesByName("first-contentful-paint").length > 0);
    // Everything until the page's own heading stands: more than the first paint, never less.
    expect(bytes).toBeGreaterThan(50_000);
    expect(bytes).toBeLessThanOrEqual(LIMIT);
    // Home shows one: it is in the sum above all the same.
    expect(
      urls.some((url) => /\/plot-/.test(url)) && path !== "/",
      "charts travel only when one is shown",
    ).toBe(false);
    expect(urls.filter((url) => !url.startsWith(world.url))).toEqual([]);
    process.stdout.write(`${path}: ${Math.round(bytes / 1000)} kB in ${urls.length} answers\n`);
    await sight.close();
  });
});
