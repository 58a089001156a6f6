// The loyalty programme as authored: its defaults, and every mistake in it with its place.
import { describe, expect, test } from "vitest";
import { compileProgramme } from "./index.ts";

describe("a programme", () => {
  const base = { id: "p", name: "p", earn: { percent: 5 }, spend: { percentOfLine: 30 } };

  test("compiles with its defaults", () => {
    const result = compileProgramme({ ...base, earn: { percent: 5, byTier: { gold: 7.5 } } });
    expect(result).toMatchObject({
      kind: "compiled",
      programme: {
        earnBps: 500,
        earnBpsByTier: { gold: 750 },
        earnNetOfPoints: true,
        orderSpendBps: 10_000,
        pointValueMinor: 100,
        pendingDays: 14,
        expiryDays: 365,
        holdHours: 720,
        restoreExpiredDays: 0,
        clawBack: "balance",
      },
    });
  });

  test("is refused with every mistake, each told with its place", () => {
    const wrong = compileProgramme({
      ...base,
      earn: { percent: 1, byTier: { gold: -1 } },
      spend: { percentOfLine: -1, percentOfOrder: -1, minimumOrder: -1, lowestUnitPrice: -1 },
      pointValue: -1,
      expiry: { days: -1 },
      pending: { days: -1 },
      hold: { hours: 0 },
      returns: { restoreExpired: -1 },
    });
    const spend = ["percentOfLine", "percentOfOrder", "minimumOrder", "lowestUnitPrice"];
    expect(wrong.kind === "refused" && wrong.problems.map(({ path }) => path)).toEqual([
      "earn.byTier.gold",
      ...spend.map((name) => `spend.${name}`),
      "pointValue",
      "expiry.days",
      "pending.days",
      "hold.hours",
      "returns.restoreExpired",
      "pointValue",
    ]);
    expect(compileProgramme({ ...base, expiry: { days: 0 } })).toMatchObject({
      programme: { expiryDays: null },
    });
    expect(compileProgramme({ ...base, earn: { percent: -1 }, pointValue: 0 })).toEqual({
      kind: "refused",
      problems: [
        { path: "earn.percent", message: "must be a percentage with at most two decimals, 0 or more" },
        { path: "pointValue", message: "must be more than 0" },
      ],
    });
  });
});
