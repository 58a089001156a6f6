// All tests of the pricing core as one file, those first that are quick to notice a mutant: a mutant then costs one reading of
// the modules and not one for each file. Only the mutation run uses it.
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { digestsNow, storedQuotes } from "../laws/stored-quotes.ts";

test("stored carts get the stored quotes, one after another", () => {
  const { digests } = storedQuotes();
  let index = 0;
  for (const digest of digestsNow()) {
    expect(digest, `cart ${index}`).toBe(digests[index]);
    index += 1;
  }
});

const room = join(import.meta.dirname, "..", "..", "src", "core");
const isSlow = (path: string): boolean => path.includes(".property.");
const files = ["money", "pricing"]
  .flatMap((name) => readdirSync(join(room, name)).map((file) => join(room, name, file)))
  .filter((path) => path.endsWith(".test.ts") && !path.includes("stored-quotes"))
  .sort((a, b) => Number(isSlow(a)) - Number(isSlow(b)) || (a < b ? -1 : 1));
for (const path of files) await import(path);
