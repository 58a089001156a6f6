// How two spellings of a promo code are found equal: shoppers type codes with any case, width, dashes and stray spaces.

/** Letters, digits and signs for which lower case is all: nearly every code there is. */
const PLAIN = /^[!-~А-Яа-я]*$/;

/** Characters that nobody sees: format and control characters, fillers, selectors. White space is no such character. */
const INVISIBLE = /[\p{Default_Ignorable_Code_Point}\p{Cf}\u2800]|(?!\s)\p{Cc}/gu;

/** Rounds until nothing changes; two are enough for every character by itself, the rest is for odd sequences. */
const ROUNDS = 5;

/**
 * The code as compared. Equal are: letter cases (ß, ẞ and SS too; the four letters I i İ ı of Turkish), compatibility forms
 * (full-width letters, ligatures, circled digits), composed and decomposed letters, ё and е, all dashes and the minus, runs of
 * spaces of any kind. Spaces around and invisible characters do not count. Different stay: letters that only look alike
 * (Latin C, Cyrillic С), й and и, a space and none, a dash and none.
 */
export function foldCode(code: string): string {
  if (PLAIN.test(code)) return code.toLowerCase();
  let folded = foldOnce(code);
  let before = code;
  for (let round = 1; round < ROUNDS && folded !== before; round += 1) {
    before = folded;
    folded = foldOnce(before);
  }
  return folded;
}

function foldOnce(text: string): string {
  return (
    text
      .normalize("NFKC")
      .replace(INVISIBLE, "")
      .replace(/\s+/gu, " ")
      .trim()
      .replace(/[\p{Pd}\u2212]/gu, "-")
      // Down first: ẞ has no upper case of its own, so only its lower case becomes SS.
      .toLowerCase()
      .toUpperCase()
      .toLowerCase()
      .replaceAll("ς", "σ")
      .replace(/i\u0307+/gu, "i")
      .replace(/ё\u0308*/gu, "е")
      .normalize("NFKC")
  );
}
