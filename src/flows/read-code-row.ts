// One row of a table of promo codes: its code, or what is wrong with it.
import { foldCode, type Rules, readMoment, type Zone } from "../core/pricing/index.ts";
import type { PromoCodeState, StoredPromoCode } from "../storage/index.ts";
import type { CodeFault, CodeRow, RowFault } from "./code-report.ts";
import type { TableRow } from "./csv-table.ts";
import { USES_LIMIT } from "./generate-codes.ts";
import { SeenCodes } from "./seen-codes.ts";

/** Headings of codes.csv; the code is needed, and the promotion unless the whole table is for one. */
export const CODE_COLUMNS = {
  code: ["code", "promocode"],
  promotion: ["promotion", "promotionId"],
  state: ["state", "status"],
  until: ["until", "validUntil"],
  uses: ["uses", "usesPerCode"],
  customer: ["customer", "customerId"],
} as const;

/** A row of the table. */
export type CodeCells = TableRow<keyof typeof CODE_COLUMNS>;

/** Longest code, characters. */
const CODE_LIMIT = 100;

/** Longest id of a customer, characters. */
const CUSTOMER_LIMIT = 255;

const STATES: readonly string[] = ["free", "redeemed", "blocked"];

/** What a row says. */
export type CodeRowRead =
  | { readonly kind: "read"; readonly row: CodeRow }
  | ({ readonly kind: "fault" } & RowFault);

/** Reads rows one by one and remembers which codes it saw. */
export class CodeRowReader {
  readonly #rules: Rules;
  readonly #batch: string;
  readonly #has: ReadonlySet<string>;
  readonly #now: number;
  readonly #seen = new SeenCodes();

  constructor(rules: Rules, has: ReadonlySet<string>, batch: StoredPromoCode["batch"], now: number) {
    this.#rules = rules;
    this.#has = has;
    this.#batch = batch;
    this.#now = now;
  }

  /** The code of a row; `usual`: the promotion where the row names none. */
  read({ line, cells }: CodeCells, usual: string): CodeRowRead {
    const fault = (reason: CodeFault, message: string): CodeRowRead => ({
      kind: "fault",
      line,
      reason,
      message,
    });
    const folded = foldCode(cells.code);
    if (folded === "") return fault("no_code", "there is no code");
    if (cells.code.length > CODE_LIMIT)
      return fault("code_too_long", `the code is longer than ${CODE_LIMIT} characters`);
    const promotionId = cells.promotion === "" ? usual : cells.promotion;
    const wrong = this.#promotionFault(promotionId, folded);
    if (wrong !== null) return fault(...wrong);
    const state = cells.state === "" ? "free" : cells.state.toLowerCase();
    if (!STATES.includes(state))
      return fault("state_unknown", `the state is free, redeemed or blocked, not “${cells.state}”`);
    const validUntil = readUntil(cells.until, this.#rules.zone);
    if (validUntil === "unreadable")
      return fault("until_unreadable", "until must be a date, a local date-time or an ISO 8601 instant");
    const usesPerCode = cells.uses === "" ? null : Number(cells.uses);
    if (usesPerCode !== null && (!/^\d+$/.test(cells.uses) || usesPerCode < 1 || usesPerCode > USES_LIMIT))
      return fault("uses_unreadable", `uses is a whole number from 1 to ${USES_LIMIT}`);
    if (cells.customer.length > CUSTOMER_LIMIT)
      return fault("customer_unreadable", "the customer's id is too long");
    const code: StoredPromoCode = {
      folded,
      code: cells.code,
      promotionId,
      state: state as PromoCodeState,
      batch: this.#batch,
      validUntil,
      createdAt: this.#now,
      usesPerCode,
      customerId: cells.customer === "" ? null : cells.customer,
      place: 0,
    };
    const firstLine = this.#seen.see(folded, line);
    return { kind: "read", row: { line, code, isStateGiven: cells.state !== "", firstLine, has: this.#has } };
  }

  #promotionFault(promotionId: string, folded: string): [CodeFault, string] | null {
    const rule = this.#rules.byId.get(promotionId);
    if (rule === undefined) return ["promotion_unknown", `there is no promotion “${promotionId}”`];
    if (!rule.needsCode)
      return [
        "promotion_without_codes",
        `promotion “${promotionId}” applies without a code (it has no “codes”)`,
      ];
    const owner = this.#rules.codes.get(folded);
    return owner === undefined || owner === promotionId
      ? null
      : ["listed_elsewhere", `the rules list this code for promotion “${owner}”`];
  }
}

function readUntil(text: string, zone: Zone): number | null | "unreadable" {
  return text === "" ? null : (readMoment(text, zone) ?? "unreadable");
}
