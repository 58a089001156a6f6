// Messages by Telegram's Bot API: sendMessage to a chat, through a proxy where one is set; the token is never told to anybody.
import { Agent as HttpAgent, request as httpRequest } from "node:http";
import { Agent as HttpsAgent, request as httpsRequest } from "node:https";
import type { NoticeEnd } from "../core/desk/index.ts";
import { isReached, outcomeOfStatus } from "../core/webhooks/index.ts";
import { outcomeOfFault } from "./call-faults.ts";
import type { Notifier, OutgoingNotice } from "./notifier.ts";

/** Where the bot is. All of it is the operator's own: no address of these comes from a caller. */
export interface TelegramSettings {
  readonly token: string;
  /** Without a path behind it: a local Bot API server, or api.telegram.org. */
  readonly baseUrl: string;
  /** http://[user:password@]host:port; null: none. */
  readonly proxy: string | null;
}

/** Longest call, ms, and the bytes of its answer that are read. */
const TOTAL_MS = 15_000;
const ANSWER_BYTES = 64 * 1024;

/** Sends by a bot. `ca`: certificates that are believed beside the system's, for tests. */
export class TelegramNotifier implements Notifier {
  readonly #settings: TelegramSettings;
  readonly #agent: HttpAgent | HttpsAgent;

  constructor(settings: TelegramSettings, ca?: string) {
    this.#settings = settings;
    const { proxy } = settings;
    const proxied = proxy === null ? {} : { proxyEnv: { HTTP_PROXY: proxy, HTTPS_PROXY: proxy } };
    this.#agent = settings.baseUrl.startsWith("http:")
      ? new HttpAgent(proxied)
      : new HttpsAgent({ ...proxied, ...(ca === undefined ? {} : { ca }) });
  }

  async send({ to, text }: OutgoingNotice, signal: AbortSignal): Promise<NoticeEnd> {
    const body = JSON.stringify({
      chat_id: to,
      text,
      link_preview_options: { is_disabled: true },
    });
    try {
      const answer = await this.#post(body, AbortSignal.any([signal, AbortSignal.timeout(TOTAL_MS)]));
      return endOf(answer);
    } catch (error) {
      // Broken off by our own stop: nobody is to blame.
      return signal.aborted
        ? { kind: "failed", why: "stopped", isReached: false, retryAfterMs: null }
        : faultOf(error);
    }
  }

  #post(body: string, signal: AbortSignal): Promise<Answer> {
    const { baseUrl, token } = this.#settings;
    const url = new URL(`${baseUrl.replace(/\/+$/, "")}/bot${token}/sendMessage`);
    const options = {
      method: "POST",
      agent: this.#agent,
      signal,
      headers: {
        "content-type": "application/json",
        "content-length": String(Buffer.byteLength(body)),
        "user-agent": "prilavok",
      },
    };
    return new Promise((resolve, reject) => {
      const request = url.protocol === "http:" ? httpRequest(url, options) : httpsRequest(url, options);
      request.on("error", reject);
      request.on("response", (response) => {
        const parts: Buffer[] = [];
        let size = 0;
        const done = (): void =>
          resolve({
            status: response.statusCode ?? 0,
            retryAfter: response.headers["retry-after"],
            body: Buffer.concat(parts).toString("utf8"),
          });
        response.on("data", (part: Buffer) => {
          size += part.length;
          if (size <= ANSWER_BYTES) parts.push(part);
          else response.destroy();
        });
        response.on("end", done);
        response.on("error", reject);
        response.on("aborted", () => reject(Object.assign(new Error("cut off"), { code: "ECONNRESET" })));
      });
      request.end(body);
    });
  }
}

interface Answer {
  readonly status: number;
  readonly retryAfter: string | undefined;
  readonly body: string;
}

/** Bot API: 400 and 403 mean the chat, 401 and 404 the token, 429 carries `parameters.retry_after` in seconds. */
function endOf({ status, retryAfter, body }: Answer): NoticeEnd {
  if (status === 200) return { kind: "sent" };
  if (status === 400 || status === 403) return { kind: "refused", why: "chat_refused" };
  if (status === 401 || status === 404)
    return { kind: "failed", why: "token_refused", isReached: false, retryAfterMs: null };
  const seconds = secondsOf(retryAfter, body);
  const retryAfterMs = seconds === null ? null : seconds * 1000;
  return { kind: "failed", why: outcomeOfStatus(status), isReached: true, retryAfterMs };
}

function secondsOf(header: string | undefined, body: string): number | null {
  const told = /"retry_after"\s*:\s*(\d{1,6})\b/.exec(body)?.[1] ?? /^(\d{1,6})$/.exec(header ?? "")?.[1];
  return told === undefined ? null : Number(told);
}

/** The word for a fault; the text of an error is not kept, for it may name the proxy. */
function faultOf(error: unknown): NoticeEnd {
  const { code, name } = error as { code?: unknown; name?: unknown };
  const isLate = name === "TimeoutError" || name === "AbortError";
  const isProxy = typeof code === "string" && code.startsWith("ERR_PROXY");
  const outcome = isLate ? "timeout" : isProxy ? "proxy_refused" : outcomeOfFault(error);
  const isThere = outcome !== "proxy_refused" && outcome !== "connection_refused" && isReached(outcome);
  return { kind: "failed", why: outcome, isReached: isThere, retryAfterMs: null };
}
