// The work on feedback of one source: how fast, in time or not, what it cost, and what came of it. Nobody is ranked by stars.
import type { ReactNode } from "react";
import { moneyText, numberText } from "../../parts/amounts.ts";
import { Section } from "../../parts/page-header.tsx";
import type { Cell, ShownTable } from "../../parts/shown-table.ts";
import { useReader } from "../../reader.tsx";
import { type Dashboard, type Figure, type Share, shareFigure, shownChange, type Told } from "./figures.ts";
import { listHref } from "./filters.ts";
import classes from "./numbers.module.css";
import { aboutLines, changeCells, valueCells } from "./overview-table.ts";
import type { ViewProps } from "./page.tsx";
import { OneSource, Reading, useNumbers } from "./read-numbers.tsx";
import { useShownTable } from "./shown-table.ts";
import { ChangeMark, Tile } from "./tile.tsx";

type Team = NonNullable<Dashboard["team"]>;

/** The view. */
export function TeamView({ filter, slot }: ViewProps): ReactNode {
  return (
    <OneSource filter={filter}>
      {(source, own) => <SourceTeam key={source} filter={own} slot={slot} />}
    </OneSource>
  );
}

function SourceTeam({ filter, slot }: ViewProps): ReactNode {
  const reader = useReader();
  const read = useNumbers(filter, ["team"]);
  const { data } = read;
  useShownTable(slot, () => (data?.team == null ? null : teamTable(data, data.team, filter, reader)));
  return (
    <Reading read={read}>
      {({ team, sources }) =>
        team !== null && (
          <>
            <Work team={team} numbers={sources[0]} filter={filter} />
            <Recovery team={team} />
          </>
        )
      }
    </Reading>
  );
}

function Work(props: {
  readonly team: Team;
  readonly numbers: Dashboard["sources"][number] | undefined;
  readonly filter: string;
}): ReactNode {
  const { say, language } = useReader();
  const told: Told = { say, language };
  const { team, numbers, filter } = props;
  const count = (value: number): Figure => ({ value: numberText(value, language), note: "" });
  const speed = (which: "median" | "p90"): Figure => {
    const spread = team.firstAnswer;
    if (spread.kind === "not_enough")
      return { value: null, note: say("numbers.tiles.speedFew", { of: spread.of }) };
    return { value: say("numbers.tiles.minutes", { value: numberText(spread[which], language) }), note: "" };
  };
  const age: Figure =
    team.openAgeP90Ms === null
      ? { value: "—", note: "" }
      : count(0) && {
          value: say("numbers.team.hours", { value: numberText(team.openAgeP90Ms / 3_600_000, language, 1) }),
          note: "",
        };
  const tile = (name: string, figure: Figure, more: string): ReactNode => (
    <Tile name={name} figure={figure} change={null} href={listHref(`${filter} ${more}`)} />
  );
  return (
    <Section title={say("numbers.team.title")} about={say("numbers.team.about")}>
      <div className={classes.tiles}>
        {tile(say("numbers.team.median"), speed("median"), "-answered:no")}
        {tile(say("numbers.team.p90"), speed("p90"), "-answered:no")}
        {tile(say("numbers.team.inTime"), shareFigure(team.inTime, told), "-answered:no")}
        {tile(say("numbers.team.overdue"), count(team.overdue), "is:overdue")}
        {numbers !== undefined &&
          tile(
            say("numbers.team.answerRate"),
            shareFigure(numbers.tiles.answerRate, told),
            "answered:delivered",
          )}
        {tile(say("numbers.team.openAge"), age, "state:new,in_progress,waiting")}
        {tile(say("numbers.team.reopened"), shareFigure(team.reopened, told), "")}
        {tile(
          say("numbers.team.promo"),
          { value: moneyText(team.promoMinor, language, { isShort: true }), note: "" },
          "has:promo",
        )}
      </div>
    </Section>
  );
}

function Recovery({ team }: { readonly team: Team }): ReactNode {
  const { say, language } = useReader();
  const told: Told = { say, language };
  const { answered, unanswered, difference } = team.recovery;
  const line = (name: string, share: Share): ReactNode => {
    const figure = shareFigure(share, told);
    return (
      <tr>
        <th scope="row">{name}</th>
        <td>{figure.value ?? say("numbers.noValue")}</td>
        <td className="soft">{figure.note}</td>
      </tr>
    );
  };
  return (
    <Section title={say("numbers.team.recovery")} about={say("numbers.team.recoveryAbout")}>
      <table className={classes.table} aria-label={say("numbers.team.recovery")}>
        <tbody>
          {line(say("numbers.team.answered"), answered)}
          {line(say("numbers.team.unanswered"), unanswered)}
          <tr>
            <th scope="row">{say("numbers.team.difference")}</th>
            <td colSpan={2}>
              <ChangeMark change={shownChange(difference, "points", "up", told)} />
            </td>
          </tr>
        </tbody>
      </table>
    </Section>
  );
}

function teamTable(data: Dashboard, team: Team, filter: string, { say }: Told): ShownTable {
  const { firstAnswer } = team;
  const spread = (which: "median" | "p90"): Cell[] => [
    firstAnswer.of,
    firstAnswer.kind === "spread" ? firstAnswer[which] : null,
    null,
    null,
  ];
  const rate = data.sources[0]?.tiles.answerRate;
  return {
    name: "numbers-work",
    about: aboutLines(filter, say),
    head: [
      say("numbers.file.number"),
      say("numbers.distribution.count"),
      say("numbers.file.share"),
      say("numbers.file.low"),
      say("numbers.file.high"),
    ],
    rows: [
      [say("numbers.team.median"), ...spread("median")],
      [say("numbers.team.p90"), ...spread("p90")],
      [say("numbers.team.inTime"), ...valueCells(team.inTime)],
      [say("numbers.team.overdue"), team.overdue, null, null, null],
      ...(rate === undefined ? [] : [[say("numbers.team.answerRate"), ...valueCells(rate)]]),
      [say("numbers.team.reopened"), ...valueCells(team.reopened)],
      [say("numbers.team.promo"), null, team.promoMinor / 100, null, null],
      [say("numbers.team.answered"), ...valueCells(team.recovery.answered)],
      [say("numbers.team.unanswered"), ...valueCells(team.recovery.unanswered)],
      [say("numbers.team.difference"), ...changeCells(team.recovery.difference, say)],
    ],
  };
}
