// Numbers of the day, each with the same day last week below it; both open the list of what was counted.
import type { ReactNode } from "react";
import { Link } from "wouter";
import { moneyText, numberText, percentText } from "../../parts/amounts.ts";
import { useReader } from "../../reader.tsx";
import { type NamedCall, useListAddress } from "./list-address.ts";
import type { Overview } from "./page.tsx";
import { RatingFigures } from "./rating-figures.tsx";
import classes from "./today.module.css";

/** A number of today and of last week, with the calls that list what was counted. */
interface Compared {
  readonly today: number;
  readonly before: number;
  readonly link: NamedCall;
  readonly linkBefore: NamedCall;
}

/** All that the person may see. */
export function Figures({ overview }: { readonly overview: Overview }): ReactNode {
  const { say, language } = useReader();
  const { carts, orders, points, liability, ratings } = overview;
  const count = (value: number): string => numberText(value, language);
  const money = (value: number): string => moneyText(value, language, { isShort: true });
  return (
    <div className={classes.figures}>
      {carts !== null && <Figure name={say("home.carts")} figure={carts} format={count} />}
      {orders !== null && (
        <>
          <Figure name={say("home.orders")} figure={orders.count} format={count} />
          <Figure name={say("home.total")} figure={orders.totalMinor} format={money} />
          <Figure name={say("home.discount")} figure={orders.discountMinor} format={money} />
        </>
      )}
      {points !== null && (
        <>
          <Figure name={say("home.issued")} figure={points.issued} format={count} />
          <Figure name={say("home.redeemed")} figure={points.redeemed} format={count} />
        </>
      )}
      {liability !== null && <Liability points={liability.points} minor={liability.minor} />}
      {ratings !== null && <RatingFigures ratings={ratings} />}
    </div>
  );
}

function Figure(props: {
  readonly name: string;
  readonly figure: Compared;
  readonly format: (value: number) => string;
}): ReactNode {
  const { say, language } = useReader();
  const { today, before, link, linkBefore } = props.figure;
  return (
    <div className={classes.figure}>
      <div className={classes.name}>{props.name}</div>
      <Listed call={link} className={classes.value} about={props.name}>
        {props.format(today)}
      </Listed>
      <div className={classes.before}>
        {before !== 0 && today !== before && (
          <span>
            {today > before ? "+" : ""}
            {percentText(Math.round(((today - before) / before) * 100) * 100, language)}
          </span>
        )}
        <span>
          {say("home.before")}{" "}
          <Listed
            call={linkBefore}
            className={classes.quiet}
            about={say("home.lastWeek", { name: props.name })}
          >
            {props.format(before)}
          </Listed>
        </span>
      </div>
    </div>
  );
}

/** A number that opens its list, where there is a page for it. */
function Listed(props: {
  readonly call: NamedCall;
  readonly className: string | undefined;
  readonly about: string;
  readonly children: string;
}): ReactNode {
  const address = useListAddress()(props.call);
  return address === null ? (
    <span className={props.className}>{props.children}</span>
  ) : (
    <Link href={address} className={props.className} aria-label={`${props.about}: ${props.children}`}>
      {props.children}
    </Link>
  );
}

function Liability(props: { readonly points: number; readonly minor: number | null }): ReactNode {
  const { say, language } = useReader();
  const call = { operation: "listLedgerEntries", params: {}, query: {} };
  return (
    <div className={classes.figure}>
      <div className={classes.name}>{say("home.liability")}</div>
      <Listed call={call} className={classes.value} about={say("home.liability")}>
        {numberText(props.points, language)}
      </Listed>
      <div className={classes.before}>
        <span>
          {props.minor === null
            ? say("home.noProgramme")
            : say("home.worth", { money: moneyText(props.minor, language, { isShort: true }) })}
        </span>
      </div>
    </div>
  );
}
