// Laws 3, 7, 8 and 10 on random shops and carts: menus, echoes, points, repetition; each catches a broken pricer.
import { describe, expect, test } from "vitest";
import { echoOf, RUNS, type World } from "../../../test/support/carts.ts";
import { catches, hold, LONG, type Pricer, plain, real } from "../../../test/support/laws.ts";
import { rulesOf } from "../../../test/support/shop.ts";
import { minor } from "../money/index.ts";
import type { Cart, Quote, QuoteLine, Rules } from "./index.ts";

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

  test("holds", LONG, () => hold(law(plain), RUNS));

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

  test("holds", LONG, () => hold(law(real), RUNS / 8));

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

  test("holds", LONG, () => hold(law(plain), RUNS / 8));

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

  test("byte for byte, from frozen values, with rules compiled anew and after other carts", LONG, () => {
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
    }, RUNS);
  });
});
