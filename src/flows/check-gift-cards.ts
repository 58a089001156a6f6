// May these gift cards be attached to the cart? Answers without saying which of number and PIN was wrong.
import { type Minor, minor } from "../core/money/index.ts";
import { type GiftCard, readGiftCards, type Tx } from "../storage/index.ts";
import type { Secrets } from "./secrets.ts";

/** A card as the shopper typed it. */
export interface TypedGiftCard {
  readonly number: string;
  readonly pin: string | null;
}

/** Why a card may or may not be used. */
export type GiftCardStatus = "usable" | "unknown" | "blocked" | "spent" | "expired";

/** What to answer for one card. */
export interface GiftCardCheck {
  readonly isUsable: boolean;
  readonly status: GiftCardStatus;
  /** What is on it; null: unknown or not to be told. */
  readonly balance: Minor | null;
  /** Words of the card's own for the shopper; null: the usual ones of the status. */
  readonly text: { readonly ru: string | null; readonly en: string | null } | null;
}

/** Most cards of one cart that are looked at; the rest are unknown. */
export const GIFT_CARDS_LIMIT = 20;

const UNKNOWN: GiftCardCheck = { isUsable: false, status: "unknown", balance: null, text: null };

/** One answer for each card, in their order, in one statement. */
export async function checkGiftCards(
  tx: Tx,
  secrets: Secrets,
  cards: readonly TypedGiftCard[],
): Promise<GiftCardCheck[]> {
  const hashes = cards.slice(0, GIFT_CARDS_LIMIT).map((card) => giftNumberHash(secrets, card.number));
  const found = await readGiftCards(tx, [...new Set(hashes)]);
  const byHash = new Map(found.map((card) => [card.numberHash, card]));
  return cards.map((typed, index) => {
    const card = byHash.get(hashes[index] ?? "");
    return card === undefined || !isPinRight(secrets, card, typed) ? UNKNOWN : checkOf(card);
  });
}

function isPinRight(secrets: Secrets, card: GiftCard, typed: TypedGiftCard): boolean {
  if (card.pinHash === null) return true;
  return typed.pin !== null && secrets.isSame(card.pinHash, giftPinHash(secrets, typed.number, typed.pin));
}

function checkOf(card: GiftCard): GiftCardCheck {
  const status = card.state === "active" ? (card.balanceMinor === 0 ? "spent" : "usable") : card.state;
  return {
    isUsable: status === "usable",
    status,
    balance: card.balanceMinor === null ? null : minor(card.balanceMinor),
    text: card.text.ru === null && card.text.en === null ? null : card.text,
  };
}

/** A number without the blanks and hyphens it is printed with. */
export function giftNumber(number: string): string {
  return number.replace(/[\s-]/g, "");
}

/** What is kept instead of a card's number. */
export function giftNumberHash(secrets: Secrets, number: string): string {
  return secrets.hash(`gift-card:${giftNumber(number)}`);
}

/** What is kept instead of a card's PIN; bound to the number, so equal PINs do not show. */
export function giftPinHash(secrets: Secrets, number: string, pin: string): string {
  return secrets.hash(`gift-pin:${giftNumber(number)}:${pin.trim()}`);
}
