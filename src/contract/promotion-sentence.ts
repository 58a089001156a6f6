// A promotion as one plain sentence, in Russian or English: the same function for the editor's preview, for lists and for the audit.
import type { Condition, Effect, Goods, PromotionDocument } from "../core/pricing/index.ts";
import { ENGLISH } from "./sentence-en.ts";
import { RUSSIAN } from "./sentence-ru.ts";
import type { Inside, NamedKind, SentenceWords } from "./sentence-words.ts";

/** Languages of sentences. */
export type SentenceLanguage = "ru" | "en";

/** Looks up what a thing is called; null: only its id is known, and is shown. */
export type NameOf = (kind: NamedKind, id: string) => string | null;

const LANGUAGES: Readonly<Record<SentenceLanguage, SentenceWords>> = { ru: RUSSIAN, en: ENGLISH };
const NO_NAMES: NameOf = () => null;

/** The sentence. Never empty, for every promotion that fits the schema. */
export function promotionSentence(
  promotion: Omit<PromotionDocument, "id" | "name">,
  language: SentenceLanguage,
  nameOf: NameOf = NO_NAMES,
): string {
  const words = LANGUAGES[language];
  const inside = insideOf(words, language, nameOf);
  const { audience = [], when = [], schedule, codes, choice, caps, floor, limits, combining } = promotion;
  const on = inside.goods(promotion.scope);
  const effects = promotion.then.map((effect) => effectText(effect, on, words, inside));
  const conditions = [...audience, ...when].map(inside.condition);
  const status = promotion.status === undefined ? null : words.status(promotion.status);
  const parts = [
    effects.join("; "),
    ...(conditions.length === 0 ? [] : [words.when(conditions)]),
    ...(codes === undefined ? [] : [words.codes((codes.list ?? []).map(words.quoted))]),
    ...(choice === undefined ? [] : [words.chosen]),
    ...(schedule === undefined ? [] : words.schedule(schedule)),
    ...(caps === undefined ? [] : words.caps(caps)),
    ...(floor === undefined ? [] : words.floor(floor)),
    ...(limits === undefined ? [] : words.limits(limits)),
    ...(promotion.rounding === undefined ? [] : [words.rounding(promotion.rounding)]),
    ...(combining === undefined ? [] : words.combining(combining)),
    ...(status === null ? [] : [status]),
  ];
  const sentence = parts.filter((part) => part !== "").join("; ");
  return `${sentence.charAt(0).toUpperCase()}${sentence.slice(1)}.`;
}

/** One condition as a clause: what the form shows beside its fields. */
export function conditionClause(
  condition: Condition,
  language: SentenceLanguage,
  nameOf: NameOf = NO_NAMES,
): string {
  return insideOf(LANGUAGES[language], language, nameOf).condition(condition);
}

/** A set of goods as a clause. */
export function goodsClause(goods: Goods, language: SentenceLanguage, nameOf: NameOf = NO_NAMES): string {
  return insideOf(LANGUAGES[language], language, nameOf).goods(goods);
}

function insideOf(words: SentenceWords, language: SentenceLanguage, nameOf: NameOf): Inside {
  const inside: Inside = {
    goods: (goods) => goodsText(goods ?? {}, words, inside),
    condition: (condition) => {
      const [key, value] = Object.entries(condition)[0] as [keyof SentenceWords["condition"], never];
      return words.condition[key](value, inside);
    },
    named: (kind, id) => words.quoted(nameOf(kind, id) ?? id),
    text: (text) => (typeof text === "string" ? text : language === "ru" ? text.ru : (text.en ?? text.ru)),
  };
  return inside;
}

function effectText(effect: Effect, on: string, words: SentenceWords, inside: Inside): string {
  const key = Object.keys(effect).find((each) => each !== "per") as keyof SentenceWords["effect"];
  const value = effect[key as keyof Effect] as never;
  return words.effect[key](value, on, inside, effect);
}

const LISTED = [
  ["offers", "offer"],
  ["groups", "group"],
  ["categories", "category"],
  ["vendors", "vendor"],
] as const;

function goodsText(goods: Goods, words: SentenceWords, inside: Inside): string {
  const nouns = LISTED.flatMap(([key, kind]) => {
    const ids = goods[key];
    return ids === undefined ? [] : [words.goods[key](words.or(ids.map((id) => inside.named(kind, id))))];
  });
  const { price, hasOldPrice, params = {}, any, all, not } = goods;
  const rest = [
    ...(price === undefined ? [] : [words.goods.price(price)]),
    ...(hasOldPrice === undefined ? [] : [words.goods.hasOldPrice(hasOldPrice)]),
    ...Object.entries(params).map(([name, values]) =>
      words.goods.param(name, words.or(values.map(words.quoted))),
    ),
    ...(any === undefined ? [] : [words.goods.any(any.map(inside.goods))]),
    ...(all === undefined ? [] : [words.goods.both(all.map(inside.goods))]),
  ];
  const some = [...nouns, ...rest];
  const base = some.length === 0 ? words.goods.all : words.goods.some(some, nouns.length > 0);
  return not === undefined ? base : `${base}, ${words.goods.not(inside.goods(not))}`;
}
