// The search for leaked personal data must find what was leaked, however it is written.
import { appendFileSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { canariesIn, canary, findCanaries } from "../support/canary.ts";

test("a leaked canary is found in every spelling", () => {
  expect(canariesIn(`{"customer":"8 (999) 555-01-78"}`, "log")).toEqual([]);
  expect(canariesIn(`{"customer":"8 (999) 555-01-77"}`, "log")).toEqual(["log: the canary's phone"]);
  expect(canariesIn(`{"customer":"89995550177"}`, "log")).toEqual(["log: the canary's phone"]);
  expect(canariesIn(encodeURIComponent(canary.name), "log")).toEqual(["log: the canary's name"]);
  expect(canariesIn(`basic ${Buffer.from(canary.secret).toString("base64")}`, "log")).toHaveLength(1);
  const escaped = [...canary.comment].map(
    (letter) => `\\u${letter.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
  expect(canariesIn(escaped.join("").replaceAll("\\u0020", " "), "log")).toHaveLength(1);
});

test("every kept file is searched, and a clean run finds nothing", () => {
  const folder = mkdtempSync(join(tmpdir(), "prilavok-canary-"));
  appendFileSync(join(folder, "printed-1.txt"), "all is well\n");
  expect(findCanaries(folder)).toEqual([]);
  appendFileSync(join(folder, "printed-2.txt"), `key ${canary.key}\n`);
  expect(findCanaries(folder)).toEqual(["printed-2.txt: the canary's key"]);
  expect(findCanaries(undefined)).toEqual([]);
  rmSync(folder, { recursive: true });
});
