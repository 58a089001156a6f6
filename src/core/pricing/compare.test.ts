// The order of ids: that of code units, the same in every locale.
import { expect, test } from "vitest";
import { compareIds } from "./compare.ts";

test("ids stand in the order of their code units, equal ones beside each other", () => {
  expect(["b", "a", "Б", "а", "B", "10", "9"].sort(compareIds)).toEqual(["10", "9", "B", "a", "b", "Б", "а"]);
  expect([compareIds("a", "a"), compareIds("a", "b"), compareIds("b", "a")]).toEqual([0, -1, 1]);
});
