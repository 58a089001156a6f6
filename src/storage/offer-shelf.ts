// The goods that carts ask for most, kept at hand: a cart of known goods costs no statement.
import type { Offer, PricePlace } from "../core/pricing/index.ts";
import { resolveOffer } from "../core/pricing/index.ts";
import type { Tx } from "./database.ts";
import {
  type CartPlace,
  catalogueVersions,
  loadOffers,
  pricePlace,
  type StockedOffer,
  stockOutletOf,
} from "./offers.ts";

/** Goods on the shelf at most: about 2 kB each. */
export const SHELF_OFFERS = 20_000;

/** Places (seller outlets and pickup points) remembered at most. */
const SHELF_PLACES = 2000;

/** How long an instance on PostgreSQL that hears of no new catalogue may sell from the shelf before it looks for one, ms. */
export const LOOK_EVERY_MS = 1000;

/** A name that places alike for prices and stock share. */
function nameOf({ cities, priceTier, outletId }: PricePlace): string {
  return cities.length === 0 && priceTier === null && outletId === null
    ? ""
    : JSON.stringify([cities, priceTier, outletId]);
}

/** A good with how the latest place saw it: most carts of a shop come from few places. */
class ShelvedOffer {
  readonly #stocked: StockedOffer;
  readonly #isAlikeEverywhere: boolean;
  #name = "";
  #resolved: Offer | null = null;

  constructor(stocked: StockedOffer) {
    this.#stocked = stocked;
    this.#isAlikeEverywhere = stocked.offer.variants.length === 0 && stocked.stock.length === 0;
  }

  at(place: PricePlace, name: string): Offer {
    if (this.#resolved !== null && (this.#isAlikeEverywhere || name === this.#name)) return this.#resolved;
    const resolved = resolveOffer(this.#stocked.offer, this.#stocked.stock, place);
    this.#resolved = resolved;
    this.#name = name;
    return resolved;
  }
}

/** A bounded shelf; the least recently asked for good falls off. One per process. */
export class OfferShelf {
  readonly #limit: number;
  readonly #now: () => number;
  readonly #offers = new Map<string, ShelvedOffer | null>();
  readonly #places = new Map<string, string | null>();
  #version = "";
  /** Changes counted when the version was last asked for. */
  #changes: number | null = null;
  #lookedAt = Number.NEGATIVE_INFINITY;

  /** `now` gives milliseconds that never run back, for the once-a-second look. */
  constructor(now: () => number, limit = SHELF_OFFERS) {
    this.#now = now;
    this.#limit = limit;
  }

  /** What `offersForCart` gives. All goods of one cart are of one catalogue, also when a new one appears in between. */
  async offersForCart(
    tx: Tx,
    offerIds: readonly string[],
    cart: CartPlace,
  ): Promise<ReadonlyMap<string, Offer>> {
    await this.#look(tx);
    const found = await this.#collect(tx, offerIds);
    const place = pricePlace(cart, await this.#outletOf(tx, cart));
    const name = nameOf(place);
    const result = new Map<string, Offer>();
    for (const [id, stocked] of found) if (stocked !== null) result.set(id, stocked.at(place, name));
    return result;
  }

  /** The next cart asks for the version of the catalogue: called when another one was announced. */
  lookSoon(): void {
    this.#lookedAt = Number.NEGATIVE_INFINITY;
  }

  /** Forgets everything. */
  clear(): void {
    this.#offers.clear();
    this.#places.clear();
    this.#version = "";
  }

  async #collect(tx: Tx, offerIds: readonly string[]): Promise<Map<string, ShelvedOffer | null>> {
    const found = new Map<string, ShelvedOffer | null>();
    const missing: string[] = [];
    for (const id of offerIds) {
      const stocked = this.#offers.get(id);
      if (stocked === undefined) {
        missing.push(id);
        continue;
      }
      // Put last again: the first of the map is the least recently asked for.
      this.#offers.delete(id);
      this.#offers.set(id, stocked);
      found.set(id, stocked);
    }
    if (missing.length === 0) return found;
    const loaded = await loadOffers(tx, missing);
    if (this.#renew(loaded) && found.size > 0) return this.#collect(tx, offerIds);
    for (const id of missing) {
      const loadedOffer = loaded.offers.get(id);
      const stocked = loadedOffer === undefined ? null : new ShelvedOffer(loadedOffer);
      found.set(id, stocked);
      this.#keep(id, stocked);
    }
    return found;
  }

  #keep(id: string, stocked: ShelvedOffer | null): void {
    this.#offers.set(id, stocked);
    if (this.#offers.size <= this.#limit) return;
    const [oldest] = this.#offers.keys();
    if (oldest !== undefined) this.#offers.delete(oldest);
  }

  async #outletOf(tx: Tx, cart: CartPlace): Promise<string | null> {
    if (!cart.outletId && !cart.pickupPointId) return null;
    const key = JSON.stringify([cart.outletId, cart.pickupPointId]);
    const known = this.#places.get(key);
    if (known !== undefined) return known;
    const outletId = await stockOutletOf(tx, cart);
    if (this.#places.size >= SHELF_PLACES) this.#places.clear();
    this.#places.set(key, outletId);
    return outletId;
  }

  /** SQLite counts changes in the process that writes them; PostgreSQL is asked at most once a second. */
  async #look(tx: Tx): Promise<void> {
    if (tx.catalogueChanges !== null) {
      if (tx.catalogueChanges === this.#changes) return;
    } else if (tx.engine === "postgres") {
      const now = this.#now();
      if (now - this.#lookedAt < LOOK_EVERY_MS) return;
      this.#lookedAt = now;
    }
    this.#renew(await catalogueVersions(tx));
    this.#changes = tx.catalogueChanges;
  }

  /** Clears the shelf when the catalogue or the stock is another one; true then. */
  #renew({ version, stockVersion }: { version: number; stockVersion: number }): boolean {
    const current = `${version} ${stockVersion}`;
    if (current === this.#version) return false;
    this.clear();
    this.#version = current;
    return true;
  }
}
