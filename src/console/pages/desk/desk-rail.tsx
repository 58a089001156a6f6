// The left side of the inbox: queues, saved views and outlets, each with a count of the same filter as its list.
import { useQueryClient } from "@tanstack/react-query";
import { type ReactNode, useEffect, useRef } from "react";
import { Link } from "wouter";
import { deskCalls } from "../../../contract/index.ts";
import { numberText } from "../../parts/amounts.ts";
import { useReader } from "../../reader.tsx";
import { useMay } from "../../session.tsx";
import classes from "./desk.module.css";
import { isSameFilter } from "./filter-text.ts";
import { deskAddress } from "./queues.ts";
import { type RailLine, useRail } from "./rail-lines.ts";

/** What the inbox's own counts are read again by after work. */
export function useRecount(): () => void {
  const client = useQueryClient();
  return () => void client.invalidateQueries({ queryKey: [deskCalls.countDeskItems.id] });
}

/** The rail; `filter` is the list that is open. */
export function DeskRail({ filter }: { readonly filter: string }): ReactNode {
  const { say } = useReader();
  const { queues, saved, outlets, countOf } = useRail();
  const group = (name: string, all: readonly RailLine[]): ReactNode =>
    all.length === 0 ? null : <Group name={name} lines={all} filter={filter} countOf={countOf} />;
  const rail = useRef<HTMLElement>(null);
  // On a phone the lists stand in a row: the open one must be seen.
  // biome-ignore lint/correctness/useExhaustiveDependencies: another list is open.
  useEffect(() => {
    const open = rail.current?.querySelector<HTMLElement>('[aria-current="page"]');
    if (rail.current !== null && open) rail.current.scrollLeft = open.offsetLeft - 16;
  }, [filter]);
  return (
    <nav ref={rail} className={classes.rail} aria-label={say("desk.lists")}>
      {group(say("desk.lists"), queues)}
      {group(say("desk.views"), saved)}
      {group(say("desk.branches"), outlets)}
      <Elsewhere />
    </nav>
  );
}

function Group(props: {
  readonly name: string;
  readonly lines: readonly RailLine[];
  readonly filter: string;
  readonly countOf: (line: RailLine) => { readonly count: number; readonly isMore: boolean } | undefined;
}): ReactNode {
  const { language } = useReader();
  return (
    <div className={classes.railGroup}>
      <div className={classes.railName}>{props.name}</div>
      <ul>
        {props.lines.map((line) => {
          const counted = props.countOf(line);
          return (
            <li key={line.id}>
              <Link
                href={deskAddress(line)}
                className={classes.railLink}
                aria-current={isSameFilter(line.filter, props.filter) ? "page" : undefined}
              >
                <span className={classes.railText}>{line.name}</span>
                {counted !== undefined && (
                  <span className={classes.railCount}>
                    {numberText(counted.count, language)}
                    {counted.isMore && "+"}
                  </span>
                )}
              </Link>
            </li>
          );
        })}
      </ul>
    </div>
  );
}

/** The desk's other pages. */
function Elsewhere(): ReactNode {
  const { say } = useReader();
  const mayAnswer = useMay("answers:read");
  return (
    <div className={classes.railGroup}>
      <ul>
        {mayAnswer && (
          <li>
            <Link href="/desk/approvals" className={classes.railLink}>
              {say("pages.deskApprovals")}
            </Link>
          </li>
        )}
        <li>
          <Link href="/desk/settings" className={classes.railLink}>
            {say("pages.deskSettings")}
          </Link>
        </li>
      </ul>
    </div>
  );
}
