// Law 10 over time: stored carts get the stored quotes, or the engine's version says that they may not.
import { expect, test } from "vitest";
import { complaint, quotesNow, storedQuotes } from "../../../test/laws/stored-quotes.ts";

test("stored carts get the quotes that this version of the engine gave", () => {
  const now = quotesNow();
  expect(now.digests.length).toBe(300);
  expect(new Set(now.digests).size).toBeGreaterThan(250);
  expect(complaint(storedQuotes(), now)).toBeNull();
});

test("another answer under the same version is a complaint, and another version asks to store its answers", () => {
  const stored = storedQuotes();
  const digests = stored.digests.map((digest, index) => (index === 7 ? "other" : digest));
  expect(complaint(stored, { ...stored, digests })).toMatch(/^1 of 300 .* raise ENGINE_VERSION/);
  expect(complaint(stored, { engineVersion: "next", digests })).toMatch(/another version/);
  expect(complaint(stored, { ...stored, engineVersion: "next" })).toMatch(/another version/);
});
