// Numbers, windows, alarms and the digest at the terminal: what few ratings do not bear has no value, no sign and no place.
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { typeAt } from "../../test/support/terminal.ts";

const folder = mkdtempSync(join(tmpdir(), "prilavok-numbers-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const run = (...argv: string[]) => typeAt(folder, ["feedback", ...argv]);
const SIGNS = /\b(up|down)\b|#\d|→|\[/;

/** Imports ratings of some days ago. */
async function rate(name: string, count: number, ago: number, stars: number): Promise<void> {
  const day = new Date(Date.now() - ago * 86_400_000).toISOString().slice(0, 10);
  const lines = Array.from({ length: count }, (_, index) => `${name}-${index};${stars};${day}`);
  writeFileSync(join(folder, `${name}.csv`), ["orderId;rating;date", ...lines].join("\n"));
  expect((await typeAt(folder, ["import", "feedback", `${name}.csv`])).code).toBe(0);
}

const COMMANDS = [
  ["numbers", "--filter", "day:7d", "--sections", "branches"],
  ["windows"],
  ["digest", "--language", "en"],
  ["alarms", "--open"],
];

test("of nothing there is nothing to tell", async () => {
  expect((await run("numbers")).out).toBe("Nothing matches.\n");
  expect((await run("windows")).out).toBe("Nothing matches.\n");
  expect((await run("alarms")).out).toBe("Nothing has risen beyond luck.\n");
});

test("six ratings after six others have no sign in any table", async () => {
  await rate("before", 6, 10, 5);
  await rate("after", 6, 3, 1);
  for (const command of COMMANDS) {
    const { code, out } = await run(...command);
    expect(code, command[0]).toBe(0);
    expect(SIGNS.exec(out)?.[0], `${command[0]}: ${out}`).toBeUndefined();
  }
  expect((await run("numbers", "--filter", "day:7d")).out).toMatch(
    /^app\s.*not enough \(6 of 6\).*not measurable/m,
  );
  expect((await run("windows")).out).toMatch(/app +last 200 .*not enough \(12\).*not enough \(6 of 12\)/);
});

test("hundreds do", { timeout: 60_000 }, async () => {
  await rate("many", 300, 12, 5);
  await rate("fall", 300, 2, 1);
  expect((await run("numbers", "--filter", "day:7d", "--sections", "branches")).out).toMatch(
    /up \d+\.\d points[\s\S]*#1/,
  );
  expect((await run("windows")).out).toMatch(/7 days .*up \d/);
  expect((await run("digest", "--language", "en")).out).toContain("→");
  const json = JSON.parse((await run("windows", "--json")).out);
  expect(json.sources[0].rolling[0]).toMatchObject({ days: 7, change: { kind: "changed", direction: "up" } });
});

test("wrong words are told", async () => {
  expect((await run("numbers", "--sections", "weather")).code).toBe(2);
  expect((await run("digest", "--language", "de")).code).toBe(2);
  expect(await run("alarm", "none", "acknowledge")).toMatchObject({ code: 1 });
  expect((await run("alarm", "none", "known_cause")).code).toBe(2);
  expect((await run("alarm", "none", "forget")).code).toBe(2);
});
