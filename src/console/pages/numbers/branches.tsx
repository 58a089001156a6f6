// Branches of one source: who needs attention by a bound that small numbers cannot fool, and the funnel that shames nobody.
import { type ReactNode, useMemo } from "react";
import { Link } from "wouter";
import { numberText } from "../../parts/amounts.ts";
import { EmptyState } from "../../parts/empty-state.tsx";
import { Section } from "../../parts/page-header.tsx";
import type { ShownTable } from "../../parts/shown-table.ts";
import { type Column, DataTable } from "../../parts/table.tsx";
import { useReader } from "../../reader.tsx";
import { Funnel } from "./branch-funnel.tsx";
import { useBranchNames } from "./branch-names.ts";
import { type Branch, inAttentionOrder, ratingsOf } from "./branch-order.ts";
import { Spark } from "./branch-spark.tsx";
import { meanFigure, starsText, type Told } from "./figures.ts";
import { listHref, ofBranch } from "./filters.ts";
import classes from "./numbers.module.css";
import { aboutLines, valueCells } from "./overview-table.ts";
import type { ViewProps } from "./page.tsx";
import { OneSource, Reading, useNumbers } from "./read-numbers.tsx";
import { useShownTable } from "./shown-table.ts";
import { ShareCell } from "./tile.tsx";

/** The view. */
export function BranchesView({ filter, slot }: ViewProps): ReactNode {
  return (
    <OneSource filter={filter}>
      {(source, own) => <SourceBranches key={source} filter={own} slot={slot} />}
    </OneSource>
  );
}

function SourceBranches({ filter, slot }: ViewProps): ReactNode {
  const reader = useReader();
  const { say } = reader;
  const { nameOf } = useBranchNames();
  const read = useNumbers(filter, ["branches"]);
  const branches = useMemo(() => inAttentionOrder(read.data?.branches ?? []), [read.data]);
  const named = (branch: Branch): string =>
    branch.branchId === null ? say("numbers.branch.unknown") : nameOf(branch.branchId);
  useShownTable(slot, () => branchTable(branches, filter, named, reader));
  const columns = columnsOf(filter, named, reader);
  return (
    <Reading read={read}>
      {() => (
        <>
          <Section title={say("numbers.branches.title")} about={say("numbers.branches.about")}>
            <DataTable
              name="number-branches"
              label={say("numbers.branches.title")}
              columns={columns}
              list={{ rows: branches, isPending: false, error: null }}
              idOf={(branch) => branch.branchId ?? ""}
              empty={<EmptyState title={say("numbers.branches.empty")} />}
            />
          </Section>
          <Section title={say("numbers.branches.funnel")} about={say("numbers.branches.funnelAbout")}>
            <Funnel branches={branches} nameOf={named} />
          </Section>
        </>
      )}
    </Reading>
  );
}

/** A number is sorted by only where the order says nothing of quality, or where the place bears it: never by a raw mean. */
function columnsOf(filter: string, named: (branch: Branch) => string, told: Told): readonly Column<Branch>[] {
  const { say, language } = told;
  const link = (branch: Branch, more: string, text: ReactNode): ReactNode => (
    <Link href={listHref(`${filter} ${ofBranch(branch.branchId)} ${more}`.trim())}>{text}</Link>
  );
  return [
    {
      id: "name",
      title: say("numbers.branches.name"),
      cell: (branch) => link(branch, "", <span translate="no">{named(branch)}</span>),
      sortBy: named,
      isWide: true,
    },
    {
      id: "place",
      title: say("numbers.branches.place"),
      cell: ({ attention }) =>
        attention.kind === "rank" ? (
          <span className={classes.place} data-rank={attention.place}>
            {say("numbers.branches.placeText", { place: attention.place })}
          </span>
        ) : (
          <span className={`soft ${classes.place}`}>{say("numbers.branches.unranked")}</span>
        ),
      sortBy: ({ attention }) => (attention.kind === "rank" ? attention.place : null),
    },
    { id: "trend", title: say("numbers.branches.trend"), cell: ({ weeks }) => <Spark weeks={weeks} /> },
    {
      id: "count",
      title: say("numbers.branches.count"),
      cell: (branch) => link(branch, "rating:1..5", numberText(ratingsOf(branch), language)),
      sortBy: ratingsOf,
      align: "end",
    },
    {
      id: "low",
      title: say("numbers.branches.low"),
      cell: (branch) => link(branch, "rating:1..2", <ShareCell share={branch.tiles.low} to={0.5} />),
    },
    ...valueColumns(told),
    {
      id: "open",
      title: say("numbers.branches.open"),
      cell: (branch) =>
        link(branch, "state:new,in_progress,waiting", numberText(branch.tiles.open, language)),
      sortBy: ({ tiles }) => tiles.open,
      align: "end",
    },
  ];
}

/** Values of a branch that nothing is sorted by. */
function valueColumns(told: Told): readonly Column<Branch>[] {
  const { say, language } = told;
  return [
    {
      id: "mean",
      title: say("numbers.branches.mean"),
      cell: ({ tiles }) => (tiles.mean.kind === "mean" ? meanFigure(tiles.mean, told).value : "—"),
      align: "end",
    },
    {
      id: "shrunk",
      title: say("numbers.branches.shrunk"),
      cell: ({ shrunkMean }) => (shrunkMean === null ? "—" : starsText(shrunkMean, language)),
      align: "end",
    },
    {
      id: "response",
      title: say("numbers.branches.response"),
      cell: ({ tiles: { response } }) =>
        response.kind === "response" ? (
          <ShareCell share={response.rate} />
        ) : (
          <span className="soft">{say("numbers.tiles.notMeasurable")}</span>
        ),
      isHiddenAtFirst: true,
    },
    {
      id: "answers",
      title: say("numbers.branches.answers"),
      cell: ({ tiles }) => <ShareCell share={tiles.answerRate} />,
      isHiddenAtFirst: true,
    },
  ];
}

function branchTable(
  branches: readonly Branch[],
  filter: string,
  named: (branch: Branch) => string,
  { say }: Told,
): ShownTable {
  return {
    name: "numbers-branches",
    about: aboutLines(filter, say),
    head: [
      say("numbers.branches.name"),
      say("numbers.branches.place"),
      say("numbers.branches.count"),
      say("numbers.branches.low"),
      say("numbers.file.low"),
      say("numbers.file.high"),
      say("numbers.branches.mean"),
      say("numbers.branches.shrunk"),
      say("numbers.branches.open"),
    ],
    rows: branches.map((branch) => [
      named(branch),
      branch.attention.kind === "rank" ? branch.attention.place : say("numbers.branches.unranked"),
      ...valueCells(branch.tiles.low),
      branch.tiles.mean.kind === "mean" ? branch.tiles.mean.mean : null,
      branch.shrunkMean,
      branch.tiles.open,
    ]),
  };
}
