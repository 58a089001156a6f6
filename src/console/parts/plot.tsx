// The canvas of a chart: axes in the reader's language and the shop's zone, colours of the theme, width of its place.
import "uplot/dist/uPlot.min.css";
import { useComputedColorScheme } from "@mantine/core";
import { type ReactNode, useEffect, useRef, useState } from "react";
import uPlot from "uplot";
import { useReader } from "../reader.tsx";
import type { Language } from "../words.ts";
import { momentText, numberText } from "./amounts.ts";
import classes from "./chart.module.css";
import { type ChartProps, type Series, toneOf } from "./chart-series.ts";
import { PlotFlags } from "./plot-flags.tsx";

/** The plot; the default export, since it is fetched when it is first shown. */
export default function Plot(props: ChartProps): ReactNode {
  const place = useRef<HTMLDivElement>(null);
  const { language, zone } = useReader();
  const scheme = useComputedColorScheme("light");
  const [places, setPlaces] = useState<readonly number[]>([]);
  const now = useRef(props);
  now.current = props;
  // biome-ignore lint/correctness/useExhaustiveDependencies: a plot is made anew when what it shows or its colours change.
  useEffect(
    () => draw(place.current, now, { language, zone, onPlaced: setPlaces }),
    [props.times, props.series, props.band, props.marks, scheme, language, zone],
  );
  return (
    <div className={classes.plotFrame}>
      <div ref={place} className={classes.plot} role="img" aria-label={props.label} />
      {props.marks !== undefined && <PlotFlags marks={props.marks} places={places} />}
    </div>
  );
}

/** Draws into a box; gives what takes it away. */
function draw(
  box: HTMLDivElement | null,
  now: { readonly current: ChartProps },
  {
    language,
    zone,
    onPlaced,
  }: {
    readonly language: Language;
    readonly zone: string;
    /** Where the marks are, pixels from the left edge. */
    readonly onPlaced: (places: readonly number[]) => void;
  },
): (() => void) | undefined {
  if (box === null) return undefined;
  const write = {
    value: (value: number) => now.current.format?.(value) ?? numberText(value, language, 2),
    time: (ms: number) => momentText(ms, language, zone, "moment").replace(/, .*/, ""),
    clock: (ms: number) => momentText(ms, language, zone, "time"),
  };
  const options = { ...optionsOf(now.current, box, write), plugins: marksOf(now.current, onPlaced) };
  const plot = new uPlot(options, columnsOf(now.current), box);
  const fit = (): void => plot.setSize({ width: box.clientWidth, height: now.current.height ?? 220 });
  const watch = new ResizeObserver(fit);
  watch.observe(box);
  const open = (): void => {
    const index = plot.cursor.idx;
    if (index !== null && index !== undefined) now.current.onPoint?.(index);
  };
  plot.over.addEventListener("click", open);
  return () => {
    watch.disconnect();
    plot.destroy();
  };
}

/** How the axes are written. */
interface Writers {
  readonly value: (value: number) => string;
  readonly time: (ms: number) => string;
  readonly clock: (ms: number) => string;
}

function columnsOf(props: ChartProps): uPlot.AlignedData {
  const band = props.band === undefined ? [] : [[...props.band.high], [...props.band.low]];
  return [props.times.map((ms) => ms / 1000), ...band, ...props.series.map((one) => [...one.values])];
}

function optionsOf(props: ChartProps, box: HTMLElement, write: Writers): uPlot.Options {
  const style = getComputedStyle(document.documentElement);
  const colour = (name: string): string => style.getPropertyValue(name).trim();
  const axis = { stroke: colour("--ink-soft"), font: `12px ${getComputedStyle(document.body).fontFamily}` };
  const grid = { stroke: colour("--line"), width: 1 };
  const hasBars = props.series.some(({ shape }) => shape === "bars");
  const range = props.range;
  return {
    width: box.clientWidth || 320,
    height: props.height ?? 220,
    legend: { show: false },
    cursor: { drag: { x: false, y: false }, points: { size: 6 } },
    scales: {
      x: { time: true },
      y:
        range === undefined
          ? {
              range: (_plot, low, high) => [hasBars ? Math.min(0, low) : low, high === low ? high + 1 : high],
            }
          : { range: [range[0], range[1]] },
    },
    axes: [
      {
        ...axis,
        grid: { show: false },
        ticks: { show: false },
        size: 30,
        values: (_plot, splits) =>
          splits.map((at) => (props.step === "time" ? write.clock(at * 1000) : write.time(at * 1000))),
      },
      { ...axis, grid, ticks: { show: false }, size: 64, values: (_plot, splits) => splits.map(write.value) },
    ],
    series: [
      {},
      ...bandSeries(props, colour),
      ...props.series.map((one, index) => seriesOf(one, index, colour)),
    ],
    ...(props.band === undefined
      ? {}
      : { bands: [{ series: [1, 2], fill: faded(colour("--accent"), 0.14) }] }),
  };
}

/** A line through every mark; tells where they are whenever the plot is drawn. */
function marksOf(
  { marks, times }: ChartProps,
  onPlaced: (places: readonly number[]) => void,
): uPlot.Plugin[] {
  if (marks === undefined || marks.all.length === 0) return [];
  const stroke = getComputedStyle(document.documentElement).getPropertyValue("--warn").trim();
  const onDraw = (plot: uPlot): void => {
    const { ctx, bbox } = plot;
    const at = marks.all.map(({ index }) => plot.valToPos((times[index] ?? 0) / 1000, "x", true));
    ctx.save();
    ctx.strokeStyle = stroke;
    ctx.lineWidth = devicePixelRatio;
    ctx.setLineDash([3 * devicePixelRatio, 3 * devicePixelRatio]);
    for (const x of at) {
      ctx.beginPath();
      ctx.moveTo(x, bbox.top);
      ctx.lineTo(x, bbox.top + bbox.height);
      ctx.stroke();
    }
    ctx.restore();
    onPlaced(at.map((x) => Math.round(x / devicePixelRatio)));
  };
  return [{ hooks: { draw: onDraw } }];
}

function bandSeries(props: ChartProps, colour: (name: string) => string): uPlot.Series[] {
  if (props.band === undefined) return [];
  const edge = { stroke: faded(colour("--accent"), 0.35), width: 1, points: { show: false } };
  return [edge, edge];
}

function seriesOf(one: Series, index: number, colour: (name: string) => string): uPlot.Series {
  const tone = one.tone ?? toneOf(index);
  const stroke = colour(tone === "quiet" ? "--ink-soft" : `--${tone}`);
  const bars = uPlot.paths.bars?.({ size: [0.7, 48] });
  return {
    stroke,
    width: one.shape === "bars" ? 0 : 2,
    points:
      one.shape === "dots"
        ? { show: true, size: 9, fill: stroke }
        : { show: one.shape !== "bars" && one.values.length < 3 },
    ...(one.shape === "dots" ? { paths: () => null } : {}),
    ...(one.shape === "bars" ? { fill: stroke, ...(bars === undefined ? {} : { paths: bars }) } : {}),
    ...(one.shape === "area" ? { fill: faded(stroke, 0.12) } : {}),
    ...(one.shape === "dashes" ? { dash: [5, 5] } : {}),
  };
}

/** A colour of the theme (#rrggbb) with an opacity. */
function faded(hex: string, opacity: number): string {
  return `${hex}${Math.round(opacity * 255)
    .toString(16)
    .padStart(2, "0")}`;
}
