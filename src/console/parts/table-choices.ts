// Which columns a reader shows and how tight the rows stand: kept in this browser, list by list.
import { useState } from "react";
import type { Column } from "./table-columns.ts";

/** How tight rows stand. */
export type Density = "dense" | "roomy";

/** The choices and how to change them. */
export interface TableChoices {
  readonly visibility: Readonly<Record<string, boolean>>;
  readonly density: Density;
  readonly show: (columnId: string, isShown: boolean) => void;
  readonly setDensity: (density: Density) => void;
}

interface Kept {
  readonly visibility: Record<string, boolean>;
  readonly density: Density;
}

/** Reads what was kept; anything that is not ours is passed over. */
function readKept(name: string): Kept {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(keyOf(name)) ?? "null");
    if (typeof kept !== "object" || kept === null) return { visibility: {}, density: "dense" };
    const { visibility, density } = kept as Partial<Kept>;
    const pairs = Object.entries(visibility ?? {}).filter(([, value]) => typeof value === "boolean");
    return { visibility: Object.fromEntries(pairs), density: density === "roomy" ? "roomy" : "dense" };
  } catch {
    return { visibility: {}, density: "dense" };
  }
}

function keyOf(name: string): string {
  return `prilavok.table.${name}`;
}

/** The choices for a list. */
export function useTableChoices<Row>(name: string, columns: readonly Column<Row>[]): TableChoices {
  const [kept, setKept] = useState<Kept>(() => readKept(name));
  const keep = (next: Kept): void => {
    setKept(next);
    localStorage.setItem(keyOf(name), JSON.stringify(next));
  };
  const visibility = Object.fromEntries(
    columns.map(({ id, isHiddenAtFirst }) => [id, kept.visibility[id] ?? !isHiddenAtFirst]),
  );
  return {
    visibility,
    density: kept.density,
    show: (columnId, isShown) => keep({ ...kept, visibility: { ...kept.visibility, [columnId]: isShown } }),
    setDensity: (density) => keep({ ...kept, density }),
  };
}
