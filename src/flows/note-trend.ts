// Notes on the trend of the dashboard: people of some outlets read and write those of their outlets and the general ones.
import {
  insertTrendNote,
  removeTrendNote,
  type TrendNote,
  trendNoteById,
  trendNotes,
} from "../storage/index.ts";
import type { House } from "./house.ts";

/** Whose notes somebody reaches: null is all. */
type Stores = readonly string[] | null;

/** A note as it is wanted. */
export type TrendNoteWish = Pick<TrendNote, "day" | "branchId" | "source" | "text" | "author">;

/** Notes of the days, latest first. */
export function findTrendNotes(
  house: House,
  wish: { readonly from: number; readonly to: number; readonly stores: Stores; readonly most: number },
): Promise<TrendNote[]> {
  const { from, to, stores, most } = wish;
  return house.database.read((tx) => trendNotes(tx, { from, to, branches: stores, most }));
}

/** Writes a note; null: its outlet is not the writer's. */
export async function writeTrendNote(
  house: House,
  wish: TrendNoteWish,
  stores: Stores,
): Promise<TrendNote | null> {
  if (!isReached(wish, stores)) return null;
  const note = { ...wish, id: house.newId(), at: house.now() };
  await house.database.transaction((tx) => insertTrendNote(tx, note));
  return note;
}

/** Removes a note; false: there is none that the person reaches. */
export function dropTrendNote(house: House, id: string, stores: Stores): Promise<boolean> {
  return house.database.transaction(async (tx) => {
    const note = await trendNoteById(tx, id);
    return note !== null && isReached(note, stores) && removeTrendNote(tx, id);
  });
}

function isReached({ branchId }: Pick<TrendNote, "branchId">, stores: Stores): boolean {
  return stores === null || branchId === null || stores.includes(branchId);
}
