// Which cart counts when the app and the server both have one: five cases told apart by two dates.
import { type Instant, instant } from "../basics/index.ts";
import { type Quantity, quantity } from "../money/index.ts";
import { type AppLine, lineKey } from "./cart-line.ts";

/** The cart kept for a customer; `syncAt` 0: nothing has changed it yet. */
export interface StoredCart {
  readonly syncAt: number;
  readonly lines: readonly AppLine[];
}

/** A customer's cart before anything was stored. */
export const NO_CART: StoredCart = { syncAt: 0, lines: [] };

/** What to price, what to store, what date to answer. */
export type SyncDecision =
  /** Anonymous: the stored cart is neither read nor written, and no date is answered. */
  | { readonly kind: "apart" }
  /** The request counts; it replaces what is stored, unless that is the same. */
  | { readonly kind: "sent"; readonly store: StoredCart | null; readonly syncAt: number }
  /** The stored cart counts and is answered in place of the request. */
  | { readonly kind: "stored"; readonly lines: readonly AppLine[]; readonly syncAt: number }
  /** Both together, stored as such. */
  | {
      readonly kind: "merged";
      readonly lines: readonly AppLine[];
      readonly store: StoredCart;
      readonly syncAt: number;
    };

/** Dates up to this are taken for seconds: as milliseconds they would lie before March 1973. */
const MOST_SECONDS = 1e11;

/** A date of synchronisation as read from a request. */
export interface SyncDate {
  /** Milliseconds; 0: the app's cart was empty before signing in. */
  readonly at: number;
  /** It came in seconds and was multiplied. */
  readonly wasSeconds: boolean;
}

/** Reads a number or numeric text; null (no synchronisation) for anything else, also for negative numbers. */
export function readSyncDate(value: unknown): SyncDate | null {
  const isNumeric = typeof value === "string" && /^\s*\d{1,16}(?:[.,]\d*)?\s*$/.test(value);
  const number = isNumeric ? Number(value.replace(",", ".")) : value;
  if (typeof number !== "number" || !Number.isFinite(number) || number < 0) return null;
  const wasSeconds = number > 0 && number < MOST_SECONDS;
  // Math.abs makes 0 of -0.
  const at = Math.abs(Math.trunc(wasSeconds ? number * 1000 : number));
  return Number.isSafeInteger(at) ? { at, wasSeconds } : null;
}

/**
 * Decides. `sent` are the lines the customer pays for, without gifts; `now` dates a merge. A date in the future is
 * the app's clock and is stored as it is.
 */
export function decideSync(
  date: SyncDate | null,
  stored: StoredCart,
  sent: readonly AppLine[],
  now: Instant,
): SyncDecision {
  if (date === null) return { kind: "apart" };
  if (date.at < stored.syncAt) return { kind: "stored", lines: stored.lines, syncAt: stored.syncAt };
  if (date.at > stored.syncAt || date.at !== 0) {
    const isKept = date.at === stored.syncAt && isSameComposition(stored.lines, sent);
    return { kind: "sent", store: isKept ? null : { syncAt: date.at, lines: sent }, syncAt: date.at };
  }
  const lines = mergeLines(stored.lines, sent);
  const syncAt = Math.max(instant(now), 1);
  return { kind: "merged", lines, store: { syncAt, lines }, syncAt };
}

/**
 * Both carts in one: lines of the same key become one with the larger quantity, ticked if either was. Lines that repeat
 * a key within one cart pair up in their order, so merging again changes nothing.
 */
export function mergeLines(stored: readonly AppLine[], sent: readonly AppLine[]): AppLine[] {
  const merged = new Map<string, AppLine>(numbered(stored));
  for (const [key, line] of numbered(sent)) {
    const other = merged.get(key);
    merged.set(key, other === undefined ? line : joined(other, line));
  }
  return [...merged.values()];
}

function joined(stored: AppLine, sent: AppLine): AppLine {
  return {
    ...sent,
    quantity: larger(stored.quantity, sent.quantity),
    selected: stored.selected || sent.selected,
  };
}

function larger(left: Quantity | null, right: Quantity | null): Quantity | null {
  if (left === null || right === null) return left ?? right;
  return quantity(Math.max(left, right));
}

/** Lines under their key and which of that key they are. */
function numbered(lines: readonly AppLine[]): [string, AppLine][] {
  const seen = new Map<string, number>();
  return lines.map((line) => {
    const key = lineKey(line);
    const number = seen.get(key) ?? 0;
    seen.set(key, number + 1);
    return [`${number} ${key}`, line];
  });
}

function isSameComposition(left: readonly AppLine[], right: readonly AppLine[]): boolean {
  return JSON.stringify(left.map(values)) === JSON.stringify(right.map(values));
}

function values(line: AppLine): unknown[] {
  return [
    lineKey(line),
    line.quantity,
    line.selected,
    line.deliveryGroup,
    line.fractionOptionId,
    line.privateRef,
    line.productRef,
    line.name,
  ];
}
