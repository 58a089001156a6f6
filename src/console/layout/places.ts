// Where the person can go: pages of the rail that are built and that the role opens.
import { createContext, useContext } from "react";
import { PAGE_IDS, type PageId, pageRow } from "../pages/registry.ts";
import { mayOpen, useMe } from "../session.tsx";

/** Pages that have a screen; app.tsx gives it, since screens and the frame would import each other otherwise. */
export const BuiltPages = createContext<ReadonlySet<PageId>>(new Set());

/** Pages that the person can go to, in the order of the rail. */
export function usePlaces(): readonly PageId[] {
  const person = useMe();
  const built = useContext(BuiltPages);
  return PAGE_IDS.filter((id) => {
    const row = pageRow(id);
    return row.group !== undefined && built.has(id) && mayOpen(person, row);
  });
}

/** The page of the rail that an address belongs to. */
export function placeOf(path: string): PageId | null {
  const first = `/${path.split("/")[1] ?? ""}`;
  return PAGE_IDS.find((id) => pageRow(id).path === first) ?? null;
}
