// The feedback desk: lists, counts, one item, work on one and on many.
import { BULK_LIMIT, deskCalls } from "../../contract/index.ts";
import {
  type Filter,
  type FilterProblem,
  keptToBranches,
  type RefusedWork,
  suggestTopics,
} from "../../core/desk/index.ts";
import {
  type ApiCaller,
  countDesk,
  DESK_COUNT_LIMIT,
  deskTable,
  filterProblemText,
  findDeskItem,
  findDeskItems,
  findDeskQueue,
  findDeskStory,
  findDeskWords,
  type House,
  isDeskZone,
  lookAtItem,
  openItems,
  type QueuePlace,
  readDeskFilter,
  workOn,
  workOnMany,
} from "../../flows/index.ts";
import type { DeskPlace, DeskSort, QueueSort } from "../../storage/index.ts";
import { entryShown, itemShown, queueShown } from "./desk-shown.ts";
import { FileAnswer } from "./file-answer.ts";
import { cursorOf, type PageWish, pageWish } from "./page.ts";
import { Refusal, refuse } from "./refusal.ts";
import { route } from "./route.ts";
import { ofStores } from "./stores.ts";

const listDeskItems = route(deskCalls.listDeskItems, async ({ house, query, caller }) => {
  const wish = pageWish(query);
  if (wish instanceof Refusal) return wish;
  const { sort = "newest" } = query;
  const filter = filterOf(house, query.filter ?? "", query.zone, caller, "/query/filter");
  if (filter instanceof Refusal) return filter;
  if (sort === "value" || sort === "left") return queueOf(house, filter, sort, wish);
  const after = wish.after === null ? null : placeOf(wish.after, sort);
  if (after instanceof Refusal) return after;
  const found = await findDeskItems(house, filter, { sort, after, limit: wish.limit });
  return {
    items: found.items.map((item) => itemShown(item, found.dishes.get(item.seq) ?? [])),
    nextCursor: found.next === null ? null : cursorOf(`${sort}:${found.next.value}:${found.next.seq}`),
  };
});

async function queueOf(house: House, filter: Filter, sort: QueueSort, wish: PageWish) {
  const after = wish.after === null ? null : queuePlaceOf(wish.after, sort);
  if (after instanceof Refusal) return after;
  const found = await findDeskQueue(house, filter, { sort, after, limit: wish.limit });
  const { moment, next } = found;
  return {
    items: found.items.map((one) =>
      itemShown(one.item, found.dishes.get(one.item.seq) ?? [], queueShown(one, moment.at)),
    ),
    nextCursor:
      next === null
        ? null
        : cursorOf(`${sort}:${next.value}:${next.seq}:${moment.at}:${moment.deadlineMs ?? ""}`),
  };
}

const countDeskItems = route(deskCalls.countDeskItems, async ({ house, body, caller }) => {
  const filters: Filter[] = [];
  for (const [index, text] of body.filters.entries()) {
    const filter = filterOf(house, text, body.zone, caller, `/body/filters/${index}`);
    if (filter instanceof Refusal) return filter;
    filters.push(filter);
  }
  const counts = await countDesk(house, filters);
  const open = ofStores(await openItems(house, personOf(caller)), caller, ({ branchId }) => branchId);
  return {
    counts: counts.map((count) => ({ count, isMore: count >= DESK_COUNT_LIMIT })),
    open: open.map(({ itemId, personId }) => ({ itemId, personId })),
  };
});

/** A program looks at nothing. */
const personOf = ({ person }: ApiCaller): string | null => person?.id ?? null;

const getDeskItem = route(deskCalls.getDeskItem, async ({ house, params, caller }) => {
  const found = await findDeskItem(house, params.itemId);
  if (found === null) return refuse("not_found");
  const { item, dishes, employeeId, thread, story } = found;
  return {
    item: itemShown(item, dishes),
    employeeId,
    thread: thread.map(entryShown),
    suggestedTopics: suggestTopics(item),
    openBy: await lookAtItem(house, item.id, personOf(caller)),
    story: ofStores(story, caller, ({ item: { branchId } }) => branchId).map((one) =>
      itemShown(one.item, one.dishes),
    ),
  };
});

const WHY: { readonly [reason in RefusedWork]: string } = {
  not_rated_yet: "The customer was asked and has not rated yet: there is nothing to do",
  blank: "The text is empty or has blanks around it",
  too_long: "The text is too long",
  too_many: "The item has as many words as it may",
};

