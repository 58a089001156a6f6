// A real browser on a real server: one person signed in, and everything that must never happen collected while they look.
import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { type Browser, type BrowserContext, chromium, type Page } from "playwright-core";
import { fillCarts } from "./console-carts.ts";
import { ORDINARY_FEEDBACK, tellFeedback } from "./console-feedback.ts";
import { fillOrders } from "./console-orders.ts";
import {
  CREDENTIALS,
  childEnvironment,
  ROOT,
  type ServerPlace,
  type ServerProcess,
  serverPlace,
  startServer,
} from "./server.ts";

const CHROMIUM = process.env["PRILAVOK_TEST_CHROMIUM"] ?? "/usr/bin/chromium";

/** Whether there is a browser. With PRILAVOK_TEST_NO_SKIPS nothing is skipped: a missing browser fails the tests. */
export const hasBrowser = existsSync(CHROMIUM) || process.env["PRILAVOK_TEST_NO_SKIPS"] === "1";

/** Longest wait for anything on a page, ms: a busy machine is slow, a missing thing does not come. */
const WAIT_MS = 20_000;

/** The first administrator of a test. */
export const OWNER = { login: "anna", name: "Анна Ильина", password: "лошадь батарея скрепка" } as const;

/** How somebody looks at the console. */
export interface Look {
  readonly language: "ru" | "en";
  readonly theme: "light" | "dark";
  readonly width: number;
  readonly height: number;
}

/** The usual look. */
export const LOOK: Look = { language: "ru", theme: "light", width: 1280, height: 800 };

/** A page that is watched. */
export interface Sight {
  readonly page: Page;
  readonly context: BrowserContext;
  /** Errors of the page, refused content, calls to other hosts, answers 5xx: empty when all is well. */
  readonly faults: string[];
  close(): Promise<void>;
}

/** A server with goods and an administrator, and a browser. */
export interface ConsoleWorld {
  readonly url: string;
  readonly server: ServerProcess;
  readonly place: ServerPlace;
  /** The one-time link that the server printed, used or not. */
  readonly firstLink: string;
  /** A page of somebody who is not signed in. */
  stranger(look?: Partial<Look>): Promise<Sight>;
  /** A page of the administrator. */
  owner(look?: Partial<Look>): Promise<Sight>;
  close(): Promise<void>;
}

/** Builds the console if it is missing or stale. */
export function buildConsole(): void {
  const run = spawnSync(process.execPath, [join(ROOT, "deploy", "console.ts")], { encoding: "utf8" });
  if (run.status !== 0) throw new Error(`the console was not built:\n${run.stdout}${run.stderr}`);
}

/** Starts a server and a browser. `shop` imports the demo world's goods, promotions and members first. */
export async function consoleWorld(
  options: {
    readonly engine?: "sqlite" | "postgres";
    readonly hasShop?: boolean;
    /** Fills the empty place before the server starts: a database file has one owner. */
    readonly fill?: (place: ServerPlace) => Promise<unknown>;
    readonly environment?: Readonly<Record<string, string>>;
  } = {},
): Promise<ConsoleWorld> {
  buildConsole();
  const place = await serverPlace(options.engine ?? "sqlite", { ...options.environment });
  await options.fill?.(place);
  const server = await startServer(place);
  const firstLink = await printedLink(server);
  if (options.hasShop) {
    importShop(place);
    await make(server.url, "tokens", { label: "Склад", scopes: ["orders:read"] });
    await make(server.url, "webhooks", HOOK);
    await tellFeedback(server.url, ORDINARY_FEEDBACK);
    await fillCarts(server.url);
    await fillOrders(server.url);
    await beginDraft(server.url);
  }
  const browser = await openBrowser();
  let cookie: string | null = null;
  const stranger = (look: Partial<Look> = {}): Promise<Sight> =>
    sightOf(browser, server.url, { ...LOOK, ...look });
  return {
    url: server.url,
    server,
    place,
    firstLink,
    stranger,
    owner: async (look = {}) => {
      cookie ??= await signInOwner(server.url, firstLink);
      return withCookie(await stranger(look), server.url, cookie);
    },
    close: async () => {
      await browser.close();
      await server.stop();
      await place.remove();
    },
  };
}

/** Starts the browser. */
export function openBrowser(): Promise<Browser> {
  return chromium.launch({
    executablePath: CHROMIUM,
    // Chromium's sandbox does not start for root.
    args: process.getuid?.() === 0 ? ["--no-sandbox"] : [],
  });
}

/** Signs the person of a sight in. */
export async function withCookie(sight: Sight, url: string, value: string): Promise<Sight> {
  const domain = new URL(url).hostname;
  await sight.context.addCookies([
    { name: "__Host-prilavok", value, domain, path: "/", secure: true, httpOnly: true, sameSite: "Lax" },
  ]);
  return sight;
}

