// The laws that every quote keeps, on random shops and carts; each is also shown to catch a broken pricer.
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { anyWorld, echoOf, RUNS, type World } from "../../../test/support/carts.ts";
import { line, NOON, offer, rulesOf } from "../../../test/support/shop.ts";
import { minor, quantity } from "../money/index.ts";
import {
  type Cart,
  type CartLine,
  type Facts,
  price,
  type Quote,
  type QuoteLine,
  type Rules,
} from "./index.ts";

type Pricer = (cart: Cart, rules: Rules, facts: Facts) => Quote;

const real: Pricer = (cart, rules, facts) => price(cart, rules, facts, NOON);
const plain: Pricer = (cart, rules, facts) => price(cart, rules, facts, NOON, "plain");

function hold(law: (world: World, rules: Rules) => void, runs: number): void {
  fc.assert(
    fc.property(anyWorld, (world) => law(world, rulesOf(world.promotions))),
    { numRuns: Math.max(1, Math.floor(runs)) },
  );
}

/** True when the law finds the pricer wrong on some cart. */
function catches(law: (world: World, rules: Rules) => void): boolean {
  return fc.check(
    fc.property(anyWorld, (world) => law(world, rulesOf(world.promotions))),
    { numRuns: 3000, endOnFailure: true },
  ).failed;
}

/** What each offer costs in all, gifts apart. */
function byOffer(quote: Quote): Map<string, number> {
  const totals = new Map<string, number>();
  for (const each of quote.lines) {
    if (!each.isCounted || each.lineIndex === null || each.offerId === null) continue;
    totals.set(each.offerId, (totals.get(each.offerId) ?? 0) + each.total);
  }
  return totals;
}

function changed(quote: Quote, change: (line: QuoteLine) => number): Quote {
  const lines = quote.lines.map((each) => {
    const discount = change(each);
    return { ...each, discount: minor(discount), total: minor(each.gross - discount) };
  });
  const total = lines.reduce((sum, each) => sum + (each.isCounted ? each.total : 0), 0);
  return { ...quote, lines, total: minor(total) };
}

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

  test("holds", () => hold(law(plain), RUNS / 4));

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

  test("holds", () => hold(law(real), RUNS / 4));

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

  test("holds", () => hold(law(plain), RUNS / 10));

  test("catches a pricer that forgets the limit", () => {
    const unlimited: Pricer = (cart, rules, facts) => {
      const offers = new Map([...facts.offers].map(([id, each]) => [id, { ...each, codeCap: null }]));
      return plain(cart, rules, { ...facts, offers });
    };
    expect(catches(law(unlimited))).toBe(true);
  });
});

describe("law 7: the echo of an answer gives the same answer", () => {
  const shape = (quote: Quote): unknown => ({
    lines: quote.lines.map(({ lineIndex: _, notices: __, ...rest }) => rest),
    totals: [quote.gross, quote.discount, quote.total],
    points: quote.points,
    code: quote.code?.state,
  });
  const law =
    (pricer: Pricer) =>
    ({ cart, facts }: World, rules: Rules): void => {
      const first = pricer(cart, rules, facts);
      for (const isFree of [true, false]) {
        expect(shape(pricer(echoOf(cart, first.lines, isFree), rules, facts))).toEqual(shape(first));
      }
    };

  test("holds", () => hold(law(plain), RUNS / 4));

  test("catches a pricer that takes returned gifts for goods", () => {
    const forgetful: Pricer = (cart, rules, facts) =>
      plain({ ...cart, lines: cart.lines.map((each) => ({ ...each, echoed: [] })) }, rules, facts);
    expect(catches(law(forgetful))).toBe(true);
  });
});

