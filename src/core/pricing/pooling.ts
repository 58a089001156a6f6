// Pooling: the counted lines of one offer become one pool, so that neither their order nor a split changes a price.
import { compareIds } from "./compare.ts";
import { isCounted, type ReadLine } from "./reading.ts";
import type { Pool, PooledLine } from "./situation.ts";

/** Pools of all counted lines, by offer id. */
export function poolLines(lines: readonly ReadLine[]): Pool[] {
  const byOffer = new Map<string, ReadLine[]>();
  for (const read of lines) {
    if (!isCounted(read) || read.offer === null) continue;
    const own = byOffer.get(read.offer.id);
    if (own === undefined) byOffer.set(read.offer.id, [read]);
    else own.push(read);
  }
  const pools: Pool[] = [];
  for (const own of byOffer.values()) pools.push(poolOf(own));
  return pools.sort((a, b) => compareIds(a.offer.id, b.offer.id));
}

function poolOf(reads: readonly ReadLine[]): Pool {
  const offer = (reads[0] as ReadLine).offer as NonNullable<ReadLine["offer"]>;
  const isFractional = offer.step !== null;
  let quantity = 0;
  let gross = 0;
  const lines: PooledLine[] = [];
  for (const read of reads) {
    quantity += read.quantity;
    gross += read.gross;
    const size = isFractional ? read.quantity : read.quantity / 1000;
    lines.push({ lineIndex: read.lineIndex, size, gross: read.gross });
  }
  if (lines.length > 1) lines.sort((a, b) => b.size - a.size || a.lineIndex - b.lineIndex);
  return { offer, isFractional, units: isFractional ? 0 : quantity / 1000, quantity, gross, lines };
}
