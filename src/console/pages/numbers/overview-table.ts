// The overview as a table: where the data bear no value the cell is empty and the verdict says so.

import type { Cell, ShownTable } from "../../parts/shown-table.ts";
import type { Reader } from "../../reader.tsx";
import { type Change, type Dashboard, type Mean, type Share, sourceName } from "./figures.ts";

/** Cells of a value: number of ratings, value, both ends. */
export function valueCells(value: Share | Mean): Cell[] {
  switch (value.kind) {
    case "share":
      return [value.of, value.share, value.interval.low, value.interval.high];
    case "mean":
      return [value.of, value.mean, value.interval.low, value.interval.high];
    case "shrunk":
      return [value.of, value.mean, null, null];
    default:
      return [value.of, null, null, null];
  }
}

/** Cells of a change: the verdict, and the difference only where it is beyond luck. */
export function changeCells(change: Change | null, say: Reader["say"]): Cell[] {
  if (change === null) return [say("numbers.change.open"), null];
  if (change.kind === "changed") return [say(`numbers.change.${change.direction}`), change.difference];
  return [say(change.kind === "not_enough" ? "numbers.change.few" : "numbers.change.unclear"), null];
}

/** The first lines of every file. */
export function aboutLines(filter: string, say: Reader["say"]): string[] {
  return [say("numbers.file.period", { filter }), say("numbers.file.honest")];
}

/** The five numbers of every source. */
export function overviewTable(
  data: Dashboard,
  filter: string,
  notes: readonly (readonly Cell[])[],
  { say }: Reader,
): ShownTable {
  const rows = data.sources.flatMap(({ source, tiles, changes }) => {
    const line = (name: string, value: Share | Mean, change: Change | null): Cell[] => [
      sourceName(source, say),
      name,
      ...valueCells(value),
      ...changeCells(change, say),
    ];
    return [
      line(say("numbers.tiles.mean"), tiles.mean, changes?.mean ?? null),
      line(say("numbers.tiles.satisfied"), tiles.satisfied, changes?.satisfied ?? null),
      line(say("numbers.tiles.low"), tiles.low, changes?.low ?? null),
      ...(tiles.response.kind === "response"
        ? [line(say("numbers.tiles.response"), tiles.response.rate, changes?.response ?? null)]
        : []),
      line(say("numbers.team.answerRate"), tiles.answerRate, changes?.answerRate ?? null),
    ];
  });
  return {
    name: "numbers-overview",
    about: aboutLines(filter, say),
    head: [
      say("numbers.source.name"),
      say("numbers.file.number"),
      say("numbers.branches.count"),
      say("numbers.file.share"),
      say("numbers.file.low"),
      say("numbers.file.high"),
      say("numbers.file.kind"),
      say("numbers.file.difference"),
    ],
    rows,
    beneath:
      notes.length === 0
        ? []
        : [[say("numbers.notes.day"), say("numbers.notes.place"), say("numbers.notes.name")], ...notes],
  };
}
