// A draft that is kept on the server while it is written, so that nothing is lost and every check is the server's own.
import { useQueryClient } from "@tanstack/react-query";
import { useEffect, useRef, useState } from "react";
import { answerCalls } from "../../../contract/index.ts";
import { call } from "../../api.ts";
import { type AnswerOf, CallFailed } from "../../calls.ts";
import type { Answer } from "./use-work.ts";

/** Percents that there are codes for. */
export const PROMOS = [10, 15, 20, 30, 40] as const;

/** One of PROMOS. */
export type Promo = (typeof PROMOS)[number];

/** A remark on a draft. */
export type Remark = AnswerOf<typeof answerCalls.getAnswer>["remarks"][number];

/** A pause in writing after which the draft is kept, ms. */
const PAUSE_MS = 700;

interface Kept {
  readonly id: string;
  readonly version: number;
  readonly text: string;
  readonly promo: number | null;
}

/** The draft in hand. */
export interface Draft {
  readonly text: string;
  readonly promo: Promo | null;
  readonly remarks: readonly Remark[];
  /** Who began it; null: nothing is kept yet. */
  readonly createdBy: string | null;
  readonly isBusy: boolean;
  readonly error: CallFailed | null;
  readonly write: (change: { readonly text?: string; readonly promo?: Promo | null }) => void;
  readonly fill: (templateId: string) => void;
  readonly send: (confirmed: ReadonlySet<string>) => void;
  readonly discard: () => void;
}

/** What is in hand while it is written. */
interface Hand {
  readonly text: string;
  readonly promo: Promo | null;
  /** As the server has it; null: it has nothing yet. */
  readonly kept: Kept | null;
  readonly createdBy: string | null;
  readonly remarks: readonly Remark[];
}

const NOTHING: Hand = { text: "", promo: null, kept: null, createdBy: null, remarks: [] };

/** The draft of an item; `known` is the one that the server has. */
export function useDraft(itemId: string, known: Answer | undefined, onSent: () => void): Draft {
  const { hand, now, set } = useHand();
  const { inTurn, error } = useTurns();
  const [isBusy, setBusy] = useState(false);
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);
  const gone = useRef(new Set<string>());
  useEffect(() => () => clearTimeout(timer.current), []);
  const keep = async (templateId: string | null): Promise<void> => {
    const answer = await keepDraft(itemId, now.current, templateId);
    if (answer !== null) set(handOf(answer, templateId !== null));
  };
  const knownId = known?.id;
  const takeOver = (): void => {
    if (knownId === undefined || hand.kept !== null || hand.text !== "" || gone.current.has(knownId)) return;
    const params = { answerId: knownId };
    void inTurn(async () => set(handOf(await call(answerCalls.getAnswer, { params }), true)));
  };
  // biome-ignore lint/correctness/useExhaustiveDependencies: a draft is taken over once, when nothing is being written here.
  useEffect(takeOver, [knownId]);
  /** Does the last thing with the draft. */
  const end = (work: (kept: Kept | null) => Promise<boolean>): Promise<void> => {
    clearTimeout(timer.current);
    return inTurn(async () => {
      if (!(await work(now.current.kept))) return;
      set(NOTHING);
      onSent();
    });
  };
  return {
    ...hand,
    isBusy,
    error,
    write: (change) => {
      set(change);
      clearTimeout(timer.current);
      timer.current = setTimeout(() => void inTurn(() => keep(null)), PAUSE_MS);
    },
    fill: (templateId) => {
      clearTimeout(timer.current);
      void inTurn(() => keep(templateId));
    },
    send: (confirmed) => {
      setBusy(true);
      void end(async () => {
        await keep(null);
        return sendDraft(now.current.kept, confirmed);
      }).finally(() => setBusy(false));
    },
    discard: () =>
      void end(async (kept) => {
        if (kept === null) return true;
        gone.current.add(kept.id);
        await call(answerCalls.removeAnswer, { params: { answerId: kept.id } });
        return true;
      }),
  };
}

/** What is in hand, for the screen and, always the latest, for calls that were begun before. */
function useHand(): {
  readonly hand: Hand;
  readonly now: { readonly current: Hand };
  readonly set: (change: Partial<Hand>) => void;
} {
  const [hand, setHand] = useState(NOTHING);
  const now = useRef(hand);
  const set = (change: Partial<Hand>): void => {
    now.current = { ...now.current, ...change };
    setHand(now.current);
  };
  return { hand, now, set };
}

/** Calls one after another, so that each sees the version that the one before has made. */
function useTurns(): {
  readonly inTurn: (work: () => Promise<void>) => Promise<void>;
  readonly error: CallFailed | null;
} {
  const client = useQueryClient();
  const [error, setError] = useState<CallFailed | null>(null);
  const chain = useRef<Promise<void>>(Promise.resolve());
  const inTurn = (work: () => Promise<void>): Promise<void> => {
    chain.current = chain.current.then(async () => {
      try {
        await work();
        setError(null);
      } catch (problem) {
        if (!(problem instanceof CallFailed)) throw problem;
        setError(problem);
        if (problem.status === 409)
          void client.invalidateQueries({ queryKey: [answerCalls.getAnswerOffer.id] });
      }
    });
    return chain.current;
  };
  return { inTurn, error };
}

type Checked = AnswerOf<typeof answerCalls.putAnswer>;

/** Writes what is in hand, or what a template makes of it; null: the server has it so already. */
async function keepDraft(itemId: string, hand: Hand, templateId: string | null): Promise<Checked | null> {
  const { text, promo, kept } = hand;
  const isSame = kept !== null && kept.text === text && kept.promo === promo;
  const isNothing = kept === null && text.trim() === "" && promo === null;
  if (templateId === null && (isSame || isNothing)) return null;
  const wish = { text: templateId === null ? text : null, templateId, promo };
  if (kept === null) return call(answerCalls.createAnswer, { params: { itemId }, body: wish });
  return call(answerCalls.putAnswer, {
    params: { answerId: kept.id },
    body: { ...wish, version: kept.version },
  });
}

/** Sends it; false: there is nothing to send. */
async function sendDraft(kept: Kept | null, confirmed: ReadonlySet<string>): Promise<boolean> {
  if (kept === null) return false;
  const body = { version: kept.version, confirmed: [...confirmed] as Remark["check"][] };
  await call(answerCalls.sendAnswer, { params: { answerId: kept.id }, body });
  return true;
}

/** What the server has of it; `isWhole`: its words too, else those in hand stay. */
function handOf(answer: Checked, isWhole: boolean): Partial<Hand> {
  const { id, version, text, promo, createdBy, remarks } = answer;
  const words = isWhole ? { text, promo: promoOf(promo) } : {};
  return { kept: { id, version, text, promo }, createdBy, remarks, ...words };
}

function promoOf(percent: number | null): Promo | null {
  return PROMOS.find((promo) => promo === percent) ?? null;
}
