// The table of every list: columns that can be hidden and sorted, keys, selection, pages by cursor, and honest states.
import { Button, Checkbox } from "@mantine/core";
import { type ColumnDef, type ReactTable, type SortingState, useTable } from "@tanstack/react-table";
import { type ReactNode, useMemo, useRef, useState } from "react";
import { useLocation } from "wouter";
import type { CallFailed } from "../calls.ts";
import { useSay } from "../reader.tsx";
import { ErrorState } from "./error-state.tsx";
import { ListSkeleton } from "./skeletons.tsx";
import classes from "./table.module.css";
import { HeadCell, TableRow } from "./table-cells.tsx";
import { useTableChoices } from "./table-choices.ts";
import { type Column, features, type TableParts } from "./table-columns.ts";
import { TableTools } from "./table-tools.tsx";
import { useListKeys } from "./use-list-keys.ts";

/** See table-columns.ts. */
export type { Column } from "./table-columns.ts";

/** Rows by page: what `usePages` gives, or a whole list with `hasMore: false`. */
export interface Rows<Row> {
  readonly rows: readonly Row[];
  readonly isPending: boolean;
  readonly error: CallFailed | null;
  readonly hasMore?: boolean;
  readonly isFetchingMore?: boolean;
  readonly fetchMore?: () => void;
  readonly refetch?: () => void;
}

/** A selection kept by the page. */
export interface Selection {
  readonly ids: ReadonlySet<string>;
  readonly onChange: (ids: ReadonlySet<string>) => void;
  /** Shown above the rows while something is selected: buttons for all of it. */
  readonly actions: ReactNode;
}

/** What the table is given. */
export interface DataTableProps<Row> {
  /** Name under which this browser remembers columns and density. */
  readonly name: string;
  /** What the list is, for screen readers. */
  readonly label: string;
  readonly columns: readonly Column<Row>[];
  readonly list: Rows<Row>;
  readonly idOf: (row: Row) => string;
  /** Address of a row: the whole row opens it, Enter too, and the middle button in a tab of its own. */
  readonly hrefOf?: (row: Row) => string;
  readonly selection?: Selection;
  /** An EmptyState. */
  readonly empty: ReactNode;
  /** Filters and search, left above the rows. */
  readonly filters?: ReactNode;
  /** Export button and the like, right above the rows. */
  readonly tools?: ReactNode;
  /** Rows that came meanwhile: shown as a pill, never moved under the cursor. */
  readonly news?: { readonly count: number; readonly onShow: () => void };
}

/** The table. Sorting is of what is loaded, so it is offered only when the whole list is. */
export function DataTable<Row extends object>(props: DataTableProps<Row>): ReactNode {
  const { columns, list } = props;
  const [, go] = useLocation();
  const choices = useTableChoices(props.name, columns);
  const maySort = list.hasMore !== true;
  const table = useRows(props, choices.visibility, maySort);
  const body = useRef<HTMLTableSectionElement>(null);
  const rows = table.getRowModel().rows;
  const select = useSelect(
    props.selection,
    rows.map((row) => row.id),
  );
  const keys = useListKeys({
    count: rows.length,
    container: body,
    onOpen: (index) => {
      const row = rows[index];
      if (row !== undefined && props.hrefOf !== undefined) go(props.hrefOf(row.original));
    },
    onSelect: (index) => select?.(index, false),
  });
  const chosen = props.selection?.ids.size ?? 0;
  const ids = rows.map((row) => row.id);
  return (
    <div className={classes.frame} data-density={choices.density}>
      <TableTools columns={columns} choices={choices} filters={props.filters} tools={props.tools} />
      {props.selection !== undefined && chosen > 0 && (
        <SelectionBar count={chosen} selection={props.selection} />
      )}
      {props.news !== undefined && props.news.count > 0 && <NewsPill {...props.news} />}
      <TableBody list={list} empty={props.empty}>
        <table className={classes.table} aria-label={props.label}>
          <TableHead
            table={table}
            columns={columns}
            maySort={maySort}
            selection={props.selection}
            ids={ids}
          />
          <tbody ref={body}>
            {rows.map((row, index) => (
              <TableRow
                key={row.id}
                row={row}
                columns={columns}
                href={props.hrefOf?.(row.original)}
                isActive={keys.active === index}
                isSelected={props.selection?.ids.has(row.id)}
                onSelect={select === null ? undefined : (isRange) => select(index, isRange)}
                onFocus={() => keys.setActive(index)}
              />
            ))}
          </tbody>
        </table>
      </TableBody>
      {list.hasMore && <MoreButton list={list} />}
    </div>
  );
}

