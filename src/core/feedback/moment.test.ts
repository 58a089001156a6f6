// Dates as vendors write them, and texts that are no dates.
import { describe, expect, test } from "vitest";
import { instant } from "../basics/index.ts";
import { formatMoment, isSameMoment, parseMoment } from "./moment.ts";

const read = (text: string): string | null => {
  const moment = parseMoment(text);
  return moment && formatMoment(moment.at, moment.micros);
};

describe("a date in any common spelling is one moment", () => {
  test.each([
    ["2026-11-04T21:17:45.318204+03:00", "2026-11-04T18:17:45.318204Z"],
    ["2026-11-04T20:58:40+03:00", "2026-11-04T17:58:40Z"],
    ["2026-11-04T21:17:45.318+03:00", "2026-11-04T18:17:45.318Z"],
    ["2026-11-04T21:17:45.3+03:00", "2026-11-04T18:17:45.300Z"],
    ["2026-11-04T21:17:45,318204+03:00", "2026-11-04T18:17:45.318204Z"],
    ["2026-11-04T21:17:45.318204999+03:00", "2026-11-04T18:17:45.318204Z"],
    ["2026-11-04T21:17:45.000001+03:00", "2026-11-04T18:17:45.000001Z"],
    ["2026-11-04 21:17:45+0300", "2026-11-04T18:17:45Z"],
    ["2026-11-04t18:17:45z", "2026-11-04T18:17:45Z"],
    ["2026-11-04T21:17:45+03", "2026-11-04T18:17:45Z"],
    ["2026-11-04T14:47:45-03:30", "2026-11-04T18:17:45Z"],
    ["  2026-11-04T18:17:45Z\n", "2026-11-04T18:17:45Z"],
    // Plus twenty minutes is a legal offset: it is Dutch local time of 1937, and no slip for hours and seconds.
    ["1936-05-09T08:14:33.1024+00:20", "1936-05-09T07:54:33.102400Z"],
    ["1969-12-31T23:59:59.999999Z", "1969-12-31T23:59:59.999999Z"],
    ["2024-02-29T00:00:00Z", "2024-02-29T00:00:00Z"],
    ["2000-02-29T00:00:00Z", "2000-02-29T00:00:00Z"],
    ["2026-12-31T23:59:60Z", "2027-01-01T00:00:00Z"],
    ["2026-01-01T00:00:00+23:59", "2025-12-31T00:01:00Z"],
    ["9999-12-31T23:59:59.999999-00:00", "9999-12-31T23:59:59.999999Z"],
    ["0000-03-01T00:00:00Z", "0000-03-01T00:00:00Z"],
  ])("%s is %s", (text, expected) => {
    expect(read(text)).toBe(expected);
  });
});

test.each([
  "",
  "yesterday",
  "2026-02-30T10:00:00+03:00",
  "2025-02-29T10:00:00+03:00",
  "1900-02-29T10:00:00+03:00",
  "2026-13-01T10:00:00+03:00",
  "2026-00-01T10:00:00+03:00",
  "2026-01-00T10:00:00+03:00",
  "2026-04-31T10:00:00+03:00",
  "2026-11-04T24:00:00+03:00",
  "2026-11-04T10:60:00+03:00",
  "2026-11-04T10:00:61+03:00",
  "2026-11-04T10:00:00+24:00",
  "2026-11-04T10:00:00+03:60",
  "2026-11-04T10:00:00",
  "2026-11-04T10:00+03:00",
  "2026-11-04",
  "04.11.2026 10:00:00+03:00",
  "2026-11-04T10:00:00.+03:00",
  "2026-11-04T10:00:00.1234567890+03:00",
  "2026-11-04T10:00:00+3:00",
  "+002026-11-04T10:00:00Z",
  "２026-11-04T10:00:00Z",
  "2026-11-04T10:00:00 Z",
])("%j is no date", (text) => {
  expect(parseMoment(text)).toBeNull();
});

test("the text and the offset are kept for display", () => {
  expect(parseMoment(" 2026-11-04T14:47:45-03:30 ")).toMatchObject({
    text: "2026-11-04T14:47:45-03:30",
    offsetMinutes: -210,
  });
});

test("two moments are the same whatever their spelling, and differ by a microsecond", () => {
  const moment = parseMoment("2026-11-04T21:17:45.318204+03:00");
  const same = parseMoment("2026-11-04 18:17:45,318204Z");
  const next = parseMoment("2026-11-04T18:17:45.318205Z");
  expect(moment && same && isSameMoment(moment, same)).toBe(true);
  expect(moment && next && isSameMoment(moment, next)).toBe(false);
});

test("a moment is shown with no, three or six fraction digits", () => {
  expect(formatMoment(instant(0), 0)).toBe("1970-01-01T00:00:00Z");
  expect(formatMoment(instant(5), 0)).toBe("1970-01-01T00:00:00.005Z");
  expect(formatMoment(instant(0), 7)).toBe("1970-01-01T00:00:00.000007Z");
});
