// The pace of deliveries beside calls.
import { expect, test } from "vitest";
import { BEAT_MS, CourierPace } from "./courier-pace.ts";

/** A pace of `perSecond` and its clock. */
function paced(perSecond: number) {
  const state = { now: 0, isCalled: true };
  const pace = new CourierPace({
    perSecond,
    isCalled: () => state.isCalled,
    monotonicMs: () => state.now,
  });
  return { state, pace };
}

test("while calls come a second has as many beginnings as it may have, spread over its beats", () => {
  const { state, pace } = paced(300);
  const beats: number[] = [];
  for (; state.now < 10_000; state.now += BEAT_MS) beats.push(pace.take(10));
  expect(beats.reduce((sum, taken) => sum + taken, 0)).toBe(3000);
  expect(Math.max(...beats)).toBe(3);
});

test("a slow pace begins one now and then, and a pause saves up no more than a beat's worth", () => {
  const { state, pace } = paced(10);
  expect(pace.take(10)).toBe(1);
  expect(pace.take(10)).toBe(0);
  state.now += 99;
  expect(pace.take(10)).toBe(0);
  state.now += 1;
  expect(pace.take(10)).toBe(1);
  state.now += 60_000;
  expect(pace.take(10)).toBe(1);
  expect(pace.take(10)).toBe(0);
});

test("without calls nothing is held back", () => {
  const { state, pace } = paced(10);
  state.isCalled = false;
  expect([pace.take(10), pace.take(10)]).toEqual([10, 10]);
});

test("what was taken and not needed is there again", () => {
  const { pace } = paced(300);
  expect(pace.take(10)).toBe(3);
  pace.giveBack(2);
  expect(pace.take(10)).toBe(2);
});
