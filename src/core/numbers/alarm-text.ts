// Words of alarms and digests in both languages: baseline, counts and odds are told in numbers, never as a feeling.
import { sourceName, writeDay } from "../desk/index.ts";
import type { Digest, DigestChange } from "./digest.ts";
import type { TrendAlarm } from "./watch.ts";

/** Languages of texts that go out. */
export type NoticeLanguage = "ru" | "en";

const percent = (share: number, language: NoticeLanguage): string => {
  const text = (100 * share).toFixed(share < 0.1 ? 1 : 0);
  return language === "ru" ? `${text.replace(".", ",")} %` : `${text}%`;
};

/** "12.11.2026", as Russians write it. */
const dayText = (day: number): string => writeDay(day).split("-").reverse().join(".");

const grouped = (count: number): string => String(count).replaceAll(/\B(?=(\d{3})+$)/g, "\u00a0");

/** What is counted once in so many years: "год", "4 года", "10 лет". */
function russianYears(years: number): string {
  if (years === 1) return "год";
  const isTeen = years % 100 > 10 && years % 100 < 20;
  const last = isTeen ? 0 : years % 10;
  return `${years} ${last === 1 ? "год" : last > 1 && last < 5 ? "года" : "лет"}`;
}

/** An alarm in one paragraph: what was seen, what is usual, how rarely luck does it, how often the rule errs. */
export function alarmText(place: string, alarm: TrendAlarm, language: NoticeLanguage): string {
  const { low, of, since, day, baseline, odds, falsePerYear } = alarm;
  const usual = percent(baseline.share, language);
  const chance = odds >= 1_000_000 ? grouped(1_000_000) : grouped(odds);
  const years = Math.round(1 / falsePerYear);
  const often = language === "ru" ? russianYears(years) : years === 1 ? "a year" : `in ${years} years`;
  return language === "ru"
    ? `${place}: с ${dayText(since)} по ${dayText(day)} на 1–2 звезды ${low} из ${of} оценок, обычно ${usual}; случайно такое бывает в одном случае из ${chance}. Ложная тревога у этого правила для одной точки не чаще раза в ${often}.`
    : `${place}: from ${writeDay(since)} to ${writeDay(day)} ${low} of ${of} ratings were 1 or 2 stars, usually ${usual}; luck does this once in ${chance}. For one branch this rule errs at most once ${often}.`;
}

/** The digest as lines, seven at most; none: it is paused. Comments are masked by the caller. */
export function digestLines(digest: Digest, language: NoticeLanguage): readonly string[] {
  const isRussian = language === "ru";
  if (digest.kind === "paused") return [];
  if (digest.kind === "silent") {
    return [
      isRussian
        ? "За неделю не пришло ни одной оценки. Пока ничего не придёт, сводка не присылается."
        : "No rating came this week. Until one comes, no digest is sent.",
    ];
  }
  const { ratings, low, changes, comments } = digest;
  const head = isRussian
    ? `Оценок за неделю: ${ratings}, из них на 1–2 звезды: ${low}.`
    : `Ratings this week: ${ratings}, of them with 1 or 2 stars: ${low}.`;
  const usual = isRussian ? " Ничего необычного." : " Nothing unusual.";
  return [
    changes.length === 0 ? head + usual : head,
    ...changes.map((change) => changeLine(change, language)),
    ...comments.map(({ rating, text }) => `«${text}»${rating === null ? "" : ` (${rating})`}`),
  ];
}

function changeLine(change: DigestChange, language: NoticeLanguage): string {
  const isRussian = language === "ru";
  switch (change.kind) {
    case "alarm":
      return alarmText(change.branch ?? sourceName(change.source, language), change.alarm, language);
    case "low_share": {
      const [before, after] = [percent(change.before, language), percent(change.after, language)];
      const source = sourceName(change.source, language);
      return isRussian
        ? `${source}: доля 1–2 звёзд ${before} → ${after}.`
        : `${source}: share of 1 or 2 stars ${before} → ${after}.`;
    }
    case "topic": {
      const expected = change.expected.toFixed(0);
      const place = change.branch ?? "–";
      return isRussian
        ? `${place}: тема «${change.topic}» ${change.observed} раз, ожидалось ${expected}.`
        : `${place}: topic "${change.topic}" ${change.observed} times, ${expected} expected.`;
    }
  }
}
