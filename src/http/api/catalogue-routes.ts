// The catalogue: offers, stock, imports, outlets.
import { catalogueCalls, catalogueImportCalls, catalogueSectionCalls } from "../../contract/index.ts";
import { ONE_UNIT } from "../../core/money/index.ts";
import {
  type ApiCaller,
  decideHeldImport,
  findChanges,
  findImport,
  findImports,
  findOffer,
  findOffers,
  findOutlets,
  findSections,
  type ImportDecided,
  writeOutlet,
} from "../../flows/index.ts";
import type { ImportRecord, OfferHead, StockedOffer } from "../../storage/index.ts";
import { pageOf, pageOfWhole, pageWish } from "./page.ts";
import { Refusal, refuse } from "./refusal.ts";
import { route, shown, shownOrNull } from "./route.ts";
import { ofStores } from "./stores.ts";

/** Ids that one call may ask for. */
const IDS_LIMIT = 100;

const listOffers = route(catalogueCalls.listOffers, async ({ house, query }) => {
  const wish = pageWish(query);
  if (wish instanceof Refusal) return wish;
  const { categoryId, vendor, groupId, available } = query;
  const ids = query.ids?.split(",").slice(0, IDS_LIMIT);
  const search = {
    ...{ text: query.query ?? null, after: wish.after, limit: wish.limit + 1 },
    ...(categoryId === undefined ? {} : { categoryId }),
    ...(vendor === undefined ? {} : { vendor }),
    ...(groupId === undefined ? {} : { groupId }),
    ...(ids === undefined ? {} : { ids }),
    ...(available === undefined ? {} : { isAvailable: available }),
  };
  return pageOf(await findOffers(house, search), wish.limit, (offer) => offer.id, headShown);
});

const getOffer = route(catalogueCalls.getOffer, async ({ house, params, caller }) => {
  const found = await findOffer(house, params.offerId);
  return found === null ? refuse("not_found") : offerShown(found, caller);
});

const getOfferStock = route(catalogueCalls.getOfferStock, async ({ house, params, query, caller }) => {
  const wish = pageWish(query);
  if (wish instanceof Refusal) return wish;
  const found = await findOffer(house, params.offerId);
  if (found === null) return refuse("not_found");
  return pageOfWhole(sortedStock(found, caller), wish, (entry) => entry.outletId, stockShown);
});

const listCategories = route(catalogueSectionCalls.listCategories, async ({ house }) => {
  const { categories } = await findSections(house);
  return { items: categories.map((category) => ({ ...category })) };
});

const listBrands = route(catalogueSectionCalls.listBrands, async ({ house, query }) => {
  const wish = pageWish(query);
  if (wish instanceof Refusal) return wish;
  const { brands } = await findSections(house);
  const part = query.query?.toLowerCase() ?? "";
  const found = brands.filter(({ name }) => name.toLowerCase().includes(part));
  return pageOfWhole(
    found,
    wish,
    ({ name }) => name,
    (brand) => ({ ...brand }),
  );
});

const listImports = route(catalogueCalls.listImports, async ({ house, query }) => {
  const wish = pageWish(query);
  if (wish instanceof Refusal) return wish;
  const kinds = query.kind === undefined ? (["feed", "stock", "outlets"] as const) : [query.kind];
  return pageOfWhole(await findImports(house, kinds), wish, (record) => record.id, importShown);
});

const getImport = route(catalogueCalls.getImport, async ({ house, params }) => {
  const record = await findImport(house, params.importId);
  return record === null ? refuse("not_found") : importShown(record);
});

const listImportChanges = route(catalogueImportCalls.listImportChanges, async ({ house, params, query }) => {
  const wish = pageWish(query);
  if (wish instanceof Refusal) return wish;
  if ((await findImport(house, params.importId)) === null) return refuse("not_found");
  const { importId } = params;
  const page = { importId, kind: query.kind, after: wish.after, limit: wish.limit + 1 };
  return pageOf(
    await findChanges(house, page),
    wish.limit,
    ({ offerId }) => offerId,
    ({ offerId, name, before, after }) => ({ offerId, name, beforeMinor: before, afterMinor: after }),
  );
});

