// `webhook …` as a person or a script uses it, on a real database in a temporary folder.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { typeAt } from "../../test/support/terminal.ts";

const folder = mkdtempSync(join(tmpdir(), "prilavok-webhook-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const run = (...argv: string[]) => typeAt(folder, ["webhook", ...argv]);
const URL_INSIDE = "http://10.1.2.3/hook";
const inside = ["--allow", "10.1.0.0/16"];

const create = async (...more: string[]): Promise<{ id: string; secret: string }> =>
  JSON.parse((await run("create", URL_INSIDE, "--kinds", "all", ...inside, "--json", ...more)).out);

test("an endpoint is made with a secret that is shown once, and stands in the list", async () => {
  expect((await run("list")).out).toMatch(/^There are no endpoints\./);
  const made = await run("create", URL_INSIDE, "--kinds", "order.placed, order.done", ...inside);
  expect(made.out).toMatch(/^whsec_\S{44}\nShown once\. Id [0-9a-f-]{36}\.\n$/);
  const { out } = await run("list");
  expect(out).toMatch(
    / {2}enabled {2}http:\/\/10\.1\.2\.3\/hook {2}.*order\.done order\.placed {2}0 waiting/,
  );
  const json = (await run("list", "--json")).out;
  expect(json + out).not.toMatch(/whsec_|secret"/i);
});

test("addresses and kinds are judged as the API judges them", async () => {
  for (const [url, ...more] of [
    ["http://shop.example/hook"],
    ["https://127.0.0.1/hook"],
    ["https://user:word@192.0.2.1/hook"],
    ["nonsense"],
    ["https://10.1.2.3/hook", "--allow", "not a range"],
  ] as const)
    expect((await run("create", url, "--kinds", "all", ...more)).code, url).toBe(2);
  expect(await run("create", URL_INSIDE, "--kinds", "order.eaten", ...inside)).toMatchObject({
    code: 2,
    error: expect.stringMatching(/^there is no kind of event order\.eaten: /),
  });
  expect((await run("create", URL_INSIDE, "--kinds", " , ", ...inside)).code).toBe(2);
});

test("a secret is rotated, an endpoint switched off and on", async () => {
  const { id, secret } = await create();
  const rotated = JSON.parse((await run("rotate", id, "--json")).out);
  expect(rotated).toMatchObject({ id, secret: expect.stringMatching(/^whsec_/) });
  expect(rotated.secret).not.toBe(secret);
  expect(rotated.endpoint.oldSecretUntil).toBeGreaterThan(Date.now());
  expect((await run("disable", id)).out).toContain(`${id}  disabled (operator)  `);
  expect(JSON.parse((await run("enable", id, "--json")).out)).toMatchObject({ id, state: "enabled" });
  for (const verb of ["rotate", "enable", "disable", "test", "deliveries", "replay"])
    expect(await run(verb, "none"), verb).toMatchObject({
      code: 1,
      error: "there is no such endpoint\n",
    });
});

test("a trial is noted, deliveries are listed, and what was noted before an endpoint can be sent to it", async () => {
  const { id } = await create();
  expect((await run("test", id)).out).toMatch(/^Noted as event [0-9a-f-]{36}; /);
  expect((await run("deliveries", id)).out).toBe("Nothing matches.\n");
  expect(JSON.parse((await run("replay", id, "--which", "all", "--json")).out)).toEqual({
    queued: 0,
    until: 0,
  });
  expect((await run("replay", id)).out).toBe("Nothing to do; looked through up to number 0.\n");
  expect((await run("deliveries", id, "--state", "lost")).code).toBe(2);
  expect((await run("deliveries", id, "--limit", "0")).code).toBe(2);
  expect((await run("replay", id, "--which", "some")).code).toBe(2);
  expect((await run("replay", id, "--after", "-1")).code).toBe(2);
});
