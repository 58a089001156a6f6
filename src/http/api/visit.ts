// Where a call comes from, and the one cookie that this API reads and sets.
import { isIP } from "node:net";
import type { FastifyReply, FastifyRequest } from "fastify";
import type { Whence } from "../../flows/index.ts";
import { addressMatcher } from "../limits.ts";

/** The cookie's name: the prefix makes browsers refuse it without Secure, with a domain, or below another path. */
export const COOKIE = "__Host-prilavok";

/** A call as the routes of sessions need to see it. */
export interface Visit extends Whence {
  /** Came from this machine itself, with no proxy between that would say so of everybody. */
  readonly isLocal: boolean;
  /** The secret that the browser sent; null: none. */
  readonly cookie: string | null;
  /** Has the browser keep `token` for `forMs`; null: forget the one it has. */
  keepCookie(token: string | null, forMs?: number): void;
  /** Sets Retry-After, seconds. */
  askToWait(seconds: string): void;
}

const isLoopback = addressMatcher(["loopback"]);

/** Headers by which proxies tell whom they speak for. */
const FORWARDED = ["forwarded", "x-forwarded-for", "x-forwarded-host", "x-real-ip", "via"];

/** The visit of a request. */
export function visitOf(request: FastifyRequest, reply: FastifyReply): Visit {
  const { headers, raw } = request;
  return {
    address: request.ip,
    agent: headers["user-agent"] ?? "",
    isLocal:
      isLoopback(plainAddress(raw.socket.remoteAddress ?? "")) &&
      FORWARDED.every((name) => headers[name] === undefined),
    cookie: cookieOf(headers.cookie),
    keepCookie: (token, forMs = 0) => {
      const value = token === null ? "" : token;
      reply.header(
        "set-cookie",
        `${COOKIE}=${value}; Path=/; Secure; HttpOnly; SameSite=Lax; Max-Age=${Math.floor(forMs / 1000)}`,
      );
    },
    askToWait: (seconds) => void reply.header("retry-after", seconds),
  };
}

/** An IPv4 address that came written as IPv6 is the same address. */
function plainAddress(address: string): string {
  const mapped = address.replace(/^::ffff:/i, "");
  return isIP(mapped) === 4 ? mapped : address;
}

/** The cookie among all that were sent; null where it is missing or there are two. */
export function cookieOf(header: string | undefined): string | null {
  const found = (header ?? "")
    .split(";")
    .map((part) => part.trim())
    .filter((part) => part.startsWith(`${COOKIE}=`));
  const [only, other] = found;
  if (only === undefined || other !== undefined) return null;
  const value = only.slice(COOKIE.length + 1);
  return /^[\w-]{1,128}$/.test(value) ? value : null;
}

/**
 * Whether a page of somebody else may have sent this call. Browsers say where a call comes from in Sec-Fetch-Site, which
 * no page can forge; older ones in Origin. Programs say neither.
 */
export function isForeign(request: FastifyRequest): boolean {
  const site = request.headers["sec-fetch-site"];
  if (site !== undefined) return site !== "same-origin" && site !== "none";
  const { origin } = request.headers;
  if (origin === undefined) return false;
  return !URL.canParse(origin) || new URL(origin).host !== request.host;
}
