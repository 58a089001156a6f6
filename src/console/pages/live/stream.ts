// The stream as a list: new calls come on top, or wait in a pile while rows must not move.
import type { CallFailed } from "../../calls.ts";
import type { LiveHead } from "./follow-calls.ts";

/** Rows that are kept on the page; the server keeps as many. */
export const MOST_ROWS = 500;

/** What is known of the stream. */
export interface Stream {
  /** Newest first. */
  readonly shown: readonly LiveHead[];
  /** Came while the list was held, newest first. */
  readonly waiting: readonly LiveHead[];
  /** Nothing was answered yet. */
  readonly isPending: boolean;
  /** Why the last try failed; null: it did not. */
  readonly error: CallFailed | null;
}

/** What happens to it. */
export type StreamEvent =
  | { readonly kind: "begun" }
  | { readonly kind: "came"; readonly calls: readonly LiveHead[]; readonly isHeld: boolean }
  | { readonly kind: "failed"; readonly error: CallFailed }
  | { readonly kind: "released" };

/** A stream of which nothing is known. */
export const NOTHING: Stream = { shown: [], waiting: [], isPending: true, error: null };

/** The stream after an event. A call that is told twice stands once. */
export function nextStream(stream: Stream, event: StreamEvent): Stream {
  switch (event.kind) {
    case "begun":
      return NOTHING;
    case "failed":
      return { ...stream, isPending: false, error: event.error };
    case "released":
      return stream.waiting.length === 0
        ? stream
        : { ...stream, shown: newest(stream.waiting, stream.shown), waiting: [] };
    case "came":
      return withCalls(stream, event.calls, event.isHeld);
  }
}

function withCalls(stream: Stream, calls: readonly LiveHead[], isHeld: boolean): Stream {
  const known = new Set([...stream.shown, ...stream.waiting].map(({ id }) => id));
  const fresh = calls.filter(({ id }) => !known.has(id)).reverse();
  const settled = { ...stream, isPending: false, error: null };
  if (fresh.length === 0) return stream.isPending || stream.error !== null ? settled : stream;
  // The first answer is what there is, not news.
  return isHeld && !stream.isPending
    ? { ...settled, waiting: newest(fresh, stream.waiting) }
    : { ...settled, shown: newest([...fresh, ...stream.waiting], stream.shown), waiting: [] };
}

function newest(fresh: readonly LiveHead[], old: readonly LiveHead[]): readonly LiveHead[] {
  return [...fresh, ...old].slice(0, MOST_ROWS);
}
