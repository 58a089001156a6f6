// How a number of the dashboard is told. What the data do not bear has no value, no arrow and no colour: decided here, once.
import type { deskNumberCalls } from "../../../contract/index.ts";
import type { AnswerOf } from "../../calls.ts";
import { numberText, percentText } from "../../parts/amounts.ts";
import type { Language, Say } from "../../words.ts";

/** The dashboard's answer. */
export type Dashboard = AnswerOf<typeof deskNumberCalls.readDeskNumbers>;
/** One source's numbers. */
export type SourceNumbers = Dashboard["sources"][number];
/** Numbers of a slice. */
export type Tiles = SourceNumbers["tiles"];
/** A share, or only its counts. */
export type Share = Tiles["low"];
/** A mean, drawn to the network's where ratings are few, or only its count. */
export type Mean = Tiles["mean"];
/** A difference. */
export type Change = NonNullable<SourceNumbers["changes"]>["low"];
/** Low and high end, 95 %. */
export type Ends = Share["interval"];

/** Who reads. */
export interface Told {
  readonly language: Language;
  readonly say: Say;
}

/** What stands in a tile or a cell. */
export interface Figure {
  /** Null: the data bear no value. */
  readonly value: string | null;
  /** What stands in its place; left out: that there is not enough data. */
  readonly none?: string;
  /** The interval or the counts, in words. */
  readonly note: string;
}

/** A change as it may be shown. `tone` and `arrow` are null unless it is beyond luck. */
export interface ShownChange {
  readonly text: string;
  readonly tone: "good" | "bad" | null;
  readonly arrow: "up" | "down" | null;
}

/** A share between 0 and 1 as percent with one decimal. */
export function shareText(share: number, language: Language): string {
  return percentText(Math.round(share * 1000) * 10, language);
}

/** A share with its interval. */
export function shareFigure(share: Share, { say, language }: Told): Figure {
  const counts = { count: numberText(share.count, language), of: numberText(share.of, language) };
  if (share.kind === "not_enough") {
    return { value: null, note: share.of === 0 ? say("numbers.none") : say("numbers.few", counts) };
  }
  const ends = endsText(share.interval, (value) => shareText(value, language), say);
  return { value: shareText(share.share, language), note: `${ends} · ${say("numbers.counts", counts)}` };
}

/** A mean with its interval; one that was drawn to the network's says so. */
export function meanFigure(mean: Mean, { say, language }: Told): Figure {
  const of = say("numbers.ratings", { count: mean.of, shown: numberText(mean.of, language) });
  if (mean.kind === "not_enough") return { value: null, note: mean.of === 0 ? say("numbers.none") : of };
  const value = starsText(mean.mean, language);
  if (mean.kind === "shrunk") return { value, note: `${say("numbers.shrunk")} · ${of}` };
  return { value, note: `${endsText(mean.interval, (end) => starsText(end, language), say)} · ${of}` };
}

/** Stars with two decimals. */
export function starsText(mean: number, language: Language): string {
  return numberText(mean, language, 2);
}

/** Both ends of an interval. */
export function endsText({ low, high }: Ends, write: (value: number) => string, say: Say): string {
  return say("numbers.ends", { low: write(low), high: write(high) });
}

/** What a difference is counted in. */
export type ChangeUnit = "stars" | "points";

/** A change in words; `better` says which direction is good. */
export function shownChange(
  change: Change | null,
  unit: ChangeUnit,
  better: "up" | "down",
  { say, language }: Told,
): ShownChange {
  const plain = (text: string): ShownChange => ({ text, tone: null, arrow: null });
  if (change === null) return plain(say("numbers.change.open"));
  if (change.kind === "not_enough") return plain(say("numbers.change.few"));
  if (change.kind === "no_clear_change") return plain(say("numbers.change.unclear"));
  const tone = change.direction === better ? "good" : "bad";
  return { text: differenceText(change.difference, unit, { say, language }), tone, arrow: change.direction };
}

/** A difference with its sign and unit. */
export function differenceText(difference: number, unit: ChangeUnit, { say, language }: Told): string {
  const size = unit === "stars" ? Math.abs(difference) : Math.abs(difference) * 100;
  const sign = difference < 0 ? "−" : "+";
  const value = `${sign}${numberText(size, language, unit === "stars" ? 2 : 1)}`;
  return unit === "stars" ? value : say("numbers.change.points", { value });
}

/** A source by its name; one that is not known yet by its own word. */
export function sourceName(source: string, say: Say): string {
  if (source === "app") return say("numbers.source.app");
  if (source === "yandex-eats") return say("numbers.source.eats");
  return source;
}

/** Sources there are. */
export const SOURCES = ["app", "yandex-eats"] as const;
