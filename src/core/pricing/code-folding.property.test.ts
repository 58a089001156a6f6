// Spellings of one code are equal, other codes are not, and the same law catches foldings that forget something.
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { foldCode } from "./code-folding.ts";

const RUNS = Number(process.env["PRILAVOK_PROPERTY_RUNS"] ?? 10_000);
const SEED = 20_261_122;

type Fold = (code: string) => string;

/** Any text, and texts of those characters that go wrong most. */
const anyCode = fc.oneof(
  fc.string({ unit: "binary", maxLength: 12 }),
  fc.string({ unit: "grapheme", maxLength: 12 }),
  fc.string({
    unit: fc.constantFrom(..."aAжЁёЕе\u0308\u0307\u0301ßẞsSiIıİΣσςＡ５ \u00a0\t\u200b\ufeff\u00ad-–−‑кК１①ﬁ"),
    maxLength: 12,
  }),
);

const SPELLINGS: readonly ((code: string) => string)[] = [
  (code) => code.toLowerCase(),
  (code) => code.toUpperCase(),
  (code) => code.normalize("NFD"),
  (code) => code.normalize("NFKC"),
  (code) => ` \t${code}\u00a0`,
  (code) => [...code].join("\u200b"),
  (code) => `\ufeff${code}\u00ad`,
  (code) => code.replaceAll("е", "ё"),
  (code) => code.replaceAll("-", "—"),
];

function holds(fold: Fold, runs: number): boolean {
  const law = fc.property(anyCode, (code) => {
    const folded = fold(code);
    if (fold(folded) !== folded) return false;
    return SPELLINGS.every((spell) => fold(spell(code)) === folded);
  });
  return !fc.check(law, { numRuns: runs, seed: SEED }).failed;
}

test("a code folds to one spelling, however it is written", () => {
  expect(holds(foldCode, RUNS)).toBe(true);
});

/** A hundred thousand characters that are all alike to a folding: seconds that show nothing. */
const WITHOUT_CASE = /[\p{Cn}\p{Co}\p{Cs}\p{Script=Han}\p{Script=Hangul}]/u;

test("every character there is folds to a spelling that stays", () => {
  const odd: string[] = [];
  for (let point = 0; point < 0x11_0000; point += 1) {
    const character = String.fromCodePoint(point);
    if (WITHOUT_CASE.test(character)) continue;
    const folded = foldCode(character);
    const others = [folded, character.toLowerCase(), character.toUpperCase(), character.normalize("NFD")];
    if (others.some((other) => foldCode(other) !== folded)) odd.push(point.toString(16));
  }
  expect(odd).toEqual([]);
}, 60_000);

describe("the law catches a folding that", () => {
  const mutants: Readonly<Record<string, Fold>> = {
    "compares as written": (code) => code,
    "folds ASCII only": (code) => code.trim().replace(/[A-Z]/g, (letter) => letter.toLowerCase()),
    "goes up before it goes down": (code) =>
      code.normalize("NFKC").trim().toUpperCase().toLowerCase().normalize("NFKC"),
    "keeps ё": (code) => (code.includes("ё") ? code : foldCode(code)),
    "keeps what nobody sees": (code) => (code.includes("\u200b") ? code : foldCode(code)),
    "keeps dashes": (code) => (code.includes("—") ? code : foldCode(code)),
  };
  test.each(Object.entries(mutants))("%s", (_what, fold) => {
    expect(holds(fold, 2000)).toBe(false);
  });
});

test.each([
  ["  Осень 500\n", "осень 500"],
  ["ＯＣＥＮЬ５", "ocenь5"],
  ["ВСЁ", "все"],
  ["Straße", "STRASSE"],
  ["STRAẞE", "strasse"],
  ["İSTANBUL", "ıstanbul"],
  ["A B", "a \u00a0 b"],
  ["SALE–12", "sale-12"],
  ["SA\u200bLE\u2060", "sale"],
  ["ΟΔΟΣ", "οδος"],
  ["A\tB", "a b"],
  ["SA\u0007LE", "sale"],
  ["ВСЕ\u200b\u0308", "все"],
  [`İ${"\u0307".repeat(9)}`, "i"],
])("%s is %s", (left, right) => {
  expect(foldCode(left)).toBe(foldCode(right));
});

test.each([
  ["COH", "СОН"],
  ["МОЙ", "МОИ"],
  ["A B", "AB"],
  ["A-B", "AB"],
  ["O", "0"],
  ["ΟΔΟΣ", "ΟΔΟ"],
])("%s is not %s", (left, right) => {
  expect(foldCode(left)).not.toBe(foldCode(right));
});

test.each([
  ["\u01f0", "\u01f0"],
  ["J\u030c1", "\u01f01"],
  ["Й5", "й5"],
  ["I\u0307\u0308", "\u00ef"],
])("%s is kept as %s, composed, so that codes stored long ago are found", (code, folded) => {
  expect(foldCode(code)).toBe(folded);
});
