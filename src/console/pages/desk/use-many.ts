// Answers to many at once as their dialog goes through them: words, a look at each, sending, ten seconds to take them back.
import { useRef, useState } from "react";
import { answerManyCalls } from "../../../contract/index.ts";
import { call } from "../../api.ts";
import { type AnswerOf, CallFailed, type Given } from "../../calls.ts";

/** One item of many with its own text. */
export type Entry = AnswerOf<typeof answerManyCalls.sendManyAnswers>["entries"][number];

type Confirmed = NonNullable<Given<typeof answerManyCalls.sendManyAnswers>["body"]["confirmed"]>;

/** Items of one round: more would be too many texts to read. */
export const MOST = 500;

/** Items of a call that looks, and of one that sends: the first must not leave before the last is in the queue. */
const LOOKED = 100;
const SENT = 25;

/** Which items. */
export interface ManyItems {
  /** Null: what the filter finds. */
  readonly ids: readonly string[] | null;
  readonly filter: string;
}

/** What they are told. */
export interface ManyWords {
  readonly text: string;
  readonly templateId: string | null;
}

/** What would go. */
export interface Preview {
  readonly words: ManyWords;
  readonly entries: readonly Entry[];
  /** There are more than one round takes. */
  readonly isMore: boolean;
}

/** What became of one. */
export type Fate = "queued" | "refused" | "taken_back" | "too_late" | "not_sent";

/** One item after sending. */
export interface Outcome {
  readonly entry: Entry;
  readonly fate: Fate;
}

/** The dialog's state and what it can do. */
export interface Many {
  readonly preview: Preview | null;
  /** Null: nothing was sent yet. */
  readonly outcomes: readonly Outcome[] | null;
  readonly isBusy: boolean;
  readonly error: CallFailed | null;
  readonly look: (words: ManyWords) => void;
  readonly rewrite: () => void;
  readonly send: (confirmed: ReadonlySet<string>) => void;
  readonly undo: () => void;
}

/** Whether an entry goes once these warnings are confirmed. */
export function isGoing({ reason, remarks }: Entry, confirmed: ReadonlySet<string>): boolean {
  if (reason === null) return true;
  return (
    reason === "kept_back" && remarks.every(({ level, check }) => level === "warn" && confirmed.has(check))
  );
}

/** Everything of one round. */
export function useMany(items: ManyItems): Many {
  const [preview, setPreview] = useState<Preview | null>(null);
  const [outcomes, setOutcomes] = useState<readonly Outcome[] | null>(null);
  const { run, isBusy, error } = useWork();
  const isStopped = useRef(false);
  const look = (words: ManyWords): void => run(async () => setPreview(await lookAtEach(items, words)));
  const send = (confirmed: ReadonlySet<string>): void => {
    if (preview === null) return;
    isStopped.current = false;
    const going = preview.entries.filter((entry) => isGoing(entry, confirmed));
    let told: readonly Outcome[] = going.map((entry) => ({ entry, fate: "not_sent" }));
    run(async () => {
      for (const part of parted(going, SENT)) {
        if (isStopped.current) break;
        const sent = await sendPart(part, preview.words, confirmed);
        told = told.map((outcome) => sent.get(outcome.entry.itemId) ?? outcome);
        setOutcomes(told);
      }
    });
  };
  const undo = (): void => {
    isStopped.current = true;
    run(async () => {
      const waiting = (outcomes ?? []).filter(({ fate }) => fate === "queued");
      for (const part of parted(waiting, LOOKED)) {
        const undone = await takeBack(part);
        setOutcomes((now) => now?.map((one) => undone.get(one.entry.itemId) ?? one) ?? null);
      }
    });
  };
  return { preview, outcomes, isBusy, error, look, send, undo, rewrite: () => setPreview(null) };
}

/** Work one after another: what is taken back waits for the part that is being sent. */
function useWork(): {
  readonly run: (work: () => Promise<void>) => void;
  readonly isBusy: boolean;
  readonly error: CallFailed | null;
} {
  const [running, setRunning] = useState(0);
  const [error, setError] = useState<CallFailed | null>(null);
  const chain = useRef<Promise<void>>(Promise.resolve());
  const run = (work: () => Promise<void>): void => {
    setRunning((count) => count + 1);
    setError(null);
    chain.current = chain.current.then(async () => {
      try {
        await work();
      } catch (problem) {
        if (!(problem instanceof CallFailed)) throw problem;
        setError(problem);
      } finally {
        setRunning((count) => count - 1);
      }
    });
  };
  return { run, isBusy: running > 0, error };
}

async function lookAtEach({ ids, filter }: ManyItems, words: ManyWords): Promise<Preview> {
  const entries: Entry[] = [];
  if (ids !== null) {
    for (const itemIds of parted(ids.slice(0, MOST), LOOKED)) {
      const body = { filter: "", itemIds, ...words };
      entries.push(...(await call(answerManyCalls.previewManyAnswers, { body })).entries);
    }
    return { words, entries, isMore: ids.length > MOST };
  }
  let after: string | null = "0";
  while (after !== null && entries.length < MOST) {
    const body = { filter, most: LOOKED, after, ...words };
    const report: AnswerOf<typeof answerManyCalls.previewManyAnswers> = await call(
      answerManyCalls.previewManyAnswers,
      { body },
    );
    entries.push(...report.entries);
    after = report.next;
  }
  return { words, entries, isMore: after !== null };
}

async function sendPart(
  part: readonly Entry[],
  words: ManyWords,
  confirmed: ReadonlySet<string>,
): Promise<ReadonlyMap<string, Outcome>> {
  const itemIds = part.map(({ itemId }) => itemId);
  const body = { filter: "", itemIds, ...words, confirmed: [...confirmed] as Confirmed };
  const { entries } = await call(answerManyCalls.sendManyAnswers, { body });
  const told = new Map(
    entries.map((entry): [string, Outcome] => [
      entry.itemId,
      { entry, fate: entry.answerId === null ? "refused" : "queued" },
    ]),
  );
  // One that the server found no more is told, too.
  for (const entry of part) {
    if (told.has(entry.itemId)) continue;
    told.set(entry.itemId, { entry: { ...entry, reason: "changed_meanwhile" }, fate: "refused" });
  }
  return told;
}

async function takeBack(part: readonly Outcome[]): Promise<ReadonlyMap<string, Outcome>> {
  const answerIds = part.flatMap(({ entry }) => (entry.answerId === null ? [] : [entry.answerId]));
  const { entries } = await call(answerManyCalls.undoManyAnswers, { body: { answerIds } });
  const back = new Set(entries.filter(({ isTakenBack }) => isTakenBack).map(({ answerId }) => answerId));
  return new Map(
    part.map(({ entry }): [string, Outcome] => [
      entry.itemId,
      { entry, fate: back.has(entry.answerId ?? "") ? "taken_back" : "too_late" },
    ]),
  );
}

function parted<One>(all: readonly One[], size: number): One[][] {
  return Array.from({ length: Math.ceil(all.length / size) }, (_, at) =>
    all.slice(at * size, (at + 1) * size),
  );
}
