// Columns of the inbox: what was said first, then when, for how much, by whom it is worked on and how far that is.
import { type ReactNode, useMemo } from "react";
import { Money } from "../../parts/figures.tsx";
import type { Column } from "../../parts/table.tsx";
import { useSay } from "../../reader.tsx";
import classes from "./desk.module.css";
import {
  AnswerMark,
  type Item,
  PersonMark,
  Rating,
  ratingTone,
  SourceMark,
  StateMark,
  Times,
  useQueueReason,
} from "./marks.tsx";
import { useBranches, useColleagues } from "./names.ts";
import { type OpenBy, OpenDot } from "./presence.tsx";

/** Tags that a row shows; the rest are counted. */
const TAGS_SHOWN = 3;

const NOBODY: OpenBy = new Map();

/** The columns; `openBy`: who has which item open, where that matters. */
export function useDeskColumns(openBy: OpenBy = NOBODY): readonly Column<Item>[] {
  const say = useSay();
  const { branchName } = useBranches();
  const { nameOf } = useColleagues();
  const reasonOf = useQueueReason();
  return useMemo(
    (): readonly Column<Item>[] => [
      {
        id: "words",
        title: say("desk.column.words"),
        isWide: true,
        cell: (item) => (
          <Words
            item={item}
            branch={branchName(item.branchId)}
            reason={reasonOf(item)}
            openBy={openBy.get(item.id)}
          />
        ),
      },
      {
        id: "total",
        title: say("desk.column.total"),
        align: "end",
        cell: (item) => (item.totalMinor === null ? null : <Money minor={item.totalMinor} isShort />),
      },
      { id: "time", title: say("desk.column.time"), cell: (item) => <Times item={item} /> },
      {
        id: "assignee",
        title: say("desk.column.assignee"),
        cell: (item) => (item.assignee === null ? null : <PersonMark name={nameOf(item.assignee)} />),
      },
      {
        id: "state",
        title: say("desk.column.state"),
        cell: (item) => (
          <span className={`${classes.stack} ${classes.states}`}>
            <span>
              <StateMark state={item.state} />
            </span>
            {item.answer !== "no" && item.answer !== "delivered" && (
              <span>
                <AnswerMark answer={item.answer} />
              </span>
            )}
          </span>
        ),
      },
      {
        id: "order",
        title: say("desk.column.order"),
        isHiddenAtFirst: true,
        cell: (item) => <span className="mono">{item.sourceOrderId ?? item.orderId}</span>,
      },
    ],
    [say, branchName, nameOf, reasonOf, openBy],
  );
}

/** The first line of what was said, under its stars. */
function Words(props: {
  readonly item: Item;
  readonly branch: string;
  readonly reason: string | undefined;
  readonly openBy: readonly string[] | undefined;
}): ReactNode {
  const { item } = props;
  const say = useSay();
  const said = (item.comment ?? "").trim();
  return (
    <span className={classes.words} data-tone={ratingTone(item.rating)} title={props.reason}>
      <span className={classes.under}>
        <OpenDot names={props.openBy} />
        <Rating rating={item.rating} />
        <SourceMark source={item.source} />
        <span translate="no">{props.branch}</span>
        {item.isDisputed && <span className={classes.tag}>{say("desk.disputed")}</span>}
      </span>
      {said === "" ? (
        <span className={classes.silent}>{say("desk.noText")}</span>
      ) : (
        <span className={classes.said} translate="no">
          {said}
        </span>
      )}
      {(item.preset !== null || item.tags.length > 0) && (
        <span className={classes.under}>
          {item.preset !== null && (
            <span className={classes.preset} translate="no">
              {item.preset}
            </span>
          )}
          {item.tags.slice(0, TAGS_SHOWN).map((tag) => (
            <span key={tag} className={classes.tag} translate="no">
              {tag}
            </span>
          ))}
          {item.tags.length > TAGS_SHOWN && <span>+{item.tags.length - TAGS_SHOWN}</span>}
        </span>
      )}
    </span>
  );
}
