// Pages of lists: an opaque cursor that carries the last entry's id, so that entries added meanwhile move nothing.
import { CURSOR_LIMIT, PAGE_LIMIT } from "../../contract/index.ts";
import { type Refusal, refuse } from "./refusal.ts";
import { textProblem } from "./strict-json.ts";

/** What a list's query says about pages. */
export interface PageQuery {
  readonly limit?: number;
  readonly after?: string;
}

/** A page that is asked for. */
export interface PageWish {
  readonly limit: number;
  /** Id of the last entry of the page before; null: the first page. */
  readonly after: string | null;
}

/** One page of an answer. */
export interface Page<Item> {
  readonly items: Item[];
  readonly nextCursor: string | null;
}

const MARK = "1:";

/** Reads the query. */
export function pageWish(query: PageQuery): PageWish | Refusal {
  const limit = query.limit ?? PAGE_LIMIT.usual;
  if (query.after === undefined) return { limit, after: null };
  const text = Buffer.from(query.after, "base64url").toString("utf8");
  const isOurs = query.after.length <= CURSOR_LIMIT && cursorOf(text.slice(MARK.length)) === query.after;
  if (!isOurs || textProblem(text) !== null) return refuse("bad_cursor");
  return { limit, after: text.slice(MARK.length) };
}

/** The page made of up to `limit` + 1 entries that were asked for: the one too many says that there is more. */
export function pageOf<Entry, Item>(
  entries: readonly Entry[],
  limit: number,
  idOf: (entry: Entry) => string,
  show: (entry: Entry) => Item,
): Page<Item> {
  const shown = entries.slice(0, limit);
  const last = shown.at(-1);
  const hasMore = entries.length > limit && last !== undefined;
  return { items: shown.map(show), nextCursor: hasMore ? cursorOf(idOf(last)) : null };
}

/** A page of a list short enough to be read whole. */
export function pageOfWhole<Entry, Item>(
  entries: readonly Entry[],
  wish: PageWish,
  idOf: (entry: Entry) => string,
  show: (entry: Entry) => Item,
): Page<Item> {
  const start = wish.after === null ? 0 : entries.findIndex((entry) => idOf(entry) === wish.after) + 1;
  return pageOf(entries.slice(start, start + wish.limit + 1), wish.limit, idOf, show);
}

/** The cursor behind an entry; `id` is what the next page begins after. */
export function cursorOf(id: string): string {
  return Buffer.from(`${MARK}${id}`, "utf8").toString("base64url");
}
