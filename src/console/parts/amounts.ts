// Money, points, percents and moments as the reader writes them; instants in the shop's time zone.
import type { Language } from "../words.ts";

/** Locales of the languages: what Intl formats by. */
const LOCALES: Readonly<Record<Language, string>> = { ru: "ru-RU", en: "en-GB" };

const numbers = new Map<string, Intl.NumberFormat>();

/** A formatter, made once: making one costs more than using it a thousand times. */
function numberFormat(language: Language, options: Intl.NumberFormatOptions): Intl.NumberFormat {
  const key = language + JSON.stringify(options);
  const known = numbers.get(key);
  if (known !== undefined) return known;
  const made = new Intl.NumberFormat(LOCALES[language], options);
  numbers.set(key, made);
  return made;
}

/** The minus as typographers set it, and a space that does not break before the currency. */
function typeset(text: string): string {
  return text.replace("-", "−").replaceAll(/[\u0020\u202f]/g, "\u00a0");
}

/** Kopecks as roubles: «1 234,50 ₽», "1,234.50 ₽". Whole roubles are written without kopecks when `isShort`. */
export function moneyText(
  minor: number,
  language: Language,
  options: { readonly isShort?: boolean; readonly hasSign?: boolean } = {},
): string {
  const isWhole = options.isShort === true && minor % 100 === 0;
  const digits = isWhole ? 0 : 2;
  const text = numberFormat(language, {
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
    useGrouping: true,
    signDisplay: options.hasSign ? "exceptZero" : "auto",
  }).format(roubles(minor));
  return typeset(`${text} ₽`);
}

/** Kopecks as decimal text: a division would lose the last kopeck of a large sum. */
function roubles(minor: number): `${number}` {
  const digits = String(Math.abs(minor)).padStart(3, "0");
  return `${minor < 0 ? "-" : ""}${digits.slice(0, -2)}.${digits.slice(-2)}` as `${number}`;
}

/** A whole or decimal number with the reader's separators. */
export function numberText(value: number, language: Language, digits = 0): string {
  return typeset(
    numberFormat(language, {
      minimumFractionDigits: 0,
      maximumFractionDigits: digits,
      useGrouping: true,
    }).format(value),
  );
}

/** Basis points as percent: 1250 is «12,5 %», "12.5%". */
export function percentText(bps: number, language: Language): string {
  return typeset(
    numberFormat(language, { style: "percent", minimumFractionDigits: 0, maximumFractionDigits: 2 }).format(
      bps / 10_000,
    ),
  );
}

/** Thousandths of a piece or kilogram: 1500 is «1,5», "1.5". */
export function quantityText(thousandths: number, language: Language): string {
  return numberText(thousandths / 1000, language, 3);
}

/** How a moment is written. */
export type MomentStyle = "moment" | "day" | "time" | "seconds" | "exact";

const MOMENTS: Readonly<Record<MomentStyle, Intl.DateTimeFormatOptions>> = {
  moment: { day: "numeric", month: "short", hour: "2-digit", minute: "2-digit" },
  day: { day: "numeric", month: "short", year: "numeric" },
  time: { hour: "2-digit", minute: "2-digit" },
  seconds: { hour: "2-digit", minute: "2-digit", second: "2-digit" },
  exact: {
    day: "numeric",
    month: "long",
    year: "numeric",
    hour: "2-digit",
    minute: "2-digit",
    second: "2-digit",
    timeZoneName: "short",
  },
};

const dates = new Map<string, Intl.DateTimeFormat>();

function dateFormat(
  language: Language,
  zone: string,
  options: Intl.DateTimeFormatOptions,
): Intl.DateTimeFormat {
  const key = language + zone + JSON.stringify(options);
  const known = dates.get(key);
  if (known !== undefined) return known;
  const made = new Intl.DateTimeFormat(LOCALES[language], { ...options, timeZone: zone });
  dates.set(key, made);
  return made;
}

/**
 * An instant (ms, or RFC 3339 text of the API) in the shop's zone. `moment` adds the year when it is not `now`'s; `exact`
 * names the zone.
 */
export function momentText(
  instant: number | string,
  language: Language,
  zone: string,
  style: MomentStyle = "moment",
  now: number = Date.now(),
): string {
  const date = new Date(instant);
  if (Number.isNaN(date.getTime())) return String(instant);
  const year = (at: number | Date): string => dateFormat("en", zone, { year: "numeric" }).format(at);
  const isOtherYear = style === "moment" && year(date) !== year(now);
  const options = { ...MOMENTS[style], ...(isOtherYear ? { year: "numeric" as const } : {}) };
  return dateFormat(language, zone, options).format(date).replaceAll(" ", "\u00a0").replace(",\u00a0", ", ");
}

const STEPS = [
  ["day", 86_400_000],
  ["hour", 3_600_000],
  ["minute", 60_000],
] as const;

/** How long ago or ahead: «5 минут назад», "in 2 hours"; under a minute it is «сейчас», "now". */
export function agoText(instant: number | string, language: Language, now: number = Date.now()): string {
  const gap = new Date(instant).getTime() - now;
  const format = new Intl.RelativeTimeFormat(LOCALES[language], { numeric: "auto" });
  for (const [unit, ms] of STEPS) {
    if (Math.abs(gap) >= ms) return format.format(Math.trunc(gap / ms), unit).replaceAll(" ", "\u00a0");
  }
  return format.format(0, "second");
}
