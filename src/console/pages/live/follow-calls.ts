// Follows the vendors' calls: asks for what is behind the last one, waits, asks again; rests while the tab is not seen.
import { liveCalls } from "../../../contract/index.ts";
import { type AnswerOf, CallFailed, send } from "../../calls.ts";

/** One call of the list. */
export type LiveHead = AnswerOf<typeof liveCalls.listLiveCalls>["calls"][number];

/** What is looked for; empty: anything. */
export interface LiveFilter {
  readonly channel: string;
  readonly status: string;
  readonly text: string;
}

/** What is told while it follows. */
export interface Listener {
  /** Newer calls, oldest first; also with none, so that the first answer is known. */
  readonly onCalls: (calls: readonly LiveHead[]) => void;
  /** The last try failed; the next one comes by itself. */
  readonly onFailure: (error: CallFailed) => void;
}

/** Calls asked for at once. */
const MOST = 200;
/** Seconds that the server waits for a call. */
const WAIT_SECONDS = 5;
/** Pause after a failure that names none, s. */
const REST_SECONDS = 3;

/** Runs until `signal` is aborted. */
export async function followCalls(filter: LiveFilter, signal: AbortSignal, told: Listener): Promise<void> {
  let after: number | undefined;
  while (!signal.aborted) {
    await untilSeen(signal);
    try {
      const query = { ...filter, limit: MOST, after, wait: after === undefined ? 0 : WAIT_SECONDS };
      const answer = (await send(liveCalls.listLiveCalls, { query }, { signal })) as AnswerOf<
        typeof liveCalls.listLiveCalls
      >;
      if (signal.aborted) return;
      told.onCalls(answer.calls);
      // A server that started anew counts from one again.
      after = after !== undefined && answer.last < after ? 0 : answer.last;
    } catch (error) {
      if (signal.aborted) return;
      if (!(error instanceof CallFailed)) throw error;
      told.onFailure(error);
      if (error.status === 401 || error.status === 403) return;
      await rest((error.retryAfter ?? REST_SECONDS) * 1000, signal);
    }
  }
}

/** Resolves at once while the tab is seen, else when it is seen again. */
function untilSeen(signal: AbortSignal): Promise<void> {
  if (!document.hidden) return Promise.resolve();
  return new Promise((resolve) => {
    const look = (): void => {
      if (document.hidden && !signal.aborted) return;
      document.removeEventListener("visibilitychange", look);
      resolve();
    };
    document.addEventListener("visibilitychange", look);
    signal.addEventListener("abort", look, { once: true });
  });
}

function rest(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, ms);
    signal.addEventListener("abort", () => resolve(clearTimeout(timer)), { once: true });
  });
}
