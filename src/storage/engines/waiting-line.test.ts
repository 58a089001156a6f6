// The line: so many at once, in the order of coming, and whoever waited too long has not been served and holds up nobody.
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { DatabaseUnavailable } from "../database.ts";
import { WaitingLine } from "./waiting-line.ts";

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

/** Sends `count` callers into a line; each stays until it is ended. */
function callers(line: WaitingLine, count: number) {
  const served: number[] = [];
  const refused: unknown[] = [];
  const ends: (() => void)[] = [];
  for (let each = 0; each < count; each += 1)
    line
      .pass(() => {
        served.push(each);
        return new Promise<void>((resolve) => {
          ends[each] = resolve;
        });
      })
      .catch((error: unknown) => refused.push(error));
  const end = async (which: number): Promise<void> => {
    ends[which]?.();
    await vi.advanceTimersByTimeAsync(0);
  };
  return { served, refused, end };
}

test("as many as there are places go at once, the others in the order of coming", async () => {
  const line = new WaitingLine(2, 1000);
  const { served, end } = callers(line, 5);
  expect([served, line.length]).toEqual([[0, 1], 3]);
  await end(1);
  expect([served, line.length]).toEqual([[0, 1, 2], 2]);
  await end(0);
  await end(2);
  expect([served, line.length]).toEqual([[0, 1, 2, 3, 4], 0]);
});

test("who comes as a place is passed on waits for the next", async () => {
  const line = new WaitingLine(1, 1000);
  const { served, end } = callers(line, 2);
  const ended = end(0);
  const late = callers(line, 1);
  await ended;
  expect([served, late.served]).toEqual([[0, 1], []]);
  await end(1);
  expect(late.served).toEqual([0]);
});

test("who waits too long is refused without having been served, and its place in the line is nobody's", async () => {
  const line = new WaitingLine(1, 1000);
  const first = callers(line, 2);
  await vi.advanceTimersByTimeAsync(600);
  const later = callers(line, 1);
  await vi.advanceTimersByTimeAsync(400);
  expect(first.refused).toEqual([
    new DatabaseUnavailable("the database is too busy: no connection was free for 1000 ms"),
  ]);
  expect([first.served, line.length]).toEqual([[0], 1]);
  await first.end(0);
  expect(later.served).toEqual([0]);
  await vi.advanceTimersByTimeAsync(5000);
  expect([first.refused.length, later.refused.length]).toEqual([1, 0]);
});

test("work that fails gives its place back", async () => {
  const line = new WaitingLine(1, 1000);
  const failing = line.pass(() => Promise.reject(new Error("no")));
  await expect(failing).rejects.toThrow("no");
  expect(callers(line, 1).served).toEqual([0]);
});
