// Periods and filters of the dashboard: what the address holds becomes the one filter grammar, for numbers and for the lists behind them.

/** Named periods in the order of the menu, and whether today belongs to each: as src/core/desk reads them. */
export const PERIODS = [
  { name: "yesterday", hasToday: false },
  { name: "7d", hasToday: false },
  { name: "week", hasToday: true },
  { name: "30d", hasToday: false },
  { name: "month", hasToday: true },
  { name: "last-month", hasToday: false },
  { name: "90d", hasToday: false },
  { name: "quarter", hasToday: true },
  { name: "year", hasToday: true },
] as const;

/** The period of a dashboard that names none. */
export const USUAL_PERIOD = "30d";

/** What the address holds of a slice; empty texts: not said. */
export interface Slice {
  /** A named period, or `2026-11-01..2026-11-07`. */
  readonly day: string;
  readonly source: string;
  readonly branch: string;
  /** Free conditions of the filter grammar. */
  readonly filter: string;
}

/** The named period of a slice; null: days of the reader's own. */
export function periodOf(day: string): (typeof PERIODS)[number] | null {
  return PERIODS.find(({ name }) => name === (day === "" ? USUAL_PERIOD : day)) ?? null;
}

/** A value of the grammar: in quotes where it needs them. */
export function quoted(value: string): string {
  return /^[^\s",]+$/.test(value) ? value : `"${value.replaceAll('"', "")}"`;
}

/** The condition of a branch; null: no branch is known. */
export function ofBranch(branchId: string | null): string {
  return branchId === null ? "-has:branch" : `branch:${quoted(branchId)}`;
}

/** A slice as one filter, with further conditions behind it. */
export function filterOf(slice: Slice, ...more: readonly string[]): string {
  const parts = [
    `day:${slice.day === "" ? USUAL_PERIOD : slice.day}`,
    slice.source === "" ? "" : `source:${slice.source}`,
    slice.branch === "" ? "" : ofBranch(slice.branch),
    slice.filter.trim(),
    ...more,
  ];
  return parts.filter((part) => part !== "").join(" ");
}

/** The list behind a number. */
export function listHref(filter: string): string {
  return `/desk?filter=${encodeURIComponent(filter)}`;
}

/** The list behind a number as a file. */
export function fileHref(filter: string, language: string): string {
  return `/api/v1/desk/export?${new URLSearchParams({ filter, format: "xlsx", language })}`;
}

/** The day yyyymmdd as the grammar writes it. */
export function writtenDay(day: number): string {
  const text = String(day);
  return `${text.slice(0, 4)}-${text.slice(4, 6)}-${text.slice(6, 8)}`;
}

/** An instant of the day yyyymmdd that falls on that day in every zone from -6 to +17 hours, ms. */
export function instantOfDay(day: number): number {
  return Date.UTC(Math.floor(day / 10_000), (Math.floor(day / 100) % 100) - 1, day % 100, 6);
}
