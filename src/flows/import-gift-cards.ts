// Takes gift cards: numbers and PINs come in readable and are kept as hashes only.
import { parseDecimal } from "../core/money/index.ts";
import { type GiftCard, type GiftCardState, saveGiftCard } from "../storage/index.ts";
import { giftNumber, giftNumberHash, giftPinHash } from "./check-gift-cards.ts";
import { readTable, type TableRow } from "./csv-table.ts";
import { FaultBook, type FileReport, inHandfuls } from "./file-report.ts";
import type { House } from "./house.ts";
import type { Secrets } from "./secrets.ts";

/** Headings of gift-cards.csv; only the number is needed. `state`: see STATES; `balance` in roubles. */
export const GIFT_CARD_COLUMNS = {
  number: ["number", "card"],
  pin: ["pin"],
  state: ["state", "status", "active"],
  balance: ["balance", "amount"],
  textRu: ["textRu", "text"],
  textEn: ["textEn"],
} as const;

/** What a state may be spelled as. */
const STATES: ReadonlyMap<string, GiftCardState> = new Map([
  ["", "active"],
  ["active", "active"],
  ["true", "active"],
  ["1", "active"],
  ["yes", "active"],
  ["blocked", "blocked"],
  ["inactive", "blocked"],
  ["false", "blocked"],
  ["0", "blocked"],
  ["no", "blocked"],
  ["spent", "spent"],
  ["used", "spent"],
  ["expired", "expired"],
]);

/** Longest number or PIN, characters. */
const LONGEST_NUMBER = 64;

/** Imports gift-cards.csv: adds and corrects, never removes; the report's `total` is the sum of balances in kopecks. */
export async function importGiftCards(
  house: House,
  secrets: Secrets,
  bytes: Uint8Array,
): Promise<FileReport> {
  const book = new FaultBook();
  const table = readTable(bytes, GIFT_CARD_COLUMNS, ["number"]);
  if (table.kind === "broken") return book.report(0, { reason: table.reason });
  const at = house.now();
  let taken = 0;
  let total = 0;
  const stopped = await inHandfuls(readCards(table.rows, secrets, book), async (handful) => {
    await house.database.transaction(async (tx) => {
      for (const card of handful) await saveGiftCard(tx, card, at);
    });
    taken += handful.length;
    total += handful.reduce((sum, card) => sum + (card.balanceMinor ?? 0), 0);
  });
  return book.report(taken, { total, reason: stopped });
}

function* readCards(
  rows: Iterable<TableRow<keyof typeof GIFT_CARD_COLUMNS>>,
  secrets: Secrets,
  book: FaultBook,
): Generator<GiftCard> {
  const numbers = new Set<string>();
  for (const { line, cells } of rows) {
    const number = giftNumber(cells.number);
    const state = STATES.get(cells.state.toLowerCase());
    const balanceMinor =
      cells.balance === "" ? null : parseDecimal(cells.balance.replace(/[\s\u00a0\u202f]/g, ""), 2);
    if (number === "" || number.length > LONGEST_NUMBER) book.skip(line, "number_unreadable");
    else if (numbers.has(number)) book.skip(line, "number_repeated");
    else if (state === undefined) book.skip(line, "state_unknown");
    else if (cells.balance !== "" && (balanceMinor === null || balanceMinor < 0))
      book.skip(line, "balance_unreadable");
    else {
      numbers.add(number);
      yield {
        numberHash: giftNumberHash(secrets, number),
        last4: number.slice(-4),
        pinHash: cells.pin === "" ? null : giftPinHash(secrets, number, cells.pin),
        state,
        balanceMinor,
        text: {
          ru: cells.textRu === "" ? null : cells.textRu,
          en: cells.textEn === "" ? null : cells.textEn,
        },
      };
    }
  }
}
