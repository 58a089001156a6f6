// Lowers quantities to what is left, for shops that would rather sell less than stop the checkout.
import { quantity } from "../money/index.ts";
import type { CartLine } from "./cart.ts";
import type { Offer } from "./facts.ts";

/** What happened to a line: its quantity was lowered, or it was unticked since the lines before it took all that is left. */
export type Lowering = "lowered" | "unticked";

/** The lines as stock allows them, and what happened to those that were changed, by position. */
export interface LoweredLines {
  readonly lines: readonly CartLine[];
  readonly lowered: ReadonlyMap<number, Lowering>;
}

/** Nothing was lowered. */
export const NOT_LOWERED: ReadonlyMap<number, Lowering> = new Map();

/** Ticked lines of one good share its stock in their order. Where there is no stock at all, the line keeps its problem. */
export function lowerQuantities(
  lines: readonly CartLine[],
  offers: ReadonlyMap<string, Offer>,
): LoweredLines {
  const left = new Map<string, number>();
  const lowered = new Map<number, Lowering>();
  const result = lines.map((line, index) => {
    const offer = line.offerId === null ? undefined : offers.get(line.offerId);
    if (offer === undefined || offer.stock === null || !offer.isAvailable) return line;
    if (!line.selected || line.quantity === null) return line;
    const step = offer.step ?? 1000;
    const room = left.get(offer.id) ?? offer.stock;
    if (line.quantity <= room) {
      left.set(offer.id, room - line.quantity);
      return line;
    }
    const fits = Math.floor(room / step) * step;
    left.set(offer.id, room - fits);
    if (fits > 0) {
      lowered.set(index, "lowered");
      return { ...line, quantity: quantity(fits) };
    }
    if (offer.stock < step) return line;
    lowered.set(index, "unticked");
    return { ...line, selected: false };
  });
  return lowered.size === 0 ? { lines, lowered: NOT_LOWERED } : { lines: result, lowered };
}
