// One POST that leaves the house: to judged addresses only, without redirects, within seconds, reading little of the answer.
import { Agent as HttpAgent, request as httpRequest, type IncomingMessage } from "node:http";
import { Agent as HttpsAgent, request as httpsRequest } from "node:https";
import type { LookupFunction } from "node:net";
import { type AttemptOutcome, outcomeOfStatus } from "../core/webhooks/index.ts";
import {
  addressesOf,
  type GuardedTarget,
  guardTarget,
  type HostAddress,
  type HostLookup,
  systemLookup,
} from "./address-guard.ts";
import { outcomeOfFault } from "./call-faults.ts";

/** How long a call may take and how much of its answer is read. */
export interface CallLimits {
  /** Until the connection stands, with looking up the name, ms. */
  readonly connectMs: number;
  /** Whole, ms. */
  readonly totalMs: number;
  /** Bytes of the answer's body; more is cut off. */
  readonly answerBytes: number;
}

const USUAL_LIMITS: CallLimits = { connectMs: 5_000, totalMs: 15_000, answerBytes: 64 * 1024 };

/** What to send. */
export interface CallWish {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  /** Hosts and ranges inside the house that are open; null: the operator's own setting, which may be anywhere. */
  readonly allow: readonly string[] | null;
  /** Broken off when the server stops. */
  readonly signal?: AbortSignal;
}

/** What came of it. Never thrown: every fault is an outcome. */
export interface CallEnd {
  readonly outcome: AttemptOutcome;
  readonly status: number | null;
  readonly retryAfterMs: number | null;
  readonly ms: number;
  /** What was read of the body, not decoded; null: no whole answer. */
  readonly answer: Buffer | null;
}

/** Parts of the world that tests put in the place of the real ones. */
export interface CallerOptions {
  readonly lookup?: HostLookup;
  readonly limits?: Partial<CallLimits>;
  /** Certificates that are believed beside the system's. */
  readonly ca?: string;
}

/** Longest that an idle connection is kept for the next call, ms. */
const IDLE_MS = 4_000;

/** Most places that connections are kept for. */
const AGENTS_KEPT = 200;

/** Longest that a name's addresses are remembered, ms: a drained backlog asks once, not a thousand times. */
const NAME_MS = 5_000;

/** Makes calls and keeps their connections. */
export class GuardedCaller {
  readonly #resolve: HostLookup;
  readonly #limits: CallLimits;
  readonly #ca: string | undefined;
  readonly #agents = new Map<string, HttpAgent | HttpsAgent>();
  readonly #names = new Map<
    string,
    { readonly at: number; readonly found: Promise<readonly HostAddress[]> }
  >();

  constructor(options: CallerOptions = {}) {
    const lookup = options.lookup ?? systemLookup;
    this.#resolve = (host) => this.#remembered(host, lookup);
    this.#limits = { ...USUAL_LIMITS, ...options.limits };
    this.#ca = options.ca;
  }

