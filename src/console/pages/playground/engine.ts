// The pricing engine in the browser: the same source as on the server, fed with what the server says of this cart. Loaded lazily.
import { type CartOutcome, type cartCalls, loweredShown, outcomeShown } from "../../../contract/index.ts";
import { instant } from "../../../core/basics/index.ts";
import { bps, minor, points, quantity } from "../../../core/money/index.ts";
import {
  type Cart,
  type CartDocument,
  cartOf,
  compileProgramme,
  compileRules,
  type Facts,
  lowerQuantities,
  NOT_LOWERED,
  type Offer,
  type Programme,
  type ProgrammeDocument,
  type PromotionSet,
  price,
  type Rules,
} from "../../../core/pricing/index.ts";
import type { AnswerOf } from "../../calls.ts";

/** What the server says of a cart. */
export type CartFacts = AnswerOf<typeof cartCalls.readCartFacts>;

type Side = CartFacts["sides"][number];

/** Rules as their authors wrote them, and ready for use. */
interface KnownRules {
  readonly set: PromotionSet;
  readonly rules: Rules;
  readonly programme: Programme | null;
}

/** Rules by hash: a tab that was told of them once is not told again. */
const known = new Map<string, KnownRules>();

/** Hashes whose documents need not come again. */
export function knownHashes(): string[] {
  return [...known.keys()].slice(-10);
}

/** The rules of a side as their authors wrote them. */
export function setOf(facts: CartFacts, side: Side): PromotionSet {
  return rulesOf(facts, side).set;
}

/** A good as it is asked for: with what is added to it it may be another one. */
export interface AskedGood {
  readonly offer: string;
  readonly addons?: readonly string[];
}

/** A cart whose goods may have add-ons. */
export interface TriedCart extends Omit<CartDocument, "lines"> {
  readonly lines: readonly (CartDocument["lines"][number] & AskedGood)[];
}

/** What a cart comes to, with the lines that the stock lowered. */
export interface TriedOutcome extends CartOutcome {
  readonly lowered: ReturnType<typeof loweredShown>;
}

/** One name for a good with its add-ons. */
export function nameOfGood({ offer, addons = [] }: AskedGood): string {
  return JSON.stringify([offer, ...addons]);
}

/**
 * Prices `written` under one side of `facts`, with a verdict for every promotion there is. `asked`: the goods that the facts
 * were asked for, in their order; a good that was not asked for is unknown.
 */
export function priceHere(
  facts: CartFacts,
  side: Side,
  asked: readonly AskedGood[],
  written: TriedCart,
): TriedOutcome {
  const { rules, programme } = rulesOf(facts, side);
  const found = new Map(asked.map((good, index) => [nameOfGood(good), facts.offerIds[index] ?? null]));
  const names = written.lines.map(nameOfGood);
  const read = cartOf(written);
  const told = engineFacts(facts, side, programme);
  const lines = read.lines.map((line, index) => ({
    ...line,
    offerId: found.get(names[index] ?? "") ?? null,
  }));
  const left = facts.lowersQuantities ? lowerQuantities(lines, told.offers) : { lines, lowered: NOT_LOWERED };
  const cart: Cart = {
    ...read,
    ...(facts.unitesGroups ? { unitesGroups: true } : {}),
    lines: left.lines,
  };
  const at = instant(Date.parse(facts.at));
  const quote = price(cart, rules, told, at, "every");
  return { ...outcomeShown(quote, rules.byId), lowered: loweredShown(left.lowered) };
}

function rulesOf(facts: CartFacts, { rules: { hash }, documents }: Side): KnownRules {
  const before = known.get(hash);
  if (before !== undefined) return before;
  const set = documents?.set as PromotionSet | undefined;
  const compiled = set === undefined ? null : compileRules(set, facts.timeZone);
  const programme =
    documents?.programme == null ? null : compileProgramme(documents.programme as ProgrammeDocument);
  if (set === undefined || compiled?.kind !== "compiled" || programme?.kind === "refused")
    throw new Error("rules that the server prices with compile");
  const now: KnownRules = { set, rules: compiled.rules, programme: programme?.programme ?? null };
  known.set(hash, now);
  return now;
}

function engineFacts(facts: CartFacts, side: Side, programme: Programme | null): Facts {
  const { customer, code } = side;
  return {
    offers: new Map(facts.offers.map((offer) => [offer.id, engineOffer(offer)])),
    customer:
      customer === null
        ? null
        : {
            id: customer.id,
            segments: customer.segments,
            tier: customer.tier,
            birthday: customer.birthday,
            orderCount: customer.orderCount,
            balance: points(customer.balancePoints),
            spent: Object.fromEntries(
              customer.spent.map(({ days, amountMinor }) => [days, minor(amountMinor)]),
            ),
          },
    code,
    limits: new Map(
      side.limits.map(({ promotionId, usesLeft, budgetLeftMinor }) => [
        promotionId,
        { usesLeft, budgetLeft: budgetLeftMinor === null ? null : minor(budgetLeftMinor) },
      ]),
    ),
    programme,
  };
}

function engineOffer(offer: CartFacts["offers"][number]): Offer {
  return {
    id: offer.id,
    groupId: offer.groupId,
    name: offer.name,
    price: minor(offer.priceMinor),
    oldPrice: offer.oldPriceMinor === null ? null : minor(offer.oldPriceMinor),
    categoryIds: offer.categoryIds,
    vendor: offer.vendor,
    params: offer.params,
    step: offer.stepThousandths === null ? null : quantity(offer.stepThousandths),
    codeCap: offer.codeCapBps === null ? null : bps(offer.codeCapBps),
    usePoints: offer.usePoints,
    isAvailable: offer.isAvailable,
    stock: offer.stockThousandths === null ? null : quantity(offer.stockThousandths),
  };
}
