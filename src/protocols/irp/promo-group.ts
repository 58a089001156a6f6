// The marketing actions that a shopper chose, in any of the shapes in which they arrive: flat, nested, lone, as bare ids.
import { ONE_UNIT, type Quantity, quantity } from "../../core/money/index.ts";
import type { Choice } from "../../core/pricing/index.ts";
import { isObject } from "./body.ts";
import { idOf, listOf, quantityOf } from "./values.ts";

/** Arrays within arrays that are looked into. */
const MOST_NESTING = 3;
/** Choices and gifts that are looked at; an app shows a handful. */
const MOST_CHOICES = 100;

type Gift = { offerId: string; quantity: Quantity };

/** The choices in the order given; one per promotion, gifts of repetitions added up as a union. */
export function choicesOf(value: unknown): readonly Choice[] {
  if (value === null || value === undefined) return [];
  const choices = new Map<string, Gift[]>();
  collect(value, 0, choices);
  return [...choices].map(([promotionId, gifts]) => ({ promotionId, gifts }));
}

function collect(value: unknown, nesting: number, choices: Map<string, Gift[]>): void {
  if (choices.size >= MOST_CHOICES) return;
  if (Array.isArray(value)) {
    if (nesting >= MOST_NESTING) return;
    for (const inner of value) collect(inner, nesting + 1, choices);
    return;
  }
  const id = isObject(value) ? idOf(value["id"]) : idOf(value);
  if (id === null) return;
  const gifts = choices.get(id) ?? [];
  choices.set(id, gifts);
  if (!isObject(value)) return;
  for (const sent of listOf(value["gifts"]).slice(0, MOST_CHOICES)) {
    const gift = giftOf(sent);
    if (gift !== null && !gifts.some((known) => known.offerId === gift.offerId)) gifts.push(gift);
  }
}

function giftOf(sent: unknown): Gift | null {
  const offerId = isObject(sent) ? idOf(sent["id"]) : idOf(sent);
  if (offerId === null) return null;
  const count = isObject(sent) ? quantityOf(sent["quantity"]) : null;
  return { offerId, quantity: count ?? quantity(ONE_UNIT) };
}
