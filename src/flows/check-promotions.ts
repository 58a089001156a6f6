// What is legal in a rule set and yet probably not meant: names the catalogue does not know, codes without a promotion.
import { keyPath, type Mistake, nearest } from "../contract/index.ts";
import { foldCode, type PromotionSet } from "../core/pricing/index.ts";
import {
  catalogueSections,
  countOffers,
  countPromoCodes,
  findPromoCode,
  loadOffers,
  offersOfGroup,
  type Tx,
  vendorNames,
} from "../storage/index.ts";
import type { House } from "./house.ts";

/** Warnings that are told at most. */
export const WARNINGS_LIMIT = 100;

interface Mention {
  readonly path: string;
  readonly kind: "offers" | "groups" | "categories" | "vendors";
  readonly id: string;
}

/** Warnings about `set`, against the catalogue and the code table of this installation. */
export async function warningsOf(house: House, set: PromotionSet): Promise<Mistake[]> {
  const known = await house.database.read(async (tx) => [
    ...(await catalogueWarnings(tx, set)),
    ...(await codeWarnings(tx, set)),
  ]);
  return known.slice(0, WARNINGS_LIMIT);
}

/** Goods, categories and vendors that the catalogue does not have; nothing while there is no catalogue. */
async function catalogueWarnings(tx: Tx, set: PromotionSet): Promise<Mistake[]> {
  if ((await countOffers(tx)) === 0) return [];
  const mentions = mentionsIn(set.promotions, "promotions");
  const idsOf = (kind: Mention["kind"]): string[] => [
    ...new Set(mentions.flatMap((mention) => (mention.kind === kind ? [mention.id] : []))),
  ];
  const { offers } = await loadOffers(tx, idsOf("offers"));
  const groups = await offersOfGroup(tx, idsOf("groups"));
  const { categories } = await catalogueSections(tx);
  const vendors = await vendorNames(tx);
  const known: Readonly<Record<Mention["kind"], ReadonlySet<string>>> = {
    offers: new Set(offers.keys()),
    groups: new Set(groups.keys()),
    categories: new Set(categories.map(({ id }) => id)),
    vendors: new Set(vendors),
  };
  const suggest = ({ kind, id }: Mention): string | null => {
    if (kind === "vendors") return quoted(nearest(id, vendors));
    if (kind !== "categories") return null;
    const named = categories.find(({ name }) => name.toLowerCase() === id.toLowerCase());
    return named === undefined ? null : `that is the name of category “${named.id}”`;
  };
  return mentions
    .filter(({ kind, id }) => !known[kind].has(id))
    .map((mention) =>
      warning(
        mention.path,
        `the catalogue has no such ${SINGULAR[mention.kind]}: “${mention.id}”`,
        suggest(mention),
      ),
    );
}

const SINGULAR = { offers: "offer", groups: "group", categories: "category", vendors: "vendor" } as const;

/** Every place of `value` that names goods. Texts and attributes name none. */
function mentionsIn(value: unknown, path: string): Mention[] {
  if (value === null || typeof value !== "object") return [];
  if (Array.isArray(value)) return value.flatMap((each, index) => mentionsIn(each, `${path}[${index}]`));
  return Object.entries(value).flatMap(([key, inner]: [string, unknown]): Mention[] => {
    const at = keyPath(path, key);
    if (key === "params" || key === "texts" || key === "name") return [];
    if (key === "offer" && typeof inner === "string") return [{ path: at, kind: "offers", id: inner }];
    if (isKind(key) && Array.isArray(inner)) {
      return inner.map((id, index) => ({ path: `${at}[${index}]`, kind: key, id: String(id) }));
    }
    return mentionsIn(inner, at);
  });
}

function isKind(key: string): key is Mention["kind"] {
  return Object.hasOwn(SINGULAR, key);
}

/** Codes shown that nobody can use, and codes of the table whose promotion is gone or needs none. */
async function codeWarnings(tx: Tx, set: PromotionSet): Promise<Mistake[]> {
  const found: Mistake[] = [];
  for (const [index, { id, codes }] of set.promotions.entries()) {
    const listed = new Set((codes?.list ?? []).map(foldCode));
    for (const [place, { code }] of (codes?.showcase ?? []).entries()) {
      const folded = foldCode(code);
      if (listed.has(folded) || (await findPromoCode(tx, folded))?.promotionId === id) continue;
      const path = `promotions[${index}].codes.showcase[${place}].code`;
      found.push(
        warning(path, `“${code}” is shown but is no code of this promotion`, "add it to codes.list"),
      );
    }
  }
  const byId = new Map(set.promotions.map((promotion) => [promotion.id, promotion]));
  for (const [id, count] of await countPromoCodes(tx)) {
    const promotion = byId.get(id);
    if (promotion === undefined)
      found.push(warning("promotions", `${count} codes name “${id}”, which is not in the set`));
    else if (promotion.codes === undefined) {
      found.push(
        warning("promotions", `${count} codes name “${id}”, which applies without a code`, "add codes: {}"),
      );
    }
  }
  return found;
}

function warning(path: string, message: string, suggestion: string | null = null): Mistake {
  return suggestion === null ? { path, message } : { path, message, suggestion };
}

function quoted(word: string | null): string | null {
  return word === null ? null : `did you mean “${word}”?`;
}
