// Pooling: the counted lines of one offer become one pool, so that neither their order nor a split changes a price.
import type { Offer } from "./facts.ts";
import { sortPools } from "./order.ts";
import { isCounted, type ReadLine } from "./reading.ts";
import type { Pool, PooledLine } from "./situation.ts";

/** Pools of all counted lines, by offer id. */
export function poolLines(lines: readonly ReadLine[]): Pool[] {
  const pools: Pool[] = [];
  for (let index = 0; index < lines.length; index += 1) {
    const read = lines[index] as ReadLine;
    const { offer, quantity, gross } = read;
    if (offer !== null && isCounted(read)) pools.push(poolOf(offer, quantity, gross, [pooledLine(read)]));
  }
  sortPools(pools);
  for (let index = 1; index < pools.length; index += 1)
    if (isSameOffer(pools[index - 1] as Pool, pools[index] as Pool)) return joinEqual(pools);
  return pools;
}

function isSameOffer(left: Pool, right: Pool): boolean {
  return left.offer.id === right.offer.id;
}

/** Of neighbours of one offer, each of one line, one pool with all their lines. */
function joinEqual(pools: readonly Pool[]): Pool[] {
  const joined: Pool[] = [];
  for (let start = 0, end = 1; start < pools.length; start = end, end += 1) {
    const first = pools[start] as Pool;
    while (end < pools.length && isSameOffer(first, pools[end] as Pool)) end += 1;
    joined.push(end === start + 1 ? first : poolOfAll(pools.slice(start, end)));
  }
  return joined;
}

function poolOfAll(pools: readonly Pool[]): Pool {
  let quantity = 0;
  let gross = 0;
  const lines: PooledLine[] = [];
  for (const pool of pools) {
    quantity += pool.quantity;
    gross += pool.gross;
    lines.push(pool.lines[0] as PooledLine);
  }
  lines.sort((a, b) => b.size - a.size || a.lineIndex - b.lineIndex);
  return poolOf((pools[0] as Pool).offer, quantity, gross, lines);
}

function poolOf(offer: Offer, quantity: number, gross: number, lines: readonly PooledLine[]): Pool {
  const isFractional = offer.step !== null;
  return { offer, isFractional, units: isFractional ? 0 : quantity / 1000, quantity, gross, lines };
}

function pooledLine({ offer, lineIndex, quantity, gross }: ReadLine): PooledLine {
  const isFractional = offer !== null && offer.step !== null;
  return { lineIndex, size: isFractional ? quantity : quantity / 1000, gross };
}
