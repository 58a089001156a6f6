// What is generated is committed, and the same as what the code would generate now.
import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { openApiText } from "../../src/cli/openapi.ts";
import { manual } from "../../src/config/index.ts";
import { programmeSchema, promotionSetSchema } from "../../src/contract/index.ts";
import { columnTypes, migrations } from "../../src/storage/migrations/index.ts";
import { ROOT, read } from "./tree.ts";

test("config.default.env is what the settings say", () => {
  expect(read("config.default.env").text).toBe(manual());
});

test("the schemas of promotions and of the programme are what the contract says", () => {
  const printed = (schema: object): string => `${JSON.stringify(schema, null, 2)}\n`;
  expect(read("docs/promotions.schema.json").text).toBe(printed(promotionSetSchema));
  expect(read("docs/programme.schema.json").text).toBe(printed(programmeSchema));
});

test("openapi.json is what the contract says: `npm run openapi`", () => {
  expect(read("openapi.json").text).toBe(openApiText());
});

test("a released migration never changes", () => {
  const path = "test/tidy/released-migrations.json";
  if (!existsSync(join(ROOT, path))) throw new Error(`${path} is missing`);
  const released = JSON.parse(read(path).text) as Record<string, string>;
  for (const [number, hash] of Object.entries(released)) {
    const migration = migrations.find((one) => one.number === Number(number));
    const statements = (["sqlite", "postgres"] as const).map((engine) =>
      migration?.statements(columnTypes(engine), engine),
    );
    expect(createHash("sha256").update(JSON.stringify(statements)).digest("hex"), `migration ${number}`).toBe(
      hash,
    );
  }
});

test("migrations are numbered one by one", () => {
  expect(migrations.map((migration) => migration.number)).toEqual(migrations.map((_, index) => index + 1));
});
