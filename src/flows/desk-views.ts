// Saved filters of the desk: what cannot be read is not saved, and nobody touches another person's own views.
import type { FilterProblem } from "../core/desk/index.ts";
import {
  type DeskSort,
  type DeskView,
  deskViewOwner,
  deskViews,
  deskWords,
  removeDeskView,
  saveDeskView,
} from "../storage/index.ts";
import { readDeskFilter } from "./find-desk.ts";
import type { House } from "./house.ts";

/** A view as it is wanted. */
export interface ViewWish {
  /** Null: a new one. */
  readonly id: string | null;
  readonly isShared: boolean;
  readonly name: string;
  readonly filter: string;
  readonly sort: DeskSort;
}

/** What became of it. */
export type ViewOutcome =
  | { readonly kind: "saved"; readonly view: DeskView }
  | { readonly kind: "unknown_view" }
  | { readonly kind: "refused"; readonly problem: FilterProblem };

/** Views that `person` sees, oldest first. */
export function findDeskViews(house: House, person: string): Promise<DeskView[]> {
  return house.database.read((tx) => deskViews(tx, person));
}

/** Saves a view; the filter is kept as written, so that "today" and "me" mean the reader's. */
export async function keepDeskView(house: House, person: string, wish: ViewWish): Promise<ViewOutcome> {
  const read = readDeskFilter(house, wish.filter, { me: person, zone: null });
  if (read.kind === "refused") return read;
  const newId = house.newId();
  const createdAt = house.now();
  return house.database.transaction(async (tx): Promise<ViewOutcome> => {
    if (wish.id !== null) {
      const known = await deskViewOwner(tx, wish.id);
      if (known === null || (known.owner !== null && known.owner !== person)) return { kind: "unknown_view" };
    }
    const { isShared, name, filter, sort } = wish;
    const view = { id: wish.id ?? newId, owner: isShared ? null : person, name, filter, sort, createdAt };
    await saveDeskView(tx, view);
    const saved = (await deskViews(tx, person)).find(({ id }) => id === view.id);
    return { kind: "saved", view: saved ?? view };
  });
}

/** Removes a view; false: there is none that is shared or the person's own. */
export function dropDeskView(house: House, person: string, id: string): Promise<boolean> {
  return house.database.transaction((tx) => removeDeskView(tx, id, person));
}

/** Most words of a kind that are told. */
const WORDS_SHOWN = 500;

/** Words in use, most used first; of items of some branches only, where they are given. */
export function findDeskWords(
  house: House,
  kind: "tag" | "topic",
  branches: readonly string[] | null,
): Promise<{ readonly word: string; readonly count: number }[]> {
  return house.database.read((tx) => deskWords(tx, kind, WORDS_SHOWN, branches));
}
