// The last calls of vendors in memory, for people who look on: bounded by count and by bytes, of this process only, gone with it.
// Keeping one costs a few references: nothing is copied or read until somebody asks.
import type { FastifyInstance, FastifyRequest } from "fastify";
import { type CanonicalFields, pathOf } from "./request-log.ts";

/** Most calls that are kept, most characters of them together, and most of one body. */
export const LIVE_LIMITS = { calls: 500, characters: 8_000_000, body: 64_000 } as const;

/** Most that may wait for the next call at a time. */
export const LIVE_LISTENERS = 32;

/** One call as it was kept: nothing of it is masked yet. */
export interface LiveCall {
  /** Counts up from 1 with each call of this process. */
  readonly number: number;
  readonly id: string;
  readonly at: number;
  readonly channel: string;
  readonly method: string;
  /** Without the query. */
  readonly path: string;
  /** The route that took it; "(none)" where there is none. */
  readonly route: string;
  readonly query: string;
  readonly headers: Readonly<Record<string, unknown>>;
  readonly status: number;
  readonly ms: number;
  /** What the handler noted: outcome, ids, amounts. */
  readonly noted: CanonicalFields;
  readonly body: string | null;
  readonly answer: string | null;
}

/** What is looked for. */
export interface LiveFilter {
  readonly channel?: string;
  /** A status, or a class as "4xx". */
  readonly status?: string;
  /** Part of the path, the request id, or of what was noted. */
  readonly text?: string;
}

declare module "fastify" {
  interface FastifyRequest {
    /** The answer as it was sent, for those who look on. */
    liveAnswer?: unknown;
  }
}

/** The calls of one process. */
export class LiveCalls {
  readonly #now: () => number;
  #kept: LiveCall[] = [];
  #characters = 0;
  #last = 0;
  readonly #waiting = new Set<() => void>();

  constructor(now: () => number) {
    this.#now = now;
  }

  /** Number of the newest call; 0 before the first. */
  get last(): number {
    return this.#last;
  }

  /** How many wait for the next call. */
  get listeners(): number {
    return this.#waiting.size;
  }

  /** Keeps a call; the oldest ones give way. */
  keep(call: Omit<LiveCall, "number" | "at">): void {
    this.#last += 1;
    const kept = { ...call, number: this.#last, at: Math.round(this.#now() - call.ms) };
    this.#kept.push(kept);
    this.#characters += sizeOf(kept);
    while (this.#kept.length > LIVE_LIMITS.calls || this.#characters > LIVE_LIMITS.characters) {
      const oldest = this.#kept.shift();
      if (oldest === undefined) break;
      this.#characters -= sizeOf(oldest);
    }
    for (const wake of [...this.#waiting]) wake();
  }

  /** The newest calls behind the number `after` that fit, oldest first, at most `limit` of them. */
  find(filter: LiveFilter, after: number, limit: number): readonly LiveCall[] {
    return this.#kept.filter((call) => call.number > after && fits(call, filter)).slice(-limit);
  }

  /** The call of a request id; null: never kept, or gone. */
  byId(id: string): LiveCall | null {
    return this.#kept.find((call) => call.id === id) ?? null;
  }

  /** Resolves after the next call or the time, ms; false at once where too many wait already. */
  wait(ms: number): Promise<boolean> {
    if (this.#waiting.size >= LIVE_LISTENERS) return Promise.resolve(false);
    return new Promise((resolve) => {
      const end = (): void => {
        clearTimeout(timer);
        this.#waiting.delete(end);
        resolve(true);
      };
      const timer = setTimeout(end, ms);
      this.#waiting.add(end);
    });
  }
}

/** Headers that say how a call was made; all others may hold a key. */
const HEADERS_TOLD = ["content-type", "content-length", "user-agent", "accept"] as const;

/** Keeps every call of the faces in `channels`. */
export function watchCalls(app: FastifyInstance, live: LiveCalls, channels: ReadonlySet<string>): void {
  app.decorateRequest("liveAnswer");
  app.addHook("onSend", (request, _reply, payload, done) => {
    if (channels.has(request.faceName)) request.liveAnswer = payload;
    done(null, payload);
  });
  app.addHook("onResponse", (request, reply, done) => {
    if (channels.has(request.faceName)) live.keep(callOf(request, reply.statusCode, reply.elapsedTime));
    done();
  });
}

function callOf(request: FastifyRequest, status: number, ms: number): Omit<LiveCall, "number" | "at"> {
  const path = pathOf(request);
  return {
    id: request.id,
    channel: request.faceName,
    method: request.method,
    path,
    route: request.routeOptions.url ?? "(none)",
    query: request.url.slice(path.length + 1),
    headers: Object.fromEntries(HEADERS_TOLD.map((name) => [name, request.headers[name]])),
    status,
    ms,
    noted: request.canonical,
    body: textOf(request.body),
    answer: textOf(request.liveAnswer),
  };
}

function textOf(value: unknown): string | null {
  if (typeof value === "string") return value.slice(0, LIVE_LIMITS.body);
  if (value instanceof Uint8Array)
    return Buffer.from(value.buffer, value.byteOffset, Math.min(value.byteLength, LIVE_LIMITS.body)).toString(
      "utf8",
    );
  return null;
}

function sizeOf({ body, answer, path, query }: LiveCall): number {
  return (body?.length ?? 0) + (answer?.length ?? 0) + path.length + query.length + 500;
}

function fits(call: LiveCall, { channel, status, text }: LiveFilter): boolean {
  if (channel !== undefined && call.channel !== channel) return false;
  if (status !== undefined) {
    const isClass = status.endsWith("xx");
    if (isClass ? Math.floor(call.status / 100) !== Number(status[0]) : call.status !== Number(status))
      return false;
  }
  if (text === undefined) return true;
  const wanted = text.toLowerCase();
  const told = [call.path, call.id, ...Object.values(call.noted).map(String)];
  return told.some((each) => each.toLowerCase().includes(wanted));
}
