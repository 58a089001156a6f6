// People from the terminal: added, let back in, blocked, on a real database in a temporary folder.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { typeAt } from "../../test/support/terminal.ts";

const folder = mkdtempSync(join(tmpdir(), "prilavok-people-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const run = (...argv: string[]) => typeAt(folder, ["people", ...argv]);

test("somebody is added with a link, given another one, blocked and let in again", async () => {
  expect((await run("list")).out).toContain("nobody");
  const made = JSON.parse((await run("add", "mp", "--role", "agent", "--outlets", "a, b", "--json")).out);
  expect(made.link).toMatch(/^http:\/\/127\.0\.0\.1:8080\/welcome#prl_[\w-]{43}$/);
  expect(made.kind).toBe("invitation");
  expect((await run("add", "MP", "--role", "agent")).error).toContain("somebody has this login");
  const again = (await run("link", "mp")).out;
  expect(again).toContain("/welcome#prl_");
  expect(again).not.toContain(made.link);
  expect((await run("block", "mp")).out).toContain("Done.");
  expect((await run("block", "mp")).out).toContain("Nothing to do.");
  expect((await run("link", "mp")).code).toBe(1);
  const [listed] = JSON.parse((await run("list", "--json")).out);
  expect(listed).toMatchObject({ login: "mp", role: "agent", outlets: ["a", "b"], state: "blocked" });
  expect((await run("unblock", "mp")).code).toBe(0);
  expect((await run("sessions", "mp")).out).toContain("nowhere");
  expect((await run("sessions", "mp", "--end")).out).toContain("Ended: 0.");
  const log = (await typeAt(folder, ["audit", "list", "--json"])).out;
  for (const action of ["person.invited", "person.link", "person.changed"]) expect(log).toContain(action);
});

test("what cannot be is said: roles, logins, outlets of an administrator, people who are not there", async () => {
  expect(await run("add", "x", "--role", "owner")).toMatchObject({ code: 2 });
  expect(await run("add", "two words", "--role", "agent")).toMatchObject({ code: 2 });
  expect(await run("add", "x", "--role", "administrator", "--outlets", "a")).toMatchObject({ code: 2 });
  expect(await run("link", "nobody")).toMatchObject({ code: 1 });
});
