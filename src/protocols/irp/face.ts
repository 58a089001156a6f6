// The IRP side of the server: every webhook passes the same gate (size, JSON, key) before its own code.
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { FailedTries, type KeyRing, RateLimit, retryAfter } from "../../flows/index.ts";
import { headerKeys, takeBodyKeys } from "./auth.ts";
import { readBody } from "./body.ts";
import { type IrpErrorCode, refuse } from "./errors.ts";

/** An authenticated call whose body is a JSON object; the key is no longer in it. */
export interface IrpCall {
  readonly body: Record<string, unknown>;
  readonly request: FastifyRequest;
  readonly reply: FastifyReply;
}

/** One webhook. */
export interface IrpRoute {
  /** Below the base path, with its slash: "/basket". */
  readonly path: string;
  answer(call: IrpCall): Promise<FastifyReply> | FastifyReply;
  /** Told of an authenticated body that is no readable JSON object, before 400 is answered; for those who keep such bodies. */
  unreadable?(text: string, code: IrpErrorCode, request: FastifyRequest): Promise<void>;
}

/** What the gate needs. */
export interface IrpGate {
  /** Null: open to everybody, for installations behind a list of addresses (irp.auth none). */
  readonly keyRing: KeyRing | null;
  /** Largest body, bytes. */
  readonly bodyLimit: number;
  /** Calls a second of one key; bursts of three times that. */
  readonly callsPerSecond: number;
  /** Wrong keys a minute from one address, after which its wrong keys are answered 429. */
  readonly failuresPerMinute: number;
  /** Milliseconds, for the two limits. */
  now(): number;
}

/** Seconds of full rate that a key may use at once after a rest. */
const BURST_SECONDS = 3;

/** The gate with what it has counted, shared by all webhooks of the face. */
interface OpenGate extends IrpGate {
  readonly calls: RateLimit;
  readonly failures: FailedTries;
}

/** The face, in the shape that the server mounts. */
export interface IrpFace {
  readonly name: "irp";
  readonly basePaths: readonly string[];
  routes(app: FastifyInstance, basePath: string): void;
  refuse(reply: FastifyReply, status: number, refusal: IrpErrorCode): FastifyReply;
}

/** The face of IMSHOP Retail Protocol with these webhooks. */
export function irpFace(gate: IrpGate, basePath: string, webhooks: readonly IrpRoute[]): IrpFace {
  const open: OpenGate = {
    keyRing: gate.keyRing,
    bodyLimit: gate.bodyLimit,
    callsPerSecond: gate.callsPerSecond,
    failuresPerMinute: gate.failuresPerMinute,
    now: () => gate.now(),
    calls: new RateLimit(gate.callsPerSecond, gate.callsPerSecond * BURST_SECONDS),
    failures: new FailedTries(gate.failuresPerMinute),
  };
  return {
    name: "irp",
    basePaths: [basePath],
    routes: (app, base) => {
      acceptAnyContentType(app);
      for (const webhook of webhooks) {
        app.post(`${base}${webhook.path}`, { bodyLimit: gate.bodyLimit }, (request, reply) =>
          pass(open, webhook, request, reply),
        );
      }
    },
    refuse: (reply, status, refusal) => refuse(reply, refusal, status),
  };
}

/** The content type is not part of the contract, so a body is judged by what it holds. */
function acceptAnyContentType(app: FastifyInstance): void {
  app.addHook("onRequest", (request, _reply, done) => {
    request.raw.headers["content-type"] = "application/json";
    done();
  });
  app.removeAllContentTypeParsers();
  app.addContentTypeParser("application/json", { parseAs: "string" }, (_request, body, done) =>
    done(null, body),
  );
}

async function pass(
  gate: OpenGate,
  webhook: IrpRoute,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<FastifyReply> {
  const now = gate.now();
  const text = typeof request.body === "string" ? request.body : "";
  const read = readBody(text);
  const keys = headerKeys(request);
  if (read.kind === "read") keys.push(...takeBodyKeys(read.body));
  let keyId = "open";
  if (gate.keyRing !== null) {
    const caller = await gate.keyRing.recognise(keys);
    if (caller === null) {
      // Only guesses wait: a right key from the same address (one proxy, many callers) always passes.
      const blockedMs = gate.failures.blockedMs(request.ip, now);
      if (blockedMs > 0) return throttled(request, reply, blockedMs);
      gate.failures.note(request.ip, now);
      return refused(request, reply, "unauthorized");
    }
    keyId = caller.keyId;
  }
  request.canonical["keyId"] = keyId;
  // Each webhook has its own allowance: a storm of carts must not turn a rating away.
  const waitMs = gate.calls.take(`${keyId} ${webhook.path}`, now);
  if (waitMs > 0) return throttled(request, reply, waitMs);
  if (read.kind === "refused") {
    await webhook.unreadable?.(text, read.code, request);
    return refused(request, reply, read.code);
  }
  reply.header("cache-control", "no-store");
  return webhook.answer({ body: read.body, request, reply });
}

function throttled(request: FastifyRequest, reply: FastifyReply, waitMs: number): FastifyReply {
  reply.header("retry-after", retryAfter(waitMs));
  return refused(request, reply, "too_many");
}

/** Answers a refusal and notes it for the log line. */
export function refused(request: FastifyRequest, reply: FastifyReply, code: IrpErrorCode): FastifyReply {
  request.canonical["outcome"] = `refused_${code}`;
  return refuse(reply, code);
}
