// Charts: drawn by a library that travels only when one is shown, with the same numbers as a table for who needs them.
import { Skeleton, UnstyledButton } from "@mantine/core";
import { lazy, type ReactNode, Suspense, useState } from "react";
import { useReader } from "../reader.tsx";
import { momentText, numberText } from "./amounts.ts";
import classes from "./chart.module.css";
import { type ChartProps, toneOf } from "./chart-series.ts";

/** Until the page itself is painted the wire is the page's. */
const painted = (): Promise<void> =>
  new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)));

const Plot = lazy(async () => {
  await painted();
  return import("./plot.tsx");
});

/** The chart with its legend and a switch to the table. */
export function Chart(props: ChartProps): ReactNode {
  const { say } = useReader();
  const [isTable, setTable] = useState(false);
  const isEmpty = props.times.length === 0;
  if (isEmpty) return <p className="soft">{say("parts.chart.empty")}</p>;
  return (
    <figure className={classes.figure} aria-label={props.label}>
      {isTable ? (
        <ChartTable {...props} />
      ) : (
        <Suspense fallback={<Skeleton height={props.height ?? 220} />}>
          <Plot {...props} />
        </Suspense>
      )}
      <figcaption className={classes.legend}>
        {props.series.length > 1 &&
          props.series.map((one, index) => (
            <span key={one.title} className={classes.key} data-tone={one.tone ?? toneOf(index)}>
              {one.title}
            </span>
          ))}
        {props.band !== undefined && (
          <span className={classes.key} data-tone="band">
            {props.band.title}
          </span>
        )}
        {hasMarks(props) && (
          <span className={classes.key} data-tone="mark">
            {props.marks?.title}
          </span>
        )}
        <UnstyledButton className={classes.switch} onClick={() => setTable(!isTable)}>
          {say(isTable ? "parts.chart.chart" : "parts.chart.table")}
        </UnstyledButton>
      </figcaption>
    </figure>
  );
}

function hasMarks({ marks }: ChartProps): boolean {
  return marks !== undefined && marks.all.length > 0;
}

function ChartTable(props: ChartProps): ReactNode {
  const { say, language, zone } = useReader();
  const write = (value: number | null | undefined): string =>
    value === null || value === undefined ? "—" : (props.format?.(value) ?? numberText(value, language, 2));
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, and the keyboard must reach what scrolls.
    <section className={classes.scroll} tabIndex={0} aria-label={props.label}>
      <table className={classes.table}>
        <thead>
          <tr>
            <th scope="col">{say("parts.chart.time")}</th>
            {props.series.map((one) => (
              <th key={one.title} scope="col" className="number">
                {one.title}
              </th>
            ))}
            {hasMarks(props) && <th scope="col">{props.marks?.title}</th>}
          </tr>
        </thead>
        <tbody>
          {props.times.map((time, index) => (
            <tr key={time}>
              <th scope="row">
                {momentText(time, language, zone, props.step === "time" ? "moment" : "day")}
              </th>
              {props.series.map((one) => (
                <td key={one.title} className="number">
                  {write(one.values[index])}
                </td>
              ))}
              {hasMarks(props) && (
                <td className={classes.words} translate="no">
                  {props.marks?.all.find((mark) => mark.index === index)?.text}
                </td>
              )}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
