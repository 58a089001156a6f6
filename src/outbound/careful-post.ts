// One POST that knows whether its body was written: what failed before may be sent again, what failed after may not.
//
// A connection of its own for every call, since a kept one that breaks leaves in doubt what was read of it; nothing is written
// before it stands, no redirect is followed, and nothing is ever repeated here.
import { request as httpRequest, type IncomingMessage } from "node:http";
import { connect as connectPlain, type LookupFunction, type Socket } from "node:net";
import { connect as connectTls } from "node:tls";
import { outcomeOfFault } from "./call-faults.ts";

/** How long a call may take and how much of its answer is read. */
export interface CarefulLimits {
  /** Until the connection stands, with looking up the name and the handshake, ms. */
  readonly connectMs: number;
  /** Whole, ms. */
  readonly totalMs: number;
  /** Bytes of the answer's body; more is cut off. */
  readonly answerBytes: number;
}

/** As the contract with the marketplace advises. */
export const CAREFUL_LIMITS: CarefulLimits = {
  connectMs: 5_000,
  totalMs: 15_000,
  answerBytes: 64 * 1024,
};

/** What to send. */
export interface CarefulWish {
  readonly url: URL;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  readonly limits: CarefulLimits;
  /** Certificates that are believed beside the system's; for tests. */
  readonly ca?: string | undefined;
  readonly lookup?: LookupFunction | undefined;
  /** Asked at the last moment before the first byte; false: it is too late, nothing is written. */
  mayWrite?(): boolean;
}

/** What came of it; never thrown. `why` is a word for the log, never a secret. */
export type CarefulEnd =
  | {
      readonly kind: "answered";
      readonly status: number;
      readonly headers: IncomingMessage["headers"];
      readonly body: Buffer;
    }
  | { readonly kind: "not_written"; readonly why: string }
  | { readonly kind: "unanswered"; readonly why: string };

/** Sends once. */
export async function carefulPost(wish: CarefulWish): Promise<CarefulEnd> {
  const began = performance.now();
  const connected = await opened(wish);
  if (connected.kind === "not_written") return connected;
  const { socket } = connected;
  if (wish.mayWrite?.() === false) {
    socket.destroy();
    return { kind: "not_written", why: "too_late" };
  }
  return exchange(socket, wish, Math.max(1, wish.limits.totalMs - (performance.now() - began)));
}

type Connected =
  | { readonly kind: "connected"; readonly socket: Socket }
  | { readonly kind: "not_written"; readonly why: string };

/** Opens the connection, with its handshake: until it stands nothing of the request has left. */
function opened({ url, limits, ca, lookup }: CarefulWish): Promise<Connected> {
  const host = url.hostname.replace(/^\[|\]$/g, "");
  const isSecure = url.protocol === "https:";
  const where = {
    host,
    port: Number(url.port) || (isSecure ? 443 : 80),
    ...(lookup === undefined ? {} : { lookup }),
  };
  return new Promise((resolve) => {
    const socket = isSecure
      ? connectTls({
          ...where,
          ...(/^[\d.]+$|:/.test(host) ? {} : { servername: host }),
          ALPNProtocols: ["http/1.1"],
          ...(ca === undefined ? {} : { ca }),
        })
      : connectPlain(where);
    const fail = (why: string): void => {
      clearTimeout(patience);
      socket.destroy();
      resolve({ kind: "not_written", why });
    };
    const patience = setTimeout(() => fail("connect_timeout"), Math.min(limits.connectMs, limits.totalMs));
    socket.on("error", (error) => fail(outcomeOfFault(error)));
    const closed = (): void => fail("connection_reset");
    socket.once("close", closed);
    socket.once(isSecure ? "secureConnect" : "connect", () => {
      clearTimeout(patience);
      // Whoever hangs up at once is heard before anything is written.
      setImmediate(() => {
        if (socket.destroyed) return fail("connection_reset");
        socket.off("close", closed);
        resolve({ kind: "connected", socket });
      });
    });
  });
}

/** From here on the body counts as written. */
function exchange(socket: Socket, wish: CarefulWish, withinMs: number): Promise<CarefulEnd> {
  const { url, body, limits } = wish;
  return new Promise((resolve) => {
    const request = httpRequest({
      method: "POST",
      path: `${url.pathname}${url.search}`,
      createConnection: () => socket,
      setHost: false,
      headers: {
        host: url.host,
        connection: "close",
        "user-agent": "prilavok",
        "accept-encoding": "identity",
        "content-length": String(Buffer.byteLength(body)),
        ...wish.headers,
      },
    });
    let known: (() => CarefulEnd) | null = null;
    const end = (why: string): void => {
      clearTimeout(patience);
      resolve(known === null ? { kind: "unanswered", why } : known());
      request.destroy();
      socket.destroy();
    };
    const patience = setTimeout(() => end("timeout"), withinMs);
    request.on("error", (error) => end(outcomeOfFault(error)));
    request.on("close", () => end("connection_reset"));
    request.on("response", (response) => {
      // The status is the word; of a body that breaks off there is as much as came.
      known = collected(response, limits.answerBytes, () => end("read"));
    });
    request.end(body);
  });
}

/** Reads up to `most` bytes; gives what is known at any moment. */
function collected(response: IncomingMessage, most: number, done: () => void): () => CarefulEnd {
  const parts: Buffer[] = [];
  let size = 0;
  response.on("data", (part: Buffer) => {
    parts.push(part);
    size += part.length;
    if (size >= most) done();
  });
  response.on("end", done);
  response.on("error", done);
  response.on("aborted", done);
  return () => ({
    kind: "answered",
    status: response.statusCode ?? 0,
    headers: response.headers,
    body: Buffer.concat(parts, Math.min(size, most)),
  });
}
