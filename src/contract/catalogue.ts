// The catalogue: offers with every price they may have, stock, imports, outlets.
import { Type } from "typebox";
import { operation } from "./operation.ts";
import { count, identifier, input, minor, moment, nullable, oneOf, output, PAGE, pageOf } from "./shape.ts";

const stockEntry = output(
  {
    outletId: identifier("The outlet."),
    quantity: Type.Number({ minimum: 0, description: "Units, at most three decimals." }),
    priceMinor: nullable(minor("Price."), "The outlet's own price; null: the catalogue's."),
    oldPriceMinor: nullable(minor("Old price."), "The outlet's own old price."),
  },
  { title: "StockEntry" },
);

const variant = output(
  {
    city: nullable(Type.String(), "City or region; null: everywhere."),
    priceTier: nullable(Type.String(), "Price tier; null: everybody."),
    priceMinor: nullable(minor("Price."), "Null: not said here."),
    oldPriceMinor: nullable(minor("Old price."), "Null: not said here."),
    isAvailable: nullable(Type.Boolean(), "Null: not said here."),
  },
  { title: "OfferVariant" },
);

const offer = {
  id: identifier("Id in the feed."),
  groupId: identifier("The product card."),
  name: Type.String({ description: "Name." }),
  vendor: nullable(Type.String(), "Vendor."),
  priceMinor: minor("Price of one unit."),
  oldPriceMinor: nullable(minor("Old price."), "Old price of one unit."),
  isAvailable: Type.Boolean({ description: "May it be bought?" }),
};

/** An offer as a list shows it. */
export const OfferSummary = output(offer, { title: "OfferSummary" });

/** An offer with everything that is known of it. */
export const CatalogueOffer = output(
  {
    ...offer,
    step: nullable(Type.Number(), "Step of a quantity; null: whole pieces."),
    codeCapBps: nullable(
      count("Basis points."),
      "Most that promo codes may take off, hundredths of a percent; null: no limit.",
    ),
    usePoints: Type.Boolean({ description: "May points pay for it?" }),
    categoryIds: Type.Array(Type.String(), { description: "With all ancestors." }),
    params: Type.Record(Type.String(), Type.Array(Type.String()), { description: "Attributes." }),
    variants: Type.Array(variant, { description: "What differs by city and price tier." }),
    stock: Type.Array(stockEntry, { description: "By outlet." }),
  },
  { title: "CatalogueOffer" },
);

/** Offers by id or words of their name. */
export const listOffers = operation({
  id: "listOffers",
  method: "GET",
  path: "/catalogue/offers",
  tag: "catalogue",
  summary: "List or search offers",
  description:
    "By id. A search finds offers whose id begins with the text, or whose name holds each of its words. All that is given must hold.",
  scope: "catalogue:read",
  query: input({
    query: Type.Optional(
      Type.String({ minLength: 1, maxLength: 100, description: "Beginning of an id, or words of a name." }),
    ),
    categoryId: Type.Optional(identifier("Only offers of this category and those below it.")),
    vendor: Type.Optional(identifier("Only offers of this vendor, spelt as in the catalogue.")),
    groupId: Type.Optional(identifier("Only offers of this product card.")),
    ids: Type.Optional(
      Type.String({
        minLength: 1,
        maxLength: 8000,
        description:
          "Only these offers: ids with a comma between them, at most a hundred; those that are unknown are left out.",
      }),
    ),
    available: Type.Optional(
      Type.Boolean({ description: "true: only what may be bought; false: only what may not." }),
    ),
    ...PAGE,
  }),
  status: 200,
  answer: pageOf(OfferSummary, "OfferPage"),
});

const offerId = identifier("Id of the offer in the feed.");

/** One offer. */
export const getOffer = operation({
  id: "getOffer",
  method: "GET",
  path: "/catalogue/offers/{offerId}",
  tag: "catalogue",
  summary: "Read one offer",
  scope: "catalogue:read",
  params: input({ offerId }),
  status: 200,
  answer: CatalogueOffer,
});

/** Stock of one offer. */
export const getOfferStock = operation({
  id: "getOfferStock",
  method: "GET",
  path: "/catalogue/offers/{offerId}/stock",
  tag: "catalogue",
  summary: "Read the stock of an offer",
  description: "By outlet, in pages by the outlet's id.",
  scope: "catalogue:read",
  params: input({ offerId }),
  query: input(PAGE),
  status: 200,
  answer: pageOf(stockEntry, "StockPage"),
});

