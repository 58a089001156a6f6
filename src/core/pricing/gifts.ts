// Granting gifts: automatic ones and picks, as far as the limit and the stock go. A gift never blocks a checkout.
import { type Minor, type Quantity, quantity } from "../money/index.ts";
import type { Pick, ShopperChoice } from "./choices.ts";
import type { Facts, Offer } from "./facts.ts";
import type { Notice } from "./quote.ts";
import type { Grant, Rule } from "./rule.ts";
import type { Pool, Situation } from "./situation.ts";
import type { Slot } from "./slot.ts";

/** A gift that is given, whole units. */
export interface GivenGift {
  readonly slot: Slot;
  readonly offer: Offer;
  readonly quantity: Quantity;
  readonly worth: Minor;
}

/** Gifts of one calculation. */
export interface Giving {
  readonly given: readonly GivenGift[];
  readonly notices: readonly Notice[];
}

const NONE: Giving = { given: [], notices: [] };

/** Grants the gifts of every promotion that applied. */
export function giveGifts(slots: readonly Slot[], choice: ShopperChoice, situation: Situation): Giving {
  if (!slots.some(({ isIn, rule }) => isIn && (rule.gifts.length > 0 || rule.giftChoice !== null)))
    return NONE;
  const given: GivenGift[] = [];
  const notices: Notice[] = [];
  const stock = new Shelf(situation);
  for (const slot of slots) {
    if (!slot.isIn) continue;
    const picked = pickedOf(slot.rule, choice.picks.get(slot.rule.id) ?? [], notices);
    for (const grant of [...slot.rule.gifts, ...picked]) {
      const offer = stock.take(grant);
      if (offer === null) {
        notices.push({ code: "gift_sold_out", promotionId: slot.rule.id, offerId: grant.offerId });
        continue;
      }
      const worth = (offer.price * (grant.quantity / 1000)) as Minor;
      given.push({ slot, offer, quantity: quantity(grant.quantity), worth });
    }
  }
  return { given, notices };
}

/** Valid picks up to the limit, first come first served; each brings at most its option's quantity, in whole units. */
function pickedOf(rule: Rule, picks: readonly Pick[], notices: Notice[]): Grant[] {
  const chosen: Grant[] = [];
  if (rule.giftChoice === null) return chosen;
  const { options, limit } = rule.giftChoice;
  for (const { offerId, quantity: asked } of picks) {
    const option = options.find((each) => each.offerId === offerId);
    if (option === undefined) {
      // An automatic gift of the same promotion that came back as a line is no pick.
      if (!rule.gifts.some((gift) => gift.offerId === offerId)) {
        notices.push({ code: "gift_not_offered", promotionId: rule.id, offerId });
      }
    } else if (chosen.length >= limit) {
      notices.push({ code: "gift_limit", promotionId: rule.id, offerId });
    } else {
      const whole = Math.floor(asked / 1000) * 1000;
      chosen.push({ offerId, quantity: whole <= 0 ? option.quantity : Math.min(whole, option.quantity) });
    }
  }
  return chosen;
}

/** What is left to give away after the goods of the cart. */
class Shelf {
  readonly facts: Facts;
  private readonly used = new Map<string, number>();

  constructor({ facts, pools }: Situation) {
    this.facts = facts;
    for (const pool of pools) this.used.set(pool.offer.id, pool.quantity);
  }

  /** The offer, its quantity set aside; null when it is not sold, or not enough is left. */
  take({ offerId, quantity: wanted }: Grant): Offer | null {
    const offer = this.facts.offers.get(offerId);
    if (offer === undefined || !offer.isAvailable) return null;
    const used = (this.used.get(offerId) ?? 0) + wanted;
    if (offer.stock !== null && used > offer.stock) return null;
    this.used.set(offerId, used);
    return offer;
  }
}

/** True when the grant could be given beside the goods of the cart. */
export function isInStock(grant: Grant, facts: Facts, pools: readonly Pool[]): boolean {
  const offer = facts.offers.get(grant.offerId);
  if (offer === undefined || !offer.isAvailable) return false;
  const inCart = pools.find((pool) => pool.offer.id === grant.offerId)?.quantity ?? 0;
  return offer.stock === null || inCart + grant.quantity <= offer.stock;
}
