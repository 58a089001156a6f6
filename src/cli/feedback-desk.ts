// `feedback list --filter`: items of the desk at the terminal, by the same filter as everywhere.
import type { Filter } from "../core/desk/index.ts";
import { writeDay } from "../core/desk/index.ts";
import { filterProblemText, findDeskItems, type House, isDeskZone, readDeskFilter } from "../flows/index.ts";
import { DESK_SORTS, type DeskPlace, type DeskRecord, type DeskSort } from "../storage/index.ts";
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
  if (!isSort(sort)) throw new CommandFailed(`--sort is one of ${DESK_SORTS.join(", ")}`, 2);
  const { house } = await context.reading();
  const filter = typedFilter(house, options.filter, options.zone);
  const items: object[] = [];
  let after: DeskPlace | null = null;
  do {
    const limit = Math.min(PAGE, options.limit - items.length);
    const found: Awaited<ReturnType<typeof findDeskItems>> = await findDeskItems(house, filter, {
      sort,
      after,
      limit,
    });
    for (const item of found.items) {
      const dishes = (found.dishes.get(item.seq) ?? []).map(({ id, name }) => ({ id, name }));
      items.push(shownItem(item, dishes));
      if (!json) context.print(lineOf(item));
    }
    after = found.next;
  } while (after !== null && items.length < options.limit);
  if (json) context.print(JSON.stringify(items));
  else if (items.length === 0) context.print("Nothing matches.");
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
