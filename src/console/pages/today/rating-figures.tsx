// Ratings of the day by source: sources are never pooled, and few ratings make no mean.
import type { ReactNode } from "react";
import { Link } from "wouter";
import { numberText } from "../../parts/amounts.ts";
import { useReader } from "../../reader.tsx";
import { useListAddress } from "./list-address.ts";
import type { Overview } from "./page.tsx";
import classes from "./today.module.css";

type Rated = NonNullable<Overview["ratings"]>[number];
type Mean = Rated["today"];

/** One figure a source. */
export function RatingFigures({ ratings }: { readonly ratings: readonly Rated[] }): ReactNode {
  const { say, language } = useReader();
  const addressOf = useListAddress();
  if (ratings.length === 0)
    return (
      <div className={classes.figure}>
        <div className={classes.name}>{say("home.ratings")}</div>
        <span className={classes.value}>{numberText(0, language)}</span>
      </div>
    );
  return ratings.map(({ source, today, before, link }) => {
    const address = addressOf(link);
    const name = say(source === "app" ? "home.ratingsApp" : "home.ratingsEats");
    const text = say("home.ratingCount", { count: today.of });
    return (
      <div key={source} className={classes.figure}>
        <div className={classes.name}>{name}</div>
        <span className={classes.value}>{meanText(today)}</span>
        <div className={classes.before}>
          {address === null ? (
            <span>{text}</span>
          ) : (
            <Link href={address} className={classes.quiet}>
              {text}
            </Link>
          )}
          <span>
            {say("home.before")} {meanText(before)}
          </span>
        </div>
      </div>
    );
  });

  function meanText(mean: Mean): string {
    return mean.kind === "not_enough" ? "—" : `${numberText(mean.mean, language, 2)} ★`;
  }
}
