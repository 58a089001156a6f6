// The basics stop what contradicts itself and let everything else pass.
import { describe, expect, test } from "vitest";
import { AssertionFailed, assert, instant, present, unreachable } from "./index.ts";

describe("assertions", () => {
  test("a true condition passes and a false one stops with its message", () => {
    expect(() => assert(true, "never")).not.toThrow();
    expect(() => assert(false, "two is not one")).toThrow(new AssertionFailed("two is not one"));
  });

  test("a failed assertion is told apart by its name", () => {
    expect(new AssertionFailed("x").name).toBe("AssertionFailed");
  });

  test("a present value passes, zero and the empty text included; null and undefined stop", () => {
    expect([present(0, "x"), present("", "x"), present(false, "x")]).toEqual([0, "", false]);
    expect(() => present(null, "no order")).toThrow("no order");
    expect(() => present(undefined, "no order")).toThrow(AssertionFailed);
  });

  test("an instant is a whole number of milliseconds", () => {
    expect(instant(1_763_712_000_123)).toBe(1_763_712_000_123);
    expect(() => instant(0.5)).toThrow(AssertionFailed);
    expect(() => instant(Number.NaN)).toThrow(AssertionFailed);
  });

  test("a value of no known kind stops", () => {
    expect(() => unreachable("odd" as never)).toThrow("unexpected value odd");
  });
});
