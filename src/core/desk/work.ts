// What people may do with an item: one change at a time, decided on what the item is now.
import type { Appeal, DeskItem, DeskState } from "./item.ts";

/** Longest tag, topic, cause: characters. */
export const WORD_LIMIT = 60;

/** Longest note, characters. */
export const NOTE_LIMIT = 10_000;

/** Most tags, and most topics, of one item. */
export const WORDS_LIMIT = 30;

/** A change that somebody asks for. */
export type WorkChange =
  | { readonly kind: "assign"; readonly person: string | null }
  | { readonly kind: "state"; readonly to: ChosenState }
  | { readonly kind: "word"; readonly of: "tag" | "topic"; readonly word: string; readonly isOn: boolean }
  | { readonly kind: "note"; readonly text: string }
  | { readonly kind: "cause"; readonly cause: string | null }
  | { readonly kind: "appeal"; readonly appeal: Appeal }
  | { readonly kind: "refund"; readonly isRefunded: boolean };

/** States that people choose: "asked" is the customer's turn, "answered" comes of an answer. */
export const CHOSEN_STATES = ["new", "in_progress", "waiting", "no_reaction", "closed"] as const;

/** One of CHOSEN_STATES. */
export type ChosenState = (typeof CHOSEN_STATES)[number];

/** What a change does to the item's row, and whether its clock stops or starts again. */
export interface WorkPatch {
  readonly state?: DeskState;
  readonly assignee?: string | null;
  readonly cause?: string | null;
  readonly appeal?: Appeal;
  readonly isRefunded?: boolean;
  readonly addsNote?: true;
  readonly word?: Extract<WorkChange, { kind: "word" }>;
  readonly clock?: "stop" | "start";
}

/** What is decided; `entry` goes into the thread. */
export type WorkDecision =
  | {
      readonly kind: "changed";
      readonly patch: WorkPatch;
      readonly entry: { readonly kind: string; readonly body: object };
    }
  | { readonly kind: "unchanged" }
  | { readonly kind: "refused"; readonly reason: RefusedWork };

/** Why a change is refused. */
export type RefusedWork = "not_rated_yet" | "blank" | "too_long" | "too_many";

/** States in which somebody has to do something. */
export const OPEN_STATES: readonly DeskState[] = ["new", "in_progress", "waiting"];

/** Whether somebody still has something to do. */
export function isOpenState(state: DeskState): boolean {
  return OPEN_STATES.includes(state);
}

/** Decides on a change. */
export function decideWork(item: DeskItem, change: WorkChange): WorkDecision {
  switch (change.kind) {
    case "assign":
      if (item.assignee === change.person) return { kind: "unchanged" };
      return changed({ assignee: change.person }, "assigned", { from: item.assignee, to: change.person });
    case "state":
      return changeState(item, change.to);
    case "word":
      return changeWord(item, change);
    case "note":
      if (change.text.trim() === "") return { kind: "refused", reason: "blank" };
      if (change.text.length > NOTE_LIMIT) return { kind: "refused", reason: "too_long" };
      return changed({ addsNote: true }, "note", { text: change.text });
    case "cause":
      if (item.cause === change.cause) return { kind: "unchanged" };
      if (change.cause !== null && !isWord(change.cause)) return wordTrouble(change.cause);
      return changed({ cause: change.cause }, "cause", { from: item.cause, to: change.cause });
    case "appeal":
      if (item.appeal === change.appeal) return { kind: "unchanged" };
      return changed({ appeal: change.appeal }, "appeal", { from: item.appeal, to: change.appeal });
    case "refund":
      if (item.isRefunded === change.isRefunded) return { kind: "unchanged" };
      return changed({ isRefunded: change.isRefunded }, "refund", { to: change.isRefunded });
  }
}

function changeState(item: DeskItem, to: ChosenState): WorkDecision {
  if (item.state === to) return { kind: "unchanged" };
  if (item.state === "asked") return { kind: "refused", reason: "not_rated_yet" };
  const wasOpen = isOpenState(item.state);
  const clock = isOpenState(to) ? (wasOpen ? {} : { clock: "start" as const }) : { clock: "stop" as const };
  return changed({ state: to, ...clock }, wasOpen || !isOpenState(to) ? "state" : "reopened", {
    from: item.state,
    to,
  });
}

function changeWord(item: DeskItem, change: Extract<WorkChange, { kind: "word" }>): WorkDecision {
  const words = change.of === "tag" ? item.tags : item.topics;
  if (words.includes(change.word) === change.isOn) return { kind: "unchanged" };
  if (change.isOn && !isWord(change.word)) return wordTrouble(change.word);
  if (change.isOn && words.length >= WORDS_LIMIT) return { kind: "refused", reason: "too_many" };
  const entry = `${change.of}_${change.isOn ? "added" : "removed"}`;
  return changed({ word: change }, entry, { word: change.word });
}

function isWord(word: string): boolean {
  return word.trim() === word && word !== "" && word.length <= WORD_LIMIT;
}

function wordTrouble(word: string): WorkDecision {
  return { kind: "refused", reason: word.length > WORD_LIMIT ? "too_long" : "blank" };
}

function changed(patch: WorkPatch, kind: string, body: object): WorkDecision {
  return { kind: "changed", patch, entry: { kind, body } };
}

/** All changes of one piece of work, each decided on what those before have left; the first refusal is the whole's. */
export function decideAll(
  item: DeskItem,
  changes: readonly WorkChange[],
):
  | {
      readonly kind: "decided";
      readonly steps: readonly Extract<WorkDecision, { kind: "changed" }>[];
      readonly item: DeskItem;
    }
  | { readonly kind: "refused"; readonly index: number; readonly reason: RefusedWork } {
  const steps: Extract<WorkDecision, { kind: "changed" }>[] = [];
  let now = item;
  for (const [index, change] of changes.entries()) {
    const decision = decideWork(now, change);
    if (decision.kind === "refused") return { kind: "refused", index, reason: decision.reason };
    if (decision.kind === "unchanged") continue;
    steps.push(decision);
    now = patched(now, decision.patch);
  }
  return { kind: "decided", steps, item: now };
}

/** The item after a patch. */
function patched(item: DeskItem, patch: WorkPatch): DeskItem {
  const { addsNote, word, clock, ...fields } = patch;
  const next: DeskItem = { ...item, ...fields, hasNotes: item.hasNotes || addsNote === true };
  if (clock === "stop") return { ...next, dueAt: null };
  if (word === undefined) return next;
  const words = word.of === "tag" ? item.tags : item.topics;
  const left = words.filter((each) => each !== word.word);
  return { ...next, [word.of === "tag" ? "tags" : "topics"]: word.isOn ? [...left, word.word].sort() : left };
}
