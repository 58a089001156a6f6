// A short table within a page: what belongs to one thing, whole, without sorting, filters or pages. Lists are DataTable.
import type { ReactNode } from "react";
import classes from "./plain-table.module.css";

/** A column; the first one names the row. */
export interface PlainColumn<Row> {
  readonly id: string;
  readonly title: string;
  readonly cell: (row: Row) => ReactNode;
  /** Numbers and money stand at the end. */
  readonly align?: "end";
}

/** The table; it scrolls by itself where the window is narrow. */
export function PlainTable<Row>(props: {
  /** What the table is, for screen readers. */
  readonly label: string;
  readonly columns: readonly PlainColumn<Row>[];
  readonly rows: readonly Row[];
  readonly idOf: (row: Row) => string;
}): ReactNode {
  const [head, ...others] = props.columns;
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, and the keyboard must reach what scrolls.
    <section className={classes.scroll} tabIndex={0} aria-label={props.label}>
      <table className={classes.table} aria-label={props.label}>
        <thead>
          <tr>
            {props.columns.map(({ id, title, align }) => (
              <th key={id} scope="col" data-end={align === "end" || undefined}>
                {title}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {props.rows.map((row) => (
            <tr key={props.idOf(row)}>
              {head !== undefined && <th scope="row">{head.cell(row)}</th>}
              {others.map(({ id, cell, align }) => (
                <td key={id} data-end={align === "end" || undefined}>
                  {cell(row)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
