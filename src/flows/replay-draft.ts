// Recorded carts priced again under rules that are not in force: what a draft would have cost.
import { instant } from "../core/basics/index.ts";
import { ENGINE_VERSION, type Facts, price } from "../core/pricing/index.ts";
import { OfferShelf } from "../storage/index.ts";
import type { PagedCalculation } from "./calculation-pages.ts";
import type { StoredCalculation } from "./calculation-text.ts";
import { DraftFacts } from "./draft-facts.ts";
import { addCart, type CartUnderBoth, type DraftTally, type Effect, newTally } from "./draft-tally.ts";
import type { House } from "./house.ts";
import { type Pricing, priceOrNull } from "./judge-calculation.ts";
import { RecordedRules, type ReplayPlan, type ReplayState, type ReplayWatch, walk } from "./replay-run.ts";
import type { RuleShelf, ShelvedRules } from "./rule-shelf.ts";
import { segmentsNamed } from "./segments-named.ts";

/** The state of a replay under a draft that has not begun. */
export function newDraftReplay(): ReplayState<DraftTally> {
  return { after: null, seen: 0, taken: 0, tally: newTally() };
}

/** What a replay under a draft tells beside its pages. */
export interface DraftWatch extends ReplayWatch<DraftTally> {
  /** Each cart that was priced, in the order of the walk. */
  onCart?(effect: Effect, both: CartUnderBoth): void;
}

/** Goes on from `state` to the end. `draft` must be compiled; carts are priced as of their own instants. */
export function replayUnderDraft(
  house: House,
  shelf: RuleShelf,
  draft: ShelvedRules,
  plan: ReplayPlan,
  state: ReplayState<DraftTally> = newDraftReplay(),
  watch: DraftWatch = {},
  pricing: Pricing = price,
): Promise<ReplayState<DraftTally>> {
  const rules = new RecordedRules(shelf);
  const facts = new DraftFacts(draft);
  const gifts = new GiftShelf(house, facts, state.tally);
  const segments = new Set(segmentsNamed(draft.documents.set));
  const { tally } = state;
  return walk(house, plan, state, watch, async (page, turns) => {
    const given = await gifts.of(page);
    for (const [index, paged] of page.entries()) {
      await turns.breathe();
      const { stored, areGoodsGone } = paged;
      // A part's whole cart was recorded, too.
      if (stored.madeBy === "share") tally.leftOut.share += 1;
      else if (areGoodsGone) tally.leftOut.goods_gone += 1;
      else {
        const then = await rules.of(stored.rules.version);
        const isSame = then !== null && then.hash === stored.rules.hash;
        const one = facts.caseOf(stored, isSame ? then : null, given[index] ?? NO_OFFERS);
        const quote = priceOrNull(() =>
          pricing(one.cart, draft.rules, one.facts, instant(stored.at), "plain"),
        );
        if (quote === null) {
          tally.leftOut.engine_failed += 1;
          continue;
        }
        for (const gap of one.gaps) tally.gaps[gap] += 1;
        if (stored.engineVersion !== ENGINE_VERSION) tally.gaps.other_engine += 1;
        for (const segment of stored.facts.customer?.segments ?? [])
          if (segments.has(segment)) tally.segmentsSeen.add(segment);
        const both = addCart(tally, stored, quote, plan.worst);
        watch.onCart?.(both.effect, both);
      }
    }
  });
}

const NO_OFFERS: Facts["offers"] = new Map();

/** Gifts that only the draft gives, from today's catalogue, as each cart's place sees them. */
class GiftShelf {
  readonly #house: House;
  readonly #facts: DraftFacts;
  readonly #tally: DraftTally;
  readonly #offers = new OfferShelf(() => performance.now());

  constructor(house: House, facts: DraftFacts, tally: DraftTally) {
    this.#house = house;
    this.#facts = facts;
    this.#tally = tally;
  }

  /** For each cart of the page, in its order. */
  async of(page: readonly PagedCalculation[]): Promise<readonly Facts["offers"][]> {
    const missing = page.map(({ stored }) => this.#facts.giftsMissing(stored));
    if (missing.every((ids) => ids.length === 0)) return [];
    return this.#house.database.look(async (tx) => {
      const found: Facts["offers"][] = [];
      for (const [index, ids] of missing.entries()) {
        const { stored } = page[index] as PagedCalculation;
        const offers =
          ids.length === 0 ? NO_OFFERS : await this.#offers.offersForCart(tx, ids, placeOf(stored));
        for (const id of ids) if (!offers.has(id)) this.#tally.giftsUnknown.add(id);
        found.push(offers);
      }
      return found;
    });
  }
}

function placeOf({ cart, facts }: StoredCalculation) {
  return {
    cityFias: cart.city.fias,
    cityKladr: cart.city.kladr,
    priceTier: facts.customer?.tier ?? null,
    outletId: cart.outletId,
    pickupPointId: cart.pickupPoint,
  };
}
