// Which promotions of a set can meet on one cart and then exclude each other: what a board by layers shows.
import { type PromotionSet, type Rivalry, type Rule, type Rules, rivalryOf } from "../pricing/index.ts";
import { type CatalogueView, GoodsBook } from "./catalogue.ts";

/** Two promotions that cannot both apply; `left` stands before `right` in the order of application. */
export interface RivalPair {
  readonly left: string;
  readonly right: string;
  readonly reason: Rivalry;
}

/** Pairs found, and whether they are all: more than `most` are not told. */
export interface Rivals {
  readonly pairs: readonly RivalPair[];
  readonly isWhole: boolean;
}

/**
 * Finds the pairs among promotions that are not over, drafts and paused ones included. Goods are told apart by the catalogue;
 * without one, and where it cannot tell, they may meet. Conditions are not looked into: two that exclude each other by their hours
 * are told as well.
 */
export function findRivals(
  set: PromotionSet,
  rules: Rules,
  catalogue: CatalogueView | null,
  { at, most }: { readonly at: number; readonly most: number },
): Rivals {
  const book = new GoodsBook(catalogue);
  const scopes = new Map(set.promotions.map(({ id, scope }) => [id, scope]));
  const running = rules.promotions
    .filter(({ until }) => until > at)
    .toSorted((left, right) => left.order - right.order);
  const pairs: RivalPair[] = [];
  for (const [index, left] of running.entries()) {
    for (const right of running.slice(index + 1)) {
      if (!canOverlap(left, right)) continue;
      const doShare = () => !book.isApart(book.setOf(scopes.get(left.id)), book.setOf(scopes.get(right.id)));
      const reason = rivalryOf(left, right, doShare);
      if (reason === null) continue;
      if (pairs.length === most) return { pairs, isWhole: false };
      pairs.push({ left: left.id, right: right.id, reason });
    }
  }
  return { pairs, isWhole: true };
}

/** True when there is a moment in which both may run. */
function canOverlap(left: Rule, right: Rule): boolean {
  return left.from < right.until && right.from < left.until;
}
