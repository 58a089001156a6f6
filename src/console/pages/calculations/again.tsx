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
import { nameOf, type Verdict } from "./verdict-words.ts";
import { VerdictTold } from "./verdicts.tsx";

type Again = AnswerOf<typeof calculationRepeatCalls.repeatCalculation>;

/** The part of a calculation's page; `choice` as in rules-choice.tsx. */
export function AgainPart(props: {
  readonly calculationId: string;
  readonly choice: string;
  readonly onChoose: (choice: string) => void;
}): ReactNode {
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
      {again.data !== undefined && <Difference again={again.data} />}
      {again.data === undefined && again.error === null && <ListSkeleton rows={3} />}
      {again.error !== null && <ErrorState error={again.error} onRetry={() => void again.refetch()} />}
    </>
  );
}

/** "120 ₽ cheaper". */
export function differenceText({ isSame, differenceMinor }: Again, { say, language }: Reader): string {
  if (isSame) return say("calculations.same");
  if (differenceMinor === 0) return say("calculations.sameSum");
  const amount = moneyText(Math.abs(differenceMinor), language);
  return say(differenceMinor < 0 ? "calculations.cheaper" : "calculations.dearerBy", { amount });
}

function Difference({ again }: { readonly again: Again }): ReactNode {
  const reader = useReader();
  const { say } = reader;
  const changed = again.verdicts.filter(({ isChanged }) => isChanged);
  return (
    <>
      <p>
        <strong>{differenceText(again, reader)}</strong>{" "}
        <span className="soft">
          <Money minor={again.before.totalMinor} /> → <Money minor={again.after.totalMinor} />
        </span>
      </p>
      {again.gaps.map((gap) => (
        <p key={gap} className="soft">
          {say(`calculations.gaps.${gap}`)}
        </p>
      ))}
      {!again.isSame && <ChangedLines again={again} />}
      {changed.length > 0 && <h3>{say("calculations.onlyChanged")}</h3>}
      <ul className={classes.verdicts}>
        {changed.map(({ promotionId, before, after }) => (
          <li key={promotionId} className={classes.verdict}>
            <div className={classes.verdictName}>
              <span translate="no">{nameOf((after ?? before) as Verdict, reader)}</span>
              <span className="mono soft">{promotionId}</span>
            </div>
            <div className={classes.sides}>
              <Side title={say("calculations.before")} verdict={before} all={again.before.verdicts} />
              <Side title={say("calculations.after")} verdict={after} all={again.after.verdicts} />
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

function ChangedLines({ again }: { readonly again: Again }): ReactNode {
  const { say } = useReader();
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, and the keyboard must reach what scrolls.
    <section className={classes.scroll} tabIndex={0} aria-label={say("calculations.change")}>
      <table className={classes.table}>
        <thead>
          <tr>
            <th scope="col">{say("calculations.good")}</th>
            {(["quantity", "before", "after", "change"] as const).map((head) => (
              <th key={head} scope="col" className="number">
                {say(`calculations.${head}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {again.lines.map((line) => (
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
