// Twenty-four little bars beside a number: the shape of the day, not its values; those are in the number and in its list.
import type { ReactNode } from "react";
import classes from "./today.module.css";

/** Bars from the oldest to the newest; the highest fills the height, nothing is a hairline. */
export function Sparkline(props: {
  readonly values: readonly number[];
  readonly tone?: "accent" | "warn" | "bad";
}): ReactNode {
  const most = Math.max(1, ...props.values);
  const step = 100 / Math.max(1, props.values.length);
  const bars = props.values.map((value, index) => ({
    at: index * step,
    height: Math.max(0.6, (value / most) * 20),
  }));
  return (
    <svg
      className={classes.spark}
      data-tone={props.tone ?? "accent"}
      viewBox="0 0 100 20"
      preserveAspectRatio="none"
      aria-hidden="true"
    >
      {bars.map(({ at, height }) => (
        <rect key={at} x={at} y={20 - height} width={step * 0.72} height={height} />
      ))}
    </svg>
  );
}
