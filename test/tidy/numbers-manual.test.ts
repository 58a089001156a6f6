// The manual of numbers computes: each check value on its pages is what the code gives.
import { expect, test } from "vitest";
import {
  biasBound,
  excessOf,
  newcombe,
  oddsOf,
  type Stars,
  shrunkMean,
  tQuantile95,
  wilson,
} from "../../src/core/numbers/index.ts";
import { read } from "./tree.ts";

const COMPUTED: Readonly<Record<string, (...values: number[]) => readonly number[]>> = {
  wilson: (count = 0, of = 0) => Object.values(wilson(count, of)),
  newcombe: (a = 0, b = 0, c = 0, d = 0) => Object.values(newcombe({ count: a, of: b }, { count: c, of: d })),
  t95: (degrees = 1) => [tQuantile95(degrees)],
  bias: (rate = 0, satisfied = 0) => Object.values(biasBound(rate, satisfied)),
  odds: (low = 0, of = 0, share = 0) => [oddsOf(low, of, share)],
  excess: (seen = 0, expected = 0) => Object.values(excessOf(seen, expected)),
  shrunk: (count = 0, own = 0, network = 0, weight = 0) => {
    // Fives and ones in the proportion that has the network's mean.
    const fives = (network - 1) / 4;
    const stars: Stars = [1 - fives, 0, 0, 0, fives];
    const mine: Stars = [0, 0, 0, 0, own === 5 ? count : 0];
    return [shrunkMean(mine, { stars, weight })];
  },
};

const rows = (path: string): RegExpMatchArray[] => [
  ...read(path).text.matchAll(/^\| `([a-z]\w*) ([\d. ]+)` +\| ([\d. ]*\d) +\|$/gm),
];

test.each(["docs/numbers.md", "docs/numbers.ru.md"])("%s tells what the code computes", (path) => {
  const found = rows(path);
  expect(found.length).toBeGreaterThan(10);
  for (const [line, name = "", values = "", told] of found) {
    const computed = COMPUTED[name]?.(...values.split(" ").map(Number)).map((value) => value.toFixed(3));
    expect(computed?.join(" "), line).toBe(told);
  }
});

test("both languages have the same rows", () => {
  const [english, russian] = ["docs/numbers.md", "docs/numbers.ru.md"].map(
    (path) => read(path).lines.filter((line) => line.startsWith("| ")).length,
  );
  expect(russian).toBe(english);
  const said = (path: string): readonly string[][] => rows(path).map(([, ...parts]) => parts);
  expect(said("docs/numbers.ru.md")).toEqual(said("docs/numbers.md"));
});
