// Causes within one source: topics against what is expected, time on the way, hours of the week, dishes. Associations, never blame.
import type { ReactNode } from "react";
import { Link } from "wouter";
import { numberText } from "../../parts/amounts.ts";
import { EmptyState } from "../../parts/empty-state.tsx";
import { Section } from "../../parts/page-header.tsx";
import type { ShownTable } from "../../parts/shown-table.ts";
import { useReader } from "../../reader.tsx";
import { useBranchNames } from "./branch-names.ts";
import { Dishes } from "./dishes.tsx";
import type { Dashboard, Told } from "./figures.ts";
import { listHref, ofBranch, quoted } from "./filters.ts";
import { Hours } from "./hours.tsx";
import classes from "./numbers.module.css";
import { aboutLines, valueCells } from "./overview-table.ts";
import type { ViewProps } from "./page.tsx";
import { OneSource, Reading, useNumbers } from "./read-numbers.tsx";
import { useShownTable } from "./shown-table.ts";
import { ShareCell } from "./tile.tsx";

type Topic = NonNullable<Dashboard["topics"]>[number];
type Bucket = NonNullable<Dashboard["lateness"]>[number];

/** The view. */
export function CausesView({ filter, slot }: ViewProps): ReactNode {
  return (
    <OneSource filter={filter}>
      {(source, own) => <SourceCauses key={source} filter={own} slot={slot} />}
    </OneSource>
  );
}

function SourceCauses({ filter, slot }: ViewProps): ReactNode {
  const reader = useReader();
  const { say } = reader;
  const read = useNumbers(filter, ["topics", "lateness", "hours", "dishes"]);
  const { data } = read;
  useShownTable(slot, () => (data === undefined ? null : causesTable(data, filter, reader)));
  return (
    <Reading read={read}>
      {({ topics, lateness, hours, dishes, dishOrders }) => (
        <>
          <Section title={say("numbers.causes.topics")} about={say("numbers.causes.topicsAbout")}>
            <Topics topics={inExcessOrder(topics ?? [])} filter={filter} />
          </Section>
          <Section title={say("numbers.causes.lateness")} about={say("numbers.causes.latenessAbout")}>
            <Lateness buckets={lateness ?? []} filter={filter} />
          </Section>
          <Section title={say("numbers.causes.hours")} about={say("numbers.causes.hoursAbout")}>
            <Hours cells={hours ?? []} />
          </Section>
          <Section title={say("numbers.causes.dishes")} about={say("numbers.causes.dishesAbout")}>
            <Dishes dishes={dishes ?? []} orders={dishOrders ?? 0} filter={filter} />
          </Section>
        </>
      )}
    </Reading>
  );
}

/** Excesses first, by their lower bound; the rest by count. */
export function inExcessOrder(topics: readonly Topic[]): Topic[] {
  const bound = (topic: Topic): number => (topic.kind === "excess" ? (topic.bound ?? 0) : 0);
  return [...topics].sort((left, right) => bound(right) - bound(left) || right.observed - left.observed);
}

/** Rows that are shown: nobody reads more. */
const TOPICS_SHOWN = 30;

