// Laws 5 and 6 on random shops and carts: splits change nothing, amounts keep their bounds; each catches a broken pricer.
import { describe, expect, test } from "vitest";
import { RUNS, type World } from "../../../test/support/carts.ts";
import {
  byOffer,
  catches,
  changed,
  hold,
  LONG,
  type Pricer,
  plain,
  real,
} from "../../../test/support/laws.ts";
import { line, offer } from "../../../test/support/shop.ts";
import { quantity } from "../money/index.ts";
import type { CartLine, Quote, QuoteLine, Rules } from "./index.ts";

describe("law 5: line order, splits and zero-price lines change nothing", () => {
  const split = (lines: readonly CartLine[]): CartLine[] =>
    lines.flatMap((each) =>
      each.offerId !== null && each.offerId < "f" && each.quantity !== null
        ? Array.from({ length: each.quantity / 1000 }, () => ({ ...each, quantity: quantity(1000) }))
        : [each],
    );
  const law =
    (pricer: Pricer) =>
    ({ cart, facts, offers }: World, rules: Rules): void => {
      const base = pricer(cart, rules, facts);
      const turned = pricer({ ...cart, lines: [...cart.lines].reverse() }, rules, facts);
      const pieces = pricer({ ...cart, lines: split(cart.lines) }, rules, facts);
      for (const other of [turned, pieces]) {
        expect(other.total).toBe(base.total);
        expect(byOffer(other)).toEqual(byOffer(base));
        expect(other.points).toEqual(base.points);
      }
      if (rules.promotions.some((rule) => rule.id === "p0")) return;
      const free = offer("z-zero", 0);
      const withZero = { ...facts, offers: new Map([...offers, free].map((each) => [each.id, each])) };
      expect(pricer({ ...cart, lines: [...cart.lines, line("z-zero")] }, rules, withZero).total).toBe(
        base.total,
      );
    };

  test("holds", LONG, () => hold(law(plain), RUNS));

  test("catches a pricer that rounds line by line", () => {
    const perLine: Pricer = (cart, rules, facts) =>
      changed(plain(cart, rules, facts), (each) => Math.round(each.discount / 7) * 7);
    expect(catches(law(perLine))).toBe(true);
  });

  test("catches a pricer that gives the odd kopeck to the first line", () => {
    const firstLine: Pricer = (cart, rules, facts) =>
      changed(plain(cart, rules, facts), (each) =>
        each.lineIndex === 0 && each.discount > 1 ? each.discount - 1 : each.discount,
      );
    expect(catches(law(firstLine))).toBe(true);
  });
});

