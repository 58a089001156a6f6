// Yandex's side of answers as the contract has it, with every fault that it may show: for tests, and for trying things out.
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { createServer as createSecureServer } from "node:https";
import type { AddressInfo, Socket } from "node:net";
import { isSendableBody } from "./eats-answer.ts";

/**
 * What one call meets. "ok": whatever the contract says of it. Words ending in "_sent" have taken the answer to the customer
 * before they fail. "cut_before": the connection is reset as soon as it stands.
 */
export const STAND_IN_FAULTS = [
  "ok",
  "204",
  "400",
  "401",
  "403",
  "404",
  "409",
  "429",
  "500",
  "500_sent",
  "302",
  "page",
  "cut_before",
  "cut_after",
  "cut_after_sent",
  "hang",
  "hang_sent",
] as const;

/** One of STAND_IN_FAULTS. */
export type StandInFault = (typeof STAND_IN_FAULTS)[number];

/** What a customer has got. */
export interface VisibleAnswer {
  readonly feedbackId: string;
  readonly text: string;
  readonly promo: number | null;
}

/** How the stand-in is set. */
export interface StandInOptions {
  readonly clientId: string;
  readonly clientSecret: string;
  /** 0 takes a free port. */
  readonly port?: number;
  /** Age of tokens, seconds. */
  readonly tokenSeconds?: number;
  /** What the next answer meets; asked once a call, before its body is looked at. */
  fault?(feedbackId: string | null): StandInFault;
  /** What the next connection meets: true cuts it off at once. */
  cutsConnection?(): boolean;
  readonly tls?: { readonly cert: string | Buffer; readonly key: string | Buffer };
  /** Told of every call with its answer's status; 0: none was given. */
  onCall?(path: string, status: number, fault: StandInFault): void;
}

/** A stand-in that runs. */
export interface EatsStandIn {
  readonly url: string;
  /** What customers have got, in order. */
  readonly visible: readonly VisibleAnswer[];
  /** How often tokens were asked for, and answers sent, whatever became of them. */
  readonly tokensAsked: () => number;
  readonly answersAsked: () => number;
  /** Makes every token that was given so far useless. */
  endTokens(): void;
  close(): Promise<void>;
}

/** Largest body that is read, bytes. */
const BODY_LIMIT = 1024 * 1024;

