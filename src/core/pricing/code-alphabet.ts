// The characters that random promo codes are made of: none that a person could take for another one, read or typed.
import { foldCode } from "./code-folding.ts";

/**
 * The usual characters: digits and capitals of which no two look alike, and no letter that the Russian keyboard has too
 * (so none of ABEKMHOPCTXY), no 3 (З), no vowel (codes spell no words), none of 0 O 1 I L.
 */
export const CODE_ALPHABET = "2456789DFJNRVW";

/** Most characters of an alphabet; a byte chooses among all of them. */
export const ALPHABET_LIMIT = 64;

/** What is wrong with an alphabet. */
export type AlphabetProblem =
  /** One character is no chance at all. */
  | { readonly kind: "alphabet_too_small" }
  | { readonly kind: "alphabet_too_large" }
  /** Only digits and letters of the Latin and Russian alphabets are told apart by everybody and by every font. */
  | { readonly kind: "character_not_allowed"; readonly character: string }
  /** Two characters that are one once compared, as A and a. */
  | { readonly kind: "characters_equal"; readonly pair: readonly [string, string] }
  | { readonly kind: "characters_look_alike"; readonly pair: readonly [string, string] };

/** Shapes that are taken for each other in one font or another; a character counts by its small and its capital shape. */
const LOOK_ALIKES: readonly string[] = [
  "0OoQОо",
  "1IiLl",
  "2Zz",
  "3ЗзЭэ",
  "4Чч",
  "5Ss",
  "6GбЬьb",
  "8Bв",
  "9gq",
  "AaАа",
  "BВ",
  "CcСс",
  "EeЕеЁё",
  "HНн",
  "KkКк",
  "MmМм",
  "NИ",
  "PpРр",
  "RЯ",
  "TtТт",
  "UuVvИи",
  "WwШшЩщ",
  "XxХх",
  "YyУу",
  "nПп",
  "rГг",
  "ИиЙй",
  "ЬьЪъЫы",
];

const ALLOWED = /^[0-9A-Za-zА-Яа-яЁё]$/;

/** What is wrong with `alphabet`, the first thing found; null when random codes may be made of it. */
export function alphabetProblem(alphabet: string): AlphabetProblem | null {
  const characters = [...alphabet];
  if (characters.length < 2) return { kind: "alphabet_too_small" };
  if (characters.length > ALPHABET_LIMIT) return { kind: "alphabet_too_large" };
  const odd = characters.find((character) => !ALLOWED.test(character));
  if (odd !== undefined) return { kind: "character_not_allowed", character: odd };
  for (const [index, right] of characters.entries()) {
    for (const left of characters.slice(0, index)) {
      if (foldCode(left) === foldCode(right)) return { kind: "characters_equal", pair: [left, right] };
      if (lookAlike(left, right)) return { kind: "characters_look_alike", pair: [left, right] };
    }
  }
  return null;
}

/** May one of two allowed characters be taken for the other, in capitals or small? */
export function lookAlike(left: string, right: string): boolean {
  const [lefts, rights] = [shapesOf(left), shapesOf(right)];
  return LOOK_ALIKES.some(
    (shapes) =>
      lefts.some((shape) => shapes.includes(shape)) && rights.some((shape) => shapes.includes(shape)),
  );
}

function shapesOf(character: string): readonly string[] {
  return [character.toLowerCase(), character.toUpperCase()];
}
