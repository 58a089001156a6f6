// The order of branches: who needs attention first, and no order of quality among those with few ratings.
import type { Dashboard } from "./figures.ts";

/** A branch of the table. */
export type Branch = NonNullable<Dashboard["branches"]>[number];

/** Ratings of a branch. */
export function ratingsOf(branch: Branch): number {
  return branch.tiles.stars.reduce((sum, count) => sum + count, 0);
}

/** Those with a place first, by place; the rest by number of ratings. */
export function inAttentionOrder(branches: readonly Branch[]): Branch[] {
  const place = (branch: Branch): number =>
    branch.attention.kind === "rank" ? branch.attention.place : Number.POSITIVE_INFINITY;
  const order = (left: Branch, right: Branch): number =>
    place(left) === place(right) ? ratingsOf(right) - ratingsOf(left) : place(left) - place(right);
  return [...branches].sort(order);
}
