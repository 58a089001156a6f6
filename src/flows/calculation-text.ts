// A calculation as stored: short texts from which cart and facts come back whole, and of the quote what cannot be computed again.
import { createHash } from "node:crypto";
import { type Bps, type Minor, minor, type Quantity } from "../core/money/index.ts";
import type {
  Cart,
  CartLine,
  CodeFacts,
  CustomerFacts,
  Facts,
  LimitFacts,
  Offer,
  Programme,
  Quote,
} from "../core/pricing/index.ts";
import type { CalculationRecord, GoodsRecord } from "../storage/index.ts";
import { digestOf, type QuoteDigest } from "./quote-digest.ts";
import { packQuote, unpackQuote } from "./quote-text.ts";

/** One calculation with everything that it was made of. */
export interface Calculation {
  /** The request id that the caller was given. */
  readonly id: string;
  readonly at: number;
  readonly cart: Cart;
  readonly facts: Facts;
  readonly rules: { readonly version: number; readonly hash: string };
  readonly engineVersion: string;
  /** The cart's code as codes are compared; null without one. */
  readonly foldedCode: string | null;
  readonly quote: Quote;
  readonly madeBy: QuoteMaker;
  /** Under which an anonymous shopper's next order finds it; see shown-quote.ts. */
  readonly device?: string | null;
}

/** Whose figures a quote has: the engine's, the catalogue's since the engine failed, or a part's share of a whole cart's. */
export type QuoteMaker = "engine" | "catalogue" | "share";

/** A calculation as it was stored: its quote whole, or of the engine's quotes the digest. Without a whole quote facts lack what the rules tell: the programme, and limits but for those that were counted (see recordedLimits). */
export type StoredCalculation = Omit<Calculation, "quote"> & {
  readonly kept:
    | { readonly kind: "whole"; readonly quote: Quote }
    | { readonly kind: "digest"; readonly digest: QuoteDigest };
};

type PackedLine = readonly [string | null, number | null, 0 | 1, 0 | 1, ...string[]];
type PackedGood = readonly [string, number, number | null, 0 | 1, number | null];

/** What went in, as its text is read. */
export interface PackedInput {
  readonly cart: Omit<Cart, "lines"> & { readonly lines: readonly PackedLine[] };
  readonly goods: readonly PackedGood[];
  readonly customer: CustomerFacts | null;
  readonly code: CodeFacts | null;
  readonly madeBy: QuoteMaker;
  /** Of an engine's quote only those that are not what its rules say, absent where there are none; of other quotes all. */
  readonly limits?: readonly (readonly [string, LimitFacts])[];
  /** Absent where the engine made the quote: it comes with the rules. */
  readonly programme?: Programme | null;
}

/** What of an offer does not change from cart to cart, in this order. */
export type GoodsWording = readonly [
  string,
  string,
  string,
  string | null,
  readonly string[],
  Offer["params"],
  number | null,
  number | null,
  0 | 1,
];

interface Known {
  readonly offer: Offer;
  readonly record: GoodsRecord;
}

/** Wordings made before, by the list of categories that an offer shares with its catalogue entry: hashing is the dear part. */
const made = new WeakMap<readonly string[], Known>();

function wordingOf(offer: Offer): GoodsRecord {
  const known = made.get(offer.categoryIds);
  if (known !== undefined && isSameGood(known.offer, offer)) return known.record;
  const body = JSON.stringify([
    offer.id,
    offer.groupId,
    offer.name,
    offer.vendor,
    offer.categoryIds,
    offer.params,
    offer.step,
    offer.codeCap,
    offer.usePoints ? 1 : 0,
  ] satisfies GoodsWording);
  const record = { hash: createHash("sha256").update(body).digest("base64url").slice(0, 24), body };
  made.set(offer.categoryIds, { offer, record });
  return record;
}

function isSameGood(left: Offer, right: Offer): boolean {
  return (
    left.id === right.id &&
    left.groupId === right.groupId &&
    left.name === right.name &&
    left.vendor === right.vendor &&
    left.params === right.params &&
    left.step === right.step &&
    left.codeCap === right.codeCap &&
    left.usePoints === right.usePoints
  );
}

interface PackedOffer {
  readonly wording: GoodsRecord;
  readonly text: string;
}

/** Texts of offers made before: the shelf gives the same offer to many carts. */
const packed = new WeakMap<Offer, PackedOffer>();

function packOffer(offer: Offer): PackedOffer {
  let known = packed.get(offer);
  if (known === undefined) {
    const wording = wordingOf(offer);
    const { price, oldPrice, isAvailable, stock } = offer;
    const good: PackedGood = [wording.hash, price, oldPrice, isAvailable ? 1 : 0, stock];
    known = { wording, text: JSON.stringify(good) };
    packed.set(offer, known);
  }
  return known;
}

/** A calculation's record and the goods that it speaks of. */
export interface PackedCalculation {
  readonly record: CalculationRecord;
  readonly goods: readonly GoodsRecord[];
}

