// Names of goods and categories of today's catalogue, for sentences that would otherwise show ids.
import { findOffers, findSections } from "./browse-catalogue.ts";
import type { House } from "./house.ts";

/** Most goods that are named; the rest keep their ids. */
const MOST = 1_000;

/** Goods of one question to the catalogue. */
const AT_ONCE = 100;

/** What things are called, by id; what the catalogue does not know is missing. */
export interface NamedGoods {
  readonly offers: ReadonlyMap<string, string>;
  readonly categories: ReadonlyMap<string, string>;
}

/** Looks the names up. */
export async function nameGoods(
  house: House,
  wanted: { readonly offers: ReadonlySet<string>; readonly categories: ReadonlySet<string> },
): Promise<NamedGoods> {
  const offers = new Map<string, string>();
  const ids = [...wanted.offers].slice(0, MOST);
  for (let from = 0; from < ids.length; from += AT_ONCE) {
    const search = { ids: ids.slice(from, from + AT_ONCE), text: null, after: null, limit: AT_ONCE };
    for (const { id, name } of await findOffers(house, search)) offers.set(id, name);
  }
  const sections = wanted.categories.size === 0 ? null : await findSections(house);
  const categories = (sections?.categories ?? []).filter(({ id }) => wanted.categories.has(id));
  return { offers, categories: new Map(categories.map(({ id, name }) => [id, name])) };
}
