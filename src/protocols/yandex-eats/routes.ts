// The vendor's two calls over HTTP: a token for the vendor, and the delivery of a feedback.
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import {
  checkSecret,
  checkToken,
  createTokenPolicy,
  type House,
  issueToken,
  RateLimit,
  receiveFeedback,
  retryAfter,
  sourceOf,
  type TokenPolicy,
} from "../../flows/index.ts";
import { answerToError, CODE, type Problem, UNAUTHORIZED } from "./errors.ts";
import { readDelivery } from "./reading.ts";
import {
  BURST_SECONDS,
  CHANNEL,
  LIMITS,
  type YandexEatsLimits,
  type YandexEatsSettings,
} from "./settings.ts";
import { readTokenForm } from "./token-form.ts";

/** The paths below the base path, the documented one first; the others are for a base registered with `/v1`. */
export const TOKEN_PATHS = ["/security/oauth/token", "/v1/security/oauth/token"] as const;

/** See TOKEN_PATHS. */
export const FEEDBACK_PATHS = ["/v1/feedback", "/feedback", "/v1/v1/feedback"] as const;

/** The vendor waits three seconds for a token. */
const TOKEN_TIMEOUT_MS = 2_000;

/** What the two calls share while the server runs. */
export interface Counter {
  readonly house: House;
  readonly settings: YandexEatsSettings;
  readonly policy: TokenPolicy;
  readonly limits: YandexEatsLimits;
  readonly deliveries: RateLimit;
  readonly tokens: RateLimit;
  readonly failures: RateLimit;
  /** Who was recognised before the body was read. */
  readonly callers: WeakMap<FastifyRequest, Caller>;
}

interface Caller {
  readonly clientId: string;
  readonly contentType: string | null;
}

/** Sets up what the calls share. */
export function createCounter(house: House, settings: YandexEatsSettings): Counter {
  const limits = { ...LIMITS, ...settings.limits };
  const perClient = (perSecond: number): RateLimit => new RateLimit(perSecond, BURST_SECONDS * perSecond);
  return {
    house,
    settings,
    limits,
    policy: createTokenPolicy({
      channel: CHANNEL,
      secrets: settings.secrets,
      clients: settings.clients,
      lifetimeSeconds: settings.tokenLifetimeSeconds,
    }),
    deliveries: perClient(limits.deliveriesPerSecond),
    tokens: perClient(limits.tokensPerSecond),
    failures: new RateLimit(limits.failuresPerMinute / 60, limits.failuresPerMinute),
    callers: new WeakMap(),
  };
}

/** Registers the two calls under each path, on an instance of their own. */
export function registerRoutes(
  app: FastifyInstance,
  counter: Counter,
  paths: { readonly token: readonly string[]; readonly feedback: readonly string[] },
): void {
  app.removeAllContentTypeParsers();
  app.addContentTypeParser("*", { parseAs: "buffer" }, (_request, body, done) => done(null, body));
  app.setErrorHandler((error, request, reply) => refuseError(counter, error, request, reply));
  for (const url of paths.token) {
    app.post(
      url,
      { bodyLimit: counter.limits.tokenBytes, config: { handlerMs: TOKEN_TIMEOUT_MS } },
      (request, reply) => giveToken(counter, request, reply),
    );
  }
  for (const url of paths.feedback) {
    app.post(
      url,
      {
        bodyLimit: counter.limits.feedbackBytes,
        onRequest: (request, reply) => admit(counter, request, reply),
      },
      (request, reply) => takeFeedback(counter, request, reply),
    );
  }
}

