// What the gate finds: a code, whom it concerns, how serious it is, the numbers, and the words for people.
import type { Witness } from "./witness.ts";
import { type FindingCode, WORDS } from "./words.ts";

/** An error keeps a set from being published unless somebody says so; a warning is told. */
export type Severity = "error" | "warning";

/** A sentence in both languages. */
export interface BothWords {
  readonly ru: string;
  readonly en: string;
}

/** One finding about a rule set. */
export interface Finding {
  readonly code: FindingCode;
  readonly severity: Severity;
  /** Where it stands in the set: promotions[2].when[0].sum. */
  readonly path: string;
  /** The promotion it is about first, then those it meets. */
  readonly promotionIds: readonly string[];
  /** What would be right and what is: kopecks for money, otherwise counts or words; null where no number helps. */
  readonly needed: number | string | null;
  readonly actual: number | string | null;
  /** A cart that shows it. */
  readonly witness: Witness | null;
  readonly message: BothWords;
  readonly suggestion: BothWords;
}

/** What a check says; the rest follows from the code. */
export interface Remark {
  readonly code: FindingCode;
  readonly path: string;
  readonly promotionIds: readonly string[];
  /** Words that fill the places of the sentence, by name. */
  readonly words?: Readonly<Record<string, string | number>>;
  readonly needed?: number | string | null;
  readonly actual?: number | string | null;
  readonly witness?: Witness | null;
  /** Another severity than the code's own. */
  readonly severity?: Severity;
}

/** The finding of a remark. */
export function findingOf(remark: Remark): Finding {
  const { severity, ru, en, doRu, doEn } = WORDS[remark.code];
  const { words = {} } = remark;
  const fill = (text: string): string =>
    text.replace(/\{(\w+)\}/g, (_, name: string) => String(words[name] ?? ""));
  return {
    code: remark.code,
    severity: remark.severity ?? severity,
    path: remark.path,
    promotionIds: remark.promotionIds,
    needed: remark.needed ?? null,
    actual: remark.actual ?? null,
    witness: remark.witness ?? null,
    message: { ru: fill(ru), en: fill(en) },
    suggestion: { ru: fill(doRu), en: fill(doEn) },
  };
}

/** Kopecks as people read them: 1234.50. */
export function rubles(kopecks: number): string {
  const text = (Math.abs(kopecks) / 100).toFixed(2);
  return `${kopecks < 0 ? "−" : ""}${text.endsWith(".00") ? text.slice(0, -3) : text}`;
}
