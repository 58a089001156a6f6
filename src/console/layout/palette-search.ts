// What the palette searches besides the names of pages: sources that pages register, and places visited lately.

/** One find. */
export interface Found {
  /** Address below the console's root. */
  readonly path: string;
  readonly title: string;
  /** A second line that tells it from others of the same title. */
  readonly about: string;
}

/** Finds things for a text; a source that fails finds nothing. */
export type Search = (text: string, signal: AbortSignal) => Promise<readonly Found[]>;

const sources = new Map<string, Search>();

/** Finds of one source that are shown. */
const MOST_OF_ONE = 5;

/**
 * Adds a source under a name (a second one of the name replaces the first); gives the function that takes it away.
 * Called in an effect: `useEffect(() => registerSearch("orders", findOrders), [])`, or once when a page's file loads.
 */
export function registerSearch(name: string, search: Search): () => void {
  sources.set(name, search);
  return () => {
    if (sources.get(name) === search) sources.delete(name);
  };
}

/** Asks every source. */
export async function searchAll(text: string, signal: AbortSignal): Promise<readonly Found[]> {
  const all = await Promise.all(
    [...sources.values()].map((search) => search(text, signal).catch((): readonly Found[] => [])),
  );
  return all.flatMap((found) => found.slice(0, MOST_OF_ONE));
}

/** A place visited. */
export interface Visited {
  readonly path: string;
  readonly title: string;
}

const visited: Visited[] = [];

/** Visits that are remembered while the tab lives. */
const MOST_VISITED = 6;

/** Remembers a place under its title; PageHeader calls it for things that have a name of their own. */
export function noteVisit(place: Visited): void {
  const before = visited.findIndex((one) => one.path === place.path);
  if (before !== -1) visited.splice(before, 1);
  visited.unshift(place);
  visited.length = Math.min(visited.length, MOST_VISITED + 1);
}

/** Places visited before this one, latest first. */
export function recentPlaces(): readonly Visited[] {
  return visited.slice(1, MOST_VISITED + 1);
}
