// One call of the API from the browser: its address, its headers, and every way it can go wrong as one kind of error.
import type { Operation, Parts, ProblemBody } from "../contract/index.ts";

/** Where all calls stand. */
const BASE = "/api/v1";

/** What of an operation a call needs; every operation of the contract fits. */
export type Callable = Pick<Operation, "id" | "method" | "path" | "isCreating">;

/** Answers by type: `params`, `query` and `body` where the operation has them. */
export type PartsOf<Shape extends Callable> = Shape extends Operation ? Parts<Shape> : never;

/** What is given to a call: only the parts that the operation has. */
export type Given<Shape extends Callable> = {
  readonly [Name in "params" | "query" | "body" as PartsOf<Shape>[Name] extends undefined
    ? never
    : Name]: PartsOf<Shape>[Name];
};

/** The answer of a call. */
export type AnswerOf<Shape extends Callable> = PartsOf<Shape>["answer"];

/** Parts without their types, for the sender. */
export interface LooseParts {
  readonly params?: unknown;
  readonly query?: unknown;
  readonly body?: unknown;
}

/** A call that did not work: `code` is the problem's, or `offline` or `unreadable` when there was no problem to read. */
export class CallFailed extends Error {
  readonly code: string;
  /** HTTP status; 0 when the server was not reached. */
  readonly status: number;
  readonly problem: ProblemBody | null;
  /** Seconds after which the server asks to come again; null: it does not say. */
  readonly retryAfter: number | null;

  constructor(code: string, status: number, problem: ProblemBody | null, retryAfter: number | null) {
    super(code);
    this.name = "CallFailed";
    this.code = code;
    this.status = status;
    this.problem = problem;
    this.retryAfter = retryAfter;
  }
}

/** What the session's keeper tells the sender. */
interface Door {
  csrf: string;
  /** Called when the server no longer knows the session. */
  onLost: () => void;
  /** Asks the person for the password; true when the session is fresh again. */
  askFresh: () => Promise<boolean>;
}

/** The session's side of every call; session.tsx sets it. */
export const door: Door = { csrf: "", onLost: () => undefined, askFresh: async () => false };

/** Sends a call. Throws CallFailed. A session that is no longer fresh asks for the password and sends again. */
export async function send(
  operation: Callable,
  parts: LooseParts = {},
  options: { readonly idempotencyKey?: string; readonly signal?: AbortSignal } = {},
): Promise<unknown> {
  const first = await attempt(operation, parts, options);
  if (first.code !== "fresh_session_needed") return settle(first, operation);
  if (!(await door.askFresh())) return settle(first, operation);
  return settle(await attempt(operation, parts, options), operation);
}

/** One try's outcome. */
interface Outcome {
  readonly code: string | null;
  readonly answer: unknown;
  readonly failure: CallFailed | null;
}

function settle(outcome: Outcome, operation: Callable): unknown {
  if (outcome.failure === null) return outcome.answer;
  const isLost = outcome.failure.status === 401 && !operation.path.startsWith("/session");
  if (isLost) door.onLost();
  throw outcome.failure;
}

async function attempt(
  operation: Callable,
  parts: LooseParts,
  options: { readonly idempotencyKey?: string; readonly signal?: AbortSignal },
): Promise<Outcome> {
  const failed = (failure: CallFailed): Outcome => ({ code: failure.code, answer: null, failure });
  const headers: Record<string, string> = { accept: "application/json" };
  if (operation.method !== "GET") headers["x-csrf"] = door.csrf;
  if (parts.body !== undefined) headers["content-type"] = "application/json";
  if (operation.isCreating) headers["idempotency-key"] = options.idempotencyKey ?? newKey();
  let response: Response;
  try {
    response = await fetch(addressOf(operation, parts), {
      method: operation.method,
      headers,
      credentials: "same-origin",
      ...(parts.body === undefined ? {} : { body: JSON.stringify(parts.body) }),
      ...(options.signal === undefined ? {} : { signal: options.signal }),
    });
  } catch (error) {
    if (options.signal?.aborted) throw error;
    return failed(new CallFailed("offline", 0, null, null));
  }
  const text = await response.text().catch(() => null);
  if (text === null) return failed(new CallFailed("offline", 0, null, null));
  const read = readJson(text);
  if (response.ok) return { code: null, answer: read, failure: null };
  const problem = read as ProblemBody | null;
  const code = typeof problem?.code === "string" ? problem.code : "unreadable";
  const seconds = Number(response.headers.get("retry-after") ?? Number.NaN);
  return failed(new CallFailed(code, response.status, problem, Number.isNaN(seconds) ? null : seconds));
}

function readJson(text: string): unknown {
  if (text === "") return null;
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

/** The address of a call, below the API's base. Values that are undefined or empty are left out of the query. */
export function addressOf(operation: Callable, parts: LooseParts): string {
  const params = (parts.params ?? {}) as Readonly<Record<string, unknown>>;
  const path = operation.path.replaceAll(/\{(\w+)\}/g, (_, name: string) =>
    encodeURIComponent(String(params[name] ?? "")),
  );
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries((parts.query ?? {}) as Record<string, unknown>)) {
    for (const one of [value].flat()) {
      if (one !== undefined && one !== null && one !== "") query.append(name, String(one));
    }
  }
  const text = query.toString();
  return `${BASE}${path}${text === "" ? "" : `?${text}`}`;
}

/** A key that makes a repeated call one call; not a secret. */
export function newKey(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}
