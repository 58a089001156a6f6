// The token for Yandex's host: kept in memory only, asked for by one call at a time, renewed before it ends.
import { type CarefulEnd, type CarefulWish, carefulPost } from "./careful-post.ts";

/** The pair that Yandex gave out, and how it is shown. */
export interface EatsCredentials {
  readonly clientId: string;
  readonly clientSecret: string;
  readonly grantType: string;
  /** Empty: not sent. */
  readonly scope: string;
}

/** A token, or why there is none: "token_refused" is the credentials' fault, "token_unavailable" anybody's. */
export type TokenWish =
  | { readonly kind: "token"; readonly token: string }
  | { readonly kind: "none"; readonly why: "token_refused" | "token_unavailable"; readonly detail: string };

/** A token that says nothing of its age, or nonsense, is good for so long, seconds. */
const USUAL_SECONDS = 120;

/** Longest age that is believed, seconds. */
const MOST_SECONDS = 86_400;

/** From this share of its age on a token is renewed. */
const RENEW_AT = 0.75;

/** Longest token, characters. */
const TOKEN_LIMIT = 16_384;

/** Keeps the token of one pair of credentials. */
export class EatsToken {
  readonly #credentials: EatsCredentials;
  readonly #place: Omit<CarefulWish, "headers" | "body">;
  readonly #clock: () => number;
  #kept: { readonly token: string; readonly renewAt: number } | null = null;
  #asking: Promise<TokenWish> | null = null;

  /** `clock` in ms, never going back. */
  constructor(
    credentials: EatsCredentials,
    place: Omit<CarefulWish, "headers" | "body">,
    clock: () => number = () => performance.now(),
  ) {
    this.#credentials = credentials;
    this.#place = place;
    this.#clock = clock;
  }

  /** The token; asked for when there is none or it is about to end. Callers at once share one call. */
  get(): Promise<TokenWish> {
    const kept = this.#kept;
    if (kept !== null && this.#clock() < kept.renewAt)
      return Promise.resolve({ kind: "token", token: kept.token });
    this.#asking ??= this.#ask().finally(() => {
      this.#asking = null;
    });
    return this.#asking;
  }

  /** Forgets a token that was refused; one that has been renewed since stays. */
  forget(token: string): void {
    if (this.#kept?.token === token) this.#kept = null;
  }

  async #ask(): Promise<TokenWish> {
    const { clientId, clientSecret, grantType, scope } = this.#credentials;
    const asked = this.#clock();
    const end = await carefulPost({
      ...this.#place,
      headers: { "content-type": "application/x-www-form-urlencoded", accept: "application/json" },
      body: new URLSearchParams({
        client_id: clientId,
        client_secret: clientSecret,
        ...(grantType === "" ? {} : { grant_type: grantType }),
        ...(scope === "" ? {} : { scope }),
      }).toString(),
    });
    const read = readToken(end);
    if (read.kind === "none") return read;
    this.#kept = { token: read.token, renewAt: asked + read.seconds * 1000 * RENEW_AT };
    return { kind: "token", token: read.token };
  }
}

type ReadToken =
  | { readonly kind: "token"; readonly token: string; readonly seconds: number }
  | Extract<TokenWish, { kind: "none" }>;

function readToken(end: CarefulEnd): ReadToken {
  if (end.kind !== "answered") return { kind: "none", why: "token_unavailable", detail: end.why };
  const { status, body } = end;
  const isRefused = status >= 400 && status < 500 && status !== 408 && status !== 429;
  if (status !== 200)
    return { kind: "none", why: isRefused ? "token_refused" : "token_unavailable", detail: String(status) };
  const value = parsed(body.toString("utf8"));
  const { access_token: token, expires_in: seconds } = value as {
    access_token?: unknown;
    expires_in?: unknown;
  };
  // What cannot stand in a header is no token.
  if (typeof token !== "string" || token.length > TOKEN_LIMIT || !/^[\x21-\x7e]+$/.test(token))
    return { kind: "none", why: "token_unavailable", detail: "no_token" };
  const isBelieved = typeof seconds === "number" && seconds > 0 && seconds <= MOST_SECONDS;
  return { kind: "token", token, seconds: isBelieved ? seconds : USUAL_SECONDS };
}

function parsed(text: string): object {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null ? value : {};
  } catch {
    return {};
  }
}
