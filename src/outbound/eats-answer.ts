// Answers a feedback at Yandex Eats: one POST with a token, and exact knowledge of whether it may have arrived.
import type { LookupFunction } from "node:net";
import { assert } from "../core/basics/index.ts";
import { type AnswerCallEnd, isPromoPercent, NOT_SENDABLE } from "../core/desk/index.ts";
import { CAREFUL_LIMITS, type CarefulEnd, type CarefulLimits, carefulPost } from "./careful-post.ts";
import { type EatsCredentials, EatsToken } from "./eats-token.ts";

/** Yandex's host as this installation has it. */
export interface EatsAnswerSettings extends EatsCredentials {
  /** https, or http on this machine. */
  readonly vmiUrl: string;
  /** Beside the usual ones, such as Partner-Name. */
  readonly headers: Readonly<Record<string, string>>;
}

/** What is answered. Null: not sent. */
export interface EatsAnswer {
  readonly feedbackId: string;
  readonly text: string;
  readonly orderNumber: string | null;
  readonly promoPercent: number | null;
}

/** Parts of the world that tests put in the place of the real ones. */
export interface EatsAnswerOptions {
  readonly limits?: Partial<CarefulLimits>;
  readonly ca?: string;
  readonly lookup?: LookupFunction;
  /** ms, never going back. */
  readonly clock?: () => number;
}

/** Longest part of an answer's body that is kept for people, bytes. */
const NOTE_BYTES = 2048;

/** Why an address may not be Yandex's host; null: it may. */
export function judgeVmiUrl(text: string): "not_an_address" | "not_https" | "has_credentials" | null {
  if (!URL.canParse(text)) return "not_an_address";
  const url = new URL(text);
  if (url.username !== "" || url.password !== "") return "has_credentials";
  if (url.search !== "" || url.hash !== "") return "not_an_address";
  if (url.protocol === "https:") return null;
  const isHere = /^(localhost|127(\.\d{1,3}){3}|\[::1\])$/.test(url.hostname);
  return url.protocol === "http:" && isHere ? null : "not_https";
}

/** The body of an answer: absent fields are left out, never null. */
export function answerBody({ feedbackId, text, orderNumber, promoPercent }: EatsAnswer): string {
  return JSON.stringify({
    feedback_id: feedbackId,
    text,
    ...(orderNumber === null ? {} : { order_nr: orderNumber }),
    ...(promoPercent === null ? {} : { promo: promoPercent }),
  });
}

/** Whether a body may leave: what the marketplace would misread, or read as less than was meant, stays here. */
export function isSendableBody(body: unknown): boolean {
  if (typeof body !== "object" || body === null || Array.isArray(body)) return false;
  const { feedback_id: id, text, order_nr: order, promo, ...others } = body as Record<string, unknown>;
  if (typeof id !== "string" || id.trim() === "" || typeof text !== "string" || text.trim() === "")
    return false;
  if ("order_nr" in body && (typeof order !== "string" || !/^\d{6}-\d{8}$/.test(order))) return false;
  if ("promo" in body && !isPromoPercent(promo)) return false;
  return Object.keys(others).length === 0;
}

/** Answers feedback; keeps the token and nothing else. */
export class EatsAnswerClient {
  readonly #settings: EatsAnswerSettings;
  readonly #limits: CarefulLimits;
  readonly #options: EatsAnswerOptions;
  readonly #token: EatsToken;

  /** Throws AssertionFailed for an address that `judgeVmiUrl` refuses. */
  constructor(settings: EatsAnswerSettings, options: EatsAnswerOptions = {}) {
    assert(judgeVmiUrl(settings.vmiUrl) === null, "answers go to https only");
    this.#settings = settings;
    this.#options = options;
    this.#limits = { ...CAREFUL_LIMITS, ...options.limits };
    this.#token = new EatsToken(settings, this.#place("oauth2/token"), options.clock);
  }

  /** Gets a token ready, so that a call is not held up by it. */
  async warm(): Promise<void> {
    await this.#token.get();
  }

  /** Sends once; never throws. `mayWrite` is asked at the last moment before the first byte. */
  async send(answer: EatsAnswer, mayWrite: () => boolean): Promise<AnswerCallEnd> {
    const body = answerBody(answer);
    if (!isSendableBody(JSON.parse(body))) return { kind: "not_written", why: NOT_SENDABLE };
    const wished = await this.#token.get();
    if (wished.kind === "none") return { kind: "not_written", why: wished.why };
    const end = await carefulPost({
      ...this.#place("feedback-answer"),
      headers: {
        ...this.#settings.headers,
        "content-type": "application/json",
        accept: "application/json",
        authorization: `Bearer ${wished.token}`,
      },
      body,
      mayWrite,
    });
    if (end.kind === "answered" && end.status === 401) this.#token.forget(wished.token);
    return told(end);
  }

  #place(path: string) {
    const { ca, lookup } = this.#options;
    const base = this.#settings.vmiUrl.replace(/\/+$/, "");
    return { url: new URL(`${base}/${path}`), limits: this.#limits, ca, lookup };
  }
}

function told(end: CarefulEnd): AnswerCallEnd {
  if (end.kind !== "answered") return end;
  const { status, headers, body } = end;
  const isPage = body.length > 0 && /html/i.test(headers["content-type"] ?? "");
  const text = body.subarray(0, NOTE_BYTES).toString("utf8").replaceAll("\u0000", "").trim();
  return {
    kind: "answered",
    status,
    retryAfterMs: retryAfterMs(headers["retry-after"]),
    isPage,
    note: text === "" ? null : text,
  };
}

/** Seconds or a date, as ms from now; null for neither. */
function retryAfterMs(header: string | undefined): number | null {
  if (header === undefined) return null;
  if (/^\d{1,9}$/.test(header)) return Number(header) * 1000;
  const at = /^[A-Za-z]{3}/.test(header) ? Date.parse(header) : Number.NaN;
  return Number.isNaN(at) ? null : Math.max(0, at - Date.now());
}
