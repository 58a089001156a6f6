// The few figures that a thing comes to, large and in a row: the main one is bold.
import type { ReactNode } from "react";
import classes from "./sums.module.css";

/** One figure; null: left out. */
export interface Sum {
  readonly name: string;
  readonly value: ReactNode;
  readonly isMain?: boolean;
}

/** The row. */
export function Sums({ sums }: { readonly sums: readonly Sum[] }): ReactNode {
  return (
    <dl className={classes.sums}>
      {sums
        .filter(({ value }) => value !== null)
        .map(({ name, value, isMain }) => (
          <div key={name} data-main={isMain || undefined}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
    </dl>
  );
}