/** Waits for the link that a first start prints. */
async function printedLink(server: ServerProcess): Promise<string> {
  for (let turn = 0; turn < 100; turn += 1) {
    const match = /\/welcome#(\S+)/.exec(server.printed());
    if (match?.[1] !== undefined) return match[1];
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error(`no link was printed:\n${server.printed()}`);
}

function importShop(place: ServerPlace): void {
  const argv = [join(ROOT, "bin", "prilavok.js"), "import", "world", join(ROOT, "examples", "demo-world")];
  const run = spawnSync(process.execPath, argv, {
    cwd: ROOT,
    encoding: "utf8",
    env: childEnvironment(place.environment),
  });
  if (run.status !== 0) throw new Error(`the shop was not imported:\n${run.stdout}${run.stderr}`);
}

/** An endpoint that nobody listens at. */
const HOOK = { url: "http://127.0.0.1:9/hook", label: "Касса", kinds: ["*"], allow: ["127.0.0.1"] };

/** Makes something by the API, so that its list is not empty. */
async function make(url: string, path: string, body: object): Promise<void> {
  const answer = await fetch(`${url}/api/v1/${path}`, {
    method: "POST",
    headers: {
      authorization: `Bearer ${CREDENTIALS.apiToken}`,
      "content-type": "application/json",
      "idempotency-key": `first-${path}`,
    },
    body: JSON.stringify(body),
  });
  if (!answer.ok) throw new Error(`nothing was made of ${path}: ${await answer.text()}`);
}

/** So that there is a draft of the rules to open. */
async function beginDraft(url: string): Promise<void> {
  const answer = await fetch(`${url}/api/v1/promotion-drafts`, {
    method: "POST",
    headers: {
      authorization: `Bearer ${CREDENTIALS.apiToken}`,
      "content-type": "application/json",
      "idempotency-key": "draft",
    },
    body: JSON.stringify({ name: "Декабрь" }),
  });
  if (!answer.ok) throw new Error(`no draft was begun: ${await answer.text()}`);
}

/** The cookie that an answer of the session's calls sets. */
export async function cookieOf(answer: Response): Promise<string> {
  const cookie = /__Host-prilavok=([^;]+)/.exec(answer.headers.get("set-cookie") ?? "")?.[1];
  if (cookie === undefined) throw new Error(`nobody signed in: ${answer.status} ${await answer.text()}`);
  return cookie;
}

/** Makes the administrator by the first link, or signs them in when they exist; gives the cookie's value. */
async function signInOwner(url: string, link: string): Promise<string> {
  const send = (path: string, body: unknown): Promise<Response> =>
    fetch(`${url}/api/v1${path}`, {
      method: "POST",
      headers: { "content-type": "application/json", origin: url },
      body: JSON.stringify(body),
    });
  const { login, name, password } = OWNER;
  const made = await send("/session/link", { link, login, name, password });
  return cookieOf(made.ok ? made : await send("/session", { login, password }));
}

/** A page of nobody in particular that is watched. */
export async function sightOf(browser: Browser, url: string, look: Look): Promise<Sight> {
  const context = await browser.newContext({
    viewport: { width: look.width, height: look.height },
    colorScheme: look.theme,
    locale: look.language === "ru" ? "ru-RU" : "en-GB",
    baseURL: url,
  });
  context.setDefaultTimeout(WAIT_MS);
  const page = await context.newPage();
  const faults: string[] = [];
  page.on("pageerror", (error) => faults.push(`error: ${error.message}`));
  page.on("console", (message) => {
    const isAsked =
      /status of 4\d\d/.test(message.text()) && message.location().url.includes("/api/v1/session");
    if (["error", "warning"].includes(message.type()) && !isAsked) faults.push(`console: ${message.text()}`);
  });
  page.on("request", (request) => {
    const to = new URL(request.url());
    if (!["data:", "blob:"].includes(to.protocol) && to.origin !== new URL(url).origin)
      faults.push(`another host: ${to.origin}`);
  });
  page.on("response", (answer) => {
    if (answer.status() >= 500) faults.push(`${answer.status()}: ${answer.url()}`);
  });
  return { page, context, faults, close: () => context.close() };
}

/** Opens an address and waits until nothing is on its way and no skeleton stands. */
export async function visit(page: Page, path: string): Promise<void> {
  await page.goto(path);
  await settled(page);
}

/** Waits until the page stands still. */
export async function settled(page: Page): Promise<void> {
  await page.waitForSelector("h1");
  await page.waitForFunction(() => document.querySelector(".mantine-Skeleton-root") === null);
  await page.evaluate(() => document.fonts.ready);
}
