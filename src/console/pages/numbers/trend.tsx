// The low share over time with the band that luck fills, what is usual, alarms, and the counts beneath, so that thin days look thin.
import { SegmentedControl } from "@mantine/core";
import { type ReactNode, useMemo } from "react";
import { Link, useLocation } from "wouter";
import { deskAlarmCalls } from "../../../contract/index.ts";
import { useCall } from "../../api.ts";
import type { AnswerOf } from "../../calls.ts";
import { numberText } from "../../parts/amounts.ts";
import { Chart } from "../../parts/chart.tsx";
import type { Marks } from "../../parts/chart-series.ts";
import { When } from "../../parts/figures.tsx";
import { Section } from "../../parts/page-header.tsx";
import { useUrlState } from "../../parts/use-url-state.ts";
import { useReader } from "../../reader.tsx";
import { type Dashboard, shareText, sourceName, starsText } from "./figures.ts";
import { instantOfDay, listHref, writtenDay } from "./filters.ts";
import classes from "./numbers.module.css";
import { useSlice } from "./slice.ts";
import { TrendNotes } from "./trend-notes.tsx";
import { dayPoints, type TrendPoint, usualShare, weekPoints } from "./trend-points.ts";
import { daysShown, type TrendNote, useNotePlace, useTrendNotes } from "./use-trend-notes.ts";

type Trend = NonNullable<Dashboard["trend"]>[number];
type Alarm = AnswerOf<typeof deskAlarmCalls.listDeskAlarms>["alarms"][number];

const MEASURES = ["low", "mean"] as const;
const STEPS = ["days", "weeks"] as const;

/** The section, a chart a source. */
export function TrendSection(props: {
  readonly trend: readonly Trend[];
  readonly filter: string;
}): ReactNode {
  const { say } = useReader();
  const [values, set] = useUrlState(["measure", "step"]);
  const measure = MEASURES.find((one) => one === values.measure) ?? "low";
  const step = measure === "mean" ? "days" : (STEPS.find((one) => one === values.step) ?? "days");
  const [{ branch }] = useSlice();
  const all = useCall(deskAlarmCalls.listDeskAlarms, { query: {} }).data?.alarms ?? [];
  // Another branch's alarm is no news of this one.
  const alarms = all.filter(({ branchId }) => branch === "" || branchId === branch);
  const notes = useTrendNotes(props.trend);
  const shown = daysShown(props.trend);
  return (
    <Section
      title={say("numbers.trend.title")}
      about={say(measure === "low" ? "numbers.trend.about" : "numbers.trend.meanAbout")}
    >
      <div className={classes.switches}>
        <SegmentedControl
          size="xs"
          aria-label={say("numbers.trend.measure")}
          data={MEASURES.map((value) => ({ value, label: say(`numbers.trend.${value}`) }))}
          value={measure}
          onChange={(value) => set({ measure: value === "low" ? "" : value })}
        />
        {measure === "low" && (
          <SegmentedControl
            size="xs"
            aria-label={say("numbers.trend.step")}
            data={STEPS.map((value) => ({ value, label: say(`numbers.trend.${value}`) }))}
            value={step}
            onChange={(value) => set({ step: value === "days" ? "" : value })}
          />
        )}
      </div>
      {props.trend.map((one) => (
        <SourceTrend
          key={one.source}
          trend={one}
          filter={props.filter}
          measure={measure}
          step={step}
          alarms={alarms.filter(({ source }) => source === one.source)}
          notes={notes}
        />
      ))}
      {shown !== null && <TrendNotes notes={notes} days={shown} />}
    </Section>
  );
}

interface SourceTrendProps {
  readonly trend: Trend;
  readonly filter: string;
  readonly measure: (typeof MEASURES)[number];
  readonly step: (typeof STEPS)[number];
  readonly alarms: readonly Alarm[];
  readonly notes: readonly TrendNote[];
}

function SourceTrend({ trend, filter, measure, step, alarms, notes }: SourceTrendProps): ReactNode {
  const { say, language } = useReader();
  const [, go] = useLocation();
  const { days, source } = trend;
  const points = useMemo(() => (step === "weeks" ? weekPoints(days) : dayPoints(days)), [days, step]);
  const within = useMemo(() => alarms.filter((alarm) => indexOf(points, alarm.day) >= 0), [alarms, points]);
  const name = sourceName(source, say);
  const title = say("numbers.trend.of", { source: name, name: say(`numbers.trend.${measure}`) });
  const times = useMemo(() => points.map(({ from }) => instantOfDay(from)), [points]);
  const series = useSeries(points, usualShare(days), within, measure);
  const marks = useMarks(points, notes, source);
  const counts = useCounts(points);
  const band = useMemo(
    () => ({
      title: say("numbers.trend.band"),
      low: points.map((point) => point.band?.low ?? null),
      high: points.map((point) => point.band?.high ?? null),
    }),
    [points, say],
  );
  const open = (index: number, more: string): void => {
    const point = points[index];
    if (point !== undefined) go(listHref(`${ownDays(filter, point)} source:${source} ${more}`));
  };
  return (
    <div data-trend={source}>
      <h3>{name}</h3>
      <Chart
        label={title}
        times={times}
        series={series}
        marks={marks}
        {...(measure === "low" ? { band, range: lowRange(points) } : { range: STARS })}
        format={(value) => (measure === "low" ? shareText(value, language) : starsText(value, language))}
        step="day"
        onPoint={(index) => open(index, measure === "low" ? "rating:1..2" : "rating:1..5")}
      />
      <div className={classes.counts}>
        <Chart
          label={say("numbers.trend.of", { source: name, name: say("numbers.trend.counts") })}
          times={times}
          series={counts}
          format={(value) => numberText(value, language)}
          step="day"
          height={88}
          onPoint={(index) => open(index, "rating:1..5")}
        />
      </div>
      <TrendAlarms alarms={within} />
    </div>
  );
}

