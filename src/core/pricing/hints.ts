// Hints to the shopper: of the promotions that are nearly reached the nearest, one for the cart and one for a line.
import { type Minor, multiplyRoundHalfUp, type Quantity } from "../money/index.ts";
import type { OpenLine } from "./lines.ts";
import { goodsOf } from "./matching.ts";
import type { Notice, Unlock } from "./quote.ts";
import type { Pool, Situation } from "./situation.ts";
import type { Finding } from "./verdicts.ts";

interface Hint {
  readonly notice: Notice;
  /** Kopecks that the shopper would have to spend, about. */
  readonly distance: number;
  /** Pools it speaks of; null: the whole cart. */
  readonly goods: readonly number[] | null;
}

/** Puts hints to lines and gives that of the cart, if any. Only promotions whose author wrote a hint take part. */
export function giveHints(
  findings: readonly Finding[],
  situation: Situation,
  lines: readonly OpenLine[],
): Notice | null {
  let ofCart: Hint | null = null;
  const ofLines = new Map<number, Hint>();
  for (const finding of findings) {
    const hint = hintOf(finding, situation);
    if (hint === null) continue;
    if (hint.goods === null) {
      if (ofCart === null || hint.distance < ofCart.distance) ofCart = hint;
      continue;
    }
    const index = firstLine(hint.goods, situation.pools);
    const known = ofLines.get(index);
    if (known === undefined || hint.distance < known.distance) ofLines.set(index, hint);
  }
  for (const line of lines) {
    const hint = line.lineIndex === null ? undefined : ofLines.get(line.lineIndex);
    if (hint !== undefined) line.notices = [...line.notices, hint.notice];
  }
  return ofCart?.notice ?? null;
}

function hintOf({ rule, unlock, verdict }: Finding, situation: Situation): Hint | null {
  if (rule.hint === null || unlock === null || verdict.kind === "applied") return null;
  const goods = goodsOf(rule, situation.pools);
  const missing = missingOf(unlock, goods, situation.pools);
  if (missing === null) return null;
  const isWhole = rule.scope === null || goods.length === 0;
  return {
    notice: { code: "hint", promotionId: rule.id, text: rule.hint, ...missing.notice },
    distance: missing.distance,
    goods: isWhole ? null : goods,
  };
}

function missingOf(
  unlock: Unlock,
  goods: readonly number[],
  pools: readonly Pool[],
): { notice: Partial<Notice>; distance: number } | null {
  const prices = goods.map((pool) => (pools[pool] as Pool).offer.price as number);
  const cheapest = prices.length === 0 ? 0 : Math.min(...prices);
  switch (unlock.kind) {
    case "add_sum":
      return { notice: { amountMinor: unlock.amountMinor }, distance: unlock.amountMinor };
    case "add_quantity": {
      const quantity = Math.round(unlock.quantity * 1000) as Quantity;
      return { notice: { quantity }, distance: multiplyRoundHalfUp(cheapest, quantity, 1000) };
    }
    case "add_goods":
      return {
        notice: { quantity: (unlock.count * 1000) as Quantity },
        distance: (cheapest * unlock.count) as Minor,
      };
    default:
      return null;
  }
}

function firstLine(goods: readonly number[], pools: readonly Pool[]): number {
  const indexes = goods.flatMap((pool) => (pools[pool] as Pool).lines.map((line) => line.lineIndex));
  return Math.min(...indexes);
}
