// Dates against an oracle that counts days one by one.
import fc from "fast-check";
import { expect, test } from "vitest";
import { formatMoment, parseMoment } from "./moment.ts";

interface Written {
  readonly year: number;
  readonly month: number;
  readonly day: number;
  readonly hour: number;
  readonly minute: number;
  readonly second: number;
  readonly fraction: string;
  readonly separator: string;
  readonly mark: string;
  readonly offset: { readonly sign: 1 | -1; readonly hours: number; readonly minutes: number } | null;
  readonly colon: string;
}

const two = (value: number): string => String(value).padStart(2, "0");

function write(date: Written): string {
  const day = `${String(date.year).padStart(4, "0")}-${two(date.month)}-${two(date.day)}`;
  const time = `${two(date.hour)}:${two(date.minute)}:${two(date.second)}`;
  const fraction = date.fraction === "" ? "" : date.mark + date.fraction;
  const { offset } = date;
  const zone =
    offset === null
      ? "Z"
      : `${offset.sign < 0 ? "-" : "+"}${two(offset.hours)}${date.colon}${two(offset.minutes)}`;
  return day + date.separator + time + fraction + zone;
}

/** Days of each month, counted out one by one from a year's first of January; slow and plain on purpose. */
function monthLengths(year: bigint): bigint[] {
  const isLeap = year % 400n === 0n || (year % 4n === 0n && year % 100n !== 0n);
  return [31n, isLeap ? 29n : 28n, 31n, 30n, 31n, 30n, 31n, 31n, 30n, 31n, 30n, 31n];
}

const total = (days: readonly bigint[]): bigint => days.reduce((sum, one) => sum + one, 0n);

const yearStarts = new Map<bigint, bigint>([[1970n, 0n]]);
for (let year = 1970n, days = 0n; year < 9999n; year += 1n) {
  days += total(monthLengths(year));
  yearStarts.set(year + 1n, days);
}
for (let year = 1969n, days = 0n; year >= 0n; year -= 1n) {
  days -= total(monthLengths(year));
  yearStarts.set(year, days);
}

/** Microseconds since 1970, or null for what is no date. */
function oracle(date: Written): bigint | null {
  const lengths = monthLengths(BigInt(date.year));
  const length = lengths[date.month - 1];
  if (length === undefined || date.day < 1 || BigInt(date.day) > length) return null;
  if (date.hour > 23 || date.minute > 59 || date.second > 60) return null;
  const offset = date.offset ?? { sign: 1, hours: 0, minutes: 0 };
  if (offset.hours > 23 || offset.minutes > 59) return null;
  const days =
    (yearStarts.get(BigInt(date.year)) ?? 0n) +
    total(lengths.slice(0, date.month - 1)) +
    BigInt(date.day - 1);
  const shift = BigInt(offset.sign) * (BigInt(offset.hours) * 60n + BigInt(offset.minutes));
  const minutes = days * 1440n + BigInt(date.hour) * 60n + BigInt(date.minute) - shift;
  const micros = BigInt(`${date.fraction}000000`.slice(0, 6));
  return (minutes * 60n + BigInt(date.second)) * 1_000_000n + micros;
}

function dates(isBold: boolean): fc.Arbitrary<Written> {
  const upTo = (most: number, beyond: number) => fc.nat({ max: isBold ? beyond : most });
  return fc.record({
    year: fc.integer({ min: 0, max: 9999 }),
    month: fc.integer({ min: isBold ? 0 : 1, max: isBold ? 14 : 12 }),
    day: fc.integer({ min: isBold ? 0 : 1, max: isBold ? 33 : 31 }),
    hour: upTo(23, 26),
    minute: upTo(59, 62),
    second: upTo(60, 63),
    fraction: fc.stringMatching(/^\d{0,9}$/),
    separator: fc.constantFrom("T", "t", " "),
    mark: fc.constantFrom(".", ","),
    offset: fc.option(
      fc.record({
        sign: fc.constantFrom(1 as const, -1 as const),
        hours: upTo(23, 26),
        minutes: upTo(59, 62),
      }),
    ),
    colon: fc.constantFrom(":", ""),
  });
}

const micros = (text: string): bigint | null => {
  const moment = parseMoment(text);
  return moment && BigInt(moment.at) * 1000n + BigInt(moment.micros);
};

test("every date text gives the instant that counting days gives", () => {
  fc.assert(
    fc.property(dates(false), (date) => {
      expect(micros(write(date))).toBe(oracle(date));
    }),
    { numRuns: 20_000 },
  );
});

test("texts that are no date are refused exactly where counting finds none", () => {
  fc.assert(
    fc.property(dates(true), (date) => {
      expect(micros(write(date))).toBe(oracle(date));
    }),
    { numRuns: 5_000 },
  );
});

test("a shown moment reads back as the same moment", () => {
  fc.assert(
    fc.property(dates(false), (date) => {
      const moment = parseMoment(write(date));
      if (moment === null || moment.at < -62_167_219_200_000 || moment.at >= 253_402_300_800_000) return;
      expect(parseMoment(formatMoment(moment.at, moment.micros))).toMatchObject({
        at: moment.at,
        micros: moment.micros,
      });
    }),
  );
});

test("microseconds stay between 0 and 999, before 1970 too", () => {
  fc.assert(
    fc.property(dates(false), (date) => {
      const moment = parseMoment(write(date));
      expect(moment?.micros ?? 0).toBeGreaterThanOrEqual(0);
      expect(moment?.micros ?? 0).toBeLessThanOrEqual(999);
    }),
  );
});

/** What validating with Date would give: the reason why it is not used. */
test("Date as validator is caught by the oracle", () => {
  const naive = (text: string): bigint | null => {
    const ms = new Date(text).getTime();
    return Number.isNaN(ms) ? null : BigInt(ms) * 1000n;
  };
  const result = fc.check(
    fc.property(dates(true), (date) => naive(write(date)) === oracle(date)),
    { numRuns: 2_000 },
  );
  expect(result.failed).toBe(true);
});
