// Work on one item: every change says which version was seen, and when a colleague was quicker that is shown, not overwritten.
import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { answerCalls, deskCalls } from "../../../contract/index.ts";
import { type ItemOf, useCall, useChange } from "../../api.ts";
import type { AnswerOf, CallFailed, Given } from "../../calls.ts";

/** An item with its thread and the story of its order. */
export type Detail = AnswerOf<typeof deskCalls.getDeskItem>;

/** An entry of a thread. */
export type Entry = Detail["thread"][number];

/** A change of one item. */
export type Change = Given<typeof deskCalls.workOnDeskItem>["body"]["changes"][number];

/** An answer. */
export type Answer = ItemOf<typeof answerCalls.listAnswers>;

/** The item is read again so often, ms: a colleague may be at it. */
const LOOK_MS = 20_000;

/** What was meant when a colleague was quicker. */
export interface Conflict {
  readonly changes: readonly Change[];
  /** Number of the last entry that was seen then. */
  readonly seen: number;
}

/** What a page of one item works with. */
export interface Desk {
  readonly detail: Detail | undefined;
  readonly error: CallFailed | null;
  readonly refetch: () => void;
  readonly change: (...changes: Change[]) => void;
  readonly isWorking: boolean;
  readonly failure: CallFailed | null;
  readonly conflict: Conflict | null;
  readonly dropConflict: () => void;
  /** Reads all of it again, after something that changed it by another way. */
  readonly renew: () => void;
}

/** The item and the work on it. */
export function useDesk(itemId: string): Desk {
  const client = useQueryClient();
  const params = { itemId };
  const { data, error, refetch } = useCall(deskCalls.getDeskItem, { params }, { everyMs: LOOK_MS });
  const [conflict, setConflict] = useState<Conflict | null>(null);
  const work = useChange(deskCalls.workOnDeskItem, {
    touches: [deskCalls.getDeskItem, deskCalls.listDeskItems, deskCalls.countDeskItems],
    onDone: () => setConflict(null),
  });
  const change = (...changes: Change[]): void => {
    if (data === undefined) return;
    const seen = data.thread.at(-1)?.number ?? 0;
    work.mutate(
      { params, body: { version: data.item.version, changes } },
      {
        onError: (failure) => {
          if (failure.code !== "stale_version") return;
          setConflict({ changes, seen });
          void refetch();
        },
      },
    );
  };
  const renew = (): void => {
    for (const { id } of [deskCalls.getDeskItem, deskCalls.listDeskItems, answerCalls.getAnswerOffer])
      void client.invalidateQueries({ queryKey: [id] });
  };
  const failure = work.error?.code === "stale_version" ? null : work.error;
  return {
    detail: data,
    error,
    refetch: () => void refetch(),
    change,
    isWorking: work.isPending,
    failure,
    conflict,
    dropConflict: () => setConflict(null),
    renew,
  };
}