/** Packs a calculation; `ofRules`: the limits that its version of the rules says, which need not be kept. */
export function packCalculation(
  calculation: Calculation,
  ofRules: Facts["limits"] = NO_LIMITS,
): PackedCalculation {
  const { cart, facts, quote, madeBy } = calculation;
  const goods: GoodsRecord[] = [];
  let texts = "";
  for (const offer of facts.offers.values()) {
    const { wording, text } = packOffer(offer);
    goods.push(wording);
    texts += texts === "" ? text : `,${text}`;
  }
  const rest: Omit<PackedInput, "goods"> = {
    cart: { ...cart, lines: cart.lines.map(packLine) },
    customer: facts.customer,
    code: facts.code,
    madeBy,
    ...(madeBy === "engine"
      ? countedLimits(facts.limits, ofRules)
      : { limits: [...facts.limits], programme: facts.programme }),
  };
  const record: CalculationRecord = {
    id: calculation.id,
    at: calculation.at,
    channel: cart.channel,
    customerId: facts.customer?.id ?? null,
    code: calculation.foldedCode,
    rulesVersion: calculation.rules.version,
    rulesHash: calculation.rules.hash,
    engineVersion: calculation.engineVersion,
    device: calculation.device ?? null,
    outlet: cart.outletId,
    pickup: cart.pickupPoint,
    input: `{"goods":[${texts}],${JSON.stringify(rest).slice(1)}`,
    result:
      madeBy === "engine"
        ? JSON.stringify(digestOf(quote))
        : packQuote(quote, (offerId) => facts.offers.get(offerId)?.name ?? null),
  };
  return { record, goods };
}

const NO_LIMITS: Facts["limits"] = new Map();
const UNLIMITED: LimitFacts = { usesLeft: null, budgetLeft: null };

/** Limits of which something was used when the cart was priced: the rules alone do not tell them any more. */
function countedLimits(facts: Facts["limits"], ofRules: Facts["limits"]): Pick<PackedInput, "limits"> {
  // The very map of the rules until uses are counted: nothing to compare on the way of most carts.
  if (facts === ofRules) return {};
  const limits: (readonly [string, LimitFacts])[] = [];
  for (const id of new Set([...facts.keys(), ...ofRules.keys()])) {
    const [left, whole] = [facts.get(id) ?? UNLIMITED, ofRules.get(id) ?? UNLIMITED];
    if (left.usesLeft !== whole.usesLeft || left.budgetLeft !== whole.budgetLeft) limits.push([id, left]);
  }
  return limits.length === 0 ? {} : { limits };
}

/** Limits as they were: what the rules say, and over it what was recorded. */
export function recordedLimits(ofRules: Facts["limits"], recorded: Facts["limits"]): Facts["limits"] {
  return recorded.size === 0 ? ofRules : new Map([...ofRules, ...recorded]);
}

function packLine(line: CartLine): PackedLine {
  return [line.offerId, line.quantity, line.selected ? 1 : 0, line.sentAsFree ? 1 : 0, ...line.echoed];
}

/** A record whose input was read once: it names the goods whose wordings the rest needs. */
export interface OpenedRecord {
  readonly record: CalculationRecord;
  readonly input: PackedInput;
}

/** Opens a record. */
export function openRecord(record: CalculationRecord): OpenedRecord {
  return { record, input: JSON.parse(record.input) as PackedInput };
}

/** Hashes of the goods that a record speaks of. */
export function goodsNamed({ input }: OpenedRecord): readonly string[] {
  return input.goods.map(([hash]) => hash);
}

/** The wording of goods in a stored body. */
export function readWording(body: string): GoodsWording {
  return JSON.parse(body) as GoodsWording;
}

/** The calculation of a record; `wordings` by hash. A good whose wording was forgotten is absent from the facts. */
export function unpackCalculation(
  { record, input }: OpenedRecord,
  wordings: ReadonlyMap<string, GoodsWording>,
): StoredCalculation {
  const offers = new Map<string, Offer>();
  for (const good of input.goods) {
    const wording = wordings.get(good[0]);
    if (wording === undefined) continue;
    const offer = unpackGood(good, wording);
    offers.set(offer.id, offer);
  }
  const { customer, code, limits = [], programme = null, madeBy } = input;
  return {
    id: record.id,
    at: record.at,
    cart: { ...input.cart, lines: input.cart.lines.map(unpackLine) },
    facts: { offers, customer, code, limits: new Map(limits), programme },
    rules: { version: record.rulesVersion, hash: record.rulesHash },
    engineVersion: record.engineVersion,
    foldedCode: record.code,
    madeBy,
    kept:
      madeBy === "engine"
        ? { kind: "digest", digest: JSON.parse(record.result) as QuoteDigest }
        : { kind: "whole", quote: unpackQuote(record.result, (id) => offers.get(id)?.name ?? null) },
  };
}

function unpackLine([offerId, quantity, selected, sentAsFree, ...echoed]: PackedLine): CartLine {
  return {
    offerId,
    quantity: quantity as Quantity | null,
    selected: selected === 1,
    sentAsFree: sentAsFree === 1,
    echoed,
  };
}

function unpackGood([, price, oldPrice, isAvailable, stock]: PackedGood, body: GoodsWording): Offer {
  const [id, groupId, name, vendor, categoryIds, params, step, codeCap, usePoints] = body;
  return {
    id,
    groupId,
    name,
    vendor,
    categoryIds,
    params,
    price: minor(price),
    oldPrice: oldPrice as Minor | null,
    step: step as Quantity | null,
    codeCap: codeCap as Bps | null,
    usePoints: usePoints === 1,
    isAvailable: isAvailable === 1,
    stock: stock as Quantity | null,
  };
}
