// Each of many answers with its own text: to whom it goes, why it does not, what became of it.
import type { ReactNode } from "react";
import { StateBadge, type Tone } from "../../parts/state-badge.tsx";
import { useReader } from "../../reader.tsx";
import classes from "./desk.module.css";
import { Rating } from "./marks.tsx";
import { useBranches } from "./names.ts";
import { deskAddress } from "./queues.ts";
import { RemarkText } from "./remarks.tsx";
import type { Entry, Fate, Outcome } from "./use-many.ts";

const TONES: Readonly<Record<Fate, Tone>> = {
  queued: "calm",
  refused: "warn",
  taken_back: "quiet",
  too_late: "warn",
  not_sent: "warn",
};

/** Entries under a heading; nothing where there are none. */
export function ManyList(props: {
  readonly title: string;
  readonly entries: readonly Entry[];
  /** True: what keeps each back is told. */
  readonly hasReasons?: boolean;
}): ReactNode {
  if (props.entries.length === 0) return null;
  return (
    <section data-many={props.hasReasons === true ? "stays" : "goes"}>
      <h3>{props.title}</h3>
      <ul className={classes.many}>
        {props.entries.map((entry) => (
          <Line key={entry.itemId} entry={entry}>
            {props.hasReasons === true && <Reason entry={entry} />}
          </Line>
        ))}
      </ul>
    </section>
  );
}

/** What became of each; `hasLeft`: what was in the queue can no longer be taken back. */
export function OutcomeList(props: {
  readonly outcomes: readonly Outcome[];
  readonly hasLeft: boolean;
}): ReactNode {
  const { say } = useReader();
  const { outcomes, hasLeft } = props;
  return (
    <ul className={classes.many} aria-live="polite">
      {outcomes.map(({ entry, fate }) => (
        <Line key={entry.itemId} entry={entry} fate={fate}>
          <span>
            <StateBadge tone={TONES[fate]}>
              {say(`answers.many.fate.${fate === "queued" && hasLeft ? "left" : fate}`)}
            </StateBadge>
          </span>
          {fate === "refused" && <Reason entry={entry} />}
        </Line>
      ))}
    </ul>
  );
}

function Line(props: {
  readonly entry: Entry;
  readonly fate?: Fate;
  readonly children: ReactNode;
}): ReactNode {
  const { say } = useReader();
  const { branchName } = useBranches();
  const { itemId, orderId, rating, branchId, text } = props.entry;
  return (
    <li data-fate={props.fate}>
      <span className={classes.under}>
        <Rating rating={rating} />
        <span translate="no">{branchName(branchId)}</span>
        <a href={deskAddress({ filter: "" }, itemId)} target="_blank" rel="noreferrer">
          {say("desk.itemTitle", { order: orderId })}
        </a>
      </span>
      {text !== "" && (
        <span className={classes.answerText} translate="no">
          {text}
        </span>
      )}
      {props.children}
    </li>
  );
}

function Reason({ entry }: { readonly entry: Entry }): ReactNode {
  const { say } = useReader();
  const { reason, remarks } = entry;
  if (reason !== null && reason !== "kept_back")
    return <span className="soft">{say(`answers.many.reason.${reason}`)}</span>;
  return (
    <span className="soft">
      {remarks.map((remark) => (
        <span key={remark.check}>
          <RemarkText remark={remark} />{" "}
        </span>
      ))}
    </span>
  );
}