const acceptImport = route(catalogueCalls.acceptImport, async ({ house, params }) =>
  decidedShown(await decideHeldImport(house, params.importId, "accept")),
);

const dropImport = route(catalogueImportCalls.dropImport, async ({ house, params }) =>
  decidedShown(await decideHeldImport(house, params.importId, "drop")),
);

function decidedShown(decided: ImportDecided) {
  return decided.kind === "refused" ? refuse(decided.reason) : importShown(decided.record);
}

const listOutlets = route(catalogueCalls.listOutlets, async ({ house, query, caller }) => {
  const wish = pageWish(query);
  if (wish instanceof Refusal) return wish;
  return pageOfWhole(
    ofStores(await findOutlets(house), caller, ({ id }) => id),
    wish,
    (outlet) => outlet.id,
    (outlet) => ({ ...outlet }),
  );
});

const putOutlet = route(catalogueCalls.putOutlet, async ({ house, params, body }) => {
  const outlet = {
    id: params.outletId,
    name: body.name,
    city: body.city,
    timezone: body.timezone,
    yandexEatsId: body.yandexEatsId,
    pickupPointId: body.pickupPointId,
  };
  const written = await writeOutlet(house, outlet);
  if (written.kind === "written") return outlet;
  return refuse("invalid_request", undefined, [
    { path: "/body/timezone", message: "must be an IANA time zone" },
  ]);
});

/** Routes of the tag "catalogue". */
export const catalogueRoutes = [
  listOffers,
  getOffer,
  getOfferStock,
  listCategories,
  listBrands,
  listImports,
  getImport,
  listImportChanges,
  acceptImport,
  dropImport,
  listOutlets,
  putOutlet,
];

function headShown(offer: OfferHead) {
  const { id, groupId, name, vendor, price, oldPrice, isAvailable } = offer;
  return { id, groupId, name, vendor, priceMinor: price, oldPriceMinor: oldPrice, isAvailable };
}

function offerShown({ offer, stock }: StockedOffer, caller: ApiCaller) {
  return {
    ...headShown(offer),
    step: offer.step === null ? null : offer.step / ONE_UNIT,
    codeCapBps: offer.codeCap,
    usePoints: offer.usePoints,
    categoryIds: [...offer.categoryIds],
    params: Object.fromEntries(Object.entries(offer.params).map(([name, values]) => [name, [...values]])),
    variants: offer.variants.map((variant) => ({
      city: variant.city,
      priceTier: variant.tier,
      priceMinor: variant.price,
      oldPriceMinor: variant.oldPrice,
      isAvailable: variant.isAvailable,
    })),
    stock: sortedStock({ offer, stock }, caller).map(stockShown),
  };
}

type StockEntry = StockedOffer["stock"][number];

/** Of the caller's outlets; prices by city are the network's own list. */
function sortedStock({ stock }: StockedOffer, caller: ApiCaller): StockEntry[] {
  return [...ofStores([...stock], caller, ({ outletId }) => outletId)].sort((left, right) =>
    left.outletId < right.outletId ? -1 : 1,
  );
}

function stockShown(entry: StockEntry) {
  return {
    outletId: entry.outletId,
    quantity: entry.quantity / ONE_UNIT,
    priceMinor: entry.price,
    oldPriceMinor: entry.oldPrice,
  };
}

function importShown(record: ImportRecord) {
  return {
    id: record.id,
    kind: record.kind,
    source: record.source,
    state: record.state,
    reason: record.reason,
    startedAt: shown(record.startedAt),
    finishedAt: shownOrNull(record.finishedAt),
    counts: { ...record.counts },
    problems: record.problems.map(({ reason, isSkipped, count, samples }) => ({
      reason,
      isSkipped,
      count,
      samples: samples.map(({ line, offerId, detail }) => ({ line, offerId, detail })),
    })),
  };
}