const importProblem = output(
  {
    reason: Type.String({ description: "Kind of problem." }),
    isSkipped: Type.Boolean({
      description: "True: the entries were left out; false: taken, with something put right.",
    }),
    count: count("How many entries."),
    samples: Type.Array(
      output({
        line: count("Line of the file, from 1."),
        offerId: nullable(Type.String(), "The offer, where known."),
        detail: Type.String({ description: "What stood there, shortened." }),
      }),
      { description: "The first of them." },
    ),
  },
  { title: "ImportProblem" },
);

/** One import. */
export const Import = output(
  {
    id: identifier("Id of the import's record."),
    kind: oneOf(["feed", "stock", "outlets"], "What it fills."),
    source: Type.String({ description: "File or address." }),
    state: oneOf(
      ["staging", "applied", "unchanged", "held", "refused", "superseded"],
      "staging: running; held: waits for a person; the others are over.",
    ),
    reason: nullable(Type.String(), "Why it ended so."),
    startedAt: moment("Start."),
    finishedAt: nullable(moment("End."), "End; null: running."),
    counts: Type.Record(Type.String(), Type.Integer(), {
      description: "Counts by name, such as added and vanished.",
    }),
    problems: Type.Array(importProblem, { description: "What was wrong in the file." }),
  },
  { title: "Import" },
);

/** Imports of all kinds. */
export const listImports = operation({
  id: "listImports",
  method: "GET",
  path: "/catalogue/imports",
  tag: "catalogue",
  summary: "List imports",
  description: "Newest first; the last fifty of each kind are kept.",
  scope: "catalogue:read",
  query: input({ kind: Type.Optional(oneOf(["feed", "stock", "outlets"], "Only of this kind.")), ...PAGE }),
  status: 200,
  answer: pageOf(Import, "ImportPage"),
});

const byImport = input({ importId: identifier("Id of the import's record.") });

/** One import with its problems. */
export const getImport = operation({
  id: "getImport",
  method: "GET",
  path: "/catalogue/imports/{importId}",
  tag: "catalogue",
  summary: "Read one of the imports",
  scope: "catalogue:read",
  params: byImport,
  status: 200,
  answer: Import,
});

/** Lets a held import through. */
export const acceptImport = operation({
  id: "acceptImport",
  method: "POST",
  path: "/catalogue/imports/{importId}/accept",
  tag: "catalogue",
  summary: "Accept an import that is held",
  description: "An import that would remove too many goods waits for a person; this lets it through.",
  scope: "catalogue:write",
  params: byImport,
  status: 200,
  answer: Import,
  problems: ["import_not_held"],
});

/** What is written of an outlet. */
export const OutletIn = input(
  {
    name: nullable(Type.String({ maxLength: 300 }), "Name."),
    city: nullable(Type.String({ maxLength: 300 }), "City."),
    timezone: nullable(Type.String({ maxLength: 60 }), "IANA zone, such as Asia/Omsk; null: the shop's own."),
    yandexEatsId: nullable(identifier("Id."), "Id by which Yandex Eats calls it; at most one outlet has it."),
    pickupPointId: nullable(identifier("Id."), "Id of its pickup point in the app."),
  },
  { title: "OutletIn" },
);

/** An outlet. */
export const Outlet = output(
  {
    id: identifier("Id of the outlet."),
    name: nullable(Type.String(), "Name."),
    city: nullable(Type.String(), "City."),
    timezone: nullable(Type.String(), "IANA zone; null: the shop's own."),
    yandexEatsId: nullable(Type.String(), "Id by which Yandex Eats calls it."),
    pickupPointId: nullable(Type.String(), "Id of its pickup point in the app."),
  },
  { title: "Outlet" },
);

/** All outlets. */
export const listOutlets = operation({
  id: "listOutlets",
  method: "GET",
  path: "/outlets",
  tag: "catalogue",
  summary: "List outlets",
  description: "By id.",
  scope: "catalogue:read",
  query: input(PAGE),
  status: 200,
  answer: pageOf(Outlet, "OutletPage"),
});

/** Writes an outlet. */
export const putOutlet = operation({
  id: "putOutlet",
  method: "PUT",
  path: "/outlets/{outletId}",
  tag: "catalogue",
  summary: "Add or change an outlet",
  description:
    "Takes the Yandex Eats id from whichever outlet had it; feedback that waited for this id finds its outlet.",
  scope: "catalogue:write",
  params: input({ outletId: identifier("Id of the outlet.") }),
  body: OutletIn,
  status: 200,
  answer: Outlet,
});
