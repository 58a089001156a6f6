// Who may call: a Bearer token or a session's cookie, its scope, and a brake on addresses that keep failing. A right
// token is always let in, whatever cookie comes with it: nobody can lock out the owner by failing from the same address.
import type { FastifyReply, FastifyRequest } from "fastify";
import { isAllowed, type Needed } from "../../contract/index.ts";
import { FRESH_SCOPES } from "../../core/people/index.ts";
import {
  type ApiCaller,
  type FailedTries,
  retryAfter,
  type SessionRing,
  type TokenRing,
} from "../../flows/index.ts";
import { type Refusal, refuse } from "./refusal.ts";
import { cookieOf, isForeign } from "./visit.ts";

/** Longest token that is looked at, characters. */
const TOKEN_LIMIT = 512;

/** Whoever calls what is open to everybody. */
export const ANYBODY: ApiCaller = { tokenId: "nobody", scopes: [], person: null, stores: [] };

/** What callers are recognised by. */
export interface Doors {
  readonly tokens: TokenRing;
  readonly sessions: SessionRing;
}

/** Lets a call in or says why not. */
export async function admit(
  request: FastifyRequest,
  reply: FastifyReply,
  doors: Doors,
  needed: Needed,
  tries: FailedTries,
  now: number,
): Promise<ApiCaller | Refusal> {
  const token = bearer(request.headers.authorization);
  const cookie = token === null ? cookieOf(request.headers.cookie) : null;
  // A sign-in that another page sends would put its own account under somebody's hands.
  if (needed === "public")
    return request.method !== "GET" && isForeign(request) ? refuse("cross_site") : ANYBODY;
  const caller = await callerOf(doors, token, cookie);
  if (caller === null) return unknown(request, reply, token, cookie, tries, now);
  if (cookie !== null && !isOwnPage(request, doors.sessions, cookie)) return refuse("cross_site");
  return mayDo(reply, caller, needed, now);
}

async function callerOf(
  { tokens, sessions }: Doors,
  token: string | null,
  cookie: string | null,
): Promise<ApiCaller | null> {
  if (token !== null) return tokens.recognise(token);
  return cookie === null ? null : sessions.recognise(cookie);
}

/** Nobody that is known. What cannot be guessed, or was not tried, is not counted as a guess: a tab left open is no attack. */
function unknown(
  request: FastifyRequest,
  reply: FastifyReply,
  token: string | null,
  cookie: string | null,
  tries: FailedTries,
  now: number,
): Refusal {
  if (cookie === null) {
    const waitMs = tries.blockedMs(request.ip, now);
    if (waitMs > 0) {
      reply.header("retry-after", retryAfter(waitMs));
      return refuse("too_many");
    }
    if (token !== null) tries.note(request.ip, now);
  }
  // RFC 6750: the error is named only when a token was sent.
  reply.header(
    "www-authenticate",
    token === null ? 'Bearer realm="prilavok"' : 'Bearer realm="prilavok", error="invalid_token"',
  );
  return refuse("unauthorized");
}

/** A cookie goes wherever the browser goes: what it may do is done from the console's own page, with a proof that only it can read. */
function isOwnPage(request: FastifyRequest, sessions: SessionRing, cookie: string): boolean {
  if (isForeign(request)) return false;
  if (request.method === "GET" || request.method === "HEAD") return true;
  const proof = request.headers["x-csrf"];
  return typeof proof === "string" && sessions.isProof(cookie, proof);
}

function mayDo(
  reply: FastifyReply,
  caller: ApiCaller,
  needed: Exclude<Needed, "public">,
  now: number,
): ApiCaller | Refusal {
  const { person } = caller;
  if (needed === "session") {
    return person === null ? refuse("forbidden", "This is for people who are signed in.") : caller;
  }
  if (!isAllowed(caller.scopes, needed)) {
    reply.header(
      "www-authenticate",
      `Bearer realm="prilavok", error="insufficient_scope", scope="${needed}"`,
    );
    return refuse("forbidden", `The scope ${needed} is missing.`);
  }
  if (FRESH_SCOPES.includes(needed) && !isFresh(caller, now)) return refuse("fresh_session_needed");
  return caller;
}

/** Whether the password counts as given just now; a token has none. */
export function isFresh({ person }: ApiCaller, now: number): boolean {
  return person === null || now < person.freshUntil;
}

/** The token of an Authorization header; null where there is none of the scheme. */
function bearer(header: string | undefined): string | null {
  const match = /^bearer +([\x21-\x7e]+) *$/i.exec(header ?? "");
  const token = match?.[1];
  return token === undefined || token.length > TOKEN_LIMIT ? null : token;
}
