// Destinations and alert rules at a terminal: added, refused, listed with what waits, removed.
import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { typeAt } from "../../test/support/terminal.ts";

const folder = mkdtempSync(join(tmpdir(), "prilavok-notices-"));
const type = (...argv: string[]) => typeAt(folder, ["feedback", ...argv]);

beforeAll(() => void mkdirSync(join(folder, "data"), { recursive: true }));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test("a destination is added, tried, changed and removed", async () => {
  expect((await type("destinations", "list")).out).toBe("There are none yet.\n");
  const more = ["--quiet", "22:00-08:00", "--label", "Kitchen", "--gets", "items, digest", "--json"];
  const made = JSON.parse((await type("destinations", "add", "telegram", "-100", ...more)).out);
  expect(made).toMatchObject({ quiet: { from: 1320, to: 480 }, gets: ["items", "digest"], isOn: true });
  expect((await type("destinations", "test", made.id)).out).toContain("Queued");
  expect((await type("destinations", "list")).out).toContain("1 waiting, 0 given up");
  expect((await type("destinations", "messages", made.id)).out).toBe("None yet.\n");
  const changed = await type("destinations", "change", made.id, "email", "boss@shop.test", "--off");
  expect(changed.out).toContain("boss@shop.test  -  items,alarms,digest  off");
  expect((await type("destinations", "test", made.id)).error).toContain("switched off");
  expect((await type("destinations", "remove", made.id)).out).toBe("Removed.\n");
  for (const words of [["remove"], ["test"], ["messages"]])
    expect((await type("destinations", ...words, made.id)).code).toBe(1);
});

test.each([
  [["pigeon", "1"], "the kind is one of"],
  [["telegram", "my phone"], "not one chat"],
  [["email", "a@shop.test,b@shop.test"], "not one chat"],
  [["webhook", "nowhere"], "not the id of an endpoint"],
  [["telegram", "1", "--quiet", "late"], "--quiet is written"],
  [["telegram", "1", "--zone", "Nowhere/At-All"], "no IANA time zone"],
  [["telegram", "1", "--gets", "everything"], "--gets knows"],
  [["telegram", "1", "--language", "de"], "--language is"],
])("%j is refused", async (words, reason) => {
  const typed = await type("destinations", "add", ...words);
  expect(typed.code).toBe(2);
  expect(typed.error).toContain(reason);
});

test("a rule is added, listed and removed; one that cannot be read is not", async () => {
  expect((await type("alerts", "list")).out).toBe("There are none yet.\n");
  const add = (...more: string[]) =>
    type("alerts", "add", "--name", "Low", "--filter", "rating:1..2", ...more);
  const [made] = JSON.parse((await add("--json")).out);
  expect((await type("alerts", "list")).out).toContain("Low  rating:1..2  all  on");
  expect((await type("alerts", "add", "--name", "x", "--filter", "wrong:1")).code).toBe(2);
  expect((await add("--to", "nobody")).error).toContain("--to names");
  const change = (id: string) =>
    type("alerts", "change", id, "--name", "Worst", "--filter", "rating:1", "--off");
  expect((await change(made.id)).out).toContain("Worst  rating:1  all  off");
  expect((await change("nothing")).code).toBe(1);
  expect((await type("alerts", "remove", made.id)).out).toBe("Removed.\n");
  expect((await type("alerts", "remove", made.id)).code).toBe(1);
});
