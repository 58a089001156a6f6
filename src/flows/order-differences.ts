// What of an order differs from what the shopper saw and asked for, line by line: they are told, and so is our API.
import type { Points } from "../core/money/index.ts";
import type { Quote, QuoteLine } from "../core/pricing/index.ts";
import type { OrderDifference, OrderRequest } from "./order-request.ts";
import type { PricedOrder } from "./price-order.ts";

/** The differences; none where the order is exactly what was shown. `held`: points that really pay. */
export function differencesOf(order: OrderRequest, priced: PricedOrder, held: Points): OrderDifference[] {
  const { quote, isKept, madeBy } = priced;
  const asked = order.cart.pointsToSpend;
  const found: OrderDifference[] = [];
  if (madeBy === "catalogue") found.push({ kind: "priced_by_catalogue" });
  found.push(...linesLeftOut(priced));
  if (!isKept) found.push(...priceDifferences(priced));
  if (quote.code !== null && quote.code.state !== "applied")
    found.push({ kind: "code_not_applied", state: quote.code.state });
  if (asked > held) found.push({ kind: "points_fewer", asked, held });
  return found;
}

/** Lines that are not in the order, and those of which there is less. */
function linesLeftOut({ lines, quote, facts }: PricedOrder): OrderDifference[] {
  return quote.lines.flatMap((line): OrderDifference[] => {
    const sent = line.lineIndex === null ? undefined : lines[line.lineIndex];
    if (sent === undefined || !sent.selected) return [];
    const name = line.name ?? sent.name ?? sent.ref;
    if (line.problem !== null)
      return [{ kind: "line_left_out", offerId: line.offerId, name, reason: line.problem.kind }];
    // Lines before it took all that is left.
    if (!line.isCounted)
      return [{ kind: "line_left_out", offerId: line.offerId, name, reason: "short_stock" }];
    const stock = facts.offers.get(line.offerId ?? "")?.stock ?? null;
    const isLowered =
      stock !== null && sent.quantity !== null && line.quantity < sent.quantity && !sent.sentAsFree;
    return isLowered && line.offerId !== null
      ? [
          {
            kind: "quantity_lowered",
            offerId: line.offerId,
            name,
            asked: sent.quantity,
            given: line.quantity,
          },
        ]
      : [];
  });
}

interface Sum {
  readonly name: string;
  readonly quantity: number;
  readonly total: number;
}

function priceDifferences(priced: PricedOrder): OrderDifference[] {
  const { shown, quote } = priced;
  const before = shown === null ? sentSums(priced) : quoteSums(shown.quote, true);
  const after = quoteSums(quote, true);
  const found: OrderDifference[] = [];
  for (const [offerId, now] of after) {
    const was = before.get(offerId);
    if (was === undefined || was.quantity !== now.quantity || was.total === now.total) continue;
    found.push({
      kind: "line_price",
      offerId,
      name: now.name,
      shownMinor: was.total,
      chargedMinor: now.total,
    });
  }
  if (shown === null) return found;
  const gifts = quoteSums(quote, false);
  for (const [offerId, was] of quoteSums(shown.quote, false)) {
    if ((gifts.get(offerId)?.quantity ?? 0) < was.quantity)
      found.push({ kind: "gift_gone", offerId, name: was.name, quantity: was.quantity });
  }
  if (shown.quote.total !== quote.total)
    found.push({ kind: "total", shownMinor: shown.quote.total, chargedMinor: quote.total });
  return found;
}

/** Bought goods by offer, or gifts. */
function quoteSums(quote: Quote, isBought: boolean): ReadonlyMap<string, Sum> {
  const sums = new Map<string, Sum>();
  for (const line of quote.lines) {
    if (!line.isCounted || line.offerId === null || (line.lineIndex !== null) !== isBought) continue;
    sums.set(line.offerId, plus(sums.get(line.offerId), line));
  }
  return sums;
}

function plus(sum: Sum | undefined, line: Pick<QuoteLine, "name" | "quantity" | "total">): Sum {
  return {
    name: line.name ?? "",
    quantity: (sum?.quantity ?? 0) + line.quantity,
    total: (sum?.total ?? 0) + line.total,
  };
}

/** Prices that older apps send along: what a unit cost in the feed when it was put into the cart. */
function sentSums({ lines, quote }: PricedOrder): ReadonlyMap<string, Sum> {
  const sums = new Map<string, Sum>();
  const unknown = new Set<string>();
  for (const line of quote.lines) {
    const sent = line.lineIndex === null ? undefined : lines[line.lineIndex];
    if (sent === undefined || !line.isCounted || line.offerId === null) continue;
    if (sent.sentPrice === null || sent.sentPrice === line.price) unknown.add(line.offerId);
    else {
      const total = Math.round((sent.sentPrice * line.quantity) / 1000);
      sums.set(
        line.offerId,
        plus(sums.get(line.offerId), {
          name: line.name,
          quantity: line.quantity,
          total: total as QuoteLine["total"],
        }),
      );
    }
  }
  for (const offerId of unknown) sums.delete(offerId);
  return sums;
}
