// The learned deadline, on outcomes whose deadline is known; and templates.
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type AgedOutcome, learnDeadline, type TimedItem, timeEnds, timeLeft } from "./answer-deadline.ts";
import { promoText, renderTemplate, suits, unfilledVariables, unknownVariables } from "./answer-template.ts";

const HOUR = 3_600_000;
const WEEK = 168 * HOUR;

/** Outcomes at these ages, as a marketplace with a seven-day limit would give them. */
const judged = (ages: readonly number[]): AgedOutcome[] =>
  ages.map((ageMs) => ({ ageMs, isDelivered: ageMs < WEEK }));

/** Ages spread evenly up to `max`: the claim is about such, not about arrays that avoid the deadline. */
const agesUpTo = (max: number, count: number) =>
  fc.noBias(fc.array(fc.integer({ min: 0, max }), { minLength: count, maxLength: count }));

describe("the deadline of answers", () => {
  test("is learned from 200 outcomes around seven days within twelve hours", () => {
    fc.assert(
      fc.property(agesUpTo(2 * WEEK, 200), (ages) => {
        const learned = learnDeadline(judged(ages));
        if (learned.kind !== "learned") throw new Error("nothing was learned");
        expect(Math.abs(learned.ageMs - WEEK)).toBeLessThan(12 * HOUR);
        expect(learned.fromMs).toBeLessThanOrEqual(WEEK);
        expect(learned.toMs).toBeGreaterThanOrEqual(WEEK);
        expect(learned.unexplained).toBe(0);
      }),
      { numRuns: 200 },
    );
  });

  test("is not moved by one in twenty that was outdated for another reason", () => {
    fc.assert(
      fc.property(agesUpTo(2 * WEEK, 190), agesUpTo(WEEK - 48 * HOUR, 10), (ages, odd) => {
        const noise = odd.map((ageMs) => ({ ageMs, isDelivered: false }));
        const learned = learnDeadline([...judged(ages), ...noise]);
        if (learned.kind !== "learned") throw new Error("nothing was learned");
        expect(Math.abs(learned.ageMs - WEEK)).toBeLessThan(12 * HOUR);
      }),
      { numRuns: 200 },
    );
  });

  test("is not made up from a few outcomes, or from ones that age does not explain", () => {
    const many = Array.from({ length: 100 }, (_, index) => index * HOUR);
    expect(learnDeadline(judged(many))).toEqual({ kind: "not_enough", outcomes: 100 });
    expect(learnDeadline(judged([...many, 200 * HOUR]))).toEqual({ kind: "not_enough", outcomes: 101 });
    const mixed = many.map((ageMs, index) => ({ ageMs, isDelivered: index % 2 === 0 }));
    expect(learnDeadline(mixed).kind).toBe("not_enough");
    expect(learnDeadline([]).kind).toBe("not_enough");
  });

  test("may be that nothing ever arrives late enough to be seen delivered", () => {
    const late = Array.from({ length: 20 }, (_, index) => ({ ageMs: index * HOUR, isDelivered: index < 5 }));
    expect(learnDeadline(late)).toEqual({
      kind: "learned",
      ageMs: 4.5 * HOUR,
      fromMs: 4 * HOUR,
      toMs: 5 * HOUR,
      outcomes: 20,
      unexplained: 0,
    });
  });

  test("tells how much time is left, or that nobody knows", () => {
    const learned = learnDeadline(judged(Array.from({ length: 400 }, (_, index) => index * HOUR)));
    expect(timeLeft(0, 100 * HOUR, learned)).toBe(67.5 * HOUR);
    expect(timeLeft(0, 200 * HOUR, learned)).toBeLessThan(0);
    expect(timeLeft(0, 0, { kind: "not_enough", outcomes: 0 })).toBeNull();
  });

  test("ends the time of an item that can still be answered, unless our own answer is due sooner", () => {
    const item = { source: "yandex-eats", state: "new", answer: "no", saidAt: 0, dueAt: null } as const;
    const ends = (change: Partial<TimedItem>, now = HOUR, deadlineMs: number | null = WEEK) =>
      timeEnds({ ...item, ...change }, now, deadlineMs);
    expect(ends({})).toBe(WEEK);
    expect(ends({ dueAt: 2 * HOUR })).toBe(2 * HOUR);
    expect(ends({ dueAt: 2 * WEEK })).toBe(WEEK);
    expect(ends({ dueAt: 2 * HOUR }, WEEK)).toBeNull();
    expect(ends({ dueAt: 2 * HOUR }, HOUR, null)).toBe(2 * HOUR);
    for (const change of [{ source: "app" }, { state: "closed" }, { answer: "delivered" }] as const)
      expect(ends({ ...change, dueAt: 9 * WEEK })).toBe(9 * WEEK);
  });
});

describe("templates", () => {
  const VALUES = { name: "Анна", branch: "Лесная", dish: null, promo: " " };

  test("are filled in; what is not known stays to be seen", () => {
    const text = renderTemplate("{name}, { branch } просит прощения за {dish}: {promo} {other}", VALUES);
    expect(text).toBe("Анна, Лесная просит прощения за {dish}: {promo} {other}");
    expect(unfilledVariables(text)).toEqual(["dish", "promo", "other"]);
    expect(unknownVariables("{name} {other} {other}")).toEqual(["other"]);
  });

  test("what customers are called fills no further place", () => {
    expect(renderTemplate("{name}!", { ...VALUES, name: "{promo}", promo: "40%" })).toBe("{promo}!");
  });

  test("suit by stars and topics", () => {
    const template = {
      id: "t",
      name: "t",
      language: "ru" as const,
      text: "",
      starsFrom: 1,
      starsTo: 2,
      topics: ["cold"],
    };
    expect(suits(template, { stars: 2, topics: ["late", "cold"] })).toBe(true);
    expect(suits(template, { stars: 2, topics: [] })).toBe(false);
    expect(suits({ ...template, topics: [] }, { stars: 1, topics: [] })).toBe(true);
    expect(suits(template, { stars: 3, topics: ["cold"] })).toBe(false);
    expect(suits(template, { stars: null, topics: ["cold"] })).toBe(false);
  });

  test("the code's percent is told as people write it", () => {
    expect([promoText(20), promoText(null)]).toEqual(["20%", null]);
  });
});
