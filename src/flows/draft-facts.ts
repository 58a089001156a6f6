// A recorded cart under rules that it never met: which of its facts hold there, what must be made up, and what nobody knows.
import { type Cart, type Facts, foldCode, type Rules, stripGifts } from "../core/pricing/index.ts";
import type { StoredCalculation } from "./calculation-text.ts";
import { canonicalJson } from "./canonical-json.ts";
import { limitsOfRules } from "./limits.ts";
import type { ShelvedRules } from "./rule-shelf.ts";

/** What the records do not tell, so that a figure may be off; counted in carts. */
export type Gap =
  /** Gifts that only the draft gives, as they stand in today's catalogue. */
  | "gifts_of_today"
  /** A period of spending that was not asked for then: it counts as nothing spent. */
  | "spent_unknown"
  /** A limit that the draft changes counts as wholly left. */
  | "limits_as_new"
  /** A code that neither the shop of then nor the draft knows; the code table of today was not asked. */
  | "code_unknown"
  /** A choice from the menu that the draft does not offer. */
  | "choice_gone"
  /** The rules of then are gone: codes and gifts of theirs cannot be told from others. */
  | "rules_gone"
  /** Priced by another engine then: a part of the difference may be the engine's. */
  | "other_engine";

/** A cart ready to be priced under the draft. */
export interface DraftCase {
  readonly cart: Cart;
  readonly facts: Facts;
  readonly gaps: readonly Gap[];
}

/** Puts recorded carts under a draft. One per replay. */
export class DraftFacts {
  readonly #draft: ShelvedRules;
  /** By version of the rules: promotions whose limits the draft leaves as they were. */
  readonly #sameLimits = new Map<number, ReadonlySet<string>>();

  constructor(draft: ShelvedRules) {
    this.#draft = draft;
  }

  /** Gifts of the draft that the recorded facts do not speak of. */
  giftsMissing({ facts }: StoredCalculation): readonly string[] {
    const { giftOfferIds } = this.#draft.rules;
    return giftOfferIds.every((id) => facts.offers.has(id))
      ? []
      : giftOfferIds.filter((id) => !facts.offers.has(id));
  }

  /** The case of `stored`; `then`: the rules that priced it, null where they are gone; `gifts`: what was missing of goods. */
  caseOf(stored: StoredCalculation, then: ShelvedRules | null, gifts: Facts["offers"]): DraftCase {
    const gaps: Gap[] = [];
    const note = (gap: Gap, isSo: boolean): void => void (isSo && gaps.push(gap));
    const { facts } = stored;
    const { rules, programme } = this.#draft;
    note("rules_gone", then === null);
    note("gifts_of_today", gifts.size > 0);
    note(
      "choice_gone",
      stored.cart.choices.some(({ promotionId }) => !rules.byId.has(promotionId)),
    );
    const { customer } = facts;
    note("spent_unknown", customer !== null && rules.spentDays.some((days) => !(days in customer.spent)));
    const code = codeUnder(stored.cart, facts.code, rules, then);
    note("code_unknown", code !== null && code.promotionId === null);
    const cart = then === null ? stored.cart : withoutGifts(stored.cart, then.rules, rules);
    const limits = this.#limits(stored, then);
    note("limits_as_new", limits.areNew);
    const offers = gifts.size === 0 ? facts.offers : new Map([...facts.offers, ...gifts]);
    return { cart, facts: { offers, customer, code, limits: limits.left, programme }, gaps };
  }

  #limits(
    { facts, rules }: StoredCalculation,
    then: ShelvedRules | null,
  ): { readonly left: Facts["limits"]; readonly areNew: boolean } {
    const { whole } = limitsOfRules(this.#draft);
    if (facts.limits.size === 0) return { left: whole, areNew: false };
    const same = then === null ? NONE : this.#limitsKept(rules.version, then);
    const used = [...facts.limits].filter(([id]) => whole.has(id));
    const kept = used.filter(([id]) => same.has(id));
    return { left: new Map([...whole, ...kept]), areNew: kept.length < used.length };
  }

  #limitsKept(version: number, then: ShelvedRules): ReadonlySet<string> {
    let same = this.#sameLimits.get(version);
    if (same === undefined) {
      const before = new Map(
        then.documents.set.promotions.map(({ id, limits }) => [id, canonicalJson(limits ?? null)]),
      );
      same = new Set(
        this.#draft.documents.set.promotions
          .filter(({ id, limits }) => before.get(id) === canonicalJson(limits ?? null))
          .map(({ id }) => id),
      );
      this.#sameLimits.set(version, same);
    }
    return same;
  }
}

const NONE: ReadonlySet<string> = new Set();

/** What is known of the code: a code of the rules' own lists is looked up in the draft's, one of the code table stays as it was. */
function codeUnder(
  { code }: Cart,
  recorded: Facts["code"],
  rules: Rules,
  then: ShelvedRules | null,
): Facts["code"] {
  const folded = code === null ? "" : foldCode(code);
  if (recorded === null || folded === "") return recorded;
  const isListed = recorded.promotionId === null || then?.rules.codes.get(folded) === recorded.promotionId;
  if (recorded.state !== "free" || !isListed) return recorded;
  return { ...recorded, promotionId: rules.codes.get(folded) ?? null };
}

/** The cart without the gifts that the rules of then had put in and the draft would not know as gifts. */
function withoutGifts(cart: Cart, then: Rules, draft: Rules): Cart {
  const before = stripGifts(cart, then);
  if (before.isClean) return cart;
  const after = stripGifts(cart, draft);
  const takenBy = (strip: typeof before, index: number, all: number): number =>
    strip.gone.has(index) ? all : (strip.taken.get(index) ?? 0);
  const lines = cart.lines.flatMap((line, index) => {
    const all = line.quantity ?? Number.POSITIVE_INFINITY;
    const extra = takenBy(before, index, all) - takenBy(after, index, all);
    if (!(extra > 0)) return [line];
    const left = all - extra;
    return left > 0 ? [{ ...line, quantity: left as NonNullable<typeof line.quantity> }] : [];
  });
  return { ...cart, lines };
}