/** Starts it on this machine. */
export async function startEatsStandIn(options: StandInOptions): Promise<EatsStandIn> {
  const stand = new StandIn(options);
  const handle = (request: IncomingMessage, response: ServerResponse): void =>
    stand.handle(request, response);
  const server = options.tls === undefined ? createServer(handle) : createSecureServer(options.tls, handle);
  const sockets = new Set<Socket>();
  server.on("connection", (socket: Socket) => {
    socket.on("error", () => undefined);
    if (options.cutsConnection?.()) {
      socket.resetAndDestroy();
      return;
    }
    sockets.add(socket);
    socket.once("close", () => sockets.delete(socket));
  });
  await new Promise<void>((resolve) => server.listen(options.port ?? 0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `${options.tls === undefined ? "http" : "https"}://127.0.0.1:${port}`,
    visible: stand.visible,
    tokensAsked: () => stand.tokensAsked,
    answersAsked: () => stand.answersAsked,
    endTokens: () => stand.tokens.clear(),
    close: () => {
      for (const socket of sockets) socket.destroy();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}

/** What is answered; 0: nothing, "hang" keeps the caller waiting and "cut" hangs up. */
interface Reply {
  readonly status: number;
  readonly body?: object | string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly silence?: "hang" | "cut";
}

class StandIn {
  readonly visible: VisibleAnswer[] = [];
  readonly tokens = new Map<string, number>();
  tokensAsked = 0;
  answersAsked = 0;
  readonly #options: StandInOptions;

  constructor(options: StandInOptions) {
    this.#options = options;
  }

  handle(request: IncomingMessage, response: ServerResponse): void {
    const parts: Buffer[] = [];
    let size = 0;
    request.on("data", (part: Buffer) => {
      size += part.length;
      if (size > BODY_LIMIT) request.destroy();
      else parts.push(part);
    });
    request.on("error", () => undefined);
    request.on("end", () => this.#reply(request, Buffer.concat(parts).toString("utf8"), response));
  }

  #reply(request: IncomingMessage, body: string, response: ServerResponse): void {
    const path = request.method === "POST" ? (request.url ?? "") : "";
    let fault: StandInFault = "ok";
    let reply: Reply = { status: 404 };
    if (path === "/oauth2/token") reply = this.#giveToken(body);
    if (path === "/feedback-answer") {
      this.answersAsked += 1;
      const answer = parsed(body);
      const id = answer?.["feedback_id"];
      fault = this.#options.fault?.(typeof id === "string" ? id : null) ?? "ok";
      reply = this.#takeAnswer(request.headers.authorization ?? "", answer, fault);
    }
    this.#options.onCall?.(path, reply.status, fault);
    say(response, reply);
  }

  #giveToken(body: string): Reply {
    this.tokensAsked += 1;
    const form = new URLSearchParams(body);
    const { clientId, clientSecret, tokenSeconds = 120 } = this.#options;
    if (form.get("client_id") !== clientId || form.get("client_secret") !== clientSecret)
      return { status: 401, body: { message: "Unauthorized", code: 401, details: {} } };
    const token = `stand-in-${crypto.randomUUID()}`;
    this.tokens.set(token, performance.now() + tokenSeconds * 1000);
    const rest = { expires_in: tokenSeconds, scope: "vendor_management", token_type: "bearer" };
    return { status: 200, body: { access_token: token, ...rest } };
  }

  #takeAnswer(authorization: string, answer: Record<string, unknown> | null, fault: StandInFault): Reply {
    if (fault === "401") this.tokens.clear();
    const token = /^bearer +(\S+)$/i.exec(authorization)?.[1] ?? "";
    if ((this.tokens.get(token) ?? 0) < performance.now())
      return { status: 401, body: { code: "invalid-token", message: "token rejected" } };
    const isGood = answer !== null && isSendableBody(answer);
    const isTaken = fault === "ok" || fault === "401" || fault === "cut_before" || fault.endsWith("_sent");
    if (isGood && isTaken) this.visible.push(visibleOf(answer));
    return replyOf(fault, isGood);
  }
}

function replyOf(fault: StandInFault, isGood: boolean): Reply {
  switch (fault) {
    case "ok":
    case "401":
    case "cut_before":
      return { status: isGood ? 200 : 400 };
    case "429":
      return { status: 429, body: "Too many requests", headers: { "retry-after": "1" } };
    case "500":
    case "500_sent":
      return { status: 500, body: { message: "Internal error", code: 500 } };
    case "302":
      return { status: 302, headers: { location: "/feedback-answer" } };
    case "page":
      return { status: 200, body: "<html>sign in</html>", headers: { "content-type": "text/html" } };
    case "cut_after":
    case "cut_after_sent":
      return { status: 0, silence: "cut" };
    case "hang":
    case "hang_sent":
      return { status: 0, silence: "hang" };
    default:
      return { status: Number(fault) };
  }
}

function say(response: ServerResponse, { status, body, headers = {}, silence }: Reply): void {
  if (silence === "cut") response.destroy();
  if (silence !== undefined) return;
  const isPage = headers["content-type"] === "text/html";
  response.writeHead(
    status,
    body === undefined ? headers : { "content-type": "application/json", ...headers },
  );
  response.end(body === undefined ? undefined : isPage ? String(body) : JSON.stringify(body));
}

function visibleOf(answer: Record<string, unknown>): VisibleAnswer {
  const {
    feedback_id: feedbackId,
    text,
    promo,
  } = answer as { feedback_id: string; text: string; promo?: number };
  return { feedbackId, text, promo: promo ?? null };
}

function parsed(text: string): Record<string, unknown> | null {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null && !Array.isArray(value)
      ? (value as Record<string, unknown>)
      : null;
  } catch {
    return null;
  }
}