function useRows<Row extends object>(
  { columns, list, idOf }: DataTableProps<Row>,
  columnVisibility: Record<string, boolean>,
  maySort: boolean,
): ReactTable<TableParts, Row> {
  const [sorting, setSorting] = useState<SortingState>([]);
  const defs = useMemo(() => columnDefs(columns), [columns]);
  const data = useMemo(() => [...list.rows], [list.rows]);
  return useTable<TableParts, Row>({
    features,
    columns: defs,
    data,
    getRowId: idOf,
    state: { sorting: maySort ? sorting : [], columnVisibility },
    onSortingChange: setSorting,
  });
}

function TableHead<Row extends object>(props: {
  readonly table: ReactTable<TableParts, Row>;
  readonly columns: readonly Column<Row>[];
  readonly maySort: boolean;
  readonly selection: Selection | undefined;
  readonly ids: readonly string[];
}): ReactNode {
  return (
    <thead>
      <tr>
        {props.selection !== undefined && <SelectAll selection={props.selection} ids={props.ids} />}
        {props.table.getHeaderGroups()[0]?.headers.map((header) => (
          <HeadCell
            key={header.id}
            header={header}
            column={props.columns.find((column) => column.id === header.column.id)}
            maySort={props.maySort}
          />
        ))}
      </tr>
    </thead>
  );
}

function columnDefs<Row extends object>(columns: readonly Column<Row>[]): ColumnDef<TableParts, Row>[] {
  return columns.map((column) => ({
    id: column.id,
    header: column.title,
    accessorFn: (row: Row) => column.sortBy?.(row) ?? null,
    enableSorting: column.sortBy !== undefined,
    sortFn: "basic" as const,
    cell: ({ row }: { row: { original: Row } }) => column.cell(row.original),
  })) as ColumnDef<TableParts, Row>[];
}

/** Selects by index, a range from the last one with Shift; null when nothing can be selected. */
function useSelect(
  selection: Selection | undefined,
  ids: readonly string[],
): ((index: number, isRange: boolean) => void) | null {
  const last = useRef(0);
  if (selection === undefined) return null;
  return (index, isRange) => {
    const next = new Set(selection.ids);
    const id = ids[index];
    if (id === undefined) return;
    const isOn = !next.has(id);
    const [from, to] = isRange
      ? [Math.min(last.current, index), Math.max(last.current, index)]
      : [index, index];
    for (const one of ids.slice(from, to + 1)) {
      if (isOn) next.add(one);
      else next.delete(one);
    }
    last.current = index;
    selection.onChange(next);
  };
}

function SelectAll(props: { readonly selection: Selection; readonly ids: readonly string[] }): ReactNode {
  const say = useSay();
  const { ids } = props.selection;
  const isAll = props.ids.length > 0 && props.ids.every((id) => ids.has(id));
  return (
    <th className={classes.tick}>
      <Checkbox
        size="xs"
        aria-label={say("parts.table.selectAll")}
        checked={isAll}
        indeterminate={!isAll && ids.size > 0}
        onChange={() => props.selection.onChange(new Set(isAll ? [] : props.ids))}
      />
    </th>
  );
}

function SelectionBar(props: { readonly count: number; readonly selection: Selection }): ReactNode {
  const say = useSay();
  return (
    <div className={classes.selected}>
      <strong>{say("parts.table.selected", { count: props.count })}</strong>
      {props.selection.actions}
      <Button size="xs" variant="subtle" color="gray" onClick={() => props.selection.onChange(new Set())}>
        {say("parts.table.clear")}
      </Button>
    </div>
  );
}

function NewsPill({ count, onShow }: { readonly count: number; readonly onShow: () => void }): ReactNode {
  const say = useSay();
  return (
    <div className={classes.news} aria-live="polite">
      <Button size="compact-sm" radius="xl" onClick={onShow}>
        {say("parts.table.news", { count })}
      </Button>
    </div>
  );
}

function MoreButton<Row>({ list }: { readonly list: Rows<Row> }): ReactNode {
  const say = useSay();
  return (
    <div className={classes.more}>
      <Button variant="default" loading={list.isFetchingMore ?? false} onClick={list.fetchMore}>
        {say("parts.table.more")}
      </Button>
      <span className="soft">{say("parts.table.shown", { count: list.rows.length })}</span>
    </div>
  );
}

/** The rows, or the state of a list that has none. */
function TableBody<Row>(props: {
  readonly list: Rows<Row>;
  readonly empty: ReactNode;
  readonly children: ReactNode;
}): ReactNode {
  const { list } = props;
  if (list.isPending) return <ListSkeleton />;
  if (list.error !== null && list.rows.length === 0) {
    return <ErrorState error={list.error} onRetry={list.refetch} />;
  }
  return list.rows.length === 0 ? props.empty : props.children;
}
