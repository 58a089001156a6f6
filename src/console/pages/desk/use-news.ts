// What came since the list was read: counted for the pill, never moved under the cursor.
import { useEffect, useRef } from "react";
import { deskCalls } from "../../../contract/index.ts";
import { type Pages, useCall } from "../../api.ts";
import type { DeskList } from "./filter-bar.tsx";
import type { Item } from "./marks.tsx";

/** Looked for so often, ms. */
const LOOK_MS = 15_000;

/** Newest ones that are looked at; more are told as so many. */
const LOOKED_AT = 50;

/** The pill's count, and what pressing it does. */
export function useNews(
  list: DeskList,
  rows: Pages<Item>,
): { readonly count: number; readonly onShow: () => void } {
  const query = { filter: list.filter, sort: "newest" as const, limit: LOOKED_AT };
  const newest = useCall(deskCalls.listDeskItems, { query }, { everyMs: LOOK_MS }).data?.items;
  const seen = useRef<{ list: string; ids: Set<string> } | null>(null);
  const key = `${list.filter} ${list.sort}`;
  if (newest !== undefined && seen.current?.list !== key) {
    seen.current = { list: key, ids: new Set(newest.map(({ id }) => id)) };
  }
  const known = seen.current?.ids;
  useEffect(() => {
    for (const { id } of rows.rows) seen.current?.ids.add(id);
  }, [rows.rows]);
  const count = known === undefined ? 0 : (newest ?? []).filter(({ id }) => !known.has(id)).length;
  const onShow = (): void => {
    for (const { id } of newest ?? []) seen.current?.ids.add(id);
    rows.refetch();
  };
  return { count, onShow };
}
