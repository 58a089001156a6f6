// Hints to the shopper: of the promotions that are nearly reached the nearest, one for the cart and one for a line.
import type { Quantity } from "../money/index.ts";
import type { OpenLine } from "./lines.ts";
import { goodsOf } from "./matching.ts";
import type { Promises } from "./promises.ts";
import type { Notice, Unlock } from "./quote.ts";
import type { Pool, Situation } from "./situation.ts";
import type { FoundUnlock } from "./unlocks.ts";
import type { Finding } from "./verdicts.ts";

/** Where the hint of the whole cart stands among those of lines. */
const CART = -1;

/** Puts hints to lines and gives that of the cart, if any. Only promotions whose author wrote a hint take part. */
export function giveHints(
  findings: readonly Finding[],
  promises: Promises,
  situation: Situation,
  lines: readonly OpenLine[],
): Notice | null {
  const nearest = new Map<number, { notice: Notice; distance: number }>();
  for (const { finding, least } of nearestFirst(findings, promises)) {
    const { rule } = finding;
    // Of promotions for the same place the rest need not be looked into once none of them can be nearer.
    const before = nearest.get(placeOf(finding, null, situation.pools));
    if (rule.hint === null || (before !== undefined && before.distance <= least)) continue;
    const found = promises.of(finding);
    const amount = found === null ? null : amountOf(found.unlock);
    if (found === null || amount === null) continue;
    const place = placeOf(finding, found, situation.pools);
    const known = nearest.get(place);
    if (known !== undefined && known.distance <= found.distance) continue;
    const notice: Notice = { code: "hint", promotionId: rule.id, text: rule.hint, ...amount };
    nearest.set(place, { notice, distance: found.distance });
  }
  for (const line of lines) {
    const hint = line.lineIndex === null ? undefined : nearest.get(line.lineIndex);
    if (hint !== undefined) line.notices = [...line.notices, hint.notice];
  }
  return nearest.get(CART)?.notice ?? null;
}

/** Those with a hint for which a change may be found, by what it costs at the very least. */
function nearestFirst(
  findings: readonly Finding[],
  promises: Promises,
): { readonly finding: Finding; readonly least: number }[] {
  const candidates = findings
    .filter(({ rule, verdict }) => rule.hint !== null && verdict.kind !== "applied")
    .map((finding) => ({ finding, least: promises.leastDistance(finding) }));
  return candidates.filter(({ least }) => least < Number.POSITIVE_INFINITY).sort((a, b) => a.least - b.least);
}

/** What is missing, in the words of a notice; null for what cannot be bought. */
function amountOf(unlock: Unlock): Partial<Notice> | null {
  switch (unlock.kind) {
    case "add_sum":
      return { amountMinor: unlock.amountMinor };
    case "add_quantity":
      return { quantity: Math.round(unlock.quantity * 1000) as Quantity };
    case "add_goods":
      return { quantity: (unlock.count * 1000) as Quantity };
    default:
      return null;
  }
}

/** The first line of the goods that the promotion acts on, or the cart. */
function placeOf({ rule }: Finding, found: FoundUnlock | null, pools: readonly Pool[]): number {
  const named = found?.unlock.kind === "add_quantity" ? found.unlock.offerId : undefined;
  if (named === undefined && rule.scope === null) return CART;
  const goods = goodsOf(rule, pools).map((index) => pools[index] as Pool);
  const meant = named === undefined ? goods : goods.filter((pool) => pool.offer.id === named);
  if (meant.length === 0) return CART;
  return Math.min(...meant.flatMap((pool) => pool.lines.map((line) => line.lineIndex)));
}
