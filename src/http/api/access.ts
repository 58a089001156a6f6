// Who may call: a Bearer token, its scope, and a brake on addresses that keep failing. A right token is always let in:
// nobody can lock out the owner by failing from the same address.
import type { FastifyReply, FastifyRequest } from "fastify";
import { isAllowed, type Scope } from "../../contract/index.ts";
import { type ApiCaller, type FailedTries, retryAfter, type TokenRing } from "../../flows/index.ts";
import { type Refusal, refuse } from "./refusal.ts";

/** Longest token that is looked at, characters. */
const TOKEN_LIMIT = 512;

/** Lets a call in or says why not. */
export async function admit(
  request: FastifyRequest,
  reply: FastifyReply,
  tokens: TokenRing,
  scope: Scope,
  tries: FailedTries,
  now: number,
): Promise<ApiCaller | Refusal> {
  const token = bearer(request.headers.authorization);
  const caller = token === null ? null : await tokens.recognise(token);
  if (caller === null) {
    const waitMs = tries.blockedMs(request.ip, now);
    if (waitMs > 0) {
      reply.header("retry-after", retryAfter(waitMs));
      return refuse("too_many");
    }
    tries.note(request.ip, now);
    // RFC 6750: the error is named only when a token was sent.
    reply.header(
      "www-authenticate",
      token === null ? 'Bearer realm="prilavok"' : 'Bearer realm="prilavok", error="invalid_token"',
    );
    return refuse("unauthorized");
  }
  if (isAllowed(caller.scopes, scope)) return caller;
  reply.header("www-authenticate", `Bearer realm="prilavok", error="insufficient_scope", scope="${scope}"`);
  return refuse("forbidden", `The scope ${scope} is missing.`);
}

/** The token of an Authorization header; null where there is none of the scheme. */
function bearer(header: string | undefined): string | null {
  const match = /^bearer +([\x21-\x7e]+) *$/i.exec(header ?? "");
  const token = match?.[1];
  return token === undefined || token.length > TOKEN_LIMIT ? null : token;
}
