// The ledger of answers as a table: who sent what to whom, with which promo code, and what became of it.
import type { StoredAnswer } from "../storage/index.ts";
import { SHEET_MARK, safeCell, sheetRow } from "./csv-cell.ts";
import { findAnswers } from "./draft-answer.ts";
import type { House } from "./house.ts";

/** Answers of one read. */
const PIECE = 500;

const HEADING = [
  "created_at",
  "answer",
  "item",
  "order",
  "place",
  "branch",
  "state",
  "promo_percent",
  "promo_kopecks",
  "created_by",
  "asked_by",
  "approved_by",
  "queued_at",
  "ended_at",
  "decided_by",
  "calls",
  "status",
  "problem",
  "confirmed",
  "text",
];

/** A CSV for spreadsheets, in pieces, newest first; answers created from `from` on and before `until`, ms. */
export async function* answerLedger(
  house: House,
  span: { readonly from: number; readonly until: number },
): AsyncGenerator<string> {
  yield `${SHEET_MARK}${sheetRow(HEADING)}`;
  for (let before: string | null = null; ; ) {
    const page: readonly StoredAnswer[] = await findAnswers(house, {
      ...span,
      ...(before === null ? {} : { before }),
      limit: PIECE,
    });
    const last = page.at(-1);
    if (last === undefined) return;
    yield page.map((answer) => sheetRow(cellsOf(answer))).join("");
    before = last.id;
  }
}

function cellsOf(answer: StoredAnswer): string[] {
  const time = (at: number | null): string => (at === null ? "" : new Date(at).toISOString());
  const number = (value: number | null): string => (value === null ? "" : String(value));
  return [
    time(answer.createdAt),
    answer.id,
    answer.itemId,
    safeCell(answer.orderNumber ?? ""),
    safeCell(answer.placeId),
    safeCell(answer.branchId ?? ""),
    answer.state,
    number(answer.promoPercent),
    number(answer.promoMinor),
    safeCell(answer.createdBy),
    safeCell(answer.askedBy ?? ""),
    safeCell(answer.approvedBy ?? ""),
    time(answer.queuedAt),
    time(answer.endedAt),
    safeCell(answer.decidedBy ?? ""),
    String(answer.attempts),
    number(answer.status),
    answer.problem ?? "",
    answer.confirmed.join(" "),
    safeCell(answer.text),
  ];
}
