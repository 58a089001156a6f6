// What a cart came to: its sums, its lines to the kopeck, and the steps in which promotions changed it.
import type { ReactNode } from "react";
import { moneyText, numberText } from "../../parts/amounts.ts";
import { Count, Money, Points } from "../../parts/figures.tsx";
import { useReader } from "../../reader.tsx";
import classes from "./calculations.module.css";
import { nameOf, type Outcome } from "./verdict-words.ts";

/** Sums in a row: before, off, to pay, points. */
export function Sums({ outcome }: { readonly outcome: Outcome }): ReactNode {
  const { say } = useReader();
  return (
    <dl className={classes.sums}>
      <div>
        <dt>{say("calculations.gross")}</dt>
        <dd>
          <Money minor={outcome.grossMinor} />
        </dd>
      </div>
      <div>
        <dt>{say("calculations.discount")}</dt>
        <dd>
          <Money minor={-outcome.discountMinor} />
        </dd>
      </div>
      <div className={classes.total}>
        <dt>{say("calculations.total")}</dt>
        <dd data-total={outcome.totalMinor}>
          <Money minor={outcome.totalMinor} />
        </dd>
      </div>
      {outcome.points !== null && (
        <>
          <div>
            <dt>{say("calculations.pointsMay")}</dt>
            <dd>
              <Points points={outcome.points.maySpend} />
            </dd>
          </div>
          <div>
            <dt>{say("calculations.pointsEarn")}</dt>
            <dd>
              <Points points={outcome.points.willEarn} />
            </dd>
          </div>
        </>
      )}
    </dl>
  );
}

/** Lines of the answer, each with what every promotion took off it. */
export function Lines({ outcome }: { readonly outcome: Outcome }): ReactNode {
  const reader = useReader();
  const { say } = reader;
  const names = new Map(outcome.verdicts.map((verdict) => [verdict.promotionId, nameOf(verdict, reader)]));
  const heads = ["price", "quantity", "gross", "discount", "total"] as const;
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, and the keyboard must reach what scrolls.
    <section className={classes.scroll} tabIndex={0} aria-label={say("calculations.goods")}>
      <table className={classes.table}>
        <thead>
          <tr>
            <th scope="col">{say("calculations.good")}</th>
            {heads.map((head) => (
              <th key={head} scope="col" className="number">
                {say(`calculations.${head}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {outcome.lines.map((line, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: a line has no other name than its place.
            <Line key={index} line={line} names={names} />
          ))}
        </tbody>
      </table>
    </section>
  );
}

function Line(props: {
  readonly line: Outcome["lines"][number];
  readonly names: ReadonlyMap<string, string>;
}): ReactNode {
  const { say, language } = useReader();
  const { line } = props;
  const groups = line.unitGroups.length > 1 ? line.unitGroups : [];
  return (
    <tr data-quiet={!line.isCounted || undefined} data-line-total={line.totalMinor}>
      <th scope="row">
        <span translate="no">{line.name ?? line.offerId ?? "—"}</span>{" "}
        <span className="mono soft">{line.offerId}</span>
        {line.problem !== null && <em> {say("calculations.unknownGood")}</em>}
        {!line.isSelected && <em> {say("calculations.aside")}</em>}
        {line.giftUnits > 0 && <em> {say("calculations.free", { count: line.giftUnits })}</em>}
        {line.discounts.map(({ promotionId, amountMinor }) => (
          <div key={promotionId} className={classes.lineDiscount}>
            <span translate="no">{props.names.get(promotionId) ?? promotionId}</span>{" "}
            <Money minor={-amountMinor} />
          </div>
        ))}
        {groups.length > 0 && (
          <div className={classes.lineDiscount}>
            {groups
              .map(({ quantity, unitPriceMinor }) =>
                say("calculations.group", {
                  count: numberText(quantity, language, 3),
                  price: moneyText(unitPriceMinor, language),
                }),
              )
              .join(" + ")}
          </div>
        )}
      </th>
      <td className="number">
        <Money minor={line.priceMinor} />
      </td>
      <td className="number">
        <Count value={line.quantity} digits={3} />
      </td>
      <td className="number">
        <Money minor={line.grossMinor} />
      </td>
      <td className="number">{line.discountMinor !== 0 && <Money minor={-line.discountMinor} />}</td>
      <td className="number">
        <Money minor={line.totalMinor} />
      </td>
    </tr>
  );
}

/** The cart's sum before and after each promotion that changed it. */
export function Steps({ outcome }: { readonly outcome: Outcome }): ReactNode {
  const reader = useReader();
  const { say } = reader;
  const names = new Map(outcome.verdicts.map((verdict) => [verdict.promotionId, nameOf(verdict, reader)]));
  if (outcome.steps.length === 0) return <p className="soft">{say("calculations.noSteps")}</p>;
  return (
    <ol className={classes.steps}>
      {outcome.steps.map((step) => (
        <li key={`${step.layer} ${step.promotionId}`}>
          <span>
            <span translate="no">{names.get(step.promotionId) ?? step.promotionId}</span>{" "}
            <span className="soft">{say("calculations.layer", { layer: step.layer })}</span>
          </span>
          <span className={classes.stepSums}>
            <Money minor={step.beforeMinor} /> <Money minor={-step.amountMinor} />{" "}
            <strong>
              <Money minor={step.afterMinor} />
            </strong>
          </span>
        </li>
      ))}
    </ol>
  );
}
