// The HTTP server: limits, request ids, the canonical line, health, and the faces that answer vendors in their own shapes.
import type { Socket } from "node:net";
import Fastify, {
  type FastifyBaseLogger,
  type FastifyError,
  type FastifyInstance,
  type FastifyReply,
  type FastifyRequest,
  LogController,
} from "fastify";
import { type ConsoleFiles, consoleRoutes } from "./console.ts";
import { type Face, faceOf, type ServerRefusal } from "./face.ts";
import { healthRoutes, type Readiness } from "./health.ts";
import { LIMITS, limitSockets, type ServerLimits } from "./limits.ts";
import { type LiveCalls, watchCalls } from "./live-calls.ts";
import { describeError } from "./log.ts";
import type { Metrics } from "./metrics.ts";
import { answerOverdue } from "./overdue.ts";
import { type AnswerWatch, type LineWriter, logRequests, newRequestId, pathOf } from "./request-log.ts";
import { Pressure, type PressureGauges, SHED_RETRY_AFTER_SECONDS } from "./shedding.ts";
import { TLS_LEAST } from "./tls.ts";

/** What the server is made of. */
export interface ServerParts {
  readonly log: FastifyBaseLogger;
  readonly metrics: Metrics;
  readonly readiness: Readiness;
  readonly faces: readonly Face[];
  /** The built console; absent or null: there is none. */
  readonly console?: ConsoleFiles | null;
  /** Exact addresses and ranges of proxies that are believed; empty: none. */
  readonly trustProxy: readonly string[];
  readonly tls?: { readonly cert: string; readonly key: string };
  /** Keeps the last calls of vendors for those who look on. */
  readonly live?: LiveCalls;
  /** Told of every answered call. */
  readonly onAnswered?: AnswerWatch;
  /** What differs from LIMITS. */
  readonly limits?: Partial<ServerLimits>;
  /** What the pressure is read from, for tests; the process itself when absent. */
  readonly gauges?: Partial<PressureGauges>;
}

/** Builds the server; nothing listens yet, so tests use `inject`. */
export function buildServer(parts: ServerParts): FastifyInstance {
  const limits = { ...LIMITS, ...parts.limits };
  const node = { maxHeaderSize: limits.headerBytes, connectionsCheckingInterval: limits.checkMs };
  const app = Fastify({
    loggerInstance: parts.log,
    // The canonical line of request-log.ts replaces the framework's two lines a request.
    logController: new LogController({ disableRequestLogging: true }),
    genReqId: newRequestId,
    requestTimeout: limits.requestMs,
    connectionTimeout: limits.connectionMs,
    keepAliveTimeout: limits.keepAliveMs,
    // During a stop calls that still arrive are answered, not refused; see the hook below.
    return503OnClosing: false,
    trustProxy: parts.trustProxy.length > 0 ? [...parts.trustProxy] : false,
    routerOptions: { ignoreTrailingSlash: true, maxParamLength: 300 },
    // A second handler of the same error would lose the vendor's shape.
    frameworkErrors: (error, request, reply) => {
      // An address that cannot be read comes here before any hook has run.
      const early = request as FastifyRequest;
      early.canonical = {};
      reply.header("x-request-id", request.id);
      return refuseError(parts, error, early, reply as FastifyReply);
    },
    clientErrorHandler: refuseUnreadable,
    ...(parts.tls === undefined
      ? { http: node }
      : { https: { ...node, ...parts.tls, minVersion: TLS_LEAST } }),
  }) as unknown as FastifyInstance;
  app.server.headersTimeout = limits.headersMs;
  // One more than allowed is read, so that too many are refused instead of silently dropped.
  app.server.maxHeadersCount = limits.headers + 1;
  limitSockets(app, limits, parts.trustProxy, parts.metrics);
  logRequests(
    app,
    parts.metrics,
    (path) => faceOf(parts.faces, path)?.name ?? (isHealth(path) ? "health" : "none"),
    canonicalWriter(parts.log),
    parts.onAnswered,
  );
  if (parts.live !== undefined) watchCalls(app, parts.live, vendorsOf(parts.faces));
  guard(app, parts, limits);
  answerOverdue(app, limits.handlerMs, (request, reply) => {
    request.canonical["outcome"] = "overloaded";
    parts.metrics.shed.inc({ reason: "handler_time" });
    refuse(parts.faces, request, reply, 503, "overloaded");
  });
  app.setErrorHandler((error, request, reply) => refuseError(parts, error as FastifyError, request, reply));
  app.setNotFoundHandler((request, reply) => refuseUnknown(app, parts.faces, request, reply));
  healthRoutes(app, parts.readiness, parts.metrics);
  const taken = parts.faces.flatMap((face) => face.basePaths);
  consoleRoutes(app, parts.console ?? null, taken);
  for (const face of parts.faces) {
    for (const basePath of face.basePaths) {
      // Each mount is a plugin of its own, so that parsers and hooks of one face never reach another.
      app.register(async (instance) => face.routes(instance, basePath));
    }
  }
  return app;
}

/** Names of the faces that vendors call. */
function vendorsOf(faces: readonly Face[]): ReadonlySet<string> {
  return new Set(faces.map(({ name }) => name).filter((name) => name !== "api"));
}

/** Canonical lines hold ids, words and numbers of our own: the net that cuts personal data would only cost time. */
function canonicalWriter(log: FastifyBaseLogger): LineWriter {
  const lines = log.child({}, { redact: [] });
  return (fields) => lines.info(fields, "request");
}

