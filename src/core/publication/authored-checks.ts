// Checks of what is written, without pricing anything: steps, texts and the names that the catalogue should know.
import { parseDecimal } from "../money/index.ts";
import type { Effect, Text } from "../pricing/index.ts";
import type { CatalogueView } from "./catalogue.ts";
import { type Remark, rubles } from "./finding.ts";
import { nearestName } from "./spelling.ts";
import type { Subject } from "./subject.ts";

/** Longest texts of a shown code that the app shows, in characters. */
export const SHOWN_LENGTHS = { code: 30, title: 20, description: 35, longDescription: 100 } as const;

/** What a person sees as one character: a letter with its accents, a flag. */
const SEGMENTS = new Intl.Segmenter("ru", { granularity: "grapheme" });

type Levels = Extract<Effect, { steps: unknown }>["steps"]["levels"];

/** Steps that give less higher up, or do not ascend. */
export function stepRemarks({ document, path }: Subject): Remark[] {
  return document.then.flatMap((effect, index) => {
    if (!("steps" in effect)) return [];
    const { by, levels } = effect.steps;
    const at = `${path}.then[${index}].steps.levels`;
    const froms = levels.map(({ from }) => parseDecimal(from, by === "sum" ? 2 : 3) ?? 0);
    const shown = (from: number): string => (by === "sum" ? rubles(from) : String(from / 1000));
    const remarks: Remark[] = [];
    for (let place = 1; place < levels.length; place += 1) {
      const [before, now] = [froms[place - 1] as number, froms[place] as number];
      const words = { actual: shown(now), needed: shown(before) };
      const about = {
        path: `${at}[${place}].from`,
        promotionIds: [document.id],
        words,
        needed: before,
        actual: now,
      };
      if (now < before) remarks.push({ code: "steps_unordered", ...about });
      if (now === before) remarks.push({ code: "steps_twin", ...about });
    }
    return [...remarks, ...falls(levels, froms, by === "sum", at, document.id, shown)];
  });
}

/** Levels whose value at their own threshold is below the one before. */
function falls(
  levels: Levels,
  froms: readonly number[],
  isSum: boolean,
  at: string,
  id: string,
  shown: (from: number) => string,
): Remark[] {
  const order = froms.map((_, place) => place).sort((a, b) => (froms[a] as number) - (froms[b] as number));
  return order.slice(1).flatMap((place, rank): Remark[] => {
    const from = froms[place] as number;
    const [low, high] = [levels[order[rank] as number], levels[place]];
    if (from === froms[order[rank] as number]) return [];
    const isSameKind = (low?.percent === undefined) === (high?.percent === undefined);
    // A percentage and an amount can be compared only where the sum is known: at the threshold.
    if (!isSum && !isSameKind) return [];
    const value = (level: Levels[number] | undefined): number =>
      level?.percent === undefined
        ? (parseDecimal(level?.amount ?? 0, 2) ?? 0)
        : (from * level.percent) / 100;
    const [needed, actual] = [value(low), value(high)];
    if (actual >= needed) return [];
    const isShare = isSameKind && low?.percent !== undefined;
    const words = {
      from: shown(from),
      needed: isShare ? `${low.percent} %` : rubles(needed),
      actual: isShare ? `${high?.percent} %` : rubles(actual),
    };
    return [{ code: "steps_fall", path: `${at}[${place}]`, promotionIds: [id], needed, actual, words }];
  });
}

/** Texts that the app would cut, and placeholders that nothing fills. */
export function textRemarks({ document, path }: Subject): Remark[] {
  const remarks: Remark[] = [];
  for (const [place, showcase] of (document.codes?.showcase ?? []).entries()) {
    for (const [key, most] of Object.entries(SHOWN_LENGTHS)) {
      for (const [at, text] of textsOf(showcase[key as keyof typeof SHOWN_LENGTHS])) {
        const length = [...SEGMENTS.segment(text)].length;
        if (length <= most) continue;
        remarks.push({
          code: "text_too_long",
          path: `${path}.codes.showcase[${place}].${key}${at}`,
          promotionIds: [document.id],
          needed: most,
          actual: length,
          words: { needed: most, actual: length },
        });
      }
    }
  }
  const messages = document.then.map((effect) => ("message" in effect ? effect.message : undefined));
  const shown: (readonly [string, Text | undefined, boolean])[] = [
    ["name", document.name, false],
    ["texts.hint", document.texts?.hint, true],
    ["texts.applied", document.texts?.applied, false],
    ["texts.description", document.texts?.description, false],
    ...messages.map((message, index) => [`then[${index}].message`, message, false] as const),
  ];
  for (const [key, text, isHint] of shown) {
    for (const [at, sentence] of textsOf(text)) {
      const unknown = (sentence.match(/\{[^{}\s]*\}/g) ?? []).find((each) => !isHint || each !== "{missing}");
      if (unknown === undefined) continue;
      const words = { what: unknown, missing: "{missing}" };
      const about = { promotionIds: [document.id], words };
      remarks.push({ code: "unknown_placeholder", path: `${path}.${key}${at}`, ...about });
    }
  }
  return remarks;
}