async function giveToken(
  counter: Counter,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<FastifyReply> {
  const { house, policy, settings } = counter;
  reply.header("cache-control", "no-store").header("pragma", "no-cache");
  const authorization = request.headers.authorization;
  const form = readTokenForm({
    contentType: request.headers["content-type"],
    authorization,
    query: Object.keys(request.query as object),
    body: request.body as Uint8Array | undefined,
    isStrict: settings.mode === "strict",
  });
  if (form.kind === "refused") return refuse(request, reply, 400, "token_refused", [form.problem]);
  const client = await checkSecret(house, policy, form.clientId.replaceAll("\0", "\uFFFD"), form.secret);
  if (client === null) {
    // Right credentials never come here, so nobody can lock a client out by failing in its name.
    const waits = [`address ${sourceOf(request.ip)}`, `client ${form.clientId.slice(0, 255)}`].map((name) =>
      counter.failures.take(name, house.now()),
    );
    const wait = Math.max(...waits);
    if (wait > 0) return tooMany(request, reply, wait);
    if (authorization !== undefined) reply.header("www-authenticate", 'Basic realm="token", charset="UTF-8"');
    return refuse(request, reply, settings.badCredentialsStatus, "token_refused", [
      { code: CODE.badCredentials, description: "Unknown client or wrong secret" },
    ]);
  }
  const wait = counter.tokens.take(client.clientId, house.now());
  if (wait > 0) return tooMany(request, reply, wait);
  const token = await issueToken(house, policy, client, form.scope);
  remark(request, { outcome: "token_issued", client: client.clientId });
  return reply.send({
    access_token: token,
    expires_in: policy.lifetimeSeconds,
    token_type: "bearer",
    scope: form.scope,
  });
}

/** Lets a caller with a good token in; decided before a byte of the body is read. */
async function admit(
  counter: Counter,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<FastifyReply | undefined> {
  const shown = request.headers.authorization;
  const token = /^bearer +(\S+)\s*$/i.exec(shown ?? "")?.[1];
  const clientId = token === undefined ? null : await checkToken(counter.house, counter.policy, token);
  if (clientId === null) {
    remark(request, { outcome: "unauthorized" });
    reply.header("www-authenticate", token === undefined ? "Bearer" : 'Bearer error="invalid_token"');
    return reply.code(401).send(UNAUTHORIZED);
  }
  const wait = counter.deliveries.take(clientId, counter.house.now());
  if (wait > 0) return tooMany(request, reply, wait);
  counter.callers.set(request, { clientId, contentType: request.headers["content-type"] ?? null });
  // Without the header every body reaches us as bytes, also under a type that the framework would refuse unread.
  delete request.headers["content-type"];
  return undefined;
}

async function takeFeedback(
  counter: Counter,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<FastifyReply> {
  const { clientId, contentType } = callerOf(counter, request);
  const body = (request.body as Uint8Array | undefined) ?? new Uint8Array();
  const reading = readDelivery(body, contentType, counter.settings.mode === "strict");
  const delivery = deliveryOf(request, clientId, contentType, body);
  const receipt = await receiveFeedback(
    counter.house,
    delivery,
    reading.kind === "usable"
      ? reading
      : { kind: "unusable", status: 400, reasons: reading.problems.map((problem) => problem.description) },
  );
  remark(request, { client: clientId, delivery: receipt.deliveryId, item: receipt.itemId });
  if (reading.kind === "unusable") return refuse(request, reply, 400, receipt.effect, reading.problems);
  remark(request, { outcome: receipt.effect, warnings: receipt.warnings.join(",") });
  return reply.send({ result: "OK" });
}

function callerOf(counter: Counter, request: FastifyRequest): Caller {
  const caller = counter.callers.get(request);
  if (caller === undefined) throw new Error("a delivery passed without a token");
  return caller;
}

function deliveryOf(request: FastifyRequest, clientId: string, contentType: string | null, body: Uint8Array) {
  const route = request.routeOptions.url ?? "";
  return {
    channel: CHANNEL,
    route,
    clientId,
    requestId: request.id,
    contentType: contentTypeOf(contentType),
    body,
  };
}

/** Headers are Latin-1 text of any length; what is stored of one is short and plain. */
function contentTypeOf(header: string | null): string | null {
  return header === null ? null : header.slice(0, 255).replace(/[^\x20-\x7e]/g, "?");
}

function tooMany(request: FastifyRequest, reply: FastifyReply, waitMs: number): FastifyReply {
  reply.header("retry-after", retryAfter(waitMs));
  return refuse(request, reply, 429, "throttled", [{ code: CODE.tooMany, description: "Too many requests" }]);
}

function refuse(
  request: FastifyRequest,
  reply: FastifyReply,
  status: number,
  outcome: string,
  problems: readonly Problem[],
): FastifyReply {
  remark(request, { outcome, codes: problems.map((problem) => problem.code).join(",") });
  return reply.code(status).send(problems);
}

async function refuseError(
  counter: Counter,
  error: unknown,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<FastifyReply> {
  const answer = answerToError(error, request.id);
  if (answer.retryAfterSeconds !== undefined) reply.header("retry-after", answer.retryAfterSeconds);
  if (answer.status >= 500) {
    const { name, code, stack } = error as { name?: string; code?: string; stack?: string };
    // Frames only: a driver's message may quote what it was given.
    request.log.error({ err: { type: name, code, stack: stack?.split("\n    at ").slice(1) } }, "surprise");
  }
  const caller = counter.callers.get(request);
  if (caller !== undefined && answer.status < 500) await keepUnread(counter, request, caller, answer);
  return refuse(request, reply, answer.status, "error", answer.problems);
}

/** A body that could not be read to its end leaves a delivery without bytes, so that operators see that one came. */
async function keepUnread(
  counter: Counter,
  request: FastifyRequest,
  caller: Caller,
  answer: { readonly status: number; readonly problems: readonly Problem[] },
): Promise<void> {
  const delivery = deliveryOf(request, caller.clientId, caller.contentType, new Uint8Array());
  const reasons = answer.problems.map((problem) => problem.description);
  const reading = { kind: "unusable", status: answer.status, reasons } as const;
  const receipt = await receiveFeedback(counter.house, delivery, reading);
  remark(request, { client: caller.clientId, delivery: receipt.deliveryId });
}

function remark(request: FastifyRequest, fields: Record<string, string | number | boolean | null>): void {
  Object.assign(request.canonical, fields);
}
