// What the README tells a newcomer to type is typed here, to a server that `npm start` runs.
import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { CREDENTIALS, ROOT, type ServerPlace, serverPlace } from "../support/server.ts";

/** Shell blocks that follow the mark <!-- executed -->. */
function executedBlocks(path: string): string[] {
  const text = readFileSync(join(ROOT, path), "utf8");
  return [...text.matchAll(/<!-- executed -->\n```sh\n([\s\S]*?)```/g)].map((match) => match[1] as string);
}

let place: ServerPlace;
let url = "";
let stop: () => Promise<number | null>;

beforeAll(async () => {
  place = await serverPlace("sqlite");
  const child = spawn("npm", ["start"], {
    cwd: ROOT,
    env: { ...process.env, ...place.environment },
    stdio: ["ignore", "pipe", "inherit"],
    detached: true,
  });
  const exited = new Promise<number | null>((resolve) => child.once("close", (code) => resolve(code)));
  // npm does not hand the signal on to what it runs, so the whole group is told.
  stop = async () => {
    process.kill(-(child.pid as number), "SIGTERM");
    return exited;
  };
  let printed = "";
  url = await new Promise<string>((resolve) => {
    child.stdout.on("data", (chunk: Buffer) => {
      printed += chunk.toString("utf8");
      const match = /listens on (http:\/\/\S+)/.exec(printed);
      if (match !== null) resolve(match[1] as string);
    });
  });
}, 60_000);

afterAll(async () => {
  await stop();
  await place.remove();
});

/** Runs a block in a shell of its own against the test's server; a failing command fails the block. */
async function run(block: string): Promise<string> {
  const text = block.replaceAll("http://127.0.0.1:8080", url);
  const child = spawn("bash", ["-euo", "pipefail", "-c", text], {
    cwd: ROOT,
    env: { ...process.env, ...place.environment, IRP_KEY: CREDENTIALS.irpKey },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let printed = "";
  child.stdout.on("data", (chunk: Buffer) => {
    printed += chunk.toString("utf8");
  });
  child.stderr.on("data", (chunk: Buffer) => {
    printed += chunk.toString("utf8");
  });
  const code = await new Promise<number | null>((resolve) => child.once("close", resolve));
  expect(code, printed).toBe(0);
  return printed;
}

test("goods, promotions and a key go in while the server runs, and a cart is priced", {
  timeout: 120_000,
}, async () => {
  const [setUp, calls, ...others] = executedBlocks("README.md");
  expect(others).toEqual([]);
  const made = await run(setUp as string);
  expect(made).toContain("11");
  expect(made).toMatch(/prk_[\w-]{43}/);
  const answered = await run(calls as string);
  expect(answered).toContain('"totalPrice":3301');
  expect(answered).toContain('{"success":true}');
});
