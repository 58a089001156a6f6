// Dishes: odds of a low rating with against without, branch and lateness taken out; "associated", never "caused".
import type { ReactNode } from "react";
import { Link } from "wouter";
import { numberText } from "../../parts/amounts.ts";
import { Interval } from "../../parts/interval.tsx";
import { useReader } from "../../reader.tsx";
import type { Dashboard } from "./figures.ts";
import { listHref, quoted } from "./filters.ts";
import classes from "./numbers.module.css";

type Dish = NonNullable<Dashboard["dishes"]>[number];

/** Rows that are shown: nobody reads more. */
const DISHES_SHOWN = 30;

/** Associated first, by the lower end; then those without a clear association, then those with few ratings, each by number. */
export function inOddsOrder(dishes: readonly Dish[]): Dish[] {
  const group = ({ odds }: Dish): number =>
    ["associated", "no_clear_association", "not_enough"].indexOf(odds.kind);
  const bound = ({ odds }: Dish): number => (odds.kind === "associated" ? odds.interval.low : 0);
  return [...dishes].sort(
    (left, right) => group(left) - group(right) || bound(right) - bound(left) || right.odds.of - left.odds.of,
  );
}

/** The table. */
export function Dishes(props: {
  readonly dishes: readonly Dish[];
  readonly orders: number;
  readonly filter: string;
}): ReactNode {
  const { say, language } = useReader();
  if (props.dishes.length === 0) return <p className="soft">{say("numbers.causes.noDishes")}</p>;
  return (
    <>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, and the keyboard must reach what scrolls. */}
      <section className={classes.scroll} tabIndex={0} aria-label={say("numbers.causes.dishes")}>
        <table className={classes.table}>
          <thead>
            <tr>
              <th scope="col">{say("numbers.causes.dish")}</th>
              <th scope="col" className={classes.end}>
                {say("numbers.branches.count")}
              </th>
              <th scope="col">{say("numbers.causes.odds")}</th>
              <th scope="col">{say("numbers.file.kind")}</th>
            </tr>
          </thead>
          <tbody>
            {inOddsOrder(props.dishes)
              .slice(0, DISHES_SHOWN)
              .map((dish) => (
                <tr key={dish.dish}>
                  <th scope="row" translate="no">
                    {dish.name || dish.id}
                  </th>
                  <td className={classes.end}>
                    <Link href={listHref(`${props.filter} item:${quoted(dish.id || dish.name)} rating:1..5`)}>
                      {numberText(dish.odds.of, language)}
                    </Link>
                  </td>
                  <td>{oddsCell(dish)}</td>
                  <td>
                    <Verdict dish={dish} />
                  </td>
                </tr>
              ))}
          </tbody>
        </table>
      </section>
      <p className={classes.said}>
        {say("numbers.causes.dishOrders", {
          count: props.orders,
          shown: numberText(props.orders, language),
        })}
      </p>
    </>
  );
}

function oddsCell({ odds }: Dish): ReactNode {
  if (odds.kind === "not_enough") return "—";
  return <Interval value={odds.odds} low={odds.interval.low} high={odds.interval.high} from={0} to={5} />;
}

function Verdict({ dish: { odds } }: { readonly dish: Dish }): ReactNode {
  const { say } = useReader();
  if (odds.kind === "not_enough") return <span className="soft">{say("numbers.causes.few")}</span>;
  if (odds.kind === "no_clear_association")
    return <span className="soft">{say("numbers.causes.unclear")}</span>;
  return (
    <span className={classes.change} data-tone={odds.odds > 1 ? "bad" : "good"}>
      {say("numbers.causes.associated")}
    </span>
  );
}