describe("law 3: an alternative costs what was said", () => {
  const law =
    (pricer: Pricer) =>
    ({ cart, facts }: World, rules: Rules): void => {
      for (const group of pricer(cart, rules, facts).offered) {
        for (const offered of group.promotions) {
          const taken = real(
            { ...cart, choices: [{ promotionId: offered.promotionId, gifts: [] }] },
            rules,
            facts,
          );
          expect(taken.total).toBe(offered.totalIfTaken);
          const main = taken.lines.filter((each) => each.isCounted && each.lineIndex !== null);
          if (offered.discount !== null) {
            expect(main.reduce((sum, each) => sum + each.discount, 0)).toBe(offered.discount);
          }
          expect(taken.verdicts.find((verdict) => verdict.promotionId === offered.promotionId)?.kind).toBe(
            "applied",
          );
        }
      }
    };

  test("holds", () => hold(law(real), RUNS / 8));

  test("catches a menu that adds the alternative's discount to the others", () => {
    const adding: Pricer = (cart, rules, facts) => {
      const quote = real(cart, rules, facts);
      const offered = quote.offered.map((group) => ({
        ...group,
        promotions: group.promotions.map((each) => ({
          ...each,
          totalIfTaken: minor(quote.total - (each.discount ?? 0)),
        })),
      }));
      return { ...quote, offered };
    };
    expect(catches(law(adding))).toBe(true);
  });
});

describe("law 8: points of lines and order agree", () => {
  const law =
    (pricer: Pricer) =>
    ({ cart, facts }: World, rules: Rules): void => {
      const quote = pricer(cart, rules, facts);
      const sum = (read: (points: NonNullable<QuoteLine["points"]>) => number): number =>
        quote.lines.reduce((all, each) => all + (each.points === null ? 0 : read(each.points)), 0);
      const order = quote.points?.maySpend ?? 0;
      expect(order).toBeLessThanOrEqual(sum((each) => each.maySpend));
      expect(order).toBeLessThanOrEqual(facts.customer?.balance ?? 0);
      expect(order * 100).toBeLessThanOrEqual(quote.total);
      expect(quote.points?.willEarn).toBe(sum((each) => each.willEarn));
      expect(quote.points?.spending).toBe(Math.min(order, cart.pointsToSpend));
      for (const each of quote.lines) expect(each.points === null).toBe(!each.isCounted);
      const exactly = pricer({ ...cart, pointsToSpend: order as Cart["pointsToSpend"] }, rules, facts);
      expect(exactly.points?.spending).toBe(order);
      expect(exactly.total).toBe(quote.total);
      const more = pricer({ ...cart, pointsToSpend: (order + 1) as Cart["pointsToSpend"] }, rules, facts);
      expect(more.points?.spending).toBe(order);
    };

  test("holds", () => hold(law(plain), RUNS / 8));

  test("catches a pricer that lets points pay for the gross", () => {
    const generous: Pricer = (cart, rules, facts) => {
      const quote = plain(cart, rules, facts);
      return quote.points === null
        ? quote
        : { ...quote, points: { ...quote.points, spending: cart.pointsToSpend } };
    };
    expect(catches(law(generous))).toBe(true);
  });
});

describe("law 10: the same four values give the same quote", () => {
  function freeze(value: unknown): void {
    if (typeof value !== "object" || value === null || Object.isFrozen(value)) return;
    Object.freeze(value);
    for (const each of Object.values(value)) freeze(each);
  }

  test("byte for byte, from frozen values, with rules compiled anew and after other carts", () => {
    let previous: World | null = null;
    hold((world, rules) => {
      freeze(world.cart);
      freeze(world.promotions);
      freeze([...world.facts.offers.values()]);
      const first = JSON.stringify(real(world.cart, rules, world.facts));
      if (previous !== null) real(previous.cart, rulesOf(previous.promotions), previous.facts);
      expect(JSON.stringify(real(world.cart, rules, world.facts))).toBe(first);
      expect(JSON.stringify(real(world.cart, rulesOf(world.promotions), world.facts))).toBe(first);
      previous = world;
    }, RUNS / 10);
  });
});
