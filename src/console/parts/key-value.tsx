// Facts about one thing: names at the left, values at the right, hairlines between.
import type { ReactNode } from "react";
import classes from "./key-value.module.css";

/** One fact. `value` null or undefined: the line is left out. */
export interface Fact {
  readonly name: string;
  readonly value: ReactNode;
}

/** A list of facts. */
export function KeyValue({ facts }: { readonly facts: readonly Fact[] }): ReactNode {
  return (
    <dl className={classes.list}>
      {facts
        .filter(({ value }) => value !== null && value !== undefined)
        .map(({ name, value }) => (
          <div key={name} className={classes.line}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
    </dl>
  );
}