/** Ratings of each point as bars. */
function useCounts(points: readonly TrendPoint[]) {
  const { say } = useReader();
  return useMemo(() => {
    const values = points.map(({ of }) => of);
    return [{ title: say("numbers.trend.count"), values, tone: "quiet" as const, shape: "bars" as const }];
  }, [points, say]);
}

const STARS = [1, 5] as const;

/** From zero to what the shares and the band need. */
function lowRange(points: readonly TrendPoint[]): readonly [number, number] {
  const ends = points.map(({ of, low, band }) => Math.max(of === 0 ? 0 : low / of, band?.high ?? 0));
  return [0, Math.min(1, Math.max(0.1, ...ends) * 1.05)];
}

/** The low share or the mean, what is usual, and alarms as dots. */
function useSeries(
  points: readonly TrendPoint[],
  usual: number | null,
  alarms: readonly Alarm[],
  measure: "low" | "mean",
) {
  const { say } = useReader();
  return useMemo(() => {
    if (measure === "mean")
      return [{ title: say("numbers.trend.mean"), values: points.map(({ mean }) => mean) }];
    const share = points.map(({ low, of }) => (of === 0 ? null : low / of));
    const marked = new Set(alarms.map((alarm) => indexOf(points, alarm.day)));
    return [
      { title: say("numbers.trend.low"), values: share },
      {
        title: say("numbers.trend.usual"),
        values: points.map(() => usual),
        tone: "quiet" as const,
        shape: "dashes" as const,
      },
      ...(marked.size === 0
        ? []
        : [
            {
              title: say("numbers.trend.alarm"),
              values: share.map((value, index) => (marked.has(index) ? value : null)),
              tone: "bad" as const,
              shape: "dots" as const,
            },
          ]),
    ];
  }, [points, usual, alarms, measure, say]);
}

/** Notes of the source at their points; several of one point read as one. */
function useMarks(points: readonly TrendPoint[], notes: readonly TrendNote[], source: string): Marks {
  const { say } = useReader();
  const placeOf = useNotePlace();
  const texts = new Map<number, string>();
  for (const note of notes) {
    const index = indexOf(points, note.day);
    if (index < 0 || (note.source !== null && note.source !== source)) continue;
    const place = placeOf(note);
    const text = place === "" ? note.text : `${place}: ${note.text}`;
    const known = texts.get(index);
    texts.set(index, known === undefined ? text : `${known}; ${text}`);
  }
  // The chart is drawn anew when this changes, and only then.
  const written = JSON.stringify([...texts].sort(([left], [right]) => left - right));
  return useMemo(() => {
    const all = (JSON.parse(written) as [number, string][]).map(([index, text]) => ({ index, text }));
    return { title: say("numbers.notes.name"), all };
  }, [written, say]);
}

/** The point that a day (RFC 3339) falls into; -1: none. */
function indexOf(points: readonly TrendPoint[], day: string): number {
  const number = Number(day.replaceAll("-", ""));
  return points.findIndex(({ from, to }) => number >= from && number <= to);
}

/** The filter over the days of one point. */
function ownDays(filter: string, { from, to }: TrendPoint): string {
  const days = from === to ? writtenDay(from) : `${writtenDay(from)}..${writtenDay(to)}`;
  return filter.replace(/(^|\s)day:\S+/, `$1day:${days}`);
}

function TrendAlarms({ alarms }: { readonly alarms: readonly Alarm[] }): ReactNode {
  const { say, language } = useReader();
  if (alarms.length === 0) return <p className={classes.said}>{say("numbers.trend.noAlarms")}</p>;
  return (
    <ul className={classes.alarms} aria-label={say("numbers.trend.alarms")}>
      {alarms.map((alarm) => (
        <li key={alarm.id}>
          <When at={alarm.raisedAt} style="day" />:{" "}
          <Link href={`/alerts?alarm=${alarm.id}`} translate="no">
            {alarm.text[language]}
          </Link>
        </li>
      ))}
    </ul>
  );
}
