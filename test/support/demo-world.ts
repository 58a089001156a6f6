// The demo as a newcomer runs it, in a folder of its own: its API, and a browser in front of its console.
import { spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Browser } from "playwright-core";
import {
  buildConsole,
  cookieOf,
  LOOK,
  type Look,
  openBrowser,
  type Sight,
  sightOf,
  withCookie,
} from "./browser.ts";
import { ROOT } from "./server.ts";

/** A demo that serves. */
export interface DemoWorld {
  readonly url: string;
  /** Reads a path of the management API; with a body, asks by POST. */
  read<Answer>(path: string, body?: object): Promise<Answer>;
  /** A page of whoever opened the printed link. */
  owner(look?: Partial<Look>): Promise<Sight>;
  /** A page of somebody who is not signed in. */
  stranger(look?: Partial<Look>): Promise<Sight>;
  close(): Promise<void>;
}

/** Starts it and waits for its last line. */
export async function startDemo(): Promise<DemoWorld> {
  buildConsole();
  const folder = mkdtempSync(join(tmpdir(), "prilavok-demo-"));
  const argv = [join(ROOT, "bin", "prilavok.js"), "demo", "--port", "0"];
  const child = spawn(process.execPath, argv, { cwd: folder, stdio: ["ignore", "pipe", "pipe"] });
  const exited = new Promise<void>((resolve) => child.once("close", () => resolve()));
  let printed = "";
  const whole = new Promise<void>((resolve, reject) => {
    const take = (chunk: Buffer): void => {
      printed += chunk.toString("utf8");
      if (/^curl -s /m.test(printed)) resolve();
    };
    child.stdout.on("data", take);
    child.stderr.on("data", take);
    child.once("close", () => reject(new Error(`the demo ended:\n${printed}`)));
  });
  await whole;
  const found = (pattern: RegExp): string => pattern.exec(printed)?.[1] ?? "";
  const url = found(/listens on (\S+)/);
  const token = found(/API token:\s+(\S+)/);
  const link = found(/\/welcome#(\S+)/);
  let browser: Browser | null = null;
  let cookie: string | null = null;
  return {
    url,
    read: async <Answer>(path: string, body?: object) => {
      const answer = await fetch(`${url}/api/v1${path}`, {
        headers: { authorization: `Bearer ${token}`, "content-type": "application/json" },
        ...(body === undefined ? {} : { method: "POST", body: JSON.stringify(body) }),
      });
      if (!answer.ok) throw new Error(`${path} was answered ${answer.status}: ${await answer.text()}`);
      return (await answer.json()) as Answer;
    },
    owner: async (look = {}) => {
      browser ??= await openBrowser();
      cookie ??= await useLink(url, link);
      return withCookie(await sightOf(browser, url, { ...LOOK, ...look }), url, cookie);
    },
    stranger: async (look = {}) => {
      browser ??= await openBrowser();
      return sightOf(browser, url, { ...LOOK, ...look });
    },
    close: async () => {
      await browser?.close();
      child.kill("SIGTERM");
      await exited;
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

async function useLink(url: string, link: string): Promise<string> {
  return cookieOf(
    await fetch(`${url}/api/v1/session/link`, {
      method: "POST",
      headers: { "content-type": "application/json", origin: url },
      body: JSON.stringify({ link, password: "лошадь батарея скрепка" }),
    }),
  );
}
