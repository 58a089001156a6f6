// Texts that go out say baseline, counts and odds, in both languages, and a digest never has more than seven lines.
import { expect, test } from "vitest";
import { alarmText, type Digest, digestLines, type TrendAlarm } from "./index.ts";

const ALARM: TrendAlarm = {
  since: 20261112,
  day: 20261118,
  low: 17,
  of: 96,
  baseline: { share: 0.09, perDay: 14 },
  odds: 1930,
  falsePerYear: 0.25,
};

test("an alarm tells counts, what is usual, the odds, and how often it errs", () => {
  expect(alarmText("Лесная", ALARM, "ru")).toBe(
    "Лесная: с 12.11.2026 по 18.11.2026 на 1–2 звезды 17 из 96 оценок, обычно 9,0 %; случайно такое бывает в одном случае из 1\u00a0930. Ложная тревога у этого правила для одной точки не чаще раза в 4 года.",
  );
  expect(
    alarmText("Lesnaya", { ...ALARM, odds: 1_000_000, baseline: { share: 0.12, perDay: 9 } }, "en"),
  ).toBe(
    "Lesnaya: from 2026-11-12 to 2026-11-18 17 of 96 ratings were 1 or 2 stars, usually 12%; luck does this once in 1\u00a0000\u00a0000. For one branch this rule errs at most once in 4 years.",
  );
});

test.each([
  [1, "раза в год.", "once a year."],
  [0.5, "раза в 2 года.", "once in 2 years."],
  [1 / 11, "раза в 11 лет.", "once in 11 years."],
  [1 / 21, "раза в 21 год.", "once in 21 years."],
])("%f false alarms a year are told in words", (falsePerYear, russian, english) => {
  expect(alarmText("x", { ...ALARM, falsePerYear }, "ru").endsWith(russian)).toBe(true);
  expect(alarmText("x", { ...ALARM, falsePerYear }, "en").endsWith(english)).toBe(true);
});

const comment = (id: string, rating: number | null) => ({
  id,
  branch: null,
  rating,
  text: id,
  stems: [],
  topics: 0,
});
const FULL: Digest = {
  kind: "digest",
  ratings: 400,
  low: 40,
  changes: [
    { kind: "alarm", branch: null, source: "app", alarm: ALARM },
    {
      kind: "low_share",
      source: "app",
      direction: "up",
      before: 0.09,
      after: 0.18,
      interval: { low: 0.05, high: 0.13 },
    },
    { kind: "topic", branch: null, topic: "cold", observed: 40, expected: 10 },
  ],
  comments: [comment("a", 1), comment("b", null), comment("c", 5)],
};

test.each(["ru", "en"] as const)("a full digest has seven lines: %s", (language) => {
  const lines = digestLines(FULL, language);
  expect(lines).toHaveLength(7);
  expect(lines[2]).toContain("→");
  expect(lines[1]).toMatch(language === "ru" ? /^Приложение: / : /^App: /);
  expect(lines.slice(4)).toEqual(["«a» (1)", "«b»", "«c» (5)"]);
  expect(
    digestLines(
      { ...FULL, changes: [{ kind: "topic", branch: "mira", topic: "t", observed: 9, expected: 2 }] },
      language,
    )[1],
  ).toContain("mira");
});

test("nothing unusual, silence and a pause are legal", () => {
  const quiet: Digest = { ...FULL, changes: [], comments: [] };
  expect(digestLines(quiet, "ru")).toEqual([
    "Оценок за неделю: 400, из них на 1–2 звезды: 40. Ничего необычного.",
  ]);
  expect(digestLines(quiet, "en")[0]).toContain("Nothing unusual.");
  expect(digestLines({ kind: "silent" }, "ru")).toHaveLength(1);
  expect(digestLines({ kind: "silent" }, "en")).toHaveLength(1);
  expect(digestLines({ kind: "paused" }, "ru")).toEqual([]);
});
