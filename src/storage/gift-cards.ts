// Gift cards: numbers and PINs are kept as keyed hashes only, with the last digits for the operator's eyes.
import type { Tx } from "./database.ts";

/** What may be done with a card. */
export type GiftCardState = "active" | "blocked" | "spent" | "expired";

/** A card as stored. */
export interface GiftCard {
  readonly numberHash: string;
  readonly last4: string;
  /** Null: the card has no PIN. */
  readonly pinHash: string | null;
  readonly state: GiftCardState;
  /** Kopecks; null: unknown. */
  readonly balanceMinor: number | null;
  /** Words for the shopper instead of the usual ones; null: the usual. */
  readonly text: { readonly ru: string | null; readonly en: string | null };
}

interface GiftCardRow {
  number_hash: string;
  last4: string;
  pin_hash: string | null;
  state: string;
  balance_minor: number | null;
  text_ru: string | null;
  text_en: string | null;
}

/** Cards with these numbers, in one statement. */
export async function readGiftCards(tx: Tx, numberHashes: readonly string[]): Promise<GiftCard[]> {
  if (numberHashes.length === 0) return [];
  const rows = await tx.rows<GiftCardRow>(
    `select number_hash, last4, pin_hash, state, balance_minor, text_ru, text_en from gift_card
     where number_hash in (${numberHashes.map(() => "?").join(", ")})`,
    numberHashes,
  );
  return rows.map((row) => ({
    numberHash: row.number_hash,
    last4: row.last4,
    pinHash: row.pin_hash,
    state: row.state as GiftCardState,
    balanceMinor: row.balance_minor,
    text: { ru: row.text_ru, en: row.text_en },
  }));
}

/** Adds a card or replaces what is known of it. */
export async function saveGiftCard(tx: Tx, card: GiftCard, at: number): Promise<void> {
  await tx.run(
    `insert into gift_card (number_hash, last4, pin_hash, state, balance_minor, text_ru, text_en, updated_at)
     values (?, ?, ?, ?, ?, ?, ?, ?)
     on conflict (number_hash) do update set pin_hash = excluded.pin_hash, state = excluded.state,
       balance_minor = excluded.balance_minor, text_ru = excluded.text_ru, text_en = excluded.text_en,
       updated_at = excluded.updated_at`,
    [
      card.numberHash,
      card.last4,
      card.pinHash,
      card.state,
      card.balanceMinor,
      card.text.ru,
      card.text.en,
      at,
    ],
  );
}
