// Two slices side by side, source by source, each difference with its interval; two sources against each other with a warning.
import { type ReactNode, useMemo } from "react";
import { Link } from "wouter";
import { deskNumberCalls } from "../../../contract/index.ts";
import { changeOf, meanChange, type Stars } from "../../../core/numbers/index.ts";
import { useCall } from "../../api.ts";
import type { AnswerOf } from "../../calls.ts";
import { EmptyState } from "../../parts/empty-state.tsx";
import { ErrorState } from "../../parts/error-state.tsx";
import { Section } from "../../parts/page-header.tsx";
import type { ShownTable } from "../../parts/shown-table.ts";
import { ListSkeleton } from "../../parts/skeletons.tsx";
import { useReader } from "../../reader.tsx";
import {
  type Change,
  type ChangeUnit,
  differenceText,
  endsText,
  type Figure,
  meanFigure,
  shareFigure,
  shownChange,
  sourceName,
  type Tiles,
  type Told,
} from "./figures.ts";
import { filterOf, listHref } from "./filters.ts";
import classes from "./numbers.module.css";
import { aboutLines, changeCells, valueCells } from "./overview-table.ts";
import type { ViewProps } from "./page.tsx";
import { useShownTable } from "./shown-table.ts";
import { useSecondSlice, useSlice } from "./slice.ts";
import { SliceLine } from "./slice-line.tsx";
import { ChangeMark } from "./tile.tsx";

/** What is told of two slices. */
export type Compared = AnswerOf<typeof deskNumberCalls.compareDeskNumbers>["sources"][number];

/** When each slice is of one source and the two differ, they are compared with each other. */
export function acrossSources(sources: readonly Compared[], first: string, second: string): Compared | null {
  if (first === "" || second === "" || first === second) return null;
  const [a, b] = [
    sources.find(({ source }) => source === first)?.first,
    sources.find(({ source }) => source === second)?.second,
  ];
  if (a === undefined || b === undefined) return null;
  const few: Change = { kind: "not_enough" };
  const rates = [a.response, b.response] as const;
  const changes = {
    mean: meanChange(starsOf(a), starsOf(b)) as Change,
    satisfied: changeOf(a.satisfied, b.satisfied) as Change,
    low: changeOf(a.low, b.low) as Change,
    response:
      rates[0].kind === "response" && rates[1].kind === "response"
        ? (changeOf(rates[0].ripe, rates[1].ripe) as Change)
        : few,
    answerRate: changeOf(a.answerRate, b.answerRate) as Change,
  };
  return { source: `${first} ${second}`, first: a, second: b, changes, warnings: [] };
}

function starsOf({ stars }: Tiles): Stars {
  const [one = 0, two = 0, three = 0, four = 0, five = 0] = stars;
  return [one, two, three, four, five];
}

/** The view. */
export function ComparisonView({ filter, slot }: ViewProps): ReactNode {
  const reader = useReader();
  const { say } = reader;
  const [slice] = useSlice();
  const state = useSecondSlice();
  // Left to itself the second slice is the period before the usual one.
  const second = useMemo(
    () => filterOf({ ...state[0], day: state[0].day === "" ? "last-month" : state[0].day }),
    [state[0]],
  );
  const shown: typeof state = [
    { ...state[0], day: state[0].day === "" ? "last-month" : state[0].day },
    state[1],
  ];
  const { data, error, refetch } = useCall(deskNumberCalls.compareDeskNumbers, {
    body: { first: filter, second },
  });
  const across = data === undefined ? null : acrossSources(data.sources, slice.source, state[0].source);
  const tables = across !== null ? [across] : (data?.sources ?? []);
  useShownTable(slot, () => (data === undefined ? null : comparisonTable(tables, filter, second, reader)));
  return (
    <>
      <p className={classes.said}>{say("numbers.comparison.about")}</p>
      <Section title={say("numbers.comparison.second")} about={say("numbers.comparison.firstOnly")}>
        <SliceLine state={shown} hasFree />
      </Section>
      {error !== null && <ErrorState error={error} onRetry={() => void refetch()} />}
      {data === undefined && error === null && <ListSkeleton rows={6} />}
      {data !== undefined && tables.length === 0 && <EmptyState title={say("numbers.comparison.nothing")} />}
      {across !== null && <p className={classes.warning}>{say("numbers.comparison.apart")}</p>}
      {tables.map((one) => (
        <Difference key={one.source} compared={one} first={filter} second={second} />
      ))}
    </>
  );
}

/** Names of one source, or of the two that are compared. */
function titleOf(source: string, told: Told): string {
  return source
    .split(" ")
    .map((one) => sourceName(one, told.say))
    .join(" — ");
}

