// Random codes are as random as they say: every character as likely, none that looks like another, bits counted right.
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { alphabetProblem, CODE_ALPHABET, lookAlike } from "./code-alphabet.ts";
import { foldCode } from "./code-folding.ts";
import { batchProblem, type CodePattern, drawBelow, fillPattern, readPattern } from "./code-pattern.ts";

const RUNS = Number(process.env["PRILAVOK_PROPERTY_RUNS"] ?? 10_000);
const SEED = 20_261_122;

/** Bytes of a small known generator (mulberry32): the same every time. */
function bytesOf(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) & 255;
  };
}

function patternOf(text: string, alphabet = CODE_ALPHABET): CodePattern {
  const read = readPattern(text, alphabet);
  if (read.kind === "refused") throw new Error(read.problem.kind);
  return read.pattern;
}

type Draw = typeof drawBelow;

/** Chi-square of 10,000 expected draws a character. */
function chiSquare(size: number, draw: Draw): number {
  const counts = new Array<number>(size).fill(0);
  const nextByte = bytesOf(SEED);
  for (let drawn = 0; drawn < size * 10_000; drawn += 1) {
    const at = draw(size, nextByte);
    counts[at] = (counts[at] ?? 0) + 1;
  }
  return counts.reduce((sum, count) => sum + (count - 10_000) ** 2 / 10_000, 0);
}

/** Chi-square that chance exceeds once in 10^6, by degrees of freedom (Wilson and Hilferty). */
function critical(degrees: number): number {
  const part = 2 / (9 * degrees);
  return degrees * (1 - part + 4.7534 * Math.sqrt(part)) ** 3;
}

describe("every character is as likely", () => {
  const sizes = [2, 3, 10, CODE_ALPHABET.length, 23, 31, 33, 64];
  test.each(sizes)("of %i", (size) => {
    expect(chiSquare(size, drawBelow)).toBeLessThan(critical(size - 1));
  });

  test("and the law catches a draw that keeps the last bytes", () => {
    const biased: Draw = (below, nextByte) => nextByte() % below;
    const lazy: Draw = (below, nextByte) => Math.floor(nextByte() / 8) % below;
    expect(chiSquare(CODE_ALPHABET.length, biased)).toBeGreaterThan(critical(CODE_ALPHABET.length - 1));
    expect(chiSquare(31, biased)).toBeGreaterThan(critical(30));
    expect(chiSquare(64, lazy)).toBeGreaterThan(critical(63));
  });

  test("in a filled pattern at every place", () => {
    const pattern = patternOf("A-##");
    const nextByte = bytesOf(1);
    const seen = [new Map<string, number>(), new Map<string, number>()];
    for (let made = 0; made < 140_000; made += 1) {
      const code = fillPattern(pattern, nextByte);
      expect(code.startsWith("A-")).toBe(true);
      for (const [place, counts] of seen.entries()) {
        const character = code.charAt(2 + place);
        counts.set(character, (counts.get(character) ?? 0) + 1);
      }
    }
    for (const counts of seen) {
      expect([...counts.keys()].sort().join("")).toBe([...CODE_ALPHABET].sort().join(""));
      const square = [...counts.values()].reduce((sum, count) => sum + (count - 10_000) ** 2 / 10_000, 0);
      expect(square).toBeLessThan(critical(13));
    }
  });
});

/** Characters that people confuse, by an independent list: letters of two alphabets that share a drawing, and digits. */
const CONFUSED: readonly (readonly [string, string])[] = [
  ..."AА BВ CС EЕ HН KК MМ OО PР TТ XХ YУ aа cс eе oо pр xх yу".split(" "),
  ..."0O 0О 0o 1I 1l Il 2Z 5S 6G 8B 3З 4Ч 6б UV uv EЁ ЕЁ ШЩ ИЙ".split(" "),
].map((pair) => [...pair] as unknown as readonly [string, string]);

