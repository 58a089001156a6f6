// What the rail of the inbox counts, in one call that also tells what colleagues have open: everything here asks for it once.
import { deskCalls, deskSettingCalls } from "../../../contract/index.ts";
import { useCall } from "../../api.ts";
import type { AnswerOf } from "../../calls.ts";
import { useSay } from "../../reader.tsx";
import { useBranches } from "./names.ts";
import { filterOfBranch, QUEUES } from "./queues.ts";

/** Filters that one call counts at most. */
const COUNTED = 40;

/** Counts are read again so often, ms. */
const COUNTS_MS = 20_000;

/** A line of the rail. */
export interface RailLine {
  readonly id: string;
  readonly name: string;
  readonly filter: string;
  readonly sort?: string;
}

type Counted = AnswerOf<typeof deskCalls.countDeskItems>;

/** The rail, and what is open. */
export interface Rail {
  readonly queues: readonly RailLine[];
  readonly saved: readonly RailLine[];
  readonly outlets: readonly RailLine[];
  readonly countOf: (line: RailLine) => Counted["counts"][number] | undefined;
  /** Items that colleagues have open just now. */
  readonly open: Counted["open"];
}

/** Reads it. */
export function useRail(): Rail {
  const say = useSay();
  const { branches } = useBranches();
  const views = useCall(deskSettingCalls.listDeskViews, { query: {} }).data?.items ?? [];
  const queues = QUEUES.map(({ id, word, ...list }) => ({ id, name: say(word), ...list }));
  const saved = views.map(({ id, name, filter: text, sort }) => ({ id, name, filter: text, sort }));
  const outlets = branches.map(({ id, name }) => ({ id, name, filter: filterOfBranch(id) }));
  const lines: readonly RailLine[] = [...queues, ...saved, ...outlets].slice(0, COUNTED);
  const counted = useCall(
    deskCalls.countDeskItems,
    { body: { filters: lines.map((line) => line.filter) } },
    { everyMs: COUNTS_MS },
  ).data;
  const countOf = (line: RailLine) => counted?.counts[lines.findIndex(({ id }) => id === line.id)];
  return { queues, saved, outlets, countOf, open: counted?.open ?? NOTHING };
}

const NOTHING: Counted["open"] = [];
