// Reading the cart: which lines stand for goods, in what quantity, which are our own gifts come back, and what is wrong with the rest.
import { grossHalfUp, multiplyRoundHalfUp, type Quantity, quantity } from "../money/index.ts";
import type { Cart, CartLine } from "./cart.ts";
import type { Facts, Offer } from "./facts.ts";
import type { LineProblem, Notice } from "./quote.ts";
import { type GiftReturn, type ReturnedGifts, stripGifts } from "./returned-gifts.ts";
import type { Rules } from "./rules.ts";

/** One line that stays in the answer, with what the catalogue says of it. */
export interface ReadLine {
  readonly lineIndex: number;
  readonly line: CartLine;
  readonly offer: Offer | null;
  /** Thousandths, rounded to the offer's step. */
  readonly quantity: Quantity;
  /** Kopecks. */
  readonly gross: number;
  problem: LineProblem | null;
  readonly notices: readonly Notice[];
}

/** The cart as read. */
export interface Reading {
  readonly lines: readonly ReadLine[];
  readonly notices: readonly Notice[];
  /** Gifts that the lines themselves name, as chosen ones do. */
  readonly returned: readonly GiftReturn[];
}

/** Most of one line, in thousandths: 100,000 units. More is a slip or an attack. */
export const MOST_QUANTITY = 100_000_000 as Quantity;

/** Most that one line may cost, kopecks: keeps every sum of a cart far below 2^53. */
const MOST_GROSS = 1_000_000_000_000;

/** Reads every line; nothing is priced yet. */
export function readCart(cart: Cart, rules: Rules, facts: Facts): Reading {
  const stripped = stripGifts(cart, rules);
  const lines: ReadLine[] = [];
  for (let index = 0; index < cart.lines.length; index += 1) {
    const line = cart.lines[index] as CartLine;
    if (stripped.isClean) lines.push(readLine(line, index, line.quantity, facts));
    else if (!stripped.gone.has(index))
      lines.push(readLine(line, index, remainder(line, index, stripped), facts));
  }
  checkStock(lines);
  return { lines, notices: stripped.notices, returned: stripped.returned };
}

function remainder(line: CartLine, index: number, { taken }: ReturnedGifts): Quantity | null {
  const part = taken.get(index);
  return part === undefined || line.quantity === null ? line.quantity : quantity(line.quantity - part);
}

function readLine(line: CartLine, lineIndex: number, asked: Quantity | null, facts: Facts): ReadLine {
  const offer = line.offerId === null ? null : (facts.offers.get(line.offerId) ?? null);
  const bad = asked === null || asked <= 0;
  if (offer === null || bad || asked > MOST_QUANTITY) {
    const problem = offer === null ? UNKNOWN : bad ? BAD_QUANTITY : TOO_MANY;
    return { lineIndex, line, offer, quantity: bad ? NONE : asked, gross: 0, problem, notices: SILENT };
  }
  const rounded = toStep(asked, offer.step ?? (1000 as Quantity));
  const product = (offer.price * rounded) / 1000;
  if (product > MOST_GROSS)
    return { lineIndex, line, offer, quantity: rounded, gross: 0, problem: TOO_MANY, notices: SILENT };
  const notices: readonly Notice[] =
    rounded === asked ? SILENT : [{ code: "quantity_rounded", offerId: offer.id, quantity: rounded }];
  const gross = rounded % 1000 === 0 ? product : grossHalfUp(offer.price, rounded);
  const problem = offer.isAvailable ? null : UNAVAILABLE;
  return { lineIndex, line, offer, quantity: rounded, gross, problem, notices };
}

const SILENT: readonly Notice[] = [];
const NONE = 0 as Quantity;
const UNKNOWN: LineProblem = { kind: "unknown_offer" };
const BAD_QUANTITY: LineProblem = { kind: "bad_quantity" };
const TOO_MANY: LineProblem = { kind: "too_many", limit: MOST_QUANTITY };
const UNAVAILABLE: LineProblem = { kind: "unavailable" };

function toStep(asked: Quantity, step: Quantity): Quantity {
  if (asked % step === 0) return asked;
  return quantity(Math.max(multiplyRoundHalfUp(asked, 1, step), 1) * step);
}

/** Stock is shared by all ticked lines of an offer; when it does not suffice, each of them says what is left. */
function checkStock(lines: readonly ReadLine[]): void {
  let wanted: Map<string, number> | null = null;
  for (const { offer, line, problem, quantity: count } of lines) {
    if (offer === null || offer.stock === null || problem !== null || !line.selected) continue;
    wanted ??= new Map();
    wanted.set(offer.id, (wanted.get(offer.id) ?? 0) + count);
  }
  if (wanted === null) return;
  for (const read of lines) {
    const { offer, line } = read;
    if (offer === null || offer.stock === null || read.problem !== null || !line.selected) continue;
    if ((wanted.get(offer.id) ?? 0) > offer.stock) read.problem = { kind: "short_stock", left: offer.stock };
  }
}

/** Selected and without problem: takes part in promotions and totals. */
export function isCounted(read: ReadLine): boolean {
  return read.line.selected && read.problem === null;
}
