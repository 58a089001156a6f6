// Which alphabets of random codes are refused and with what words: every pair that a person may mistake, and the bounds.
import { describe, expect, test } from "vitest";
import { ALPHABET_LIMIT, alphabetProblem, CODE_ALPHABET, lookAlike } from "./code-alphabet.ts";

/** One pair of every family of shapes, a pair that no other family has. */
const PAIRS =
  "0O 0Q 1I 1L IL 2Z 3З 3Э 4Ч 5S 6G 6Б 8B 8В 9G 9Q AА BВ CС EЕ EЁ HН KК MМ NИ PР RЯ TТ UV VИ WШ ШЩ XХ YУ NП RГ ИЙ ЬЪ ЪЫ";

describe("characters that look alike", () => {
  test.each(PAIRS.split(" "))("%s", (pair) => {
    const [left, right] = [...pair] as [string, string];
    expect([lookAlike(left, right), lookAlike(right, left)]).toEqual([true, true]);
    const small = [left.toLowerCase(), right.toLowerCase()] as const;
    expect(lookAlike(...small)).toBe(true);
    expect(alphabetProblem(`7${left}${right}`)).toEqual({
      kind: "characters_look_alike",
      pair: [left, right],
    });
  });

  test.each(["27", "ДЖ", "FJ", "NW", "4D", "ЮЯ", "5Б"])("%s do not", (pair) => {
    expect(lookAlike(pair.charAt(0), pair.charAt(1))).toBe(false);
    expect(alphabetProblem(pair)).toBeNull();
  });
});

describe("an alphabet", () => {
  test("as usual is all right", () => {
    expect(alphabetProblem(CODE_ALPHABET)).toBeNull();
  });

  test("has two characters at least and sixty-four at most", () => {
    expect(alphabetProblem("")).toEqual({ kind: "alphabet_too_small" });
    expect(alphabetProblem("7")).toEqual({ kind: "alphabet_too_small" });
    expect(alphabetProblem("7D")).toBeNull();
    expect(alphabetProblem("D".repeat(ALPHABET_LIMIT + 1))).toEqual({ kind: "alphabet_too_large" });
    expect(alphabetProblem("D".repeat(ALPHABET_LIMIT))).toMatchObject({ kind: "characters_equal" });
  });

  test("has none twice, in whatever case, and names the two", () => {
    expect(alphabetProblem("7DFd")).toEqual({ kind: "characters_equal", pair: ["D", "d"] });
    expect(alphabetProblem("ЕЁ")).toEqual({ kind: "characters_equal", pair: ["Е", "Ё"] });
  });

  test("is of digits and of Latin and Russian letters", () => {
    for (const odd of ["-", " ", "é", "𝐀", "ї", "٣"])
      expect(alphabetProblem(`7D${odd}`)).toEqual({ kind: "character_not_allowed", character: odd });
  });
});
