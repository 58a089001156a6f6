// Notices: quiet hours over midnight, three in ten minutes and then one for all, digests and trials by themselves.
import { expect, test } from "vitest";
import { isQuiet, type Notice, planNotices } from "./notices.ts";

const NOW = 1_800_000_000_000;
const ALL_DAY = { from: 0, to: 1440 };
const notice = (name: string, more: Partial<Notice> = {}) => ({
  name,
  isAlone: false,
  isUrgent: false,
  ...more,
});
const four = ["a", "b", "c", "d"].map((name) => notice(name));
const singles = (...ages: number[]) => ages.map((age) => ({ at: NOW - age, isTogether: false }));

test.each([
  [{ from: 1320, to: 480 }, 1400, true],
  [{ from: 1320, to: 480 }, 479, true],
  [{ from: 1320, to: 480 }, 480, false],
  [{ from: 540, to: 600 }, 599, true],
  [{ from: 540, to: 600 }, 600, false],
])("in %j minute %i is quiet: %s", (hours, minute, expected) => {
  expect(isQuiet(hours, minute)).toBe(expected);
});

test("nothing goes out in quiet hours but what somebody waits for", () => {
  const trial = notice("trial", { isAlone: true, isUrgent: true });
  expect(planNotices([...four, trial], [], ALL_DAY, NOW, 5)).toEqual({ single: [trial], together: [] });
});

test("three go one by one, what is beyond goes together", () => {
  expect(planNotices(four, [], null, NOW, 5)).toEqual({ single: four.slice(0, 3), together: four.slice(3) });
});

test("those of the last ten minutes count, older ones do not", () => {
  const recent = singles(599_999, 599_999, 599_999);
  expect(planNotices(four, recent, null, NOW, 5)).toEqual({ single: [], together: four });
  const three = four.slice(0, 3);
  expect(planNotices(three, singles(600_000, 600_000), null, NOW, 5)).toEqual({
    single: three,
    together: [],
  });
});

test("after one for all the next gather for ten minutes", () => {
  const together = (age: number) => [{ at: NOW - age, isTogether: true }];
  expect(planNotices(four, together(599_999), null, NOW, 5)).toEqual({ single: [], together: [] });
  expect(planNotices(four.slice(0, 1), together(600_000), null, NOW, 5).single).toEqual(four.slice(0, 1));
});

test("a digest goes by itself, however much was sent", () => {
  const digest = notice("digest", { isAlone: true });
  const plan = planNotices([...four, digest], singles(1, 1, 1), null, NOW, 5);
  expect(plan).toEqual({ single: [digest], together: four });
});
