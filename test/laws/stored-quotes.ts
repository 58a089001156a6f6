// Law 10: quotes of some hundred carts as an engine gave them. Where the answers change, the engine's version must change too.
//
// The carts with their rules and facts were drawn once and stay (stored-carts.json.gz); of each quote a digest is kept
// (stored-quotes.json). `npm run laws -- renew` writes the digests anew, and refuses while the version is that of other ones.
import { createHash } from "node:crypto";
import { readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { gunzipSync } from "node:zlib";
import {
  type Cart,
  ENGINE_VERSION,
  type Facts,
  type PromotionDocument,
  price,
} from "../../src/core/pricing/index.ts";
import { NOON, rulesOf } from "../support/shop.ts";

/** A cart as it is kept; offers are a list, limits are none. */
interface StoredCart {
  readonly promotions: readonly PromotionDocument[];
  readonly cart: Cart;
  readonly offers: readonly (readonly [string, NonNullable<ReturnType<Facts["offers"]["get"]>>])[];
  readonly customer: Facts["customer"];
  readonly programme: Facts["programme"];
}

/** Digests and the engine that they are of. */
export interface StoredQuotes {
  readonly engineVersion: string;
  readonly digests: readonly string[];
}

const CARTS = fileURLToPath(new URL("stored-carts.json.gz", import.meta.url));
const QUOTES = fileURLToPath(new URL("stored-quotes.json", import.meta.url));

/** What is committed. */
export function storedQuotes(): StoredQuotes {
  return JSON.parse(readFileSync(QUOTES, "utf8"));
}

/** Of every stored cart what this engine answers to it, as a digest, once it is asked. */
export function storedCarts(): readonly (() => string)[] {
  const carts: readonly StoredCart[] = JSON.parse(gunzipSync(readFileSync(CARTS)).toString());
  return carts.map(({ promotions, cart, offers, customer, programme }) => () => {
    const facts: Facts = { offers: new Map(offers), customer, code: null, limits: new Map(), programme };
    const quote = price(cart, rulesOf(promotions), facts, NOON, "every");
    return createHash("sha256").update(JSON.stringify(quote)).digest("base64url").slice(0, 12);
  });
}

/** All of them. */
export function quotesNow(): StoredQuotes {
  return { engineVersion: ENGINE_VERSION, digests: storedCarts().map((digest) => digest()) };
}

/** What is to be done where the answers are not those that are stored; null where they are. */
export function complaint(stored: StoredQuotes, now: StoredQuotes): string | null {
  const others = now.digests.filter((digest, index) => digest !== stored.digests[index]).length;
  if (others > 0 && stored.engineVersion === now.engineVersion) {
    return `${others} of ${now.digests.length} stored carts get another quote: raise ENGINE_VERSION (src/core/pricing/engine-version.ts), then run: npm run laws -- renew`;
  }
  if (others === 0 && stored.engineVersion === now.engineVersion) return null;
  return "the engine has another version than the stored quotes: run: npm run laws -- renew";
}

/** Writes the digests anew; gives the complaint, and writes nothing, where the version was not raised. */
export function renewQuotes(): string | null {
  const [stored, now] = [storedQuotes(), quotesNow()];
  const said = complaint(stored, now);
  if (said !== null && stored.engineVersion === now.engineVersion) return said;
  writeFileSync(QUOTES, `${JSON.stringify(now, null, 2)}\n`);
  return null;
}
