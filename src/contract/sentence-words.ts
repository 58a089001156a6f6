// What the sentence of a promotion is put together from: the pieces that each language has to have.
import type {
  Combining,
  Condition,
  Effect,
  Goods,
  Limits,
  PromotionDocument,
} from "../core/pricing/index.ts";

type KeyOf<Union> = Union extends unknown ? keyof Union : never;
type ValueOf<Union, Key extends PropertyKey> = Union extends Record<Key, infer Value> ? Value : never;

/** What is said of the parts inside: goods and conditions are sentences of their own. */
export interface Inside {
  readonly goods: (goods: Goods | undefined) => string;
  readonly condition: (condition: Condition) => string;
  /** A thing by its id, in quotation marks: the name where it is known. */
  readonly named: (kind: NamedKind, id: string) => string;
  readonly text: (text: PromotionDocument["name"]) => string;
}

/** Kinds of things that a promotion names by id. */
export type NamedKind =
  | "offer"
  | "group"
  | "category"
  | "vendor"
  | "segment"
  | "tier"
  | "outlet"
  | "employee"
  | "pickupPoint"
  | "delivery"
  | "payment"
  | "city";

/** A piece for every condition: a new one does not compile without its words. */
export type ConditionWords = {
  readonly [Key in KeyOf<Condition>]: (value: ValueOf<Condition, Key>, inside: Inside) => string;
};

/** A piece for every effect; `on`: the goods of the promotion. */
export type EffectWords = {
  readonly [Key in Exclude<KeyOf<Effect>, "per">]: (
    value: ValueOf<Effect, Key>,
    on: string,
    inside: Inside,
    effect: Effect,
  ) => string;
};

/** Pieces for every key of goods that lists things, and for the rest of them. */
export interface GoodsWords {
  readonly all: string;
  readonly some: (parts: readonly string[], hasNoun: boolean) => string;
  readonly offers: (list: string) => string;
  readonly groups: (list: string) => string;
  readonly categories: (list: string) => string;
  readonly vendors: (list: string) => string;
  readonly price: (price: NonNullable<Goods["price"]>) => string;
  readonly hasOldPrice: (has: boolean) => string;
  readonly param: (name: string, list: string) => string;
  readonly any: (parts: readonly string[]) => string;
  readonly both: (parts: readonly string[]) => string;
  readonly not: (goods: string) => string;
}

/** One language. */
export interface SentenceWords {
  readonly condition: ConditionWords;
  readonly effect: EffectWords;
  readonly goods: GoodsWords;
  /** Things of which any will do. */
  readonly or: (parts: readonly string[]) => string;
  readonly quoted: (text: string) => string;
  readonly when: (conditions: readonly string[]) => string;
  readonly schedule: (schedule: NonNullable<PromotionDocument["schedule"]>) => readonly string[];
  readonly codes: (list: readonly string[]) => string;
  readonly chosen: string;
  readonly caps: (caps: NonNullable<PromotionDocument["caps"]>) => readonly string[];
  readonly floor: (floor: NonNullable<PromotionDocument["floor"]>) => readonly string[];
  readonly limits: (limits: Limits) => readonly string[];
  readonly combining: (combining: Combining) => readonly string[];
  readonly rounding: (rounding: NonNullable<PromotionDocument["rounding"]>) => string;
  readonly status: (status: NonNullable<PromotionDocument["status"]>) => string | null;
}

/** An amount of roubles with its digits in groups. */
export function roublesText(value: number | string, comma: "," | ".", space: string): string {
  const [whole = "", part = ""] = String(value).replace(",", ".").split(".");
  const grouped = whole.replaceAll(/\B(?=(\d{3})+$)/g, space);
  return `${grouped}${part === "" ? "" : `${comma}${part.padEnd(2, "0")}`}`;
}

/** Each key of an object that is there, with what is said of it. */
export function saidOf<Shape extends object>(
  shape: Shape,
  words: { readonly [Key in keyof Shape]?: (value: NonNullable<Shape[Key]>) => string | null },
): string[] {
  return (Object.keys(words) as (keyof Shape)[]).flatMap((key) => {
    const value = shape[key];
    const said = value === undefined || value === null ? null : (words[key]?.(value) ?? null);
    return said === null ? [] : [said];
  });
}
