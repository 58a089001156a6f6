// Texts of the console: one dictionary a language, fetched when it is needed; keys are checked by the compiler.
import i18next, { type i18n } from "i18next";
import type { ruWords } from "./words/ru/all.ts";

/** Languages of the console. */
export const LANGUAGES = ["ru", "en"] as const;

/** A language of the console. */
export type Language = (typeof LANGUAGES)[number];

/** A text that depends on a number: forms as Intl.PluralRules names them. `{{count}}` is the number. */
export type Plural = {
  readonly one: string;
  readonly few?: string;
  readonly many?: string;
  readonly other: string;
};

/** A dictionary with the keys of another one: what words/en/*.ts are held to by the compiler. */
export type Same<Words> = {
  readonly [Key in keyof Words]: Words[Key] extends string
    ? string
    : Words[Key] extends { readonly one: string; readonly other: string }
      ? Plural
      : Same<Words[Key]>;
};

/** Keys of a dictionary, parts joined by dots. */
export type KeysOf<Words> = {
  [Key in keyof Words & string]: Words[Key] extends string | { readonly one: string; readonly other: string }
    ? Key
    : `${Key}.${KeysOf<Words[Key]>}`;
}[keyof Words & string];

/** Every key there is. */
export type WordKey = KeysOf<typeof ruWords>;

/** Values of `{{names}}` in a text; `count` chooses the plural form. */
export type WordValues = Readonly<Record<string, string | number>>;

/** Gives the text of a key in the reader's language. */
export type Say = (key: WordKey, values?: WordValues) => string;

/** A dictionary as it is written. */
interface Dictionary {
  readonly [key: string]: string | Plural | Dictionary;
}

function isPlural(value: Dictionary | Plural): value is Plural {
  return typeof value["one"] === "string" && typeof value["other"] === "string";
}

/** The dictionary with plural forms as the library wants them: `key_one`, `key_few`… */
export function flattened(words: Dictionary): Record<string, unknown> {
  const flat: Record<string, unknown> = {};
  for (const [key, value] of Object.entries(words)) {
    if (typeof value === "string") flat[key] = value;
    else if (isPlural(value)) {
      for (const [form, text] of Object.entries(value)) flat[`${key}_${form}`] = text;
    } else flat[key] = flattened(value);
  }
  return flat;
}

/** Fetches a language's dictionary; the other language's never travels. */
async function fetchWords(language: Language): Promise<Dictionary> {
  return language === "ru"
    ? (await import("./words/ru/all.ts")).ruWords
    : (await import("./words/en/all.ts")).enWords;
}

let instance: i18n | undefined;

/** Loads a language and gives the function that speaks it. */
export async function loadLanguage(language: Language): Promise<Say> {
  const words = flattened(await fetchWords(language));
  if (instance === undefined) {
    instance = i18next.createInstance();
    await instance.init({
      lng: language,
      fallbackLng: false,
      resources: {},
      // React escapes what it shows.
      interpolation: { escapeValue: false },
    });
  }
  instance.addResourceBundle(language, "translation", words, true, true);
  const speak = instance.getFixedT(language);
  return (key, values) => speak(key, { ...values });
}
