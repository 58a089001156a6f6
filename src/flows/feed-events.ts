// What a reader of catalogue and stock files tells the imports, event after event: a format's own words stop before this line.
import type { Minor, Quantity } from "../core/money/index.ts";
import type { CatalogueOffer } from "../core/pricing/index.ts";

/** Something wrong in a file, at a line counted from 1. */
export interface FileProblem {
  readonly line: number;
  /** The good it is about; null when it is about none. */
  readonly offerId: string | null;
  /** True: the entry was left out. False: it was taken, with something put right or left aside. */
  readonly isSkipped: boolean;
  /** One of a small set of words, so that equal problems can be counted. */
  readonly reason: string;
  /** What stood there, shortened. */
  readonly detail: string;
}

/** An offer as a file tells it: `categoryIds` are the file's own, without ancestors. */
export interface OfferRead {
  readonly kind: "offer";
  readonly line: number;
  readonly offer: CatalogueOffer;
}

/** A category; its parent may come later in the file. */
export interface CategoryRead {
  readonly kind: "category";
  readonly line: number;
  readonly id: string;
  readonly parentId: string | null;
  readonly name: string;
}

/** Nothing after this can be trusted: the import stops and what was before it stays. */
export interface FileBroken {
  readonly kind: "broken";
  readonly line: number;
  readonly reason: string;
}

/** A price tier that the file declares. */
export interface PriceTierRead {
  readonly kind: "price-tier";
  readonly id: string;
  readonly name: string;
}

/** A problem as an event. */
export interface ProblemRead {
  readonly kind: "problem";
  readonly problem: FileProblem;
}

/** Everything a reader of catalogues may say. */
export type FeedEvent = OfferRead | CategoryRead | PriceTierRead | ProblemRead | FileBroken;

/** An outlet that the stock file speaks of. */
export interface StockOutletRead {
  readonly kind: "outlet";
  readonly id: string;
}

/** What one outlet has of one good. */
export interface StockRead {
  readonly kind: "stock";
  readonly line: number;
  readonly offerId: string;
  readonly outletId: string;
  readonly quantity: Quantity;
  readonly price: Minor | null;
  readonly oldPrice: Minor | null;
}

/** Everything a reader of stock may say. */
export type StockEvent = StockOutletRead | StockRead | ProblemRead | FileBroken;

/** A file that can be read from its start more than once; events come in handfuls, so that waiting costs little. */
export interface Reading<Event> {
  /** What the operator calls it: a path or an address without secrets. */
  readonly name: string;
  read(): AsyncIterable<readonly Event[]>;
}
