// A number of few cases with the interval in which the truth probably lies: a bar on a scale, and the same in words.
import type { ReactNode } from "react";
import { useReader } from "../reader.tsx";
import { numberText } from "./amounts.ts";
import classes from "./interval.module.css";

/** All in the same unit; `from` and `to` are the ends of the scale. `format` writes a value; left out: two decimals. */
export interface IntervalProps {
  readonly value: number;
  readonly low: number;
  readonly high: number;
  readonly from: number;
  readonly to: number;
  readonly format?: (value: number) => string;
}

/** The interval. */
export function Interval(props: IntervalProps): ReactNode {
  const { say, language } = useReader();
  const write = props.format ?? ((value: number) => numberText(value, language, 2));
  const at = (value: number): number =>
    Math.max(0, Math.min(100, ((value - props.from) / (props.to - props.from || 1)) * 100));
  const words = { value: write(props.value), low: write(props.low), high: write(props.high) };
  const [low, high, value] = [at(props.low), at(props.high), at(props.value)];
  return (
    <span className={classes.interval} title={say("parts.interval", words)}>
      <span className="number">{words.value}</span>
      <svg className={classes.scale} viewBox="0 0 100 10" preserveAspectRatio="none" aria-hidden="true">
        <rect className={classes.track} x="0" y="4.5" width="100" height="1" />
        <rect className={classes.span} x={low} y="3" width={Math.max(1, high - low)} height="4" />
        <rect className={classes.point} x={Math.max(0, value - 1)} y="0" width="2" height="10" />
      </svg>
      <span className="visually-hidden">{say("parts.interval", words)}</span>
    </span>
  );
}
