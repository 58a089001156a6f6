// The same cart under other rules: what it would cost, line by line, and which promotions come out otherwise.
import type { ReactNode } from "react";
import { calculationRepeatCalls } from "../../../contract/index.ts";
import { useCall } from "../../api.ts";
import type { AnswerOf } from "../../calls.ts";
import { moneyText } from "../../parts/amounts.ts";
import { ErrorState } from "../../parts/error-state.tsx";
import { Count, Money } from "../../parts/figures.tsx";
import { ListSkeleton } from "../../parts/skeletons.tsx";
import { type Reader, useReader } from "../../reader.tsx";
import classes from "./calculations.module.css";
import { RulesChoice, rulesOf } from "./rules-choice.tsx";
import { nameOf, type Outcome, type Verdict } from "./verdict-words.ts";
import { VerdictTold } from "./verdicts.tsx";

type Again = AnswerOf<typeof calculationRepeatCalls.repeatCalculation>;

/** One cart under two sets of rules, compared. */
export type Compared = Pick<Again, "isSame" | "differenceMinor" | "lines" | "verdicts"> & {
  readonly before: Outcome;
  readonly after: Outcome;
};

/** The part of a calculation's page; `choice` as in rules-choice.tsx. */
export function AgainPart(props: {
  readonly calculationId: string;
  readonly choice: string;
  readonly onChoose: (choice: string) => void;
}): ReactNode {
  const { say } = useReader();
  const { calculationId, choice } = props;
  const again = useCall(calculationRepeatCalls.repeatCalculation, {
    params: { calculationId },
    body: rulesOf(choice),
  });
  return (
    <>
      <div className={classes.row}>
        <RulesChoice value={choice} onChange={props.onChoose} />
      </div>
      {again.data !== undefined && (
        <Difference
          compared={again.data}
          titles={[say("calculations.before"), say("calculations.after")]}
          gaps={again.data.gaps}
        />
      )}
      {again.data === undefined && again.error === null && <ListSkeleton rows={3} />}
      {again.error !== null && <ErrorState error={again.error} onRetry={() => void again.refetch()} />}
    </>
  );
}

/** "120 ₽ cheaper". */
function differenceText({ isSame, differenceMinor }: Compared, { say, language }: Reader): string {
  if (isSame) return say("calculations.same");
  if (differenceMinor === 0) return say("calculations.sameSum");
  const amount = moneyText(Math.abs(differenceMinor), language);
  return say(differenceMinor < 0 ? "calculations.cheaper" : "calculations.dearerBy", { amount });
}

/** What differs: the sum, every good, every promotion that came out otherwise. `titles` of both sides. */
export function Difference(props: {
  readonly compared: Compared;
  readonly titles: readonly [string, string];
  readonly gaps?: Again["gaps"];
}): ReactNode {
  const reader = useReader();
  const { say } = reader;
  const { compared, titles, gaps = [] } = props;
  const changed = compared.verdicts.filter(({ isChanged }) => isChanged);
  return (
    <>
      <p data-difference={compared.differenceMinor}>
        <strong>{differenceText(compared, reader)}</strong>{" "}
        <span className="soft">
          <Money minor={compared.before.totalMinor} /> → <Money minor={compared.after.totalMinor} />
        </span>
      </p>
      {gaps.map((gap) => (
        <p key={gap} className="soft">
          {say(`calculations.gaps.${gap}`)}
        </p>
      ))}
      {!compared.isSame && <ChangedLines lines={compared.lines} titles={titles} />}
      {changed.length > 0 && <h3>{say("calculations.onlyChanged")}</h3>}
      <ul className={classes.verdicts}>
        {changed.map(({ promotionId, before, after }) => (
          <li key={promotionId} className={classes.verdict} data-changed-promotion={promotionId}>
            <div className={classes.verdictName}>
              <span translate="no">{nameOf((after ?? before) as Verdict, reader)}</span>
              <span className="mono soft">{promotionId}</span>
            </div>
            <div className={classes.sides}>
              <Side title={titles[0]} verdict={before} all={compared.before.verdicts} />
              <Side title={titles[1]} verdict={after} all={compared.after.verdicts} />
            </div>
          </li>
        ))}
      </ul>
    </>
  );
}

function Side(props: {
  readonly title: string;
  readonly verdict: Verdict | null;
  readonly all: readonly Verdict[];
}): ReactNode {
  const { say } = useReader();
  return (
    <div>
      <div className="soft">{props.title}</div>
      {props.verdict === null ? (
        <span className="soft">{say("calculations.absent")}</span>
      ) : (
        <VerdictTold verdict={props.verdict} all={[...props.all]} />
      )}
    </div>
  );
}

function ChangedLines(props: {
  readonly lines: Compared["lines"];
  readonly titles: readonly [string, string];
}): ReactNode {
  const { say } = useReader();
  const heads = [say("calculations.quantity"), ...props.titles, say("calculations.change")];
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, and the keyboard must reach what scrolls.
    <section className={classes.scroll} tabIndex={0} aria-label={say("calculations.change")}>
      <table className={classes.table}>
        <thead>
          <tr>
            <th scope="col">{say("calculations.good")}</th>
            {heads.map((head) => (
              <th key={head} scope="col" className="number">
                {head}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {props.lines.map((line) => (
            <tr key={line.offerId} data-changed={line.differenceMinor !== 0 || undefined}>
              <th scope="row" translate="no">
                {line.name ?? line.offerId}
              </th>
              <td className="number">
                <Count value={line.quantityAfter} digits={3} />
              </td>
              <td className="number">
                <Money minor={line.totalBeforeMinor} />
              </td>
              <td className="number">
                <Money minor={line.totalAfterMinor} />
              </td>
              <td className="number">
                <Money minor={line.differenceMinor} hasSign />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
