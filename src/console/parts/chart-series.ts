// What a chart shows: rows of values over instants, a band, and how they are written.
/** One line, area or row of bars. */
export interface Series {
  readonly title: string;
  /** As many as `times`; null: a gap. */
  readonly values: readonly (number | null)[];
  /** Colour by meaning; left out: the accent, then quieter ones. */
  readonly tone?: "accent" | "good" | "warn" | "bad" | "calm" | "quiet";
  /** `dots`: points without a line between them, such as alarms. */
  readonly shape?: "line" | "bars" | "area" | "dashes" | "dots";
}

/** A range between two rows of values: a control band. */
export interface Band {
  readonly title: string;
  readonly low: readonly (number | null)[];
  readonly high: readonly (number | null)[];
}

/** Things that happened: a flag above the point with a line through it, and a column of the table. */
export interface Marks {
  /** What they are, as the table's column and the legend call them. */
  readonly title: string;
  readonly all: readonly { readonly index: number; readonly text: string }[];
}

/** A chart over time. */
export interface ChartProps {
  /** What it shows: its name for screen readers and the table's caption. */
  readonly label: string;
  /** Instants, ms, rising. */
  readonly times: readonly number[];
  readonly series: readonly Series[];
  readonly band?: Band;
  readonly marks?: Marks;
  /** Writes a value on the axis and in the table; left out: two decimals at most. */
  readonly format?: (value: number) => string;
  /** `day`: points are days, `time`: moments of a day. */
  readonly step?: "day" | "time";
  /** Pixels; 220 when left out. */
  readonly height?: number;
  /** Ends of the value axis; left out: what the values need, from zero for bars. */
  readonly range?: readonly [number, number];
  /** Called with a point's index: opens the list behind the number. */
  readonly onPoint?: (index: number) => void;
}

/** The tone of a series that names none. */
export function toneOf(index: number): NonNullable<Series["tone"]> {
  return (["accent", "calm", "warn", "quiet"] as const)[index % 4] ?? "accent";
}
