// Notices: quiet hours over midnight, nothing twice, three in ten minutes become one.
import { expect, test } from "vitest";
import { isQuiet, type Notice, planNotices } from "./notices.ts";

const NOW = 1_800_000_000_000;
const notice = (key: string, at = NOW): Notice => ({ key, at });
const four = ["a", "b", "c", "d"].map((key) => notice(key));

test.each([
  [{ from: 1320, to: 480 }, 1400, true],
  [{ from: 1320, to: 480 }, 479, true],
  [{ from: 1320, to: 480 }, 480, false],
  [{ from: 540, to: 600 }, 599, true],
  [{ from: 540, to: 600 }, 600, false],
])("in %j minute %i is quiet: %s", (hours, minute, expected) => {
  expect(isQuiet(hours, minute)).toBe(expected);
});

test("nothing goes out in quiet hours", () => {
  expect(planNotices(four, [], { from: 0, to: 1440 }, NOW, 5)).toEqual({ kind: "quiet" });
});

test("three go one by one, what is beyond goes together", () => {
  const plan = planNotices(four, [], null, NOW, 5);
  expect(plan).toEqual({ kind: "send", single: four.slice(0, 3), together: four.slice(3), dropped: [] });
});

test("those of the last ten minutes count, older ones do not", () => {
  const three = ["x", "y", "z"].map((key) => notice(key, NOW - 599_999));
  expect(planNotices(four, three, null, NOW, 5)).toMatchObject({ single: [], together: four });
  const old = three.map(({ key }) => notice(key, NOW - 600_000));
  expect(planNotices(four.slice(0, 3), old, null, NOW, 5)).toMatchObject({
    together: [],
    single: four.slice(0, 3),
  });
});

test("the same item never goes twice to the same destination for the same rule", () => {
  const again = [notice("a"), notice("a"), notice("b")];
  expect(planNotices(again, [notice("b", 1)], null, NOW, 5)).toEqual({
    kind: "send",
    single: [notice("a")],
    together: [],
    dropped: [notice("a"), notice("b")],
  });
});
