// Cells of the table: heads that sort, rows that open.
import { Checkbox } from "@mantine/core";
import { IconArrowDown, IconArrowUp } from "@tabler/icons-react";
import type { Header, Row as TableRowOf } from "@tanstack/react-table";
import type { MouseEvent, ReactNode } from "react";
import { Link, useLocation } from "wouter";
import { useSay } from "../reader.tsx";
import classes from "./table.module.css";
import type { Column, TableParts } from "./table-columns.ts";

/** The head of a column. */
export function HeadCell<Row extends object>(props: {
  readonly header: Header<TableParts, Row, unknown>;
  readonly column: Column<Row> | undefined;
  readonly maySort: boolean;
}): ReactNode {
  const { header, column, maySort } = props;
  const title = column?.title ?? "";
  const order = header.column.getIsSorted();
  const className = `${column?.align === "end" ? classes.end : ""} ${column?.isWide ? classes.wide : ""}`;
  if (column?.sortBy === undefined || !maySort) {
    return (
      <th scope="col" className={className}>
        {title === "" ? <span className="visually-hidden">{column?.about ?? ""}</span> : title}
      </th>
    );
  }
  return (
    <th scope="col" className={className} aria-sort={order === false ? "none" : SORT_WORDS[order]}>
      <button type="button" className={classes.sort} onClick={header.column.getToggleSortingHandler()}>
        {title}
        {order === "asc" && <IconArrowUp size={14} aria-hidden />}
        {order === "desc" && <IconArrowDown size={14} aria-hidden />}
      </button>
    </th>
  );
}

const SORT_WORDS = { asc: "ascending", desc: "descending" } as const;

/** A row. Its first cell holds the link, so that it is one stop for the keyboard and opens in a tab of its own. */
export function TableRow<Row extends object>(props: {
  readonly row: TableRowOf<TableParts, Row>;
  readonly columns: readonly Column<Row>[];
  readonly href?: string | undefined;
  readonly isActive: boolean;
  readonly isSelected?: boolean | undefined;
  readonly onSelect?: ((isRange: boolean) => void) | undefined;
  readonly onFocus: () => void;
}): ReactNode {
  const { row, href, onSelect } = props;
  const say = useSay();
  const [, go] = useLocation();
  const open = (event: MouseEvent): void => {
    if (href === undefined || isInside(event.target)) return;
    if (event.ctrlKey || event.metaKey) window.open(href, "_blank", "noopener");
    else if (window.getSelection()?.toString() === "") go(href);
  };
  return (
    <tr
      data-row
      data-active={props.isActive || undefined}
      data-selected={props.isSelected || undefined}
      data-opens={href !== undefined || undefined}
      onClick={open}
      onFocus={props.onFocus}
    >
      {onSelect !== undefined && (
        <td className={classes.tick}>
          <Checkbox
            size="xs"
            aria-label={say("parts.table.select")}
            checked={props.isSelected ?? false}
            onChange={(event) => onSelect((event.nativeEvent as globalThis.MouseEvent).shiftKey)}
          />
        </td>
      )}
      {row.getVisibleCells().map((cell, index) => {
        const column = props.columns.find((one) => one.id === cell.column.id);
        const content = column?.cell(row.original);
        return (
          <td
            key={cell.id}
            data-label={column?.title}
            className={`${column?.align === "end" ? classes.end : ""} ${column?.isWide ? classes.wide : ""}`}
          >
            {index === 0 && href !== undefined ? (
              <Link href={href} className={classes.opener} data-opener>
                {content}
              </Link>
            ) : (
              content
            )}
          </td>
        );
      })}
    </tr>
  );
}

/** Whether a click was meant for something inside the row. */
function isInside(target: EventTarget): boolean {
  return target instanceof Element && target.closest("a, button, input, label, [role='menu']") !== null;
}
