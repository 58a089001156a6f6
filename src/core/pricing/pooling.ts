// Pooling: the counted lines of one offer become one pool, so that neither their order nor a split changes a price.
import { compareIds } from "./compare.ts";
import type { Offer } from "./facts.ts";
import { isCounted, type ReadLine } from "./reading.ts";
import type { Pool, PooledLine } from "./situation.ts";

/** Pools of all counted lines, by offer id. */
export function poolLines(lines: readonly ReadLine[]): Pool[] {
  const pools: Pool[] = [];
  const placeOf = new Map<string, number>();
  let again: Map<number, ReadLine[]> | null = null;
  for (let index = 0; index < lines.length; index += 1) {
    const read = lines[index] as ReadLine;
    const { offer } = read;
    if (offer === null || !isCounted(read)) continue;
    const place = placeOf.get(offer.id);
    if (place === undefined) {
      placeOf.set(offer.id, pools.length);
      pools.push(poolOf(offer, read.quantity, read.gross, [pooledLine(read)]));
    } else {
      again ??= new Map();
      const others = again.get(place);
      if (others === undefined) again.set(place, [read]);
      else others.push(read);
    }
  }
  if (again !== null)
    for (const [place, others] of again) pools[place] = joined(pools[place] as Pool, others);
  return pools.sort((a, b) => compareIds(a.offer.id, b.offer.id));
}

/** The pool with more lines of its offer. */
function joined({ offer, lines: [first], ...pool }: Pool, others: readonly ReadLine[]): Pool {
  const lines = [first as PooledLine, ...others.map(pooledLine)];
  lines.sort((a, b) => b.size - a.size || a.lineIndex - b.lineIndex);
  let { quantity, gross } = pool;
  for (const read of others) {
    quantity += read.quantity;
    gross += read.gross;
  }
  return poolOf(offer, quantity, gross, lines);
}

function poolOf(offer: Offer, quantity: number, gross: number, lines: readonly PooledLine[]): Pool {
  const isFractional = offer.step !== null;
  return { offer, isFractional, units: isFractional ? 0 : quantity / 1000, quantity, gross, lines };
}

function pooledLine({ offer, lineIndex, quantity, gross }: ReadLine): PooledLine {
  const isFractional = offer !== null && offer.step !== null;
  return { lineIndex, size: isFractional ? quantity : quantity / 1000, gross };
}
