// Lets the page's export button ask the view for what is on it as a table.
import { type RefObject, useEffect } from "react";
import type { ShownTable } from "../../parts/shown-table.ts";

/** Where a view leaves how to make its table; null: there is nothing to export yet. */
export type TableSlot = RefObject<(() => ShownTable | null) | null>;

/** Leaves the maker while the view stands; it is always of what was drawn last. */
export function useShownTable(slot: TableSlot, make: () => ShownTable | null): void {
  useEffect(() => {
    slot.current = make;
    return () => {
      slot.current = null;
    };
  });
}
