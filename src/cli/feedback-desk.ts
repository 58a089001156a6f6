// `feedback list --filter`: items of the desk at the terminal, by the same filter as everywhere.
import type { Filter } from "../core/desk/index.ts";
import { writeDay } from "../core/desk/index.ts";
import {
  filterProblemText,
  findDeskItems,
  findDeskQueue,
  type House,
  isDeskZone,
  type QueuedFind,
  type QueuePlace,
  readDeskFilter,
} from "../flows/index.ts";
import {
  DESK_SORTS,
  type DeskPlace,
  type DeskRecord,
  type DeskSort,
  type NamedDish,
  QUEUE_SORTS,
  type QueueSort,
} from "../storage/index.ts";
import { type CliContext, CommandFailed } from "./context.ts";

/** What was typed. */
export interface DeskListOptions {
  readonly filter: string;
  readonly sort?: string;
  readonly zone?: string;
  readonly limit: number;
  readonly json?: boolean;
}

/** Items of one read. */
const PAGE = 100;

/** Characters of a comment that a line shows. */
const SHOWN = 60;

/** Prints the items, newest first unless told otherwise. */
export async function listDesk(context: CliContext, options: DeskListOptions): Promise<void> {
  const { sort = "newest", json } = options;
  const { house } = await context.reading();
  const filter = typedFilter(house, options.filter, options.zone);
  const pages = isSort(sort)
    ? listPages(house, filter, sort)
    : isQueueSort(sort)
      ? queuePages(house, filter, sort)
      : null;
  if (pages === null) {
    throw new CommandFailed(`--sort is one of ${[...DESK_SORTS, ...QUEUE_SORTS].join(", ")}`, 2);
  }
  const items: object[] = [];
  for await (const { item, dishes, queue } of pages) {
    if (items.length >= options.limit) break;
    const shown = shownItem(
      item,
      dishes.map(({ id, name }) => ({ id, name })),
    );
    items.push(queue === null ? shown : { ...shown, queue });
    if (!json) context.print(queue === null ? lineOf(item) : `${queueText(queue)}  ${lineOf(item)}`);
  }
  if (json) context.print(JSON.stringify(items));
  else if (items.length === 0) context.print("Nothing matches.");
}

/** A line of the list; a queue tells why it stands there. */
interface Listed {
  readonly item: DeskRecord;
  readonly dishes: readonly NamedDish[];
  readonly queue: (QueuedFind["queue"] & { readonly timeEnds: string | null; readonly at: string }) | null;
}

async function* listPages(house: House, filter: Filter, sort: DeskSort): AsyncGenerator<Listed> {
  let after: DeskPlace | null = null;
  do {
    const page: Awaited<ReturnType<typeof findDeskItems>> = await findDeskItems(house, filter, {
      sort,
      after,
      limit: PAGE,
    });
    for (const item of page.items) yield { item, dishes: page.dishes.get(item.seq) ?? [], queue: null };
    after = page.next;
  } while (after !== null);
}

async function* queuePages(house: House, filter: Filter, sort: QueueSort): AsyncGenerator<Listed> {
  let after: QueuePlace | null = null;
  do {
    const page: Awaited<ReturnType<typeof findDeskQueue>> = await findDeskQueue(house, filter, {
      sort,
      after,
      limit: PAGE,
    });
    const at = new Date(page.moment.at).toISOString();
    for (const { item, queue, timeEnds } of page.items) {
      const ends = timeEnds === null ? null : new Date(timeEnds).toISOString();
      yield { item, dishes: page.dishes.get(item.seq) ?? [], queue: { ...queue, timeEnds: ends, at } };
    }
    after = page.next;
  } while (after !== null);
}

function queueText({ lowness, roubles, haste, value, timeEnds }: NonNullable<Listed["queue"]>): string {
  return `${value} = ${lowness}·${roubles}·${haste}  ${timeEnds ?? "-"}`;
}

function isQueueSort(word: string): word is QueueSort {
  return QUEUE_SORTS.some((sort) => sort === word);
}

/** Reads a filter from the command line; a wrong one ends the command and says where and why. */
export function typedFilter(house: House, text: string, zone: string | undefined): Filter {
  if (zone !== undefined && !isDeskZone(zone)) throw new CommandFailed(`${zone} is no IANA time zone`, 2);
  const read = readDeskFilter(house, text, { me: null, zone: zone ?? null });
  if (read.kind === "refused") throw new CommandFailed(filterProblemText(read.problem), 2);
  return read.filter;
}

function isSort(word: string): word is DeskSort {
  return DESK_SORTS.some((sort) => sort === word);
}

function shownItem({ seq: _seq, stems: _stems, ...item }: DeskRecord, dishes: readonly object[]): object {
  return {
    ...item,
    day: writeDay(item.day),
    receivedAt: new Date(item.receivedAt).toISOString(),
    dueAt: item.dueAt === null ? null : new Date(item.dueAt).toISOString(),
    dishes,
  };
}

function lineOf(item: DeskRecord): string {
  const words = (item.comment ?? item.preset ?? "").replaceAll(/\s+/g, " ");
  const comment = words.length > SHOWN ? `${words.slice(0, SHOWN)}…` : words;
  const stars = item.rating === null ? "asked" : "★".repeat(item.rating).padEnd(5, "☆");
  const marks = [...item.tags, ...item.topics, ...(item.isDisputed ? ["disputed"] : [])].join(",");
  return `${item.id}  ${writeDay(item.day)}  ${stars}  ${item.source}  ${item.orderId}  ${item.branchId ?? "-"}  ${item.state}  ${marks || "-"}  ${comment}`;
}
