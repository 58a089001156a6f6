// Counters of limits: which there are for a use, when their periods begin, and what they leave.
import { describe, expect, test } from "vitest";
import { minor } from "../money/index.ts";
import { readMoment, type Zone, zoneOf } from "./clock.ts";
import { brokenLimit, countersOf, narrowed, periodAt, type Use, wholeLimits } from "./limit-counters.ts";

const MOSCOW = zoneOf("Europe/Moscow") as Zone;
const at = (text: string, zone = MOSCOW): number => readMoment(text, zone) as number;
const NOON = at("2026-11-22T12:00");

const use = (limits: Use["limits"], more: Partial<Use> = {}): Use => ({
  promotionId: "p",
  limits,
  customerKey: "id:1",
  foldedCode: "code",
  usesOfCode: null,
  at: NOON,
  zone: MOSCOW,
  ...more,
});

const told = (limits: Use["limits"], more: Partial<Use> = {}) =>
  countersOf(use(limits, more)).map(({ kind, subject, period, mostUses, mostSpent }) => [
    kind,
    subject,
    period,
    mostUses,
    mostSpent,
  ]);

describe("counters", () => {
  test("there is one for each whom or what a limit counts", () => {
    expect(told({ uses: 10, usesPerCustomer: 2, usesPerCode: 3, budget: "12.50" })).toEqual([
      ["all", "", "", 10, 1250],
      ["customer", "id:1", "", 2, null],
      ["code", "code", "", 3, null],
    ]);
  });

  test("a promotion without limits, or with limits of one order only, has none", () => {
    expect(told(undefined)).toEqual([]);
    expect(told({ perOrder: 3 })).toEqual([]);
  });

  test("without a customer or a code their counters are not looked at", () => {
    const nobody = { customerKey: null, foldedCode: null };
    expect(told({ uses: 1, usesPerCustomer: 2, usesPerCode: 3 }, nobody)).toEqual([["all", "", "", 1, null]]);
  });

  test("what a code may by itself goes before what the promotion says of its codes", () => {
    expect(told({ usesPerCode: 3 }, { usesOfCode: 1 })).toEqual([["code", "code", "", 1, null]]);
    expect(told(undefined, { usesOfCode: 1 })).toEqual([["code", "code", "", 1, null]]);
    expect(told(undefined, { usesOfCode: 1, foldedCode: null })).toEqual([]);
  });

  test("periods stand beside the whole, each with its own counts", () => {
    const periods = [
      { per: "day", uses: 5, budget: 100 } as const,
      { per: "month", usesPerCustomer: 1 } as const,
    ];
    expect(told({ uses: 100, periods })).toEqual([
      ["all", "", "", 100, null],
      ["all", "", "day 2026-11-22", 5, 10_000],
      ["customer", "id:1", "month 2026-11", 1, null],
    ]);
  });

  test("two limits of one counter are one, the narrower", () => {
    const limits = {
      uses: 5,
      per: "day",
      periods: [
        { per: "day", uses: 7, budget: 10 },
        { per: "day", budget: 20 },
      ],
    } as const;
    expect(told(limits)).toEqual([["all", "", "day 2026-11-22", 5, 1000]]);
    expect(told({ ...limits, periods: [{ per: "day", uses: 2 }] })).toEqual([
      ["all", "", "day 2026-11-22", 2, null],
    ]);
  });

  test("a budget that cannot be read limits nothing", () => {
    expect(told({ budget: "much" })).toEqual([["all", "", "", null, null]]);
  });
});

describe("periods", () => {
  test("begin at the shop's midnight, on its Monday, on its first of the month", () => {
    expect(periodAt("day", NOON, MOSCOW)).toEqual({ period: "day 2026-11-22", endsAt: at("2026-11-23") });
    expect(periodAt("week", NOON, MOSCOW)).toEqual({ period: "week 2026-11-16", endsAt: at("2026-11-23") });
    expect(periodAt("month", NOON, MOSCOW)).toEqual({ period: "month 2026-11", endsAt: at("2026-12-01") });
    expect(periodAt("month", at("2026-12-31T23:59"), MOSCOW)).toEqual({
      period: "month 2026-12",
      endsAt: at("2027-01-01"),
    });
  });

  test("the last millisecond belongs to the old one, the next to the new one", () => {
    for (const per of ["day", "week", "month"] as const) {
      const { period, endsAt } = periodAt(per, NOON, MOSCOW);
      expect(periodAt(per, endsAt - 1, MOSCOW).period).toBe(period);
      expect(periodAt(per, endsAt, MOSCOW).period).not.toBe(period);
    }
  });

  test("a day in which the clocks change is as long as it is", () => {
    const berlin = zoneOf("Europe/Berlin") as Zone;
    const spring = periodAt("day", at("2026-03-29T12:00", berlin), berlin);
    expect(spring.endsAt - at("2026-03-29", berlin)).toBe(23 * 3_600_000);
    const autumn = periodAt("day", at("2026-10-25T12:00", berlin), berlin);
    expect(autumn.endsAt - at("2026-10-25", berlin)).toBe(25 * 3_600_000);
  });
});

describe("what is left", () => {
  test("as a whole is the least of all that is said", () => {
    expect(wholeLimits(undefined)).toBeNull();
    expect(wholeLimits({ perOrder: 1 })).toEqual({ usesLeft: null, budgetLeft: null });
    expect(
      wholeLimits({ uses: 10, usesPerCode: 4, budget: 5, periods: [{ per: "day", uses: 3, budget: "1" }] }),
    ).toEqual({
      usesLeft: 3,
      budgetLeft: 100,
    });
  });

  test("is narrowed by what was used, and never below nothing", () => {
    const left = { usesLeft: 5, budgetLeft: null };
    const bounds = { mostUses: 10, mostSpent: minor(500) };
    expect(narrowed(left, bounds, { uses: 3, spent: 400 })).toEqual({ usesLeft: 5, budgetLeft: 100 });
    expect(narrowed(left, bounds, { uses: 12, spent: 600 })).toEqual({ usesLeft: 0, budgetLeft: 0 });
    expect(narrowed(left, { mostUses: null, mostSpent: null }, { uses: 12, spent: 1 })).toEqual(left);
  });

  test("one use too many is told by the limit that it breaks", () => {
    const bounds = { mostUses: 2, mostSpent: minor(100) };
    const broken = (kind: "all" | "customer" | "code", uses: number, spent: number, amount: number) =>
      brokenLimit({ kind, ...bounds }, { uses, spent }, amount);
    expect(broken("all", 2, 0, 0)).toBe("uses");
    expect(broken("customer", 2, 0, 0)).toBe("usesPerCustomer");
    expect(broken("code", 2, 0, 0)).toBe("usesPerCode");
    expect(broken("all", 1, 60, 41)).toBe("budget");
    expect(broken("all", 1, 60, 40)).toBeNull();
    expect(
      brokenLimit({ kind: "all", mostUses: null, mostSpent: null }, { uses: 9, spent: 9 }, 9),
    ).toBeNull();
  });
});
