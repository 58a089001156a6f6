// Configuration: one list, all mistakes at once, secrets never shown.
import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { type Config, readConfig, settings } from "./index.ts";

const read = (environment: Record<string, string>, file?: string): Config => {
  const result = readConfig(file === undefined ? { environment } : { environment, file });
  if (result.kind === "refused") throw new Error(result.problems.join("\n"));
  return result.config;
};

test("everything has a default and may be left out", () => {
  const config = read({});
  expect(config.number("port")).toBe(8080);
  expect(config.text("shop.timezone")).toBe("Europe/Moscow");
  expect(config.optional("publicUrl")).toBeNull();
  expect(config.number("keepRawBodies")).toBe(180 * 86_400_000);
});

test("the environment beats the file, and the file beats the default", () => {
  const folder = mkdtempSync(join(tmpdir(), "prilavok-config-"));
  const file = join(folder, "prilavok.yaml");
  writeFileSync(file, "port: 1111\nyandexEats:\n  mode: strict\nirp:\n  keys: [one, two]\n");
  const config = read({ PRILAVOK_PORT: "2222" }, file);
  expect(config.number("port")).toBe(2222);
  expect(config.text("yandexEats.mode")).toBe("strict");
  expect(config.list("irp.keys")).toEqual(["one", "two"]);
});

test("all mistakes are reported at once, misspelt names too", () => {
  const result = readConfig({
    environment: { PRILAVOK_PORT: "many", PRILAVOK_YANDEX_EATS_MODE: "loose", PRILAVOK_PROT: "1" },
  });
  expect(result.kind === "refused" && result.problems.length).toBe(3);
});

test("a secret comes from a file and is never shown", () => {
  const folder = mkdtempSync(join(tmpdir(), "prilavok-config-"));
  writeFileSync(join(folder, "token"), "very-secret\n");
  const config = read({ PRILAVOK_API_TOKEN_FILE: join(folder, "token") });
  expect(config.text("apiToken")).toBe("very-secret");
  expect(JSON.stringify(config.summary())).not.toContain("very-secret");
});

test("names and variables are each used once", () => {
  expect(new Set(settings.map((setting) => setting.name)).size).toBe(settings.length);
  expect(new Set(settings.map((setting) => setting.env)).size).toBe(settings.length);
});
