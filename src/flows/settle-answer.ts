// The sender's side of an answer: taken before the call, settled after it; what is not settled in time stays unknown.
import {
  type AnswerCallEnd,
  type AttemptWord,
  givesBack,
  stepAfter,
  wordOfCall,
} from "../core/desk/index.ts";
import {
  type AnswerPatch,
  answerById,
  claimAnswers,
  deskItem,
  endAttempt,
  endLeases,
  lostAnswers,
  moveAnswer,
  type StoredAnswer,
  saveAnswerPlace,
  type Tx,
} from "../storage/index.ts";
import type { House } from "./house.ts";
import { releasePromo } from "./queue-answer.ts";
import { showAnswerMove } from "./show-answer.ts";

/** How long an answer is its sender's, ms: many times the longest call, so that who is slow is not taken for dead. */
export const ANSWER_LEASE_MS = 120_000;

/** Most answers that one instance has on their way at once. */
export const ANSWERS_AT_ONCE = 4;

/** Takes up to `most` answers that are due; the attempt of each is committed when this resolves. */
export function takeAnswers(house: House, holder: string, most: number): Promise<StoredAnswer[]> {
  const now = house.now();
  const claim = { holder, now, leaseUntil: now + ANSWER_LEASE_MS, most, newId: () => house.newId() };
  return house.database.transaction((tx) => claimAnswers(tx, claim));
}

/** What became of an answer by an attempt. */
export interface SettledAnswer {
  readonly answerId: string;
  readonly word: AttemptWord;
  readonly state: StoredAnswer["state"];
}

/**
 * Writes down how an attempt ended and moves its answer on. Null: the answer has gone another way since, and only the attempt
 * was noted. What comes late, after the attempt was held lost, still counts: it is knowledge.
 */
export async function settleAnswer(
  house: House,
  attempt: { readonly answerId: string; readonly attemptId: string; readonly isLost?: true },
  end: AnswerCallEnd,
): Promise<SettledAnswer | null> {
  const at = house.now();
  const word = wordOfCall(end);
  const settled = await house.database.transaction(async (tx): Promise<SettledAnswer | null> => {
    const seen = await answerById(tx, attempt.answerId);
    const item = seen === null ? null : await deskItem(tx, seen.itemId, true);
    const answer = await answerById(tx, attempt.answerId);
    if (item === null || answer === null) return null;
    const isOurs = answer.attemptId === attempt.attemptId;
    if (attempt.isLost && (answer.state !== "sending" || (answer.leaseUntil ?? 0) > at)) return null;
    await writeEnd(tx, attempt.attemptId, answer, end, word, at);
    if (!isOurs || !takesWord(answer, word)) return null;
    const { attempts, refusedTokens, queuedAt } = answer;
    const past = { attempts, refusedTokens, queuedAt: queuedAt ?? at };
    const step = stepAfter(word, past, at, end.kind === "answered" ? end.retryAfterMs : null);
    const patch: AnswerPatch = {
      sendAt: step.sendAt,
      refusedTokens: refusedTokens + (word === "unauthorized" ? 1 : 0),
      problem: word === "delivered" ? null : problemOf(end, word),
      status: end.kind === "answered" ? end.status : null,
      note: end.kind === "answered" ? end.note : null,
      endedAt: step.state === "retrying" || step.state === "unknown" ? null : at,
    };
    // A person let it go again, and another sender has just taken it: that attempt has the word now.
    const back = givesBack(step.state) ? await releasePromo(tx, answer) : {};
    if (!(await moveAnswer(tx, answer, step.state, { ...patch, ...back }))) return null;
    if (word === "no_subscription") await switchOff(tx, answer, at);
    await showAnswerMove(tx, house, {
      item,
      answerId: answer.id,
      to: step.state,
      promoPercent: answer.promoPercent,
      at,
      actor: null,
      entry: step.state === "retrying" ? null : `answer_${step.state}`,
    });
    return { answerId: answer.id, word, state: step.state };
  });
  if (settled !== null) ring(house, settled);
  return settled;
}

/** On its way, held lost, or let go again but not taken since: the word of the last attempt still counts. */
function takesWord({ state }: StoredAnswer, word: AttemptWord): boolean {
  if (state === "sending") return true;
  if (state === "unknown") return word !== "unknown";
  return state === "queued" && word === "delivered";
}

function problemOf(end: AnswerCallEnd, word: AttemptWord): string {
  return end.kind === "answered" ? word : end.why;
}

async function writeEnd(
  tx: Tx,
  attemptId: string,
  answer: StoredAnswer,
  end: AnswerCallEnd,
  word: AttemptWord,
  at: number,
): Promise<void> {
  await endAttempt(tx, attemptId, {
    endedAt: at,
    outcome: word,
    status: end.kind === "answered" ? end.status : null,
    note: end.kind === "answered" ? end.note : end.why,
    ageMs: word === "delivered" || word === "outdated" ? at - answer.feedbackAt : null,
  });
}

/** The marketplace says that it takes no answers there: none is offered until somebody switches the place on again. */
async function switchOff(tx: Tx, { source, placeId }: StoredAnswer, at: number): Promise<void> {
  await saveAnswerPlace(tx, { source, placeId, isSubscribed: false, changedAt: at, changedBy: null });
}

/** Rings for what somebody has to look at. */
function ring(house: House, { answerId, word, state }: SettledAnswer): void {
  if (state === "unknown") house.alarm("answer_unknown", { answer: answerId });
  else if (word === "no_subscription") house.alarm("answer_no_subscription", { answer: answerId });
  else if (state === "failed") house.alarm("answer_failed", { answer: answerId, word });
}

/** Answers looked at in one sweep. */
const SWEEP = 100;

/** Holds what its sender has left as unknown; gives how many. */
export async function sweepLostAnswers(house: House): Promise<number> {
  const now = house.now();
  const lost = await house.database.read((tx) => lostAnswers(tx, now, SWEEP));
  let swept = 0;
  for (const { id } of lost) {
    const answer = await house.database.read((tx) => answerById(tx, id));
    if (answer?.attemptId == null) continue;
    const attempt = { answerId: id, attemptId: answer.attemptId, isLost: true as const };
    const settled = await settleAnswer(house, attempt, { kind: "unanswered", why: "sender_lost" });
    if (settled !== null) swept += 1;
  }
  return swept;
}

/** This process is the only one on the database and has just begun: nothing can be on its way any more. */
export function endOwnLeases(house: House): Promise<number> {
  const now = house.now();
  return house.database.transaction((tx) => endLeases(tx, now));
}
