// A cart split into shipments: where each line may go, and how much of the points falls to each shipment.
import { allocate, minor } from "../../core/money/index.ts";
import type { Quote } from "../../core/pricing/index.ts";
import type { RequestedLine } from "../../flows/index.ts";

/** The group of a line that names none. */
const DEFAULT_GROUP = "default";

/** Groups of a line: the chosen one first, since a line belongs to the first; then the others it may be moved to. */
export function groupsFrom(chosen: string, all: readonly string[]): string[] {
  return [chosen, ...all.filter((group) => group !== chosen)];
}

/**
 * Points to spend by shipment; null unless lines that count name shipments and go into more than one. The parts sum to
 * the cart's figure, in proportion to the lines' own.
 */
export function groupBonuses(
  lines: readonly RequestedLine[],
  quote: Quote,
): Record<string, { canSpend: number }> | null {
  if (quote.points === null || !lines.some((line) => line.deliveryGroup !== null)) return null;
  const sums = new Map<string, number>();
  for (const line of quote.lines) {
    if (!line.isCounted) continue;
    const sent = line.lineIndex === null ? undefined : lines[line.lineIndex];
    const group = sent?.deliveryGroup ?? DEFAULT_GROUP;
    sums.set(group, (sums.get(group) ?? 0) + (line.points?.maySpend ?? 0));
  }
  if (sums.size < 2) return null;
  const groups = [...sums].sort(([left], [right]) => (left < right ? -1 : 1));
  const shares = allocate(
    minor(quote.points.maySpend),
    groups.map(([, weight]) => ({ weight })),
  );
  // Names come from outside: a plain object would take some of them for its own.
  return Object.fromEntries(groups.map(([group], index) => [group, { canSpend: shares[index] ?? 0 }]));
}