function Topics({
  topics,
  filter,
}: {
  readonly topics: readonly Topic[];
  readonly filter: string;
}): ReactNode {
  const { say, language } = useReader();
  const { nameOf } = useBranchNames();
  if (topics.length === 0)
    return <EmptyState title={say("numbers.causes.noTopics")} text={say("numbers.causes.noTopicsText")} />;
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, and the keyboard must reach what scrolls.
    <section className={classes.scroll} tabIndex={0} aria-label={say("numbers.causes.topics")}>
      <table className={classes.table}>
        <thead>
          <tr>
            <th scope="col">{say("numbers.causes.topic")}</th>
            <th scope="col">{say("numbers.branches.name")}</th>
            <th scope="col" className={classes.end}>
              {say("numbers.causes.observed")}
            </th>
            <th scope="col" className={classes.end}>
              {say("numbers.causes.expected")}
            </th>
            <th scope="col">{say("numbers.causes.excess")}</th>
          </tr>
        </thead>
        <tbody>
          {topics.slice(0, TOPICS_SHOWN).map((topic) => (
            <tr key={`${topic.branch} ${topic.topic}`}>
              <th scope="row" translate="no">
                {topic.topic}
              </th>
              <td translate="no">{topic.branch === null ? "—" : nameOf(topic.branch)}</td>
              <td className={classes.end}>
                <Link href={listHref(`${filter} ${ofBranch(topic.branch)} topic:${quoted(topic.topic)}`)}>
                  {numberText(topic.observed, language)}
                </Link>
              </td>
              <td className={classes.end}>{numberText(topic.expected, language, 1)}</td>
              <td>
                <Excess topic={topic} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

function Excess({ topic }: { readonly topic: Topic }): ReactNode {
  const { say, language } = useReader();
  if (topic.kind === "not_enough") return <span className="soft">{say("numbers.causes.usual")}</span>;
  const text = (value: number | undefined): string => numberText(value ?? 0, language, 1);
  return (
    <span className={classes.change} data-tone="bad">
      {say("numbers.causes.excessText", { ratio: text(topic.ratio), bound: text(topic.bound) })}
    </span>
  );
}

/** Minutes of a tenth in words. */
function bucketText({ from, to }: Bucket, { say }: Told): string {
  return to === null ? say("numbers.causes.longer", { from }) : say("numbers.causes.minutes", { from, to });
}

function Lateness({
  buckets,
  filter,
}: {
  readonly buckets: readonly Bucket[];
  readonly filter: string;
}): ReactNode {
  const reader = useReader();
  const { say } = reader;
  if (buckets.length === 0) return <p className="soft">{say("numbers.causes.noLateness")}</p>;
  return (
    <table className={classes.table} aria-label={say("numbers.causes.lateness")}>
      <thead>
        <tr>
          <th scope="col">{say("numbers.causes.bucket")}</th>
          <th scope="col">{say("numbers.branches.low")}</th>
        </tr>
      </thead>
      <tbody>
        {buckets.map((bucket) => {
          const late = bucket.to === null ? `late:>=${bucket.from}m` : `late:${bucket.from}m..${bucket.to}m`;
          return (
            <tr key={`${bucket.from} ${bucket.to}`}>
              <th scope="row">{bucketText(bucket, reader)}</th>
              <td>
                <Link href={listHref(`${filter} ${late} rating:1..2`)}>
                  <ShareCell share={bucket.low} to={0.5} />
                </Link>
              </td>
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}

function causesTable(data: Dashboard, filter: string, told: Told): ShownTable {
  const { say } = told;
  return {
    name: "numbers-causes",
    about: aboutLines(filter, say),
    head: [
      say("numbers.view.causes"),
      say("numbers.file.number"),
      say("numbers.branches.count"),
      say("numbers.branches.low"),
      say("numbers.file.low"),
      say("numbers.file.high"),
    ],
    rows: [
      ...inExcessOrder(data.topics ?? []).map((topic) => [
        say("numbers.causes.topics"),
        `${topic.topic}${topic.branch === null ? "" : ` (${topic.branch})`}`,
        topic.observed,
        topic.kind === "excess" ? (topic.ratio ?? null) : null,
        topic.kind === "excess" ? (topic.bound ?? null) : null,
        null,
      ]),
      ...(data.lateness ?? []).map((bucket) => [
        say("numbers.causes.lateness"),
        bucketText(bucket, told),
        ...valueCells(bucket.low),
      ]),
      ...(data.dishes ?? []).map(({ name, odds }) => [
        say("numbers.causes.dishes"),
        name,
        odds.of,
        odds.kind === "associated" ? odds.odds : null,
        odds.kind === "associated" ? odds.interval.low : null,
        odds.kind === "associated" ? odds.interval.high : null,
      ]),
    ],
  };
}
