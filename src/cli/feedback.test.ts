// `feedback list` and `token`: what they print and how they end.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { commands, runFromTerminal } from "./index.ts";

const folder = mkdtempSync(join(tmpdir(), "prilavok-cli-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function run(...argv: string[]): Promise<{ code: number; out: string[]; error: string[] }> {
  const out: string[] = [];
  const error: string[] = [];
  const environment = { PRILAVOK_DATA_DIR: folder, PRILAVOK_SECRET_KEY: "pepper" };
  const terminal = {
    folder,
    isTerminal: false,
    environment,
    print: (text: string) => out.push(text),
    complain: (text: string) => error.push(text),
  };
  return { code: await runFromTerminal(argv, terminal, commands), out, error };
}

test("a list without records says so, and is an empty list as JSON", async () => {
  expect(await run("feedback", "list")).toMatchObject({ code: 0, out: ["Nothing matches."] });
  expect(await run("feedback", "list", "--json", "--source", "yandex-eats")).toMatchObject({
    code: 0,
    out: ["[]"],
  });
  expect((await run("feedback", "list", "--limit", "0")).code).toBe(2);
});

test("a token is made, listed without itself, revoked once", async () => {
  const made = JSON.parse(
    (await run("token", "create", "--scopes", "feedback:read", "--days", "3", "--json")).out[0] as string,
  );
  expect(made.token).toMatch(/^pra_/);
  const listed = (await run("token", "list", "--json")).out.join();
  expect(JSON.parse(listed)).toMatchObject([{ id: made.id, scopes: ["feedback:read"] }]);
  expect(listed).not.toContain(made.token);
  expect(JSON.parse((await run("token", "revoke", made.id, "--json")).out[0] as string)).toEqual({
    isRevoked: true,
  });
  expect((await run("token", "revoke", made.id)).out.join()).toContain("Nothing to do");
  for (const wrong of [["--scopes", "everything"], ["--scopes", "all", "--days", "0"], []]) {
    expect((await run("token", "create", ...wrong)).code).toBe(2);
  }
});
