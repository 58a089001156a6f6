// Which passwords are taken: long ones that are not made of what everybody tries first. No other rules, no forced change.
import { GUESSED_WORDS, ROWS } from "./guessed-words.ts";

/** Fewest characters of a password. */
export const PASSWORD_LEAST = 12;

/** Most characters of a password. */
export const PASSWORD_MOST = 128;

/** Why a password is not taken. */
export type WeakPassword = "too_short" | "too_long" | "too_common" | "names_itself";

/** Pieces of which a password that is too common may be made. */
const MOST_PIECES = 4;

/** Why `password` is not taken from somebody who signs in as `login`; null: it is. Characters are Unicode's, not bytes. */
export function whyWeak(password: string, login: string, name = ""): WeakPassword | null {
  const characters = [...password];
  if (characters.length < PASSWORD_LEAST) return "too_short";
  if (characters.length > PASSWORD_MOST) return "too_long";
  const folded = fold(password);
  if (piecesOf(folded, []) <= MOST_PIECES) return "too_common";
  const own = [login, ...login.split(/[@._-]/), ...name.split(/\s+/)]
    .map(fold)
    .filter((word) => word.length >= 3);
  return piecesOf(folded, own) <= MOST_PIECES ? "names_itself" : null;
}

function fold(text: string): string {
  return text.normalize("NFKC").toLowerCase();
}

const STANDS_FOR: Readonly<Record<string, string>> = {
  "0": "o",
  "1": "i",
  "3": "e",
  "4": "a",
  "5": "s",
  "7": "t",
  "@": "a",
  $: "s",
  "!": "i",
};

/** Letters instead of the digits and signs that people write for them. */
function plain(text: string): string {
  return text.replaceAll(/[0134578@$!]/g, (sign) => STANDS_FOR[sign] ?? sign);
}

/** The fewest guessable pieces that make up the whole text; Infinity where they do not. A text repeated is one piece more. */
function piecesOf(text: string, own: readonly string[]): number {
  const unit = unitOf(text);
  if (unit.length < text.length) return unit.length <= 4 ? 1 : 1 + piecesOf(unit, own);
  const fewest: number[] = [0];
  for (let end = 1; end <= text.length; end += 1) {
    let best = Number.POSITIVE_INFINITY;
    for (let start = Math.max(0, end - LONGEST_PIECE); start < end; start += 1) {
      const before = fewest[start] as number;
      if (before + 1 < best && isPiece(text.slice(start, end), own)) best = before + 1;
    }
    fewest.push(best);
  }
  return fewest[text.length] as number;
}

const LONGEST_PIECE = 40;

/** The shortest text of which `text` is a repetition. */
function unitOf(text: string): string {
  const at = `${text}${text}`.indexOf(text, 1);
  return text.slice(0, at);
}

const WORDS = new Set(GUESSED_WORDS);
const WALKS = ROWS.flatMap((row) => [row + row, [...(row + row)].reverse().join("")]);

/** A word that is tried first, a walk over keys or numbers, one character again and again, up to four digits, a sign or two. */
function isPiece(text: string, own: readonly string[]): boolean {
  return (
    WORDS.has(text) ||
    WORDS.has(plain(text)) ||
    own.includes(text) ||
    (text.length >= 3 && WALKS.some((walk) => walk.includes(text))) ||
    /^(.)\1+$/u.test(text) ||
    /^\d{1,4}$/.test(text) ||
    /^[\p{P}\p{S}\s]{1,2}$/u.test(text) ||
    isDate(text)
  );
}

function isDate(text: string): boolean {
  return /^(?:\d{2}[.\-/]?\d{2}[.\-/]?(?:19|20)\d{2}|(?:19|20)\d{2}[.\-/]?\d{2}[.\-/]?\d{2})$/.test(text);
}
