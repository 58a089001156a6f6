// What became of a table of promo codes: counts, and what was wrong with rows, by line and by reason.
import type { StoredPromoCode } from "../storage/index.ts";

/** Problems that are told in full; of more only the number is. */
export const CODE_PROBLEMS_LIMIT = 100;

/** Why a row (or the table) was left out. */
export type CodeFault =
  | "not_a_table"
  | "too_many_rows"
  | "batch_name"
  | "no_code"
  | "code_too_long"
  | "promotion_unknown"
  | "promotion_without_codes"
  | "listed_elsewhere"
  | "state_unknown"
  | "until_unreadable"
  | "uses_unreadable"
  | "customer_unreadable"
  /** Another spelling of a code that exists or stands further up. */
  | "collides"
  /** The same code further up, with another promotion, state, end, uses or owner. */
  | "repeated_otherwise";

/** A row that was left out. */
export interface RowFault {
  /** From 1, the heading included. */
  readonly line: number;
  readonly reason: CodeFault;
  /** For a person. */
  readonly message: string;
}

/** A row that was read. */
export interface CodeRow {
  readonly line: number;
  readonly code: StoredPromoCode;
  /** False: the table says nothing about the state, so what is known stays. */
  readonly isStateGiven: boolean;
  /** Where the same code stood further up; null: nowhere. */
  readonly firstLine: number | null;
  /** Columns of its table. */
  readonly has: ReadonlySet<string>;
}

/** What came of the table. */
export interface CodesImported {
  readonly added: number;
  readonly changed: number;
  readonly unchanged: number;
  /** Rows that say again what stands further up. */
  readonly repeated: number;
  readonly refused: number;
  /** How many rows were refused for what. */
  readonly reasons: Readonly<Partial<Record<CodeFault, number>>>;
  /** The first of them. */
  readonly problems: readonly RowFault[];
}

type Counted = Pick<CodesImported, "added" | "changed" | "unchanged" | "repeated">;

/** Collects what becomes of rows. */
export class CodeReport {
  readonly #counts = { added: 0, changed: 0, unchanged: 0, repeated: 0 };
  readonly #reasons: Partial<Record<CodeFault, number>> = {};
  readonly #problems: RowFault[] = [];
  #refused = 0;

  refuse({ line, reason, message }: RowFault): void {
    this.#refused += 1;
    this.#reasons[reason] = (this.#reasons[reason] ?? 0) + 1;
    if (this.#problems.length >= 2 * CODE_PROBLEMS_LIMIT) this.#keepFirst();
    this.#problems.push({ line, reason, message });
  }

  add({ faults, ...counts }: Counted & { readonly faults: readonly RowFault[] }): void {
    for (const key of Object.keys(this.#counts) as (keyof Counted)[]) this.#counts[key] += counts[key];
    for (const fault of faults) this.refuse(fault);
  }

  /** Rows are judged in another order than that of their lines. */
  #keepFirst(): void {
    this.#problems.sort((left, right) => left.line - right.line);
    this.#problems.splice(CODE_PROBLEMS_LIMIT);
  }

  told(): CodesImported {
    this.#keepFirst();
    return { ...this.#counts, refused: this.#refused, reasons: this.#reasons, problems: this.#problems };
  }
}

/** The report of a table of which nothing was taken. */
export function emptyReport(line: number, reason: CodeFault, message: string): CodesImported {
  const report = new CodeReport();
  report.refuse({ line, reason, message });
  return report.told();
}

/** Batch and day of making do not count: a code that is imported again unchanged stays as it was. */
export function isSameCode(left: StoredPromoCode, right: StoredPromoCode): boolean {
  const keys = ["promotionId", "state", "validUntil", "usesPerCode", "customerId"] as const;
  return keys.every((key) => left[key] === right[key]);
}
