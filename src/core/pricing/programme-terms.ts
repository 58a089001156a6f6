// A loyalty programme compiled: percentages to basis points, roubles to kopecks, defaults filled in.
import { AuthoredReader, type Problem } from "./authored.ts";
import { UTC } from "./clock.ts";
import type { Programme, ProgrammeDocument } from "./programme.ts";

/** A programme, or every mistake found. */
export type ProgrammeResult =
  | { readonly kind: "compiled"; readonly programme: Programme }
  | { readonly kind: "refused"; readonly problems: readonly Problem[] };

/** Compiles a programme; refuses it when anything is wrong. */
export function compileProgramme(document: ProgrammeDocument): ProgrammeResult {
  const reader = new AuthoredReader(UTC);
  const { earn, spend } = document;
  const earnBpsByTier: Record<string, number> = Object.create(null);
  for (const [tier, percent] of Object.entries(earn.byTier ?? {})) {
    earnBpsByTier[tier] = reader.percent(percent, `earn.byTier.${tier}`);
  }
  const programme: Programme = {
    id: document.id,
    earnBps: reader.percent(earn.percent, "earn.percent"),
    earnBpsByTier,
    earnNetOfPoints: earn.netOfPoints ?? true,
    lineSpendBps: reader.percent(spend.percentOfLine, "spend.percentOfLine"),
    orderSpendBps: reader.percent(spend.percentOfOrder ?? 100, "spend.percentOfOrder"),
    minimumOrderMinor: reader.roubles(spend.minimumOrder ?? 0, "spend.minimumOrder"),
    lowestUnitPriceMinor: reader.roubles(spend.lowestUnitPrice ?? 0, "spend.lowestUnitPrice"),
    pointValueMinor: reader.roubles(document.pointValue ?? 1, "pointValue"),
    ...ledgerTerms(document, reader),
  };
  if (programme.pointValueMinor === 0) reader.problem("pointValue", "must be more than 0");
  if (reader.problems.length > 0) return { kind: "refused", problems: reader.problems };
  return { kind: "compiled", programme };
}

/** Terms of the points ledger; where the author says nothing, what suits most shops. */
function ledgerTerms(document: ProgrammeDocument, reader: AuthoredReader): LedgerTerms {
  const { pending, expiry, hold, returns } = document;
  const expiryDays = reader.count(expiry?.days ?? 365, "expiry.days", 0);
  return {
    pendingDays: reader.count(pending?.days ?? 14, "pending.days", 0),
    expiryDays: expiryDays === 0 ? null : expiryDays,
    holdHours: reader.count(hold?.hours ?? 720, "hold.hours"),
    restoreExpiredDays: reader.count(returns?.restoreExpired ?? 0, "returns.restoreExpired", 0),
    clawBack: returns?.clawBack ?? "balance",
  };
}

type LedgerTerms = Pick<
  Programme,
  "pendingDays" | "expiryDays" | "holdHours" | "restoreExpiredDays" | "clawBack"
>;
