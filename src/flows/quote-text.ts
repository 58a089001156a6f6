// A quote as stored: lines as short rows instead of objects, since a row of every cart priced is kept for days.
import type { Minor, Points, Quantity } from "../core/money/index.ts";
import type { Notice, Quote, QuoteLine } from "../core/pricing/index.ts";
import type { QuoteDigest } from "./quote-digest.ts";

type PackedGroup = readonly [number, number, number];
type PackedDiscount = readonly [string, number];

/** In this order: see packLine. */
type PackedLine = readonly [
  number | null,
  string | null,
  string | null,
  number,
  number,
  number,
  number,
  number,
  number,
  0 | 1 | 2 | 3,
  readonly PackedDiscount[],
  readonly PackedGroup[],
  readonly [number, number] | null,
  QuoteLine["problem"],
  readonly Notice[],
];

type PackedQuote = Omit<Quote, "lines"> & { readonly lines: readonly PackedLine[] };

/** The quote as JSON text; `nameOf` knows the names of goods, which are then not repeated. */
export function packQuote(quote: Quote, nameOf: (offerId: string) => string | null): string {
  return JSON.stringify({
    ...quote,
    lines: quote.lines.map((line) => packLine(line, nameOf)),
  } satisfies PackedQuote);
}

/** The quote of a text of packQuote. */
export function unpackQuote(text: string, nameOf: (offerId: string) => string | null): Quote {
  const packed = JSON.parse(text) as PackedQuote;
  return { ...packed, lines: packed.lines.map((line) => unpackLine(line, nameOf)) };
}

/** What a list shows, without unpacking the rest; `text` is of packQuote or a digest. */
export function quoteFigures(text: string): {
  readonly lines: number;
  readonly total: number;
  readonly discount: number;
} {
  const kept = JSON.parse(text) as PackedQuote | QuoteDigest;
  const { total, discount } = kept;
  return { lines: "lines" in kept ? kept.lines.length : kept.amounts.length / 3, total, discount };
}

const SELECTED = 1;
const COUNTED = 2;

function packLine(line: QuoteLine, nameOf: (offerId: string) => string | null): PackedLine {
  const isNamed = line.offerId !== null && nameOf(line.offerId) === line.name;
  return [
    line.lineIndex,
    line.offerId,
    isNamed ? null : line.name,
    line.price,
    line.quantity,
    line.gross,
    line.discount,
    line.total,
    line.giftUnits,
    ((line.selected ? SELECTED : 0) + (line.isCounted ? COUNTED : 0)) as PackedLine[9],
    line.discounts.map(({ promotionId, amount }) => [promotionId, amount]),
    line.unitGroups.map(({ quantity, unitPrice, total }) => [quantity, unitPrice, total]),
    line.points === null ? null : [line.points.maySpend, line.points.willEarn],
    line.problem,
    line.notices,
  ];
}

function unpackLine(packed: PackedLine, nameOf: (offerId: string) => string | null): QuoteLine {
  const [lineIndex, offerId, name, price, quantity, gross, discount, total, giftUnits, flags] = packed;
  const [, , , , , , , , , , discounts, unitGroups, points, problem, notices] = packed;
  return {
    lineIndex,
    offerId,
    name: name ?? (offerId === null ? null : nameOf(offerId)),
    price: price as Minor,
    quantity: quantity as Quantity,
    gross: gross as Minor,
    discount: discount as Minor,
    total: total as Minor,
    giftUnits,
    discounts: discounts.map(([promotionId, amount]) => ({ promotionId, amount: amount as Minor })),
    unitGroups: unitGroups.map(([count, unitPrice, sum]) => ({
      quantity: count as Quantity,
      unitPrice: unitPrice as Minor,
      total: sum as Minor,
    })),
    selected: (flags & SELECTED) !== 0,
    isCounted: (flags & COUNTED) !== 0,
    problem,
    notices,
    points: points === null ? null : { maySpend: points[0] as Points, willEarn: points[1] as Points },
  };
}
