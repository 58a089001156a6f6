// The catalogue for people who look at it: offers, stock, imports, outlets; and the few things that they may change there.
import {
  allOutlets,
  assignFeedback,
  type CatalogueChange,
  catalogueSections,
  catalogueVersions,
  changesOfImport,
  countBySection,
  type ImportKind,
  type ImportRecord,
  importById,
  latestImports,
  loadOffers,
  type OfferHead,
  type OfferSearch,
  type Outlet,
  type StockedOffer,
  saveOutlet,
  searchOffers,
} from "../storage/index.ts";
import type { House } from "./house.ts";
import { acceptHeldFeed, dropHeldFeed } from "./import-feed.ts";
import { isZone } from "./import-outlets.ts";

/** Imports of a kind that are kept, and so shown at most. */
const KEPT = 50;

/** Offers that carts can see now, by id. */
export function findOffers(house: House, search: OfferSearch): Promise<OfferHead[]> {
  return house.database.read((tx) => searchOffers(tx, search));
}

/** The tree of categories and the vendors, with how many offers each has. */
export interface CatalogueSections {
  readonly categories: readonly {
    readonly id: string;
    readonly parentId: string | null;
    readonly name: string;
    readonly offers: number;
  }[];
  readonly brands: readonly { readonly name: string; readonly offers: number }[];
}

/** What was counted of a version of the catalogue, by database: counting goes through all offers. */
const counted = new WeakMap<object, { readonly version: number; readonly sections: CatalogueSections }>();

/** Categories and vendors of what carts can see now, by name. */
export function findSections(house: House): Promise<CatalogueSections> {
  return house.database.read(async (tx) => {
    const { version } = await catalogueVersions(tx);
    const known = counted.get(house.database);
    if (known?.version === version) return known.sections;
    const { categories } = await catalogueSections(tx);
    const { ofCategories, ofVendors } = await countBySection(tx);
    const byName = (left: { name: string }, right: { name: string }): number =>
      left.name.localeCompare(right.name, "ru") || (left.name < right.name ? -1 : 1);
    const sections = {
      categories: categories
        .map(({ id, parentId, name }) => ({ id, parentId, name, offers: ofCategories.get(id) ?? 0 }))
        .sort(byName),
      brands: [...ofVendors].map(([name, offers]) => ({ name, offers })).sort(byName),
    };
    counted.set(house.database, { version, sections });
    return sections;
  });
}

/** One offer with all its prices and stock; null when carts do not see it. */
export function findOffer(house: House, id: string): Promise<StockedOffer | null> {
  return house.database.read(async (tx) => (await loadOffers(tx, [id])).offers.get(id) ?? null);
}

/** Imports that are kept, newest first. */
export function findImports(house: House, kinds: readonly ImportKind[]): Promise<ImportRecord[]> {
  return house.database.read(async (tx) => {
    const found: ImportRecord[] = [];
    for (const kind of kinds) found.push(...(await latestImports(tx, kind, KEPT)));
    return found.sort((left, right) => right.startedAt - left.startedAt || (left.id < right.id ? 1 : -1));
  });
}

/** One import; null when there is none (any more). */
export function findImport(house: House, id: string): Promise<ImportRecord | null> {
  return house.database.read((tx) => importById(tx, id));
}

/** Changes that an import made or, held, would make, of one kind, by offer. */
export function findChanges(
  house: House,
  wish: Parameters<typeof changesOfImport>[1],
): Promise<CatalogueChange[]> {
  return house.database.read((tx) => changesOfImport(tx, wish));
}

/** What became of a held import that a person decided on: it as it is then. */
export type ImportDecided =
  | { readonly kind: "decided"; readonly record: ImportRecord }
  | { readonly kind: "refused"; readonly reason: "not_found" | "import_not_held" };

/** Lets a held import through, or drops it. */
export async function decideHeldImport(
  house: House,
  id: string,
  how: "accept" | "drop",
): Promise<ImportDecided> {
  if ((await findImport(house, id)) === null) return { kind: "refused", reason: "not_found" };
  const isDone = await (how === "accept" ? acceptHeldFeed(house, id) : dropHeldFeed(house, id));
  if (!isDone) return { kind: "refused", reason: "import_not_held" };
  const record = await findImport(house, id);
  return record === null ? { kind: "refused", reason: "not_found" } : { kind: "decided", record };
}

/** All outlets, by id. */
export function findOutlets(house: House): Promise<Outlet[]> {
  return house.database.read((tx) => allOutlets(tx));
}

/** Writes an outlet; feedback that waited for its Yandex Eats id is given to it. */
export function writeOutlet(
  house: House,
  outlet: Outlet,
): Promise<{ readonly kind: "written" } | { readonly kind: "refused"; readonly reason: "timezone_unknown" }> {
  if (outlet.timezone !== null && !isZone(outlet.timezone)) {
    return Promise.resolve({ kind: "refused", reason: "timezone_unknown" });
  }
  return house.database.transaction(async (tx) => {
    await saveOutlet(tx, outlet);
    await assignFeedback(tx);
    return { kind: "written" };
  });
}