function textsOf(text: Text | undefined): (readonly [string, string])[] {
  if (text === undefined) return [];
  if (typeof text === "string") return [["", text]];
  return Object.entries(text).map(([language, words]) => [`.${language}`, words]);
}

/** Names that an installation knows; null: it does not know them all, so nothing is said. */
export interface KnownNames {
  readonly outlets?: readonly string[] | null;
  readonly segments?: readonly string[] | null;
  readonly tiers?: readonly string[] | null;
  readonly delivery?: readonly string[] | null;
  readonly payment?: readonly string[] | null;
  readonly pickupPoints?: readonly string[] | null;
  readonly employees?: readonly string[] | null;
}

const KINDS = {
  offers: ["offer", "товар"],
  groups: ["group of offers", "группа товаров"],
  categories: ["category", "раздел"],
  vendors: ["vendor", "производитель"],
  outlets: ["outlet", "торговая точка"],
  segments: ["segment", "сегмент"],
  tiers: ["tier", "уровень"],
  delivery: ["delivery method", "способ доставки"],
  payment: ["payment method", "способ оплаты"],
  pickupPoints: ["pickup point", "пункт выдачи"],
  employees: ["employee", "сотрудник"],
} as const;

type Kind = keyof typeof KINDS;

/** Checks names against what the catalogue and the installation know. */
export class NameCheck {
  readonly #known = new Map<Kind, ReadonlySet<string>>();
  readonly #labels: ReadonlyMap<string, string>;

  constructor(catalogue: CatalogueView | null, names: KnownNames) {
    for (const kind of Object.keys(KINDS) as Kind[]) {
      const list = names[kind as keyof KnownNames];
      if (Array.isArray(list)) this.#known.set(kind, new Set(list));
    }
    this.#labels = new Map((catalogue?.categories ?? []).map(({ id, name }) => [name.toLowerCase(), id]));
    if (catalogue === null) return;
    const { offers, categories } = catalogue;
    this.#known.set("offers", new Set(offers.map(({ id }) => id)));
    this.#known.set("groups", new Set(offers.map(({ groupId }) => groupId)));
    const used = offers.flatMap(({ categoryIds }) => categoryIds);
    this.#known.set("categories", new Set([...categories.map(({ id }) => id), ...used]));
    this.#known.set("vendors", new Set(offers.flatMap(({ vendor }) => (vendor === null ? [] : [vendor]))));
  }

  /** What was probably meant by an offer id that is not known; empty where nothing is near. */
  meantOffer(id: string): string {
    const meant = nearestName(id, this.#known.get("offers") ?? []);
    return meant === null ? "" : `: “${meant}”?`;
  }

  /** Every name of the promotion that is not known. Gifts are left to their own check. */
  remarks({ document, path }: Subject): Remark[] {
    const { audience, when, scope } = document;
    const kits = document.then.map((effect) => ("kit" in effect ? effect.kit : null));
    return this.#visit({ audience, scope, then: kits, when }, path, document.id);
  }

  #visit(value: unknown, path: string, id: string): Remark[] {
    if (value === null || typeof value !== "object") return [];
    if (Array.isArray(value))
      return value.flatMap((each, index) => this.#visit(each, `${path}[${index}]`, id));
    return Object.entries(value).flatMap(([key, inner]: [string, unknown]) => {
      if (key === "params") return [];
      const known = Object.hasOwn(KINDS, key) ? this.#known.get(key as Kind) : undefined;
      if (known === undefined || !Array.isArray(inner)) return this.#visit(inner, `${path}.${key}`, id);
      return inner.flatMap((name, index) => {
        const at = `${path}.${key}[${index}]`;
        return this.#isKnown(String(name), key as Kind, known)
          ? []
          : [this.#unknown(String(name), key as Kind, at, id)];
      });
    });
  }

  #isKnown(name: string, kind: Kind, known: ReadonlySet<string>): boolean {
    if (known.has(name)) return true;
    const isMethod = kind === "delivery" || kind === "payment" || kind === "pickupPoints";
    return isMethod && name.includes("/") && known.has(name.slice(name.indexOf("/") + 1));
  }

  #unknown(name: string, kind: Kind, path: string, id: string): Remark {
    const labelled = kind === "categories" ? this.#labels.get(name.toLowerCase()) : undefined;
    const meant = labelled ?? nearestName(name, this.#known.get(kind) ?? []);
    const [en, ru] = KINDS[kind];
    const words = {
      what: name,
      kind: en,
      kindRu: ru,
      meant: meant === null ? "" : ` — did you mean “${meant}”?`,
      meantRu: meant === null ? "" : ` — может быть, «${meant}»?`,
    };
    return { code: "unknown_name", path, promotionIds: [id], needed: meant, actual: name, words };
  }
}
