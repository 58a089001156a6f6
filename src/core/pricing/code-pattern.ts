// The pattern of random promo codes, such as SALE-####-####-###: how many codes it can make and how hard they are to guess.
import { type AlphabetProblem, alphabetProblem } from "./code-alphabet.ts";

/** Stands for one random character. */
export const RANDOM_PLACE = "#";

/** Longest code, characters: what the app shows. */
export const PATTERN_LIMIT = 30;

/** Least random bits of codes that are used once: where a million of them are out, one guess in a million hits. */
export const PERSONAL_BITS = 40;

/** Least random bits of codes for many uses: they go from hand to hand anyway, but the next number must not be one. */
export const SHARED_BITS = 10;

/** A pattern has room for at least so many times the codes of its batch, so that half of all guesses miss. */
export const ROOM_FACTOR = 2;

/** A pattern that can be filled. */
export interface CodePattern {
  readonly text: string;
  readonly alphabet: string;
  /** Random characters. */
  readonly places: number;
  /** Different codes; a float beyond 2^53. */
  readonly possibilities: number;
  /** log2 of the possibilities. */
  readonly bits: number;
}

/** What is wrong with a pattern, by itself or for a batch. */
export type PatternProblem =
  | AlphabetProblem
  | { readonly kind: "pattern_empty" }
  /** Without a random character: such a code is listed in its promotion. */
  | { readonly kind: "pattern_without_chance" }
  | { readonly kind: "pattern_too_long"; readonly limit: number }
  /** Signs that cannot be seen, are not letters, digits or punctuation, or stand around the code. */
  | { readonly kind: "pattern_unusable" }
  /** `places`: random characters that would do. */
  | {
      readonly kind: "too_few_bits";
      readonly bits: number;
      readonly needed: number;
      readonly places: number;
    }
  | { readonly kind: "too_little_room"; readonly possibilities: number; readonly places: number };

/** The pattern, or what is wrong with it. */
export type PatternRead =
  | { readonly kind: "read"; readonly pattern: CodePattern }
  | { readonly kind: "refused"; readonly problem: PatternProblem };

/** Everything that a person sees and a keyboard has; marks would join the random letter before them. */
const USABLE = /^[\p{L}\p{N}\p{P}\p{S} ]+$/u;

/** Reads a pattern; see RANDOM_PLACE. */
export function readPattern(text: string, alphabet: string): PatternRead {
  const problem = textProblem(text) ?? alphabetProblem(alphabet);
  if (problem !== null) return { kind: "refused", problem };
  const places = text.split(RANDOM_PLACE).length - 1;
  const size = alphabet.length;
  return {
    kind: "read",
    pattern: { text, alphabet, places, possibilities: size ** places, bits: places * Math.log2(size) },
  };
}

function textProblem(text: string): PatternProblem | null {
  if (text.trim() === "") return { kind: "pattern_empty" };
  if ([...text].length > PATTERN_LIMIT) return { kind: "pattern_too_long", limit: PATTERN_LIMIT };
  if (!USABLE.test(text) || text !== text.trim() || text !== text.normalize("NFKC"))
    return { kind: "pattern_unusable" };
  return text.includes(RANDOM_PLACE) ? null : { kind: "pattern_without_chance" };
}

/** Whether `count` codes of the pattern are safe from guessing; `isPersonal`: each is used once. */
export function batchProblem(
  pattern: CodePattern,
  { count, isPersonal }: { readonly count: number; readonly isPersonal: boolean },
): PatternProblem | null {
  const needed = isPersonal ? PERSONAL_BITS : SHARED_BITS;
  const least = Math.max(needed, Math.log2(count * ROOM_FACTOR));
  const places = placesFor(least, pattern.alphabet.length);
  if (pattern.bits < needed) return { kind: "too_few_bits", bits: pattern.bits, needed, places };
  if (pattern.possibilities < count * ROOM_FACTOR)
    return { kind: "too_little_room", possibilities: pattern.possibilities, places };
  return null;
}

/** Random characters of an alphabet of `size` that carry at least `bits`. */
function placesFor(bits: number, size: number): number {
  const near = Math.floor(bits / Math.log2(size));
  return near * Math.log2(size) >= bits ? near : near + 1;
}

/** A code of the pattern; `nextByte` gives 0 to 255, each as likely. */
export function fillPattern(pattern: CodePattern, nextByte: () => number): string {
  const { text, alphabet } = pattern;
  let code = "";
  for (const character of text) {
    code += character === RANDOM_PLACE ? alphabet.charAt(drawBelow(alphabet.length, nextByte)) : character;
  }
  return code;
}

/** A number from 0 to `below` - 1, each as likely: bytes beyond the last whole multiple are thrown away. */
export function drawBelow(below: number, nextByte: () => number): number {
  const end = 256 - (256 % below);
  let byte = nextByte();
  while (byte >= end) byte = nextByte();
  return byte % below;
}
