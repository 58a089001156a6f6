// Rolling windows: 7, 30 and 90 days, the last 200 ratings and weights by age, with why a marketplace's own figure differs.
import { type ReactNode, useId } from "react";
import { deskWindowCalls } from "../../../contract/index.ts";
import { useCall } from "../../api.ts";
import type { AnswerOf } from "../../calls.ts";
import { numberText } from "../../parts/amounts.ts";
import { ErrorState } from "../../parts/error-state.tsx";
import { Section } from "../../parts/page-header.tsx";
import { ListSkeleton } from "../../parts/skeletons.tsx";
import { useReader } from "../../reader.tsx";
import { type Change, type Mean, meanFigure, type Share, shownChange, sourceName } from "./figures.ts";
import classes from "./numbers.module.css";
import { ChangeMark, ShareCell } from "./tile.tsx";

type SourceWindows = AnswerOf<typeof deskWindowCalls.readDeskWindows>["sources"][number];

/** The section. */
export function Windows({ filter }: { readonly filter: string }): ReactNode {
  const { say } = useReader();
  const { data, error, refetch } = useCall(deskWindowCalls.readDeskWindows, { body: { filter } });
  return (
    <Section title={say("numbers.windows.title")} about={say("numbers.windows.about")}>
      {error !== null && <ErrorState error={error} onRetry={() => void refetch()} />}
      {data === undefined && error === null && <ListSkeleton rows={4} />}
      <div className={classes.pair}>
        {data?.sources.map((one) => (
          <SourceTable key={one.source} windows={one} />
        ))}
      </div>
    </Section>
  );
}

function SourceTable({ windows }: { readonly windows: SourceWindows }): ReactNode {
  const { say, language } = useReader();
  const name = sourceName(windows.source, say);
  const { weighted, last } = windows;
  const title = useId();
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, and the keyboard must reach what scrolls.
    <section className={classes.scroll} tabIndex={0} aria-labelledby={title}>
      <strong id={title}>{name}</strong>
      <table className={classes.table}>
        <thead>
          <tr>
            <th scope="col">{say("numbers.windows.window")}</th>
            <th scope="col" className={classes.end}>
              {say("numbers.branches.mean")}
            </th>
            <th scope="col">{say("numbers.branches.low")}</th>
            <th scope="col">{say("numbers.windows.change")}</th>
          </tr>
        </thead>
        <tbody>
          {windows.rolling.map((one) => (
            <Row
              key={one.days}
              title={say("numbers.windows.days", { count: one.days })}
              mean={one.mean}
              low={one.low}
              change={one.change}
            />
          ))}
          <Row
            title={say("numbers.windows.last", { count: last.most })}
            mean={last.mean}
            low={last.low}
            change={null}
          />
          <tr>
            <th scope="row">{say("numbers.windows.weighted")}</th>
            <td className={classes.end}>—</td>
            <td>
              <ShareCell share={weightedShare(weighted)} to={0.5} />
            </td>
            <td />
          </tr>
        </tbody>
      </table>
      <p className={classes.said}>
        {say("numbers.windows.weighted")}:{" "}
        {say("numbers.windows.weightedAbout", {
          days: weighted.halfLifeDays,
          shown: numberText(weighted.effective, language),
        })}
        . {windows.source === "yandex-eats" && say("numbers.windows.lastAbout")}
      </p>
    </section>
  );
}

/** The weighted share as if of its effective number of ratings. */
function weightedShare(weighted: SourceWindows["weighted"]): Share {
  const of = Math.round(weighted.effective);
  if (weighted.kind === "not_enough")
    return { kind: "not_enough", count: 0, of: 0, interval: { low: 0, high: 1 } };
  const { share, interval } = weighted;
  return { kind: "share", count: Math.round(share * of), of, share, interval };
}

function Row(props: {
  readonly title: string;
  readonly mean: Mean;
  readonly low: Share;
  readonly change: Change | null;
}): ReactNode {
  const { say, language } = useReader();
  const told = { say, language };
  const mean = meanFigure(props.mean, told);
  return (
    <tr>
      <th scope="row">{props.title}</th>
      <td className={classes.end} title={mean.note}>
        {mean.value ?? "—"}
      </td>
      <td>
        <ShareCell share={props.low} to={0.5} />
      </td>
      <td>
        {props.change !== null && <ChangeMark change={shownChange(props.change, "points", "down", told)} />}
      </td>
    </tr>
  );
}
