// Words as search sees them: lower case, ё as е, without endings; Russian and English, each by its own rules.
import { stemmer as englishStem } from "@orama/stemmers/english";
import { stemmer as russianStem } from "@orama/stemmers/russian";

/** Longest word that is looked at, characters: what is longer was never typed to be found. */
const WORD_LIMIT = 60;

/** Most words of one text that are kept. */
const WORDS_LIMIT = 2000;

/** The stems of a text in their order. Digits are words; everything else between them is not. */
export function stemWords(text: string): string[] {
  const plain = text.normalize("NFKC").toLowerCase().replaceAll("ё", "е");
  const stems: string[] = [];
  for (const [word] of plain.matchAll(/[\p{L}\p{N}]+/gu)) {
    stems.push(stemOf(word.slice(0, WORD_LIMIT)));
    if (stems.length === WORDS_LIMIT) break;
  }
  return stems;
}

/** Stems as the desk keeps them: between single spaces, one at each end; empty without any. */
export function stemText(...texts: readonly (string | null)[]): string {
  const stems = texts.flatMap((text) => (text === null ? [] : stemWords(text)));
  return stems.length === 0 ? "" : ` ${stems.join(" ")} `;
}

function stemOf(word: string): string {
  if (/^[а-я]+$/.test(word)) return russianStem(word);
  return /^[a-z]+$/.test(word) ? englishStem(word) : word;
}
