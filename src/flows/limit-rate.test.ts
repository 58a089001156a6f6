// The limiter against a slow model that remembers every call, and the traps of addresses and clocks.
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { FailedTries, RateLimit, retryAfter, sourceOf } from "./limit-rate.ts";

describe("a rate limit", () => {
  test("lets a burst through, then the steady rate, and says how long to wait", () => {
    const limit = new RateLimit(2, 3);
    expect([0, 0, 0, 0].map(() => limit.take("key", 0))).toEqual([0, 0, 0, 500]);
    expect(limit.take("key", 499)).toBe(1);
    expect(limit.take("key", 500)).toBe(0);
    expect(limit.take("key", 500)).toBe(500);
    expect(limit.take("another", 500)).toBe(0);
  });

  test("never lets more through in any window than the burst and what the window fills", () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 0, max: 400 }), { maxLength: 200 }),
        fc.integer({ min: 1, max: 50 }),
        fc.integer({ min: 1, max: 20 }),
        (steps, perSecond, burst) => {
          const limit = new RateLimit(perSecond, burst);
          const passed: number[] = [];
          let now = 0;
          for (const step of steps) {
            now += step;
            if (limit.take("key", now) === 0) passed.push(now);
          }
          for (const [from, start] of passed.entries()) {
            for (const [to, end] of passed.entries()) {
              if (to < from) continue;
              expect(to - from + 1).toBeLessThanOrEqual(burst + ((end - start) * perSecond) / 1000 + 1e-6);
            }
          }
        },
      ),
    );
  });

  test("a refused call that waits as told is let through", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 200 }), fc.integer({ min: 0, max: 5000 }), (perSecond, now) => {
        const limit = new RateLimit(perSecond, 1);
        limit.take("key", now);
        const waitMs = limit.take("key", now);
        expect(limit.take("key", now + waitMs)).toBe(0);
      }),
    );
  });

  test("a clock set back does not block for as long as it was set back", () => {
    const limit = new RateLimit(1, 1);
    limit.take("key", 3_600_000);
    expect(limit.take("key", 0)).toBe(1000);
    expect(limit.take("key", 1000)).toBe(0);
  });

  test("remembers a bounded number of keys and forgets the one unused for longest", () => {
    const limit = new RateLimit(1, 1, 3);
    for (const key of ["a", "b", "c"]) limit.take(key, 0);
    limit.take("a", 0);
    limit.take("d", 0);
    expect(limit.size).toBe(3);
    expect(["a", "b", "c", "d"].map((key) => limit.wait(key, 0) > 0)).toEqual([true, false, true, true]);
  });

  test("Retry-After is whole seconds, never 0", () => {
    expect([0, 1, 1000, 1001].map(retryAfter)).toEqual(["1", "1", "1", "2"]);
  });
});

describe("failed tries", () => {
  test("after twenty in a minute the address waits, and others do not", () => {
    const tries = new FailedTries(20);
    for (let index = 0; index < 20; index += 1) {
      expect(tries.blockedMs("192.0.2.1", 0)).toBe(0);
      tries.note("192.0.2.1", 0);
    }
    expect(tries.blockedMs("192.0.2.1", 0)).toBe(3000);
    expect(tries.blockedMs("192.0.2.2", 0)).toBe(0);
    expect(tries.blockedMs("192.0.2.1", 3000)).toBe(0);
  });

  test("one IPv6 network is one caller, whichever of its addresses it uses", () => {
    expect(sourceOf("2001:db8:1:2:3:4:5:6")).toBe("2001:db8:1:2::/64");
    expect(sourceOf("2001:db8:1:2::9")).toBe("2001:db8:1:2::/64");
    expect(sourceOf("2001:0db8:0001:0002::9")).toBe("2001:db8:1:2::/64");
    expect(sourceOf("::1")).toBe("0:0:0:0::/64");
    expect(sourceOf("fe80::1%eth0")).toBe("fe80:0:0:0::/64");
    expect(sourceOf("::ffff:192.0.2.7")).toBe("192.0.2.7");
    expect(sourceOf("192.0.2.7")).toBe("192.0.2.7");
  });
});
