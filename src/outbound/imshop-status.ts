// Tells IMSHOP an order's new status: one POST with the key, and an answer that can be a no in good form.
import type { AttemptOutcome } from "../core/webhooks/index.ts";
import type { CallEnd, GuardedCaller } from "./guarded-call.ts";

/** Where statuses are told; both come from IMSHOP's manager. */
export interface ImshopSettings {
  readonly statusUrl: string;
  readonly key: string;
}

/** The end of a push. `note`: IMSHOP's own message, shortened, when it refused. */
export interface PushEnd extends Omit<CallEnd, "answer"> {
  readonly note: string | null;
}

/** Longest message that is kept, characters. */
const NOTE_LIMIT = 300;

/** Statuses with which an interface refuses what it has understood. */
const REFUSING: ReadonlySet<number> = new Set([400, 404, 409, 422]);

/** Sends one status; `body` is the JSON of the push. */
export async function pushImshopStatus(
  caller: GuardedCaller,
  { statusUrl, key }: ImshopSettings,
  body: string,
  signal?: AbortSignal,
): Promise<PushEnd> {
  const { answer, ...end } = await caller.post({
    url: statusUrl,
    headers: {
      "content-type": "application/json",
      accept: "application/json",
      authorization: `Bearer ${key}`,
    },
    body,
    // The address stands in the operator's own settings.
    allow: null,
    ...(signal === undefined ? {} : { signal }),
  });
  if (answer === null || end.status === null) return { ...end, note: null };
  const reading = readAnswer(answer);
  if (reading.isRefused && (end.outcome === "delivered" || REFUSING.has(end.status))) {
    return { ...end, outcome: "answer_refused", note: reading.message };
  }
  // A page in the place of an answer comes from something between us and IMSHOP: the status was not taken.
  const outcome: AttemptOutcome =
    end.outcome === "delivered" && !reading.isAnswer ? "protocol_error" : end.outcome;
  return { ...end, outcome, note: null };
}

function readAnswer(answer: Buffer): {
  readonly isAnswer: boolean;
  readonly isRefused: boolean;
  readonly message: string | null;
} {
  const value = parsed(answer.toString("utf8"));
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    return { isAnswer: false, isRefused: false, message: null };
  }
  const { success, message } = value as { success?: unknown; message?: unknown };
  return {
    isAnswer: true,
    isRefused: success === false || success === "false",
    message: typeof message === "string" ? message.slice(0, NOTE_LIMIT) : null,
  };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