/** What every call meets first, before its body is read: headers of safety, too many headers, too much pressure. */
function guard(app: FastifyInstance, parts: ServerParts, limits: ServerLimits): void {
  const pressure = new Pressure(limits, {
    monotonicMs: () => performance.now(),
    residentBytes: () => process.memoryUsage.rss(),
    writersWaiting: () => parts.readiness.writersWaiting(),
    ...parts.gauges,
  });
  parts.metrics.pressure(pressure);
  pressure.start();
  app.addHook("onClose", async () => pressure.stop());
  const isEncrypted = parts.tls !== undefined;
  app.addHook("onRequest", (request, reply, done) => {
    reply.header("x-content-type-options", "nosniff").header("cache-control", "no-store");
    if (isEncrypted) reply.header("strict-transport-security", "max-age=31536000");
    if (!parts.readiness.isServing()) reply.header("connection", "close");
    if (request.raw.rawHeaders.length > limits.headers * 2) {
      refuse(parts.faces, request, reply, 431, "bad_request");
      return;
    }
    const isCall = !isHealth(pathOf(request));
    if (isCall) parts.readiness.called?.();
    const reason = isCall ? pressure.reason() : null;
    if (reason === null) return done();
    parts.metrics.shed.inc({ reason });
    request.canonical["outcome"] = "shed";
    refuse(parts.faces, request, reply, 503, "overloaded");
  });
}

/** What could not be read as HTTP: answered by hand, since no request exists. */
function refuseUnreadable(error: Error & { code?: string }, socket: Socket): void {
  if (error.code === "ECONNRESET" || socket.destroyed) return;
  const [status, code, title] =
    error.code === "ERR_HTTP_REQUEST_TIMEOUT"
      ? ["408 Request Timeout", "timeout", "the call took too long to arrive"]
      : error.code === "HPE_HEADER_OVERFLOW"
        ? ["431 Request Header Fields Too Large", "headers_too_large", "the headers are too large"]
        : ["400 Bad Request", "bad_request", "this is not readable as HTTP"];
  const body = JSON.stringify({ success: false, errorCode: code, message: title });
  if (socket.writable) {
    socket.write(
      `HTTP/1.1 ${status}\r\nContent-Type: application/json\r\nContent-Length: ${body.length}\r\nX-Request-Id: ${newRequestId()}\r\nX-Content-Type-Options: nosniff\r\nCache-Control: no-store\r\nConnection: close\r\n\r\n${body}`,
    );
  }
  socket.destroySoon();
}

function isHealth(path: string): boolean {
  return path.startsWith("/health/") || path === "/metrics";
}

const METHODS = ["GET", "POST", "PUT", "PATCH", "DELETE"] as const;

/** No such route: 405 with Allow where the path exists under another method, else 404. */
function refuseUnknown(
  app: FastifyInstance,
  faces: readonly Face[],
  request: FastifyRequest,
  reply: FastifyReply,
): FastifyReply {
  const path = pathOf(request);
  const allowed = METHODS.filter(
    (method) => app.findRoute({ method, url: path }) !== null || app.hasRoute({ method, url: path }),
  );
  const isKnown = allowed.length > 0;
  if (isKnown) reply.header("allow", allowed.join(", "));
  return refuse(faces, request, reply, isKnown ? 405 : 404, isKnown ? "method_not_allowed" : "not_found");
}

/** Errors by which storage says "not now": the caller may send the same again under the same key. */
const BUSY = new Set(["CommitUnknown", "DatabaseUnavailable", "WriteQueueFull"]);

/** Codes by which the disk, or SQLite for it, refuses. */
const DISK_FAULT = /^(SQLITE_FULL|SQLITE_IOERR|SQLITE_READONLY|ENOSPC|EROFS|EIO)/;

/** An error that no face caught: the framework's own, or a surprise. Nothing from inside is ever shown. */
function refuseError(
  parts: ServerParts,
  error: FastifyError,
  request: FastifyRequest,
  reply: FastifyReply,
): FastifyReply {
  const isDiskFault = DISK_FAULT.test(error.code ?? "");
  if (error.name === "DatabaseUnavailable") parts.metrics.shed.inc({ reason: "database" });
  const status = isDiskFault || BUSY.has(error.name) ? 503 : (error.statusCode ?? 500);
  if (status >= 500) {
    request.log.error({ error: describeError(error) }, "surprise");
    const isBusy = status === 503;
    request.canonical["outcome"] ??= isBusy ? "overloaded" : "internal";
    return refuse(parts.faces, request, reply, isBusy ? 503 : 500, isBusy ? "overloaded" : "internal");
  }
  const refusal: ServerRefusal = status === 413 ? "too_large" : status === 429 ? "too_many" : "bad_request";
  return refuse(parts.faces, request, reply, status === 415 ? 400 : status, refusal);
}

function refuse(
  faces: readonly Face[],
  request: FastifyRequest,
  reply: FastifyReply,
  status: number,
  refusal: ServerRefusal,
): FastifyReply {
  reply.code(status);
  if (status === 503) reply.header("retry-after", String(SHED_RETRY_AFTER_SECONDS));
  const face = faceOf(faces, pathOf(request));
  if (face !== undefined) return face.refuse(reply, status, refusal);
  return reply.type("application/problem+json").send({
    type: "about:blank",
    title: refusal.replaceAll("_", " "),
    status,
    code: refusal,
    instance: request.id,
  });
}