const anyAlphabet = fc.string({
  unit: fc.constantFrom(
    ..."0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdelopxАБВГДЕЁЖЗИЙКЛМНОПРСТУФХЦЧШЩЪЫЬЭЮЯабвек",
  ),
  maxLength: 8,
});

/** Alphabets that pass hold no confused pair in any case, and what is compared as one is there once. */
function isSafe(check: typeof alphabetProblem, runs: number): boolean {
  const law = fc.property(anyAlphabet, (alphabet) => {
    if (check(alphabet) !== null) return true;
    const shapes = new Set([...alphabet].flatMap((each) => [each, each.toLowerCase(), each.toUpperCase()]));
    const isClear = CONFUSED.every(([left, right]) => !shapes.has(left) || !shapes.has(right));
    return isClear && new Set([...alphabet].map(foldCode)).size === [...alphabet].length;
  });
  return !fc.check(law, { numRuns: runs, seed: SEED }).failed;
}

describe("alphabets", () => {
  test("that pass hold no characters that look alike", () => {
    expect(isSafe(alphabetProblem, RUNS * 5)).toBe(true);
  });

  test("and the law catches checks that forget capitals or folding", () => {
    const asWritten: typeof alphabetProblem = (alphabet) =>
      [...alphabet].some((left) => CONFUSED.some(([one, two]) => left === one && alphabet.includes(two)))
        ? { kind: "alphabet_too_small" }
        : null;
    const withoutFolding: typeof alphabetProblem = (alphabet) => {
      const problem = alphabetProblem(alphabet);
      return problem?.kind === "characters_equal" ? null : problem;
    };
    expect(isSafe(asWritten, 5000)).toBe(false);
    expect(isSafe(withoutFolding, 5000)).toBe(false);
    expect(isSafe(() => null, 5000)).toBe(false);
  });

  test("the usual one passes; none of its letters is drawn like one of the Russian keyboard, none is 0 O 1 I L", () => {
    expect(alphabetProblem(CODE_ALPHABET)).toBeNull();
    const letters = CODE_ALPHABET.replaceAll(/\d/g, "");
    const alike = CONFUSED.flat().filter((each) => letters.includes(each.toUpperCase()));
    expect(alike.filter((each) => /[A-TW-Z]/.test(each))).toEqual([]);
    for (const excluded of "0O1IL3") expect(CODE_ALPHABET).not.toContain(excluded);
  });

  test.each([
    ["", "alphabet_too_small"],
    ["A", "alphabet_too_small"],
    ["AB".repeat(33), "alphabet_too_large"],
    ["AD-", "character_not_allowed"],
    ["AD#", "character_not_allowed"],
    ["ADß", "character_not_allowed"],
    ["AD\u0301", "character_not_allowed"],
    ["ADЇ", "character_not_allowed"],
    ["ADa", "characters_equal"],
    ["ЕЖё", "characters_equal"],
    ["DАA", "characters_look_alike"],
    ["D0O", "characters_look_alike"],
    ["DLi", "characters_look_alike"],
  ])("%s: %s", (alphabet, kind) => {
    expect(alphabetProblem(alphabet)?.kind).toBe(kind);
  });

  test("what looks alike does so both ways", () => {
    expect(lookAlike("O", "0") && lookAlike("0", "O")).toBe(true);
    expect(lookAlike("D", "J")).toBe(false);
  });
});

const anyPattern = fc
  .tuple(
    fc.string({ unit: fc.constantFrom(..."#####-SALEЛЕТОёЯ!. "), minLength: 1, maxLength: 30 }),
    fc.constantFrom(CODE_ALPHABET, "DF", "ДЖЛЮ", "23456789", "ФЖБЦ7"),
  )
  .filter(([text, alphabet]) => readPattern(text, alphabet).kind === "read");

