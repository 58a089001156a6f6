// When deliveries are tried again, and when an endpoint alarms somebody or is switched off.
import { describe, expect, test } from "vitest";
import {
  ATTEMPTS,
  type AttemptOutcome,
  type EndpointHealth,
  isCharged,
  isReached,
  isSettled,
  nextAttemptIn,
  observeAttempt,
  outcomeOfStatus,
  RETRY_AFTER_MOST_MS,
} from "./index.ts";

const HOUR = 3_600_000;

describe("the schedule", () => {
  const pauses = [5_000, 300_000, 0.5 * HOUR, 2 * HOUR, 5 * HOUR, 10 * HOUR, 14 * HOUR, 20 * HOUR, 24 * HOUR];

  test("has the pauses of Standard Webhooks, each a fifth longer or shorter at most, and ends after ten attempts", () => {
    expect(ATTEMPTS).toBe(10);
    for (const [index, pause] of pauses.entries()) {
      expect(nextAttemptIn(index + 1, 0.5, null)).toBe(pause);
      expect(nextAttemptIn(index + 1, 0, null)).toBe(pause * 0.8);
      expect(nextAttemptIn(index + 1, 1, null)).toBe(pause * 1.2);
    }
    expect(nextAttemptIn(10, 0.5, null)).toBeNull();
    expect(pauses.reduce((sum, pause) => sum + pause, 0)).toBe(75 * HOUR + 35 * 60_000 + 5_000);
  });

  test("is never faster than the receiver asks, and not slower than a day and a fifth", () => {
    expect(nextAttemptIn(1, 0, 7_000)).toBe(7_000);
    expect(nextAttemptIn(1, 1, 7_000)).toBe(8_400);
    expect(nextAttemptIn(2, 0.5, 7_000), "a wish for less than the pause changes nothing").toBe(300_000);
    expect(nextAttemptIn(1, 0, 365 * 24 * HOUR)).toBe(RETRY_AFTER_MOST_MS);
    expect(nextAttemptIn(10, 0, 7_000)).toBeNull();
  });
});

describe("an outcome", () => {
  test.each([
    [200, "delivered"],
    [204, "delivered"],
    [299, "delivered"],
    [301, "redirect"],
    [304, "redirect"],
    [400, "client_error"],
    [404, "client_error"],
    [410, "gone"],
    [429, "throttled"],
    [500, "server_error"],
    [503, "server_error"],
    [100, "client_error"],
  ] as const)("of status %d is %s", (status, outcome) => {
    expect(outcomeOfStatus(status)).toBe(outcome);
  });

  test("settles a delivery when it arrived or was understood and refused, and only then", () => {
    const settled: AttemptOutcome[] = ["delivered", "answer_refused"];
    const open: AttemptOutcome[] = ["gone", "redirect", "timeout", "address_refused", "not_sent"];
    expect(settled.every(isSettled)).toBe(true);
    expect(open.some(isSettled)).toBe(false);
  });

  test("tells whether somebody was there", () => {
    expect((["server_error", "tls_error", "connection_refused", "timeout"] as const).every(isReached)).toBe(
      true,
    );
    expect((["dns_error", "connect_timeout", "unreachable", "not_sent"] as const).some(isReached)).toBe(
      false,
    );
  });
});

const WELL: EndpointHealth = { failures: 0, failingMs: 0, lastFailureAt: null };

/** Failures one after another, `gap` ms apart; gives alarms and what it was switched off for. */
function fail(times: number, gap: number, outcome: AttemptOutcome = "server_error", charged = true) {
  let health = WELL;
  const alarms: number[] = [];
  for (let count = 0; count < times; count += 1) {
    const change = observeAttempt(health, { outcome, at: 1_000_000 + count * gap, isCharged: charged });
    health = change.health;
    if (change.alarm !== null) alarms.push(change.alarm);
    if (change.disable !== null) return { health, alarms, disable: change.disable, after: count + 1 };
  }
  return { health, alarms, disable: null, after: times };
}

describe("an endpoint", () => {
  test("alarms at 50, 70, 90 and 100 failures in a row, and not again", () => {
    expect(fail(300, 1000).alarms).toEqual([50, 70, 90, 100]);
    expect(fail(300, 1000).disable).toBeNull();
    expect(fail(49, 1000).alarms).toEqual([]);
  });

  test("starts from nothing after a success, also after a refusal that was understood", () => {
    for (const outcome of ["delivered", "answer_refused"] as const) {
      const { health } = fail(99, HOUR);
      const change = observeAttempt(health, { outcome, at: 2, isCharged: true });
      expect(change).toEqual({ health: WELL, alarm: null, disable: null });
    }
  });

  test("is switched off after five days of only failures, and not before", () => {
    expect(fail(120, HOUR).disable).toBeNull();
    expect(fail(121, HOUR)).toMatchObject({ disable: "failing", after: 121 });
    expect(fail(10, 24 * HOUR)).toMatchObject({ disable: "failing", after: 6 });
  });

  test("is switched off at once when it says that it is gone", () => {
    expect(fail(1, 0, "gone")).toMatchObject({ disable: "gone", after: 1 });
  });

  test("is not switched off for a time when we were off: a long silence counts as one pause", () => {
    const away = fail(2, 30 * 24 * HOUR);
    expect(away.disable).toBeNull();
    expect(away.health.failingMs).toBe(29 * HOUR);
  });

  test("is not charged for our own outage, and its clock stands still meanwhile", () => {
    expect(fail(1000, HOUR, "dns_error", false)).toMatchObject({ disable: null, alarms: [] });
    const before = fail(3, HOUR).health;
    const meanwhile = observeAttempt(before, { outcome: "dns_error", at: 9e12, isCharged: false }).health;
    expect(meanwhile).toEqual({ ...before, lastFailureAt: 9e12 });
  });

  test("keeps its clock when attempts end out of order", () => {
    const { health } = observeAttempt(
      { failures: 1, failingMs: 0, lastFailureAt: 5000 },
      { outcome: "timeout", at: 4000, isCharged: true },
    );
    expect(health).toEqual({ failures: 2, failingMs: 0, lastFailureAt: 5000 });
  });

  test.each([
    ["server_error", false, false, true],
    ["tls_error", true, false, true],
    ["connection_refused", true, false, true],
    ["dns_error", true, false, false],
    ["dns_error", true, true, true],
    ["dns_error", false, false, false],
    ["unreachable", true, false, false],
    ["unreachable", true, true, true],
    ["connect_timeout", true, false, false],
    ["connect_timeout", false, false, true],
    ["connect_timeout", true, true, true],
    ["not_sent", true, true, false],
  ] as const)("%s with others %s, reached %s: charged %s", (outcome, hasOthers, isOtherReached, charged) => {
    expect(isCharged(outcome, { hasOthers, isOtherReached })).toBe(charged);
  });
});