describe("law 6: amounts stay in their bounds, sums are sums, what is given is what is explained", () => {
  const law =
    (pricer: Pricer) =>
    ({ cart, facts }: World, rules: Rules): void => {
      const quote = pricer(cart, rules, facts);
      const explained = new Map<string, number>();
      let [gross, discount, total] = [0, 0, 0];
      for (const each of quote.lines) {
        expect(each.discount).toBeGreaterThanOrEqual(0);
        expect(each.discount).toBeLessThanOrEqual(each.gross);
        expect(each.total).toBe(each.gross - each.discount);
        expect(each.discounts.reduce((sum, part) => sum + part.amount, 0)).toBe(each.discount);
        expectGroups(each);
        for (const { promotionId, amount } of each.discounts) {
          expect(amount).toBeGreaterThan(0);
          explained.set(promotionId, (explained.get(promotionId) ?? 0) + amount);
        }
        if (!each.isCounted) continue;
        gross += each.gross;
        discount += each.discount;
        total += each.total;
      }
      expect([quote.gross, quote.discount, quote.total]).toEqual([gross, discount, total]);
      expectVerdicts(quote, rules, explained);
    };

  function expectGroups(each: QuoteLine): void {
    const groups = each.unitGroups;
    if (each.gross === 0 && groups.length === 0) return;
    expect(groups.reduce((sum, group) => sum + group.total, 0)).toBe(each.total);
    expect(groups.reduce((sum, group) => sum + group.quantity, 0)).toBe(each.quantity);
    expect(groups.filter((group) => group.unitPrice > 0).length).toBeLessThanOrEqual(2);
    const freeUnits = groups
      .filter((group) => group.unitPrice === 0)
      .reduce((sum, group) => sum + group.quantity, 0);
    if (each.price > 0 && each.offerId !== "f-cheese") expect(freeUnits).toBe(each.giftUnits * 1000);
  }

  function expectVerdicts(quote: Quote, rules: Rules, explained: Map<string, number>): void {
    const ids = quote.verdicts.map((verdict) => verdict.promotionId);
    expect(new Set(ids).size).toBe(ids.length);
    for (const verdict of quote.verdicts) {
      const given = explained.get(verdict.promotionId) ?? 0;
      expect(verdict.kind === "applied" ? verdict.amount : 0).toBe(given);
      if (verdict.kind !== "applied") continue;
      expect(verdict.lines.reduce((sum, part) => sum + part.amount, 0)).toBe(verdict.amount);
    }
    for (const id of explained.keys()) expect(ids).toContain(id);
    const limits = rules.promotions.filter(
      (rule) => rule.bounds.perOrder !== null && rule.gifts.length === 0,
    );
    for (const rule of limits)
      expect(explained.get(rule.id) ?? 0).toBeLessThanOrEqual(rule.bounds.perOrder ?? 0);
  }

  test("holds", LONG, () => hold(law(real), RUNS));

  test("catches a pricer that lets the last line take the rest", () => {
    const rest: Pricer = (cart, rules, facts) => {
      const quote = real(cart, rules, facts);
      return changed(quote, (each) =>
        each.lineIndex === quote.lines.length - 1 ? each.discount + 1 : each.discount,
      );
    };
    expect(catches(law(rest))).toBe(true);
  });

  test("catches a pricer that stacks discounts below zero", () => {
    const stacked: Pricer = (cart, rules, facts) =>
      changed(real(cart, rules, facts), (each) =>
        each.discounts.length > 1 ? each.gross + 1 : each.discount,
      );
    expect(catches(law(stacked))).toBe(true);
  });
});

describe("law 6: the feed's limit on codes and the lowest price hold", () => {
  const law =
    (pricer: Pricer) =>
    ({ cart, facts }: World, rules: Rules): void => {
      const byCode = new Map<string, { off: number; gross: number }>();
      for (const each of pricer(cart, rules, facts).lines) {
        if (each.lineIndex === null || each.offerId === null || !each.isCounted) continue;
        const own = byCode.get(each.offerId) ?? { off: 0, gross: 0 };
        for (const part of each.discounts) if (part.promotionId.startsWith("code")) own.off += part.amount;
        own.gross += each.gross;
        byCode.set(each.offerId, own);
        const groups = each.unitGroups.slice(0, each.giftUnits > 0 ? -1 : undefined);
        const isByThePiece = each.price > 0 && each.offerId !== "f-cheese";
        for (const group of groups) if (isByThePiece) expect(group.unitPrice).toBeGreaterThanOrEqual(1);
      }
      for (const [id, { off, gross }] of byCode) {
        const cap = facts.offers.get(id)?.codeCap ?? null;
        if (cap !== null) expect(off * 10_000).toBeLessThanOrEqual(gross * cap);
      }
    };

  test("holds", LONG, () => hold(law(plain), RUNS));

  test("catches a pricer that forgets the limit", () => {
    const unlimited: Pricer = (cart, rules, facts) => {
      const offers = new Map([...facts.offers].map(([id, each]) => [id, { ...each, codeCap: null }]));
      return plain(cart, rules, { ...facts, offers });
    };
    expect(catches(law(unlimited))).toBe(true);
  });
});
