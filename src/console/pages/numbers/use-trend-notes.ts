// Notes on the days of the trend that belong to the slice of the dashboard: of its branch and of all, in words with where they hold.
import { useMemo } from "react";
import { trendNoteCalls } from "../../../contract/index.ts";
import { useCall } from "../../api.ts";
import type { AnswerOf } from "../../calls.ts";
import { useReader } from "../../reader.tsx";
import { useBranchNames } from "./branch-names.ts";
import { type Dashboard, sourceName } from "./figures.ts";
import { writtenDay } from "./filters.ts";
import { useSlice } from "./slice.ts";

/** A note. */
export type TrendNote = AnswerOf<typeof trendNoteCalls.listTrendNotes>["notes"][number];

/** Days by source, as the dashboard has them. */
export type TrendOfSources = readonly NonNullable<Dashboard["trend"]>[number][];

/** First and last day of all sources, as dates; null: there are none. */
export function daysShown(trend: TrendOfSources): { readonly from: string; readonly to: string } | null {
  const days = trend.flatMap((one) => one.days.map(({ day }) => day)).sort((left, right) => left - right);
  const [first, last] = [days[0], days.at(-1)];
  return first === undefined || last === undefined ? null : { from: writtenDay(first), to: writtenDay(last) };
}

/** Those of the slice, latest day first. */
export function useTrendNotes(trend: TrendOfSources): readonly TrendNote[] {
  const [{ branch, source }] = useSlice();
  const days = daysShown(trend);
  const read = useCall(
    trendNoteCalls.listTrendNotes,
    { query: days ?? { from: "2000-01-01", to: "2000-01-01" } },
    { isOn: days !== null },
  );
  const all = read.data?.notes;
  return useMemo(
    () =>
      (all ?? []).filter(
        (note) =>
          (branch === "" || note.branchId === null || note.branchId === branch) &&
          (source === "" || note.source === null || note.source === source),
      ),
    [all, branch, source],
  );
}

/** Where a note holds, in words; empty: everywhere. */
export function useNotePlace(): (note: TrendNote) => string {
  const { say } = useReader();
  const { nameOf } = useBranchNames();
  return ({ branchId, source }) =>
    [branchId === null ? "" : nameOf(branchId), source === null ? "" : sourceName(source, say)]
      .filter((word) => word !== "")
      .join(", ");
}