const workOnDeskItem = route(deskCalls.workOnDeskItem, async ({ house, params, body, caller }) => {
  const { version, changes } = body;
  const done = await workOn(house, { itemId: params.itemId, version, actor: caller.tokenId, changes });
  switch (done.kind) {
    case "unknown_item":
      return refuse("not_found");
    case "stale":
      return refuse("stale_version", `The version that stands is ${done.version}.`);
    case "refused":
      return refuse("work_refused", undefined, [
        { path: `/body/changes/${done.index}`, message: WHY[done.reason] },
      ]);
    case "done": {
      const story = await findDeskStory(house, done.item.orderId);
      const dishes = story.find(({ item }) => item.id === done.item.id)?.dishes ?? [];
      return itemShown(done.item, dishes);
    }
  }
});

const workOnDesk = route(deskCalls.workOnDesk, async ({ house, body, caller }) => {
  const filter = filterOf(house, body.filter, body.zone, caller, "/body/filter");
  if (filter instanceof Refusal) return filter;
  const { filter: filterText, change, most = BULK_LIMIT.usual } = body;
  return workOnMany(house, { filter, filterText, actor: caller.tokenId, change, most });
});

/** Most items that an export names. */
const IDS_LIMIT = 200;

const exportDesk = route(deskCalls.exportDesk, async ({ house, query, caller }) => {
  const { format = "csv", language = "ru", zone } = query;
  const filter = filterOf(house, query.filter ?? "", zone, caller, "/query/filter");
  if (filter instanceof Refusal) return filter;
  const itemIds = query.itemIds?.split(",") ?? null;
  if (itemIds !== null && itemIds.length > IDS_LIMIT)
    return refuse("invalid_request", undefined, [{ path: "/query/itemIds", message: "are too many" }]);
  const pieces = deskTable(house, { filter, itemIds, language, zone: zone ?? null }, format);
  return new FileAnswer(MEDIA[format], `feedback.${format}`, pieces);
});

const MEDIA = {
  csv: "text/csv; charset=utf-8",
  xlsx: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
} as const;

const listDeskWords = route(deskCalls.listDeskWords, async ({ house, query, caller }) => ({
  words: [...(await findDeskWords(house, query.kind, caller.stores))],
}));

/** Routes of items. */
export const deskRoutes = [
  listDeskItems,
  getDeskItem,
  workOnDeskItem,
  countDeskItems,
  workOnDesk,
  exportDesk,
  listDeskWords,
];

/** The filter as the caller means it; `path` is where it stands in the request. */
export function filterOf(
  house: House,
  text: string,
  zone: string | undefined,
  caller: ApiCaller,
  path: string,
): Filter | Refusal {
  if (zone !== undefined && !isDeskZone(zone)) {
    const place = `${path.startsWith("/query") ? "/query" : "/body"}/zone`;
    return refuse("invalid_request", undefined, [{ path: place, message: "is no IANA time zone" }]);
  }
  const read = readDeskFilter(house, text, { me: caller.tokenId, zone: zone ?? null });
  return read.kind === "filter"
    ? keptToBranches(read.filter, caller.stores)
    : filterRefusal(read.problem, path);
}

/** Says from which character on a filter cannot be read, and why. */
export function filterRefusal(problem: FilterProblem, path: string): Refusal {
  return refuse("filter_refused", undefined, [{ path, message: filterProblemText(problem) }]);
}

/** Reads "sort:value:seq:at:deadline", the last empty where it was not known. */
function queuePlaceOf(text: string, sort: QueueSort): QueuePlace | Refusal {
  const match = /^([a-z]+):(\d{1,16}):(\d{1,16}):(\d{1,14}):(\d{0,14})$/.exec(text);
  if (match === null || match[1] !== sort) return refuse("bad_cursor");
  const [value = 0, seq = 0, at = 0] = match.slice(2, 5).map(Number);
  if (!Number.isSafeInteger(value) || !Number.isSafeInteger(seq)) return refuse("bad_cursor");
  return { value, seq, moment: { at, deadlineMs: match[5] === "" ? null : Number(match[5]) } };
}

/** Reads "sort:value:seq"; a cursor of another sort is not one of this list. */
function placeOf(text: string, sort: DeskSort): DeskPlace | Refusal {
  const match = /^([a-z]+):(\d{1,16}):(\d{1,16})$/.exec(text);
  if (match === null || match[1] !== sort) return refuse("bad_cursor");
  const [value, seq] = [Number(match[2]), Number(match[3])];
  return Number.isSafeInteger(value) && Number.isSafeInteger(seq) ? { value, seq } : refuse("bad_cursor");
}
