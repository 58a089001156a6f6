// What a column of a table is, and what tables can do.
import {
  columnVisibilityFeature,
  createSortedRowModel,
  rowSortingFeature,
  sortFn_basic,
  tableFeatures,
} from "@tanstack/react-table";
import type { ReactNode } from "react";

/** A column. */
export interface Column<Row> {
  readonly id: string;
  /** The head, from words. Empty for a column of buttons: give `about` then. */
  readonly title: string;
  readonly cell: (row: Row) => ReactNode;
  /** What the column is sorted by in the browser; left out: it is not sortable. */
  readonly sortBy?: (row: Row) => string | number | null;
  /** Numbers and money stand at the end. */
  readonly align?: "end";
  /** True: hidden until the reader asks for it. */
  readonly isHiddenAtFirst?: boolean;
  /** True: takes what is left of the width. */
  readonly isWide?: boolean;
  /** Name of a column without a title, for screen readers and the list of columns. */
  readonly about?: string;
}

/** What the tables can do. */
export const features = tableFeatures({
  rowSortingFeature,
  columnVisibilityFeature,
  sortedRowModel: createSortedRowModel(),
  sortFns: { basic: sortFn_basic },
});

/** The features that the table uses, for the types of its parts. */
export type TableParts = typeof features;
