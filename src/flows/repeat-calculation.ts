// A recorded cart priced again under chosen rules: in force, of a version, or a set that nobody applied.
import { instant } from "../core/basics/index.ts";
import { ENGINE_VERSION, type Facts, type PromotionSet, price, type Quote } from "../core/pricing/index.ts";
import { OfferShelf, ruleDraftById } from "../storage/index.ts";
import type { StoredCalculation } from "./calculation-text.ts";
import { type DraftCase, DraftFacts, type Gap } from "./draft-facts.ts";
import type { House } from "./house.ts";
import { priceOrNull } from "./judge-calculation.ts";
import { wholeFacts } from "./limits.ts";
import { type RetoldCalculation, readStored, retell } from "./read-calculation.ts";
import { type AuthoredProblem, problemsOfSet } from "./read-promotions.ts";
import { DraftShelf, type RuleShelf, type ShelvedRules } from "./rule-shelf.ts";

/** Rules to price with: a version, a draft or a set beside the programme in force, or (all null) the rules in force. */
export interface TriedRules {
  readonly version: number | null;
  readonly draftId: string | null;
  readonly set: PromotionSet | null;
}

/** The rules, or why there are none. */
export type RulesFound =
  | { readonly kind: "found"; readonly shelved: ShelvedRules; readonly version: number | null }
  | { readonly kind: "refused"; readonly reason: "not_found" }
  | {
      readonly kind: "refused";
      readonly reason: "promotions_refused";
      readonly problems: readonly Omit<AuthoredProblem, "line">[];
    };

/** Finds and compiles the rules to price with. */
export async function rulesToTry(
  house: House,
  rules: RuleShelf,
  { version, draftId, set: given }: TriedRules,
): Promise<RulesFound> {
  const draft = draftId === null ? null : await house.database.read((tx) => ruleDraftById(tx, draftId));
  if (draftId !== null && draft === null) return { kind: "refused", reason: "not_found" };
  const set = draft === null ? given : (JSON.parse(draft.document) as PromotionSet);
  if (set !== null) {
    const problems = problemsOfSet(set, rules.timeZone);
    if (problems.length > 0) return { kind: "refused", reason: "promotions_refused", problems };
    const { programme } = (await rules.current()).documents;
    const shelf = new DraftShelf(house, rules.timeZone, { set, programme });
    return { kind: "found", shelved: await shelf.current(), version: null };
  }
  const shelved = version === null ? await rules.current() : await rules.ofVersion(version);
  if (shelved === null) return { kind: "refused", reason: "not_found" };
  return { kind: "found", shelved, version: shelved.version };
}

/** What a recorded cart comes to under other rules; the quote is null where the engine failed. */
export interface Repeated {
  readonly quote: Quote | null;
  readonly gaps: readonly Gap[];
}

/** Prices recorded carts under one set of rules. One per request: it keeps the gifts that it looked up. */
export class Repeater {
  readonly #house: House;
  readonly #rules: RuleShelf;
  readonly #draft: ShelvedRules;
  readonly #facts: DraftFacts;
  readonly #offers = new OfferShelf(() => performance.now());

  /** `rules`: where the rules of then are found. */
  constructor(house: House, rules: RuleShelf, draft: ShelvedRules) {
    this.#house = house;
    this.#rules = rules;
    this.#draft = draft;
    this.#facts = new DraftFacts(draft);
  }

  /** The same cart, goods, customer and moment, with a verdict for every promotion there is. */
  async price(stored: StoredCalculation): Promise<Repeated> {
    const then = await this.#rules.ofVersion(stored.rules.version);
    const known = then !== null && then.hash === stored.rules.hash ? then : null;
    // The very rules of then: everything that they asked for was recorded.
    const one: DraftCase =
      known !== null && known.hash === this.#draft.hash
        ? { cart: stored.cart, facts: wholeFacts(stored.facts, this.#draft), gaps: [] }
        : this.#facts.caseOf(stored, known, await this.#giftsOf(stored));
    const at = instant(stored.at);
    const quote = priceOrNull(() => price(one.cart, this.#draft.rules, one.facts, at, "every"));
    const isOther = stored.engineVersion !== ENGINE_VERSION;
    return { quote, gaps: isOther ? [...one.gaps, "other_engine"] : one.gaps };
  }

  /** Gifts that only these rules give, from today's catalogue as the cart's place sees it. */
  async #giftsOf(stored: StoredCalculation): Promise<Facts["offers"]> {
    const missing = this.#facts.giftsMissing(stored);
    if (missing.length === 0) return new Map();
    const { cart, facts } = stored;
    const place = {
      cityFias: cart.city.fias,
      cityKladr: cart.city.kladr,
      priceTier: facts.customer?.tier ?? null,
      outletId: cart.outletId,
      pickupPointId: cart.pickupPoint,
    };
    return this.#house.database.look((tx) => this.#offers.offersForCart(tx, missing, place));
  }
}

/** A calculation and the same cart under other rules. */
export type CalculationRepeated =
  | {
      readonly kind: "repeated";
      readonly before: RetoldCalculation;
      readonly after: Quote;
      readonly gaps: readonly Gap[];
    }
  | { readonly kind: "refused"; readonly reason: "not_found" | "calculation_unsure" };

/** Prices the cart of a calculation under `draft`. */
export async function repeatCalculation(
  house: House,
  rules: RuleShelf,
  id: string,
  draft: ShelvedRules,
): Promise<CalculationRepeated> {
  const read = await readStored(house, id);
  if (read === null) return { kind: "refused", reason: "not_found" };
  // Without the goods it would be another cart; a part's share is no price of the engine.
  if (read.areGoodsGone || read.stored.madeBy === "share")
    return { kind: "refused", reason: "calculation_unsure" };
  const { quote, gaps } = await new Repeater(house, rules, draft).price(read.stored);
  if (quote === null) return { kind: "refused", reason: "calculation_unsure" };
  return { kind: "repeated", before: await retell(read, rules), after: quote, gaps };
}