/** The lines of the table. */
function linesOf({ first, second, changes }: Compared, { say }: Told) {
  const rate = ({ response }: Tiles) => (response.kind === "response" ? response.ripe : null);
  return [
    {
      name: say("numbers.tiles.mean"),
      unit: "stars",
      better: "up",
      more: "rating:1..5",
      of: [first.mean, second.mean],
      change: changes.mean,
    },
    {
      name: say("numbers.tiles.satisfied"),
      unit: "points",
      better: "up",
      more: "rating:4..5",
      of: [first.satisfied, second.satisfied],
      change: changes.satisfied,
    },
    {
      name: say("numbers.tiles.low"),
      unit: "points",
      better: "down",
      more: "rating:1..2",
      of: [first.low, second.low],
      change: changes.low,
    },
    {
      name: say("numbers.tiles.response"),
      unit: "points",
      better: "up",
      more: "is:asked",
      of: [rate(first), rate(second)],
      change: changes.response,
    },
    {
      name: say("numbers.team.answerRate"),
      unit: "points",
      better: "up",
      more: "answered:delivered",
      of: [first.answerRate, second.answerRate],
      change: changes.answerRate,
    },
  ] as const;
}

type Line = ReturnType<typeof linesOf>[number];

function figureOf(value: Line["of"][number], told: Told): Figure {
  if (value === null) return { value: null, none: told.say("numbers.tiles.notMeasurable"), note: "" };
  return value.kind === "mean" || value.kind === "shrunk" || !("count" in value)
    ? meanFigure(value, told)
    : shareFigure(value, told);
}

function Difference(props: {
  readonly compared: Compared;
  readonly first: string;
  readonly second: string;
}): ReactNode {
  const { say, language } = useReader();
  const told: Told = { say, language };
  const title = titleOf(props.compared.source, told);
  const [one = "", other = one] = props.compared.source.split(" ");
  const filters = [`${props.first} source:${one}`, `${props.second} source:${other}`] as const;
  return (
    <Section title={title}>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, and the keyboard must reach what scrolls. */}
      <section className={classes.scroll} tabIndex={0} aria-label={title}>
        <table className={classes.table} data-comparison={props.compared.source}>
          <thead>
            <tr>
              <th scope="col">{say("numbers.comparison.number")}</th>
              <th scope="col">{say("numbers.comparison.first")}</th>
              <th scope="col">{say("numbers.comparison.second")}</th>
              <th scope="col">{say("numbers.comparison.difference")}</th>
            </tr>
          </thead>
          <tbody>
            {linesOf(props.compared, told).map((line) => (
              <tr key={line.name}>
                <th scope="row">{line.name}</th>
                {line.of.map((value, index) => {
                  const figure = figureOf(value, told);
                  return (
                    // biome-ignore lint/suspicious/noArrayIndexKey: the first and the second.
                    <td key={index}>
                      <Link href={listHref(`${filters[index === 0 ? 0 : 1]} ${line.more}`)}>
                        {figure.value ?? figure.none ?? say("numbers.noValue")}
                      </Link>
                      <br />
                      <span className={classes.note}>{figure.note}</span>
                    </td>
                  );
                })}
                <td>
                  <ChangeMark change={shownChange(line.change, line.unit, line.better, told)} />
                  <br />
                  <span className={classes.note}>{likely(line.change, line.unit, told)}</span>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </section>
      {props.compared.warnings.length > 0 && <p className={classes.warning}>{say("numbers.shift")}</p>}
    </Section>
  );
}

/** The interval of a difference; without enough data there is none. */
function likely(change: Change, unit: ChangeUnit, told: Told): string {
  if (change.kind === "not_enough") return "";
  const ends = endsText(change.interval, (end) => differenceText(end, unit, told), told.say);
  return told.say("numbers.comparison.likely", { ends });
}

function comparisonTable(all: readonly Compared[], first: string, second: string, told: Told): ShownTable {
  const { say } = told;
  const head = ["branches.count", "file.share", "file.low", "file.high"] as const;
  const side = (name: "first" | "second"): string[] =>
    head.map((key) => `${say(`numbers.comparison.${name}`)}: ${say(`numbers.${key}`)}`);
  return {
    name: "numbers-comparison",
    about: [...aboutLines(first, say), ...aboutLines(second, say).slice(0, 1)],
    head: [
      say("numbers.source.name"),
      say("numbers.comparison.number"),
      ...side("first"),
      ...side("second"),
      say("numbers.file.kind"),
      say("numbers.file.difference"),
    ],
    rows: all.flatMap((one) =>
      linesOf(one, told).map((line) => [
        titleOf(one.source, told),
        line.name,
        ...line.of.flatMap((value) => (value === null ? [null, null, null, null] : valueCells(value))),
        ...changeCells(line.change, say),
      ]),
    ),
  };
}
