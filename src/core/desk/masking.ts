// Masks what tells a person in a text before it leaves the house: phones, e-mails, card numbers, addresses, in Russian and English.

/** What a mask stands for. */
export type MaskedKind = "phone" | "email" | "card" | "address";

/** Masks, as short words that readers of both languages understand. */
export const MASKS: { readonly [kind in MaskedKind]: string } = {
  phone: "[phone]",
  email: "[e-mail]",
  card: "[card]",
  address: "[address]",
};

/** A masked place of the text. */
export interface MaskedPlace {
  readonly kind: MaskedKind;
  /** First character, and the one after the last. */
  readonly at: number;
  readonly end: number;
}

const EMAIL =
  /[\p{L}\d._%+-]+\s?(?:@|\(at\)|\[at\]|\bсобака\b)\s?[\p{L}\d-]+(?:\.[\p{L}\d-]+)*\.\p{L}{2,}/giu;

/** Digits with the marks that people put between them. */
const DIGITS = /\+?\d(?:[\s().\u2010-\u2015-]{0,3}\d){5,22}/gu;

const STREET =
  "улица|улице|улицы|улицу|ул|проспект|проспекте|проспекта|пр-кт|пр-т|просп|переулок|переулке|переулка|пер|бульвар|бульваре|бульвара|б-р|бул|шоссе|ш|набережная|набережной|наб|площадь|площади|пл|проезд|проезде|пр-д|микрорайон|мкр|аллея|аллее|тупик";
const NAME = "[\\p{Lu}\\d][\\p{L}\\d-]*";
const NAMES = `${NAME}(?:\\s${NAME}){0,2}`;
const HOUSE =
  "(?:,?\\s*(?:д|дом|доме|дома|house)?\\.?\\s*\\d{1,4}\\s?[а-яa-z]?(?:\\s?[/к]\\s?\\d{1,3})?(?![\\p{L}\\d]))";
const MORE =
  "(?:,?\\s*(?:корпус|корп|к|строение|стр|подъезд|под|п|этаж|эт|квартира|квартире|квартиру|кв|офис|оф|домофон|apt|apartment|flat|suite|unit)\\.?\\s*№?\\s*\\d{1,4}[а-яa-z]?(?![\\p{L}\\d]))";
const ENGLISH = "Street|St|Avenue|Ave|Road|Rd|Lane|Ln|Boulevard|Blvd|Drive|Dr|Square|Sq|Embankment";

/** A street with a house, in either order of words; or a flat alone, which needs a house or an entrance beside it. */
const ADDRESSES: readonly RegExp[] = [
  new RegExp(`(?<![\\p{L}\\d])(?:${STREET})(?:\\.\\s?|\\s)${NAMES}${HOUSE}${MORE}*`, "gu"),
  new RegExp(`(?<![\\p{L}\\d])${NAMES}\\s(?:${STREET})\\.?${HOUSE}${MORE}*`, "gu"),
  new RegExp(`(?<![\\p{L}\\d])\\d{1,5}[a-z]?\\s${NAMES}\\s(?:${ENGLISH})\\b\\.?${MORE}*`, "gu"),
  new RegExp(`(?<![\\p{L}\\d])(?:ул|пер|просп|пр-кт|пр-т)\\.?\\s\\p{Ll}{3,}${HOUSE}${MORE}*`, "gu"),
  new RegExp(`(?<![\\p{L}\\d])${NAMES}${HOUSE}${MORE}+`, "gu"),
  new RegExp(`(?<![\\p{L}\\d])(?:д|дом|доме|дома)\\.?\\s*\\d{1,4}[а-я]?${MORE}+`, "giu"),
  new RegExp(
    `(?<![\\p{L}\\d])(?:квартира|квартире|квартиру|кв|подъезд|домофон|flat|apartment|apt)\\.?\\s*№?\\s*\\d{1,4}(?![\\p{L}\\d])${MORE}*`,
    "giu",
  ),
];

/** The places to be masked, in order, none over another. */
export function maskedPlaces(text: string): readonly MaskedPlace[] {
  const found: MaskedPlace[] = [];
  const add = (kind: MaskedKind, at: number, length: number): void => {
    const end = at + length;
    if (!found.some((place) => at < place.end && place.at < end)) found.push({ kind, at, end });
  };
  for (const match of text.matchAll(EMAIL)) add("email", match.index, match[0].length);
  for (const match of text.matchAll(DIGITS)) {
    const kind = kindOfDigits(match[0]);
    if (kind !== null) add(kind, match.index, match[0].length);
  }
  for (const pattern of ADDRESSES) {
    for (const match of text.matchAll(pattern)) add("address", match.index, match[0].length);
  }
  return found.sort((left, right) => left.at - right.at);
}

/** The text with masks in place of what tells a person. */
export function masked(text: string): string {
  let end = 0;
  let written = "";
  for (const place of maskedPlaces(text)) {
    written += text.slice(end, place.at) + MASKS[place.kind];
    end = place.end;
  }
  return written + text.slice(end);
}

/** Whether a run of digits is a card (Luhn), a phone, or neither: sums, times and order numbers stay. */
function kindOfDigits(run: string): "card" | "phone" | null {
  const digits = run.replaceAll(/\D/g, "");
  if (digits.length >= 13 && digits.length <= 19 && isLuhn(digits)) return "card";
  if (/^\d{1,2}[.]\d{1,2}[.]\d{4}$/.test(run) || /^\d{4}-\d\d-\d\d/.test(run)) return null;
  const isInternational = run.startsWith("+") && digits.length >= 10 && digits.length <= 15;
  const isRussian = digits.length === 11 && /^[78]/.test(digits);
  const isWithoutCode = digits.length === 10 && digits.startsWith("9");
  const isLocal = digits.length === 7 && /^\d{3}[\s-]\d\d[\s-]\d\d$/.test(run);
  const isGrouped = digits.length === 10 && /^\(?\d{3}\)?[\s-]\d{3}[\s-]\d{2}[\s-]?\d{2}$/.test(run);
  return isInternational || isRussian || isWithoutCode || isLocal || isGrouped ? "phone" : null;
}

/** The check sum of card numbers. */
function isLuhn(digits: string): boolean {
  let sum = 0;
  for (let place = 0; place < digits.length; place += 1) {
    const digit = Number(digits[digits.length - 1 - place]);
    const double = place % 2 === 1 ? digit * 2 : digit;
    sum += double > 9 ? double - 9 : double;
  }
  return sum % 10 === 0;
}
