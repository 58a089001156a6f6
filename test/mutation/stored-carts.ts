// The stored carts as many small tests: a mutant is noticed by the first cart that it prices otherwise.
import { test } from "vitest";
import { storedCarts, storedQuotes } from "../laws/stored-quotes.ts";

/** Carts of one test. */
const PORTION = 6;

const { digests } = storedQuotes();
const carts = storedCarts();
for (let first = 0; first < carts.length; first += PORTION) {
  test(`stored carts from ${first}`, () => {
    for (const [index, digest] of carts.slice(first, first + PORTION).entries()) {
      if (digest() !== digests[first + index]) throw new Error(`cart ${first + index}`);
    }
  });
}