  /** Sends `wish` once. */
  async post(wish: CallWish): Promise<CallEnd> {
    const started = performance.now();
    const patience = new AbortController();
    const late = (outcome: AttemptOutcome) => () => patience.abort(new Late(outcome));
    const connect = setTimeout(late("connect_timeout"), this.#limits.connectMs);
    const whole = setTimeout(late("timeout"), this.#limits.totalMs);
    const signal = AbortSignal.any([patience.signal, ...(wish.signal === undefined ? [] : [wish.signal])]);
    try {
      const target = await orAborted(this.#target(wish), signal);
      if (target.kind !== "open") {
        return ended(target.kind === "refused" ? "address_refused" : "dns_error", started);
      }
      const exchange = { wish, target, signal, onConnected: () => clearTimeout(connect) };
      const answer = await this.#exchange(exchange);
      return { ...answer, ms: Math.round(performance.now() - started) };
    } catch (error) {
      const reason = signal.aborted ? signal.reason : error;
      return ended(reason instanceof Late ? reason.outcome : outcomeOfFault(reason), started);
    } finally {
      clearTimeout(connect);
      clearTimeout(whole);
    }
  }

  /** Closes the connections that are kept. */
  close(): void {
    for (const agent of this.#agents.values()) agent.destroy();
    this.#agents.clear();
  }

  async #target(wish: CallWish): Promise<GuardedTarget> {
    if (wish.allow !== null) return guardTarget(wish.url, wish.allow, this.#resolve);
    const url = new URL(wish.url);
    const found = await addressesOf(url.hostname.replace(/^\[|\]$/g, ""), this.#resolve);
    return typeof found === "string"
      ? { kind: "unresolved", code: found }
      : { kind: "open", url, addresses: found };
  }

  async #exchange(exchange: Exchange): Promise<Omit<CallEnd, "ms">> {
    try {
      return await send(exchange, this.#agentFor(exchange), this.#limits.answerBytes);
    } catch (error) {
      // A kept connection that the other side has closed at this very moment says nothing about the other side.
      if (!(error instanceof Stale) || exchange.signal.aborted) throw error;
      return await send(exchange, this.#newAgent(exchange.target.url, false), this.#limits.answerBytes);
    }
  }

  /** Connections are shared only by calls to the same place under the same permission. */
  #agentFor({ wish, target }: Exchange): HttpAgent | HttpsAgent {
    const key = `${target.url.origin} ${wish.allow?.join(",")}`;
    const known = this.#agents.get(key);
    if (known !== undefined) return known;
    for (const [oldest, agent] of this.#agents) {
      if (this.#agents.size < AGENTS_KEPT) break;
      agent.destroy();
      this.#agents.delete(oldest);
    }
    const agent = this.#newAgent(target.url, true);
    this.#agents.set(key, agent);
    return agent;
  }

  #newAgent(url: URL, keepAlive: boolean): HttpAgent | HttpsAgent {
    const kept = { keepAlive, maxFreeSockets: 10, timeout: IDLE_MS };
    if (url.protocol === "http:") return new HttpAgent(kept);
    return new HttpsAgent({ ...kept, ...(this.#ca === undefined ? {} : { ca: this.#ca }) });
  }

  /** One lookup of a name at a time; a resolver that hangs holds one thread, not all. */
  #remembered(host: string, lookup: HostLookup): Promise<readonly HostAddress[]> {
    const known = this.#names.get(host);
    if (known !== undefined && performance.now() - known.at < NAME_MS) return known.found;
    if (this.#names.size >= AGENTS_KEPT) this.#names.clear();
    const found = lookup(host);
    const entry = { at: performance.now(), found };
    this.#names.set(host, entry);
    found.catch(() => {
      if (this.#names.get(host) === entry) this.#names.delete(host);
    });
    return found;
  }
}

interface Exchange {
  readonly wish: CallWish;
  readonly target: Extract<GuardedTarget, { kind: "open" }>;
  readonly signal: AbortSignal;
  onConnected(): void;
}

/** The time is up. */
class Late extends Error {
  readonly outcome: AttemptOutcome;
  constructor(outcome: AttemptOutcome) {
    super(outcome);
    this.outcome = outcome;
  }
}

/** A kept connection was found closed. */
class Stale extends Error {}

function ended(outcome: AttemptOutcome, started: number): CallEnd {
  return {
    outcome,
    status: null,
    retryAfterMs: null,
    ms: Math.round(performance.now() - started),
    answer: null,
  };
}

/** The result of `work`, unless the time is up first: a lookup cannot be broken off, only left alone. */
function orAborted<Result>(work: Promise<Result>, signal: AbortSignal): Promise<Result> {
  return new Promise((resolve, reject) => {
    if (signal.aborted) return reject(signal.reason);
    signal.addEventListener("abort", () => reject(signal.reason), { once: true });
    return work.then(resolve, reject);
  });
}

function send(exchange: Exchange, agent: HttpAgent | HttpsAgent, most: number): Promise<Omit<CallEnd, "ms">> {
  const { wish, target, signal } = exchange;
  const { url, addresses } = target;
  const options = {
    method: "POST",
    agent,
    signal,
    headers: {
      "user-agent": "prilavok",
      "accept-encoding": "identity",
      "content-length": String(Buffer.byteLength(wish.body)),
      ...wish.headers,
    },
    lookup: pinned(addresses),
  };
  return new Promise((resolve, reject) => {
    const request = url.protocol === "http:" ? httpRequest(url, options) : httpsRequest(url, options);
    request.on("socket", (socket) => {
      if (!socket.connecting) return exchange.onConnected();
      socket.once("connect", () => exchange.onConnected());
    });
    request.on("error", (error: NodeJS.ErrnoException) => {
      const isStale = request.reusedSocket && (error.code === "ECONNRESET" || error.code === "EPIPE");
      reject(isStale ? new Stale() : error);
    });
    request.on("response", (response) => {
      read(response, most).then((answer) => resolve(answer), reject);
    });
    request.end(wish.body);
  });
}

/** Reads up to `most` bytes; what comes after them is not waited for. */
function read(response: IncomingMessage, most: number): Promise<Omit<CallEnd, "ms">> {
  const status = response.statusCode ?? 0;
  const parts: Buffer[] = [];
  let size = 0;
  return new Promise((resolve, reject) => {
    const done = (): void =>
      resolve({
        outcome: outcomeOfStatus(status),
        status,
        retryAfterMs: retryAfterMs(response.headers["retry-after"]),
        answer: Buffer.concat(parts, Math.min(size, most)),
      });
    response.on("data", (part: Buffer) => {
      size += part.length;
      parts.push(part);
      if (size < most) return;
      done();
      response.destroy();
    });
    response.on("end", done);
    response.on("error", reject);
    response.on("aborted", () => reject(Object.assign(new Error("cut off"), { code: "ECONNRESET" })));
  });
}

/** Gives the judged addresses, whatever name is asked for: there is no second lookup to be told something else. */
function pinned(addresses: readonly HostAddress[]): LookupFunction {
  return (_host, options, callback) => {
    const first = addresses[0] as HostAddress;
    if (options.all) callback(null, [...addresses] as never);
    else callback(null, first.address, first.family);
  };
}

/** Seconds or a date, as ms from now; null for neither. */
function retryAfterMs(header: string | undefined): number | null {
  if (header === undefined) return null;
  if (/^\d{1,9}$/.test(header)) return Number(header) * 1000;
  // A date of HTTP begins with its weekday; Date.parse would read nearly anything else, too.
  const at = /^[A-Za-z]{3}/.test(header) ? Date.parse(header) : Number.NaN;
  return Number.isNaN(at) ? null : Math.max(0, at - Date.now());
}
