// Notes on the trend by the API.
import { trendNoteCalls } from "../../contract/index.ts";
import { type DeskSource, readDay, writeDay } from "../../core/desk/index.ts";
import { dropTrendNote, findTrendNotes, writeTrendNote } from "../../flows/index.ts";
import type { TrendNote } from "../../storage/index.ts";
import { Refusal, refuse } from "./refusal.ts";
import { route, shown } from "./route.ts";

/** Most notes of one call. */
const MOST = 500;

/** Ends of the days that may be noted. */
const FIRST = "1970-01-01";
const LAST = "9999-12-31";

/** A day as stored; years that no calendar of ours has are refused. */
function dayOf(text: string, path: string): number | Refusal {
  return readDay(text) ?? refuse("invalid_request", undefined, [{ path, message: "is no day" }]);
}

const listTrendNotes = route(trendNoteCalls.listTrendNotes, async ({ house, query, caller }) => {
  const from = dayOf(query.from ?? FIRST, "/query/from");
  if (from instanceof Refusal) return from;
  const to = dayOf(query.to ?? LAST, "/query/to");
  if (to instanceof Refusal) return to;
  const { stores } = caller;
  return { notes: (await findTrendNotes(house, { from, to, stores, most: MOST })).map(noteShown) };
});

const createTrendNote = route(trendNoteCalls.createTrendNote, async ({ house, body, caller }) => {
  const day = dayOf(body.day, "/body/day");
  if (day instanceof Refusal) return day;
  const { branchId = null, source = null, text } = body;
  const wish = { day, branchId, source, text: text.trim(), author: caller.tokenId };
  const note = await writeTrendNote(house, wish, caller.stores);
  return note === null ? refuse("forbidden", "This is for people of that outlet.") : noteShown(note);
});

const removeTrendNote = route(trendNoteCalls.removeTrendNote, async ({ house, params, caller }) =>
  (await dropTrendNote(house, params.noteId, caller.stores)) ? undefined : refuse("not_found"),
);

function noteShown({ id, day, branchId, source, text, author, at }: TrendNote) {
  return {
    id,
    day: writeDay(day),
    branchId,
    source: source as DeskSource | null,
    text,
    author,
    at: shown(at),
  };
}

/** Routes of notes. */
export const trendNoteRoutes = [listTrendNotes, createTrendNote, removeTrendNote];
