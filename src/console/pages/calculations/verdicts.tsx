// Verdicts of all promotions: what was applied first, then what was not, each with its reason.
import { SegmentedControl } from "@mantine/core";
import { type ReactNode, useState } from "react";
import { Money } from "../../parts/figures.tsx";
import { StateBadge } from "../../parts/state-badge.tsx";
import { useReader } from "../../reader.tsx";
import classes from "./calculations.module.css";
import { detailsOf, nameOf, type Outcome, reasonOf, type Verdict } from "./verdict-words.ts";

/** The list; `marked`: the promotion that was asked about stands first. */
export function Verdicts(props: {
  readonly verdicts: Outcome["verdicts"];
  readonly marked?: string | undefined;
}): ReactNode {
  const { say } = useReader();
  const { verdicts, marked } = props;
  const [shown, setShown] = useState("all");
  const applied = verdicts.filter(({ isApplied }) => isApplied);
  const missed = verdicts.filter(({ isApplied }) => !isApplied);
  const chosen = { all: [...applied, ...missed], applied, missed }[shown] ?? verdicts;
  const first = chosen.filter(({ promotionId }) => promotionId === marked);
  const rest = chosen.filter(({ promotionId }) => promotionId !== marked);
  return (
    <>
      <SegmentedControl
        size="xs"
        mb="xs"
        aria-label={say("calculations.which")}
        value={shown}
        onChange={setShown}
        data={[
          { value: "all", label: say("calculations.all", { count: verdicts.length }) },
          { value: "applied", label: say("calculations.applied", { count: applied.length }) },
          { value: "missed", label: say("calculations.missed", { count: missed.length }) },
        ]}
      />
      <ul className={classes.verdicts}>
        {[...first, ...rest].map((verdict) => (
          <VerdictLine
            key={verdict.promotionId}
            verdict={verdict}
            all={verdicts}
            isMarked={verdict.promotionId === marked}
          />
        ))}
      </ul>
    </>
  );
}

function VerdictLine(props: {
  readonly verdict: Verdict;
  readonly all: Outcome["verdicts"];
  readonly isMarked: boolean;
}): ReactNode {
  const reader = useReader();
  const { verdict } = props;
  return (
    <li
      className={classes.verdict}
      data-marked={props.isMarked || undefined}
      data-promotion={verdict.promotionId}
    >
      <div className={classes.verdictName}>
        <span translate="no">{nameOf(verdict, reader)}</span>
        <span className="mono soft">{verdict.promotionId}</span>
      </div>
      <VerdictTold verdict={verdict} all={props.all} />
    </li>
  );
}

/** One verdict without the promotion's name. */
export function VerdictTold(props: {
  readonly verdict: Verdict;
  readonly all: Outcome["verdicts"];
}): ReactNode {
  const reader = useReader();
  const { say } = reader;
  const { verdict } = props;
  const named = (id: string): string => {
    const known = props.all.find(({ promotionId }) => promotionId === id);
    return known === undefined ? id : nameOf(known, reader);
  };
  if (verdict.isApplied) {
    return (
      <div className={classes.verdictTold}>
        <StateBadge tone="good">{reasonOf(verdict, reader)}</StateBadge>{" "}
        {verdict.amountMinor > 0 && <Money minor={-verdict.amountMinor} />}
        {verdict.gifts > 0 && (
          <span className="soft"> {say("calculations.gifts", { count: verdict.gifts })}</span>
        )}
      </div>
    );
  }
  return (
    <div className={classes.verdictTold}>
      <StateBadge tone="quiet">{reasonOf(verdict, reader)}</StateBadge>
      {detailsOf(verdict, named, reader).map((detail) => (
        <div key={detail} className={classes.detail} translate="no">
          {detail}
        </div>
      ))}
    </div>
  );
}
