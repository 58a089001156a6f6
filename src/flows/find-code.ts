// What a typed promo code is worth to the engine: the code table first, then the codes listed in the rules themselves.
import { type CodeFacts, countersOf, foldCode, type Limits, type Rules } from "../core/pricing/index.ts";
import { type FoundPromoCode, lookUpCode, readUses, type Tx } from "../storage/index.ts";

/** The rules as far as codes go. */
export type CodeRules = Pick<Rules, "codes"> & {
  /** Limits of promotions that limit the uses of a code, and the zone of their periods; absent: there are none. */
  readonly ofCodes?: ReadonlyMap<string, Limits>;
  readonly zone?: Rules["zone"];
};

/**
 * Facts of `code` for a customer (null: unknown), null for no code or an empty one. A row of the table beats the listed
 * code of the same spelling. What people have blocked is blocked, whatever else it is, and so is a code of a batch that is
 * switched off; one of another customer is foreign; one whose uses are used up is redeemed, until an order that used it is
 * cancelled.
 */
export async function codeFacts(
  tx: Tx,
  code: string | null,
  rules: CodeRules,
  at: number,
  customerId: string | null = null,
): Promise<CodeFacts | null> {
  const folded = code === null ? "" : foldCode(code);
  if (folded === "") return null;
  const { code: stored, isBlocked } = await lookUpCode(tx, folded);
  const facts =
    stored === null
      ? codeFactsOfList(code, rules)
      : { promotionId: stored.promotionId, state: stateOf(stored, at, customerId) };
  if (facts !== null && isBlocked) return { ...facts, state: "blocked" };
  // A code's own limit goes before the promotion's, and was read with it.
  if (facts?.state !== "free" || facts.promotionId === null || (stored?.usesPerCode ?? null) !== null)
    return facts;
  const left = await usesLeftOf(tx, folded, facts.promotionId, rules, at);
  return left === 0 ? { ...facts, state: "redeemed" } : facts;
}

/** How often the promotion's limits on uses of each code still bear this one; null: they do not limit it. */
export async function usesLeftOf(
  tx: Tx,
  foldedCode: string,
  promotionId: string,
  { ofCodes, zone }: CodeRules,
  at: number,
): Promise<number | null> {
  const limits = ofCodes?.get(promotionId);
  if (limits === undefined || zone === undefined) return null;
  const use = { promotionId, limits, customerKey: null, foldedCode, usesOfCode: null, at, zone };
  const counters = countersOf(use).filter(({ kind }) => kind === "code");
  const used = await readUses(tx, counters);
  const left = counters.flatMap(({ period, mostUses }) =>
    mostUses === null ? [] : [mostUses - (used.find((each) => each.period === period)?.uses ?? 0)],
  );
  return left.length === 0 ? null : Math.max(0, Math.min(...left));
}

function stateOf(stored: FoundPromoCode, at: number, customerId: string | null): CodeFacts["state"] {
  if (stored.state !== "free") return stored.state;
  if (stored.usesPerCode !== null && stored.uses >= stored.usesPerCode) return "redeemed";
  if (stored.isBatchOff) return "blocked";
  if (stored.customerId !== null && stored.customerId !== customerId) return "foreign";
  return stored.validUntil !== null && at >= stored.validUntil ? "expired" : "free";
}

/** Facts of `code` by the listed codes alone, where there is no table to ask. */
export function codeFactsOfList(code: string | null, rules: Pick<Rules, "codes">): CodeFacts | null {
  const folded = code === null ? "" : foldCode(code);
  return folded === "" ? null : { promotionId: rules.codes.get(folded) ?? null, state: "free" };
}
