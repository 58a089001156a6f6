// Terms of a programme that the simulator lets one change, and where each stands in the document.
import type { ProgrammeDocument } from "../../../core/pricing/index.ts";

/** What the form begins with where there is no programme. */
export const blankProgramme: ProgrammeDocument = {
  id: "trial",
  name: "trial",
  earn: { percent: 3 },
  spend: { percentOfLine: 50 },
};

/** A term; `tier` only of the share of a tier. */
export interface Field {
  readonly name: "percent" | "tier" | "line" | "order" | "minimum" | "pending" | "expiry";
  readonly kind: "percent" | "roubles" | "days";
  readonly tier?: string;
}

/** The fields of a programme: the tiers are those that it has. */
export function fieldsOf({ earn }: ProgrammeDocument): readonly Field[] {
  const tiers = Object.keys(earn.byTier ?? {});
  return [
    { name: "percent", kind: "percent" },
    ...tiers.map((tier): Field => ({ name: "tier", kind: "percent", tier })),
    { name: "line", kind: "percent" },
    { name: "order", kind: "percent" },
    { name: "minimum", kind: "roubles" },
    { name: "pending", kind: "days" },
    { name: "expiry", kind: "days" },
  ];
}

/** What the programme says of a field; where it says nothing, what is usual. */
export function termOf({ earn, spend, pending, expiry }: ProgrammeDocument, { name, tier }: Field): number {
  switch (name) {
    case "percent":
      return earn.percent;
    case "tier":
      return new Map(Object.entries(earn.byTier ?? {})).get(tier ?? "") ?? earn.percent;
    case "line":
      return spend.percentOfLine;
    case "order":
      return spend.percentOfOrder ?? 100;
    case "minimum":
      return Number(spend.minimumOrder ?? 0);
    case "pending":
      return pending?.days ?? 14;
    case "expiry":
      return expiry?.days ?? 365;
  }
}

/** The programme with another value of a field. */
export function changed(
  programme: ProgrammeDocument,
  { name, tier }: Field,
  value: number,
): ProgrammeDocument {
  const { earn, spend } = programme;
  switch (name) {
    case "percent":
      return { ...programme, earn: { ...earn, percent: value } };
    case "tier":
      return { ...programme, earn: { ...earn, byTier: { ...earn.byTier, [tier ?? ""]: value } } };
    case "line":
      return { ...programme, spend: { ...spend, percentOfLine: value } };
    case "order":
      return { ...programme, spend: { ...spend, percentOfOrder: value } };
    case "minimum":
      return { ...programme, spend: { ...spend, minimumOrder: value } };
    case "pending":
      return { ...programme, pending: { ...programme.pending, days: value } };
    case "expiry":
      return { ...programme, expiry: { ...programme.expiry, days: value } };
  }
}
