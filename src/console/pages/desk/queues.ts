// The lists that everybody has at the left of the inbox, each an ordinary filter.
import type { WordKey } from "../../words.ts";
import { quoted } from "./filter-text.ts";

/** Sorts of the list. */
export const SORTS = ["value", "left", "due", "newest", "oldest", "stars"] as const;

/** One of SORTS. */
export type Sort = (typeof SORTS)[number];

/** Filters longer than this are refused by the server, characters. */
export const FILTER_LIMIT = 2000;

const OPEN = "state:new,in_progress,waiting";

/** A list of the rail. */
export interface Queue {
  readonly id: string;
  readonly word: WordKey;
  readonly filter: string;
  readonly sort: Sort;
}

/** The lists in their order; the first is what the inbox opens with. */
export const QUEUES: readonly [Queue, ...Queue[]] = [
  { id: "queue", word: "desk.queue.queue", filter: `assignee:none ${OPEN}`, sort: "value" },
  { id: "mine", word: "desk.queue.mine", filter: `assignee:me ${OPEN}`, sort: "value" },
  { id: "overdue", word: "desk.queue.overdue", filter: "is:overdue", sort: "due" },
  { id: "approval", word: "desk.queue.approval", filter: "answered:awaiting_approval", sort: "newest" },
  { id: "waiting", word: "desk.queue.waiting", filter: "answered:queued", sort: "newest" },
  {
    id: "failed",
    word: "desk.queue.failed",
    filter: `answered:unknown,failed,rejected,no_subscription,unknown_feedback,outdated ${OPEN}`,
    sort: "newest",
  },
  { id: "all", word: "desk.queue.all", filter: "-is:asked", sort: "newest" },
  { id: "asked", word: "desk.queue.asked", filter: "is:asked", sort: "newest" },
];

/** The usual list of everything: what an emptied filter means. */
export const EVERYTHING = "-is:asked";

/** Everything of one outlet that is to be worked on. */
export function filterOfBranch(branchId: string): string {
  return `branch:${quoted(branchId)} ${OPEN}`;
}

/** The sort that is meant when the address does not say. */
export function sortOf(text: string, filter: string): Sort {
  const said = SORTS.find((sort) => sort === text);
  return said ?? QUEUES.find((queue) => queue.filter === filter)?.sort ?? "newest";
}

/** The address of a list, or of an item within it. */
export function deskAddress(
  list: { readonly filter: string; readonly sort?: string },
  itemId?: string,
): string {
  const params = new URLSearchParams();
  if (list.filter !== QUEUES[0].filter) params.set("filter", list.filter);
  if (list.sort !== undefined && list.sort !== sortOf("", list.filter)) params.set("sort", list.sort);
  const query = params.toString();
  const path = itemId === undefined ? "/desk" : `/desk/items/${encodeURIComponent(itemId)}`;
  return query === "" ? path : `${path}?${query}`;
}