describe("patterns", () => {
  test("bits are the logarithm of the possibilities, counted whole", () => {
    fc.assert(
      fc.property(anyPattern, ([text, alphabet]) => {
        const { bits, possibilities, places } = patternOf(text, alphabet);
        const exact = BigInt(alphabet.length) ** BigInt(places);
        expect(possibilities).toBe(Number(exact));
        // The digits of the count in base two give its logarithm with nothing in common with Math.log2.
        const digits = exact.toString(2).length;
        expect(bits).toBeGreaterThanOrEqual(digits - 1 - 1e-9);
        expect(bits).toBeLessThan(digits + 1e-9);
      }),
      { numRuns: Math.min(RUNS, 2000) },
    );
  });

  test("different fillings are different codes once compared", () => {
    fc.assert(
      fc.property(anyPattern, fc.nat(), ([text, alphabet], seed) => {
        const nextByte = bytesOf(seed);
        const pattern = patternOf(text, alphabet);
        const codes = Array.from({ length: 40 }, () => fillPattern(pattern, nextByte));
        expect(new Set(codes.map(foldCode)).size).toBe(new Set(codes).size);
        for (const code of codes) expect(code).toHaveLength(text.length);
      }),
      { numRuns: Math.min(RUNS, 2000) },
    );
  });

  test.each([
    ["", "pattern_empty"],
    ["  ", "pattern_empty"],
    ["#".repeat(31), "pattern_too_long"],
    ["SALE", "pattern_without_chance"],
    [" #", "pattern_unusable"],
    ["A\u200b#", "pattern_unusable"],
    ["#\u0301", "pattern_unusable"],
    ["Ａ#", "pattern_unusable"],
    ["A\t#", "pattern_unusable"],
  ])("%j: %s", (text, kind) => {
    expect(readPattern(text, CODE_ALPHABET)).toMatchObject({ kind: "refused", problem: { kind } });
  });

  test("an alphabet is checked with the pattern", () => {
    expect(readPattern("##", "0O")).toMatchObject({
      problem: { kind: "characters_look_alike", pair: ["0", "O"] },
    });
  });

  test("codes for one use need 40 bits, and are told how many characters would do", () => {
    const personal = { count: 1, isPersonal: true };
    expect(batchProblem(patternOf("SALE-####-####"), personal)).toMatchObject({
      kind: "too_few_bits",
      needed: 40,
      places: 11,
    });
    expect(batchProblem(patternOf("SALE-####-####-###"), personal)).toBeNull();
    // Eighteen characters carry more each, so ten of them do.
    const dense = "245678DFJNRVWЖЛФЦЮ";
    const fits = patternOf("#".repeat(10), dense);
    expect(fits.bits).toBeGreaterThan(40);
    expect(batchProblem(fits, personal)).toBeNull();
  });

  test("the characters that would do, do, and one fewer would not", () => {
    fc.assert(
      fc.property(
        anyPattern,
        fc.integer({ min: 1, max: 10_000_000 }),
        fc.boolean(),
        ([text, alphabet], count, isPersonal) => {
          const problem = batchProblem(patternOf(text, alphabet), { count, isPersonal });
          if (problem?.kind !== "too_few_bits" && problem?.kind !== "too_little_room") return;
          const room = (places: number): number => alphabet.length ** places;
          const enough = (places: number): boolean =>
            places * Math.log2(alphabet.length) >= (isPersonal ? 40 : 10) - 1e-9 && room(places) >= count * 2;
          expect([enough(problem.places), enough(problem.places - 1)]).toEqual([true, false]);
        },
      ),
      { numRuns: Math.min(RUNS, 2000) },
    );
  });

  test("codes for many uses need 10 bits and twice the room", () => {
    const shared = (text: string, count: number) =>
      batchProblem(patternOf(text), { count, isPersonal: false });
    expect(shared("BLOG-##", 1)).toMatchObject({ kind: "too_few_bits", needed: 10, places: 3 });
    expect(shared("BLOG-###", 1372)).toBeNull();
    expect(shared("BLOG-###", 1373)).toEqual({ kind: "too_little_room", possibilities: 2744, places: 4 });
  });
});
