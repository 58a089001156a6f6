// What an entry of a thread says, in one line.
import type { Say, WordKey } from "../../words.ts";
import { useColleagues } from "./names.ts";
import type { Entry } from "./use-work.ts";

/** Names that entries need. */
export interface ThreadNames {
  readonly nameOf: (id: string | null) => string;
}

/** The names, from the colleagues' list. */
export function useThreadNames(): ThreadNames {
  const { nameOf } = useColleagues();
  return { nameOf };
}

/** Kinds with a text of their own; the rest are told as a change. */
const PLAIN = [
  "received",
  "revised",
  "imported",
  "erased",
  "answer_waits",
  "answer_declined",
  "answer_taken_back",
  "answer_held_sent",
  "answer_sent_again",
  "answer_queued",
  "answer_delivered",
  "answer_outdated",
  "answer_no_subscription",
  "answer_unknown_feedback",
  "answer_rejected",
  "answer_failed",
  "answer_unknown",
  "answer_retrying",
] as const;

type States = "asked" | "new" | "in_progress" | "waiting" | "answered" | "no_reaction" | "closed";

const STATES: readonly string[] = [
  "asked",
  "new",
  "in_progress",
  "waiting",
  "answered",
  "no_reaction",
  "closed",
];

/** The line; a note's own words stand apart. */
export function entryText(entry: Entry, say: Say, names: ThreadNames): string {
  const body = entry.body as Readonly<Record<string, unknown>>;
  const plain = PLAIN.find((kind) => kind === entry.kind);
  if (plain !== undefined) return say(`desk.thread.${plain}`);
  const word = text(body["word"]);
  switch (entry.kind) {
    case "note":
      return say("desk.thread.note");
    case "assigned": {
      const to = body["to"];
      return typeof to === "string"
        ? say("desk.thread.assigned", { name: names.nameOf(to) })
        : say("desk.thread.unassigned");
    }
    case "state":
    case "reopened": {
      const to = text(body["to"]);
      const named = STATES.includes(to) ? say(`desk.state.${to as States}`) : to;
      return say(entry.kind === "state" ? "desk.thread.state" : "desk.thread.reopened", { state: named });
    }
    case "tag_added":
    case "tag_removed":
    case "topic_added":
    case "topic_removed":
      return say(`desk.thread.${entry.kind}`, { word });
    case "cause":
      return body["to"] === null
        ? say("desk.thread.causeGone")
        : say("desk.thread.cause", { cause: text(body["to"]) });
    case "appeal":
      return say("desk.thread.appeal", { appeal: appealText(text(body["to"]), say) });
    case "refund":
      return say(body["to"] === true ? "desk.thread.refund" : "desk.thread.refundGone");
    default:
      return say("desk.thread.other");
  }
}

function appealText(appeal: string, say: Say): string {
  const known = ["none", "open", "won", "lost"].includes(appeal);
  return known ? say(`desk.appeal.${appeal}` as WordKey) : appeal;
}

function text(value: unknown): string {
  return typeof value === "string" ? value : "";
}
