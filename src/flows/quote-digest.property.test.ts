// A quote computed again is the quote that was answered, on any cart; figures that were tampered with are noticed.
import fc from "fast-check";
import { expect, test } from "vitest";
import { anyWorld, RUNS } from "../../test/support/carts.ts";
import { NOON, rulesOf } from "../../test/support/shop.ts";
import { type Detail, price, type Quote } from "../core/pricing/index.ts";
import { digestOf, hasDigest, type QuoteDigest } from "./quote-digest.ts";

const runs = Math.max(1, Math.floor(RUNS / 4));

/** The quote without what only "every" tells: differences, unlocking changes, and verdicts of promotions that the other has none of. */
function comparable(quote: Quote, other: Quote): Quote {
  const told = new Set(other.verdicts.map(({ promotionId }) => promotionId));
  const verdicts = quote.verdicts
    .filter(({ promotionId }) => told.has(promotionId))
    .map((verdict) => {
      if (verdict.kind === "applied") return verdict;
      const { differenceMinor: _, unlock: __, ...rest } = verdict;
      return rest;
    });
  return { ...quote, verdicts };
}

test("what was answered is told again with every verdict, and agrees with the digest", () => {
  fc.assert(
    fc.property(anyWorld, ({ cart, facts, promotions }) => {
      const quoted = (detail: Detail): Quote => price(cart, rulesOf(promotions), facts, NOON, detail);
      const [answered, again] = [quoted("menu"), quoted("every")];
      expect(comparable(again, answered)).toEqual(answered);
      expect(again.verdicts.length).toBeGreaterThanOrEqual(answered.verdicts.length);
      expect(hasDigest(again, kept(answered))).toBe(true);
    }),
    { numRuns: runs },
  );
});

test("any other figure is noticed", () => {
  fc.assert(
    fc.property(anyWorld, fc.nat(), ({ cart, facts, promotions }, place) => {
      const rules = rulesOf(promotions);
      const digest = kept(price(cart, rules, facts, NOON, "menu"));
      const again = price(cart, rules, facts, NOON, "every");
      for (const other of tampered(digest, place)) expect(hasDigest(again, other)).toBe(false);
    }),
    { numRuns: runs },
  );
});

function kept(quote: Quote): QuoteDigest {
  return JSON.parse(JSON.stringify(digestOf(quote)));
}

/** Digests that differ in one figure each. */
function tampered(digest: QuoteDigest, place: number): QuoteDigest[] {
  const { amounts, promotions } = digest;
  const bumped = amounts.map((amount, index) => (index === place % amounts.length ? amount + 1 : amount));
  const outcome = promotions.map((part, index) => {
    if (index !== (place % Math.ceil(promotions.length / 2)) * 2 + 1) return part;
    return typeof part === "number" ? part + 1 : 0;
  });
  const others: QuoteDigest[] = [
    { ...digest, gross: digest.gross + 1 },
    { ...digest, discount: digest.discount + 1 },
    { ...digest, total: digest.total - 1 },
    { ...digest, code: digest.code === "applied" ? null : "applied" },
    { ...digest, points: [-1, 0, 0] },
    ...(amounts.length === 0 ? [] : [{ ...digest, amounts: bumped }]),
    ...(promotions.length === 0 ? [] : [{ ...digest, promotions: outcome }]),
  ];
  return others.filter((other) => JSON.stringify(other) !== JSON.stringify(digest));
}
