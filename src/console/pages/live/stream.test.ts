// The list of live calls keeps still while it is held, loses nothing, and shows no call twice.
import fc from "fast-check";
import { expect, test } from "vitest";
import type { LiveHead } from "./follow-calls.ts";
import { MOST_ROWS, NOTHING, nextStream, type Stream } from "./stream.ts";

const head = (number: number): LiveHead => ({
  number,
  id: `call-${number}`,
  at: "2026-11-22T10:00:00.000Z",
  channel: "irp",
  method: "POST",
  path: "/irp/basket",
  operation: "/irp/basket",
  status: 200,
  ms: 1,
  outcome: null,
  outletId: null,
});

const came = (stream: Stream, isHeld: boolean, ...numbers: number[]): Stream =>
  nextStream(stream, { kind: "came", calls: numbers.map(head), isHeld });

const numbers = (calls: readonly LiveHead[]): number[] => calls.map(({ number }) => number);

test("the newest call stands on top", () => {
  expect(numbers(came(came(NOTHING, false, 1, 2), false, 3).shown)).toEqual([3, 2, 1]);
});

test("no row moves while the stream is held, and it is told how many wait", () => {
  const before = came(NOTHING, false, 1);
  const held = came(came(before, true, 2), true, 3, 4);
  expect(held.shown).toBe(before.shown);
  expect(numbers(held.waiting)).toEqual([4, 3, 2]);
  expect(numbers(nextStream(held, { kind: "released" }).shown)).toEqual([4, 3, 2, 1]);
});

test("what there was at the beginning is no news", () => {
  expect(numbers(came(NOTHING, true, 1, 2).shown)).toEqual([2, 1]);
});

test("all newest calls are there in order, once each, whenever the stream was held", () => {
  const steps = fc.array(fc.tuple(fc.boolean(), fc.nat(40), fc.nat(2)), { maxLength: 40 });
  fc.assert(
    fc.property(steps, (all) => {
      let last = 0;
      let stream = NOTHING;
      for (const [isHeld, fresh, again] of all) {
        const from = Math.max(1, last + 1 - again);
        last += fresh;
        const told = Array.from({ length: last - from + 1 }, (_, index) => from + index);
        stream = came(stream, isHeld, ...told);
      }
      const shown = numbers(nextStream(stream, { kind: "released" }).shown);
      expect(shown).toEqual(Array.from({ length: last }, (_, index) => last - index).slice(0, MOST_ROWS));
    }),
  );
});
