// The overview: five tiles a source, the distribution side by side, the trend with what luck fills, rolling windows.
import type { ReactNode } from "react";
import { numberText } from "../../parts/amounts.ts";
import { Section } from "../../parts/page-header.tsx";
import { useReader } from "../../reader.tsx";
import { Distribution } from "./distribution.tsx";
import {
  endsText,
  type Figure,
  meanFigure,
  type SourceNumbers,
  shareFigure,
  shareText,
  shownChange,
  sourceName,
  type Told,
} from "./figures.ts";
import { listHref } from "./filters.ts";
import classes from "./numbers.module.css";
import { overviewTable } from "./overview-table.ts";
import type { ViewProps } from "./page.tsx";
import { Reading, useNumbers } from "./read-numbers.tsx";
import { useShownTable } from "./shown-table.ts";
import { Tile } from "./tile.tsx";
import { TrendSection } from "./trend.tsx";
import { useNotePlace, useTrendNotes } from "./use-trend-notes.ts";
import { Windows } from "./windows.tsx";

/** The view. */
export function Overview({ filter, slot }: ViewProps): ReactNode {
  const reader = useReader();
  const read = useNumbers(filter, ["trend"]);
  const { data } = read;
  const notes = useTrendNotes(data?.trend ?? []);
  const placeOf = useNotePlace();
  const lines = notes.map((note) => [note.day, placeOf(note), note.text]);
  useShownTable(slot, () => (data === undefined ? null : overviewTable(data, filter, lines, reader)));
  return (
    <Reading read={read}>
      {(numbers) => (
        <>
          {numbers.sources.map((one) => (
            <SourceTiles key={one.source} numbers={one} filter={filter} />
          ))}
          <Distribution sources={numbers.sources} filter={filter} />
          <TrendSection trend={numbers.trend ?? []} filter={filter} />
          <Windows filter={filter} />
        </>
      )}
    </Reading>
  );
}

/** The five tiles of a source. */
function SourceTiles({
  numbers,
  filter,
}: {
  readonly numbers: SourceNumbers;
  readonly filter: string;
}): ReactNode {
  const { say, language } = useReader();
  const told: Told = { say, language };
  const { tiles, changes, warnings, source } = numbers;
  const own = `${filter} source:${source}`;
  const changed = (name: "mean" | "satisfied" | "low", better: "up" | "down") =>
    shownChange(changes?.[name] ?? null, name === "mean" ? "stars" : "points", better, told);
  return (
    <Section
      title={sourceName(source, say)}
      about={changes === null ? undefined : say("numbers.change.against")}
    >
      <div className={classes.tiles} data-source={source}>
        <Tile
          name={say("numbers.tiles.mean")}
          figure={meanFigure(tiles.mean, told)}
          change={changed("mean", "up")}
          href={listHref(`${own} rating:1..5`)}
        />
        <Tile
          name={say("numbers.tiles.satisfied")}
          figure={shareFigure(tiles.satisfied, told)}
          change={changed("satisfied", "up")}
          href={listHref(`${own} rating:4..5`)}
          more={
            tiles.bias === null
              ? null
              : say("numbers.tiles.bias", {
                  ends: endsText(tiles.bias, (end) => shareText(end, language), say),
                })
          }
        />
        <Tile
          name={say("numbers.tiles.low")}
          figure={shareFigure(tiles.low, told)}
          change={changed("low", "down")}
          href={listHref(`${own} rating:1..2`)}
        />
        <ResponseTile numbers={numbers} filter={own} />
        <SpeedTile filter={own} />
      </div>
      {warnings.length > 0 && <p className={classes.warning}>{say("numbers.shift")}</p>}
    </Section>
  );
}

/** How many of those who were asked answered. */
function ResponseTile({
  numbers,
  filter,
}: {
  readonly numbers: SourceNumbers;
  readonly filter: string;
}): ReactNode {
  const { say, language } = useReader();
  const told: Told = { say, language };
  const { response } = numbers.tiles;
  const isMeasured = response.kind === "response";
  return (
    <Tile
      name={say("numbers.tiles.response")}
      figure={responseFigure(numbers, told)}
      change={isMeasured ? shownChange(numbers.changes?.response ?? null, "points", "up", told) : null}
      href={listHref(`${filter} is:asked`)}
      more={isMeasured && response.arrivingFrom !== null ? say("numbers.tiles.arriving") : null}
    />
  );
}

function responseFigure({ tiles }: SourceNumbers, told: Told): Figure {
  const { say } = told;
  if (tiles.response.kind === "response") return shareFigure(tiles.response.rate, told);
  return {
    value: null,
    none: say("numbers.tiles.notMeasurable"),
    note: say("numbers.tiles.notMeasurableText"),
  };
}

/** How long the first answer took: read apart, since it is of one source's items only. */
function SpeedTile({ filter }: { readonly filter: string }): ReactNode {
  const { say, language } = useReader();
  const { data } = useNumbers(filter, ["team"]);
  const spread = data?.team?.firstAnswer;
  const minutes = (value: number): string =>
    say("numbers.tiles.minutes", { value: numberText(value, language) });
  const figure: Figure =
    spread === undefined
      ? { value: "…", note: "" }
      : spread.kind === "spread"
        ? {
            value: minutes(spread.median),
            note: say("numbers.tiles.speedText", { p90: minutes(spread.p90) }),
          }
        : { value: null, note: say("numbers.tiles.speedFew", { of: spread.of }) };
  return (
    <Tile
      name={say("numbers.tiles.speed")}
      figure={figure}
      change={null}
      href={listHref(`${filter} -answered:no`)}
    />
  );
}
