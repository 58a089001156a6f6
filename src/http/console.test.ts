// The console as files: its policy, its nonce, its cache, its compressed twins, and what it leaves to others.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { brotliCompressSync, brotliDecompressSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { echoFace } from "../../test/support/echo-face.ts";
import { readConsole } from "./console.ts";
import { createLog } from "./log.ts";
import { createMetrics } from "./metrics.ts";
import { buildServer } from "./server.ts";

const SCRIPT = `export const text = ${JSON.stringify("прилавок ".repeat(200))};`;
const PAGE = '<meta name="style-nonce" content="__NONCE__"><meta name="shop-zone" content="__ZONE__">';

function serverOf(folder: string) {
  return buildServer({
    log: createLog("silent", false, () => undefined),
    metrics: createMetrics(),
    faces: [echoFace()],
    console: readConsole(folder, "Asia/Omsk"),
    trustProxy: [],
    limits: { eventLoopDelayMs: 3_600_000, memoryBytes: Number.MAX_SAFE_INTEGER },
    readiness: { isServing: () => true, pingDatabase: async () => undefined, writersWaiting: () => 0 },
  });
}

describe("a built console", () => {
  const folder = mkdtempSync(join(tmpdir(), "prilavok-console-"));
  let app: ReturnType<typeof serverOf>;
  beforeAll(() => {
    mkdirSync(join(folder, "assets"));
    writeFileSync(join(folder, "index.html"), PAGE);
    writeFileSync(join(folder, "addresses.json"), '["people","echo"]');
    writeFileSync(join(folder, "assets", "index-1.js"), SCRIPT);
    writeFileSync(join(folder, "assets", "index-1.js.br"), brotliCompressSync(SCRIPT));
    app = serverOf(folder);
  });
  afterAll(async () => {
    await app.close();
    rmSync(folder, { recursive: true, force: true });
  });

  test.each(["/", "/people", "/people/some-id", "/people/some-id/more?tab=x"])(
    "answers %s with the page",
    async (url) => {
      const { statusCode, headers, body } = await app.inject(url);
      expect(statusCode).toBe(200);
      expect(headers["content-type"]).toBe("text/html; charset=utf-8");
      expect(headers["cache-control"]).toBe("no-store");
      expect(headers["x-frame-options"]).toBe("DENY");
      const policy = String(headers["content-security-policy"]);
      expect(policy).toMatch(/^default-src 'none'; script-src 'self'; /);
      expect(policy).toContain("frame-ancestors 'none'");
      expect(policy).not.toMatch(/unsafe|\*|https?:/);
      const nonce = /'nonce-([\w-]{22})'/.exec(policy)?.[1];
      expect(body).toBe(PAGE.replace("__NONCE__", String(nonce)).replace("__ZONE__", "Asia/Omsk"));
    },
  );

  test("gives every answer a nonce of its own", async () => {
    const policies = await Promise.all(
      Array.from({ length: 20 }, async () => (await app.inject("/")).headers["content-security-policy"]),
    );
    expect(new Set(policies).size).toBe(20);
  });

  test("sends an asset compressed to who takes it, and to be kept for a year", async () => {
    const { headers, rawPayload } = await app.inject({
      url: "/assets/index-1.js",
      headers: { "accept-encoding": "gzip, deflate, br" },
    });
    expect(headers["content-encoding"]).toBe("br");
    expect(headers["cache-control"]).toBe("public, max-age=31536000, immutable");
    expect(headers["vary"]).toBe("accept-encoding");
    expect(headers["x-content-type-options"]).toBe("nosniff");
    expect(headers["content-type"]).toBe("text/javascript; charset=utf-8");
    expect(brotliDecompressSync(rawPayload).toString()).toBe(SCRIPT);
    expect(rawPayload.length).toBeLessThan(SCRIPT.length / 4);
  });

  test.each([undefined, "gzip", "br;q=0", "zebra", "BROWSER"])("sends it plain to %s", async (wish) => {
    const headers = wish === undefined ? {} : { "accept-encoding": wish };
    const answer = await app.inject({ url: "/assets/index-1.js", headers });
    expect(answer.headers["content-encoding"]).toBeUndefined();
    expect(answer.body).toBe(SCRIPT);
  });

  test.each([
    "/assets/nothing.js",
    "/assets/..%2findex.html",
    "/assets/index-1.js.br",
    "/nowhere",
    "/peopleless",
  ])("has nothing at %s", async (url) => {
    const answer = await app.inject(url);
    expect(answer.statusCode).toBe(404);
    expect(answer.headers["content-type"]).toContain("application/problem+json");
    expect(answer.json()).toMatchObject({ status: 404, code: "not_found" });
    expect(answer.headers["cache-control"]).toBe("no-store");
  });

  test("leaves a vendor's base path to the vendor, whatever a page is called", async () => {
    const answer = await app.inject("/echo/nothing");
    expect(answer.statusCode).toBe(404);
    expect(answer.headers["content-type"]).not.toContain("html");
  });

  test("changes nothing by its addresses: other methods are refused", async () => {
    const answer = await app.inject({ method: "POST", url: "/people", payload: "{}" });
    expect([answer.statusCode, answer.headers["allow"]]).toEqual([405, "GET"]);
  });
});

test("without a built console the front door leads to the page of the API", async () => {
  const app = serverOf(join(tmpdir(), "prilavok-no-console"));
  const answer = await app.inject("/");
  expect([answer.statusCode, answer.headers["location"]]).toEqual([302, "/api/docs"]);
  await app.close();
});
