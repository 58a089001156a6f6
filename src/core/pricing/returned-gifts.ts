// Our own gifts come back in the next cart: they are taken out before pricing and granted anew, so that nothing doubles.
import type { Quantity } from "../money/index.ts";
import type { Cart, CartLine } from "./cart.ts";
import type { Notice } from "./quote.ts";
import type { Rule } from "./rule.ts";
import type { Rules } from "./rules.ts";

/** A gift named by a line: which promotion gave it and how many thousandths. */
export interface GiftReturn {
  readonly promotionId: string;
  readonly offerId: string;
  readonly quantity: number;
}

/** What was taken out. */
export interface ReturnedGifts {
  /** True when no line was touched. */
  readonly isClean: boolean;
  /** Lines that are gone as a whole. */
  readonly gone: ReadonlySet<number>;
  /** Thousandths taken from lines of which a part stays paid. */
  readonly taken: ReadonlyMap<number, number>;
  readonly returned: readonly GiftReturn[];
  readonly notices: readonly Notice[];
}

const CLEAN: ReturnedGifts = { isClean: true, gone: new Set(), taken: new Map(), returned: [], notices: [] };

/** What the promotion grants of an offer at most, thousandths; 0 when it does not. */
export function grantOf(rule: Rule, offerId: string): number {
  let most = 0;
  for (const grant of rule.gifts) if (grant.offerId === offerId) most = grant.quantity;
  const option = rule.giftChoice?.options.find((grant) => grant.offerId === offerId);
  return most + (option?.quantity ?? 0);
}

/**
 * Takes out at most the granted quantity per promotion and offer, from lines whose echo names a promotion that grants
 * the offer: lines sent as free first, then the last ones, since gifts are appended. The remainder stays paid.
 * A line sent as free with promotions of which none grants it is taken out with a notice.
 */
export function stripGifts(cart: Cart, rules: Rules): ReturnedGifts {
  if (!cart.lines.some((line) => line.echoed.length > 0 && mayBeGift(line, cart, rules))) return CLEAN;
  const gone = new Set<number>();
  const taken = new Map<number, number>();
  const returned: GiftReturn[] = [];
  const notices: Notice[] = [];
  const left = new Map<string, number>();
  for (const index of inOrderOfSuspicion(cart.lines)) {
    const line = cart.lines[index] as CartLine;
    const granting = grantingRules(line, cart, rules);
    if (granting.length === 0) {
      if (!line.sentAsFree) continue;
      gone.add(index);
      notices.push(droppedGift(line));
      continue;
    }
    const part = takeFrom(line, granting, left, returned);
    if (line.quantity === null || part >= line.quantity) gone.add(index);
    else if (part > 0) taken.set(index, part);
  }
  return { isClean: false, gone, taken, returned, notices };
}

function mayBeGift(line: CartLine, cart: Cart, rules: Rules): boolean {
  return line.sentAsFree || grantingRules(line, cart, rules).length > 0;
}

function droppedGift(line: CartLine): Notice {
  const promotionId = line.echoed[0] as string;
  return line.offerId === null
    ? { code: "gift_dropped", promotionId }
    : { code: "gift_dropped", promotionId, offerId: line.offerId };
}

function grantingRules(line: CartLine, { choices }: Cart, rules: Rules): Rule[] {
  const granting: Rule[] = [];
  for (const id of line.echoed) {
    const rule = rules.byId.get(id);
    if (rule === undefined || line.offerId === null || grantOf(rule, line.offerId) === 0) continue;
    if (!isPaidFor(rule, line, choices)) granting.push(rule);
  }
  return granting;
}

/**
 * A promotion that takes money off names goods that are paid for as well: a line at a price is one of its gifts only
 * where it gives the offer without a choice, or where the shopper picked it.
 */
function isPaidFor({ id, effects, gifts }: Rule, line: CartLine, choices: Cart["choices"]): boolean {
  if (effects.length === 0 || line.sentAsFree) return false;
  const isPick = (gift: { readonly offerId: string }): boolean => gift.offerId === line.offerId;
  if (gifts.some(isPick)) return false;
  return !choices.some((choice) => choice.promotionId === id && choice.gifts.some(isPick));
}

function inOrderOfSuspicion(lines: readonly CartLine[]): number[] {
  const order: number[] = [];
  for (let index = lines.length - 1; index >= 0; index -= 1)
    if ((lines[index] as CartLine).echoed.length > 0) order.push(index);
  return order.sort(
    (a, b) => Number((lines[b] as CartLine).sentAsFree) - Number((lines[a] as CartLine).sentAsFree),
  );
}

function takeFrom(
  line: CartLine,
  granting: readonly Rule[],
  left: Map<string, number>,
  returned: GiftReturn[],
): number {
  const offerId = line.offerId as string;
  let part = 0;
  for (const rule of granting) {
    const key = `${rule.position} ${offerId}`;
    const room = left.get(key) ?? grantOf(rule, offerId);
    const take = Math.min(room, (line.quantity ?? (0 as Quantity)) - part);
    if (take <= 0) continue;
    left.set(key, room - take);
    part += take;
    returned.push({ promotionId: rule.id, offerId, quantity: take });
  }
  return part;
}
