// The HTTP server: limits, request ids, the canonical line, health, and the faces that answer vendors in their own shapes.
import Fastify, {
  type FastifyBaseLogger,
  type FastifyError,
  type FastifyInstance,
  type FastifyReply,
  type FastifyRequest,
  LogController,
} from "fastify";
import { type Face, faceOf, type ServerRefusal } from "./face.ts";
import { healthRoutes, type Readiness } from "./health.ts";
import type { Metrics } from "./metrics.ts";
import { logRequests, newRequestId, pathOf } from "./request-log.ts";

/** Time a slow client has, ms: Fastify's own defaults are open to slow clients (0 = for ever). */
export const TIMEOUTS = {
  headers: 10_000,
  request: 30_000,
  connection: 60_000,
  keepAlive: 72_000,
  check: 5_000,
} as const;

/** What the server is made of. */
export interface ServerParts {
  readonly log: FastifyBaseLogger;
  readonly metrics: Metrics;
  readonly readiness: Readiness;
  readonly faces: readonly Face[];
  /** Exact addresses and ranges of proxies that are believed; empty: none. */
  readonly trustProxy: readonly string[];
  readonly tls?: { readonly cert: string; readonly key: string };
}

/** Builds the server; nothing listens yet, so tests use `inject`. */
export function buildServer(parts: ServerParts): FastifyInstance {
  const app = Fastify({
    loggerInstance: parts.log,
    // The canonical line of request-log.ts replaces the framework's two lines a request.
    logController: new LogController({ disableRequestLogging: true }),
    genReqId: newRequestId,
    requestTimeout: TIMEOUTS.request,
    connectionTimeout: TIMEOUTS.connection,
    keepAliveTimeout: TIMEOUTS.keepAlive,
    trustProxy: parts.trustProxy.length > 0 ? [...parts.trustProxy] : false,
    routerOptions: { ignoreTrailingSlash: true, maxParamLength: 300 },
    // A second handler of the same error would lose the vendor's shape.
    frameworkErrors: (error, request, reply) =>
      refuseError(parts.faces, error, request as FastifyRequest, reply as FastifyReply),
    ...(parts.tls === undefined ? {} : { https: { ...parts.tls, minVersion: "TLSv1.2" as const } }),
  }) as unknown as FastifyInstance;
  app.server.headersTimeout = TIMEOUTS.headers;
  app.server.maxHeadersCount = 100;
  logRequests(
    app,
    parts.metrics,
    (path) => faceOf(parts.faces, path)?.name ?? (isHealth(path) ? "health" : "none"),
  );
  app.setErrorHandler((error, request, reply) =>
    refuseError(parts.faces, error as FastifyError, request, reply),
  );
  app.setNotFoundHandler((request, reply) => refuseUnknown(app, parts.faces, request, reply));
  healthRoutes(app, parts.readiness, parts.metrics);
  for (const face of parts.faces) {
    for (const basePath of face.basePaths) {
      // Each mount is a plugin of its own, so that parsers and hooks of one face never reach another.
      app.register(async (instance) => face.routes(instance, basePath));
    }
  }
  return app;
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

/** An error that no face caught: the framework's own, or a surprise. Nothing from inside is ever shown. */
function refuseError(
  faces: readonly Face[],
  error: FastifyError,
  request: FastifyRequest,
  reply: FastifyReply,
): FastifyReply {
  const status = error.statusCode ?? 500;
  if (status >= 500) {
    request.log.error({ err: { type: error.name, code: error.code, stack: error.stack } }, "surprise");
    return refuse(
      faces,
      request,
      reply,
      status === 503 ? 503 : 500,
      status === 503 ? "overloaded" : "internal",
    );
  }
  const refusal: ServerRefusal = status === 413 ? "too_large" : status === 429 ? "too_many" : "bad_request";
  return refuse(faces, request, reply, status === 415 ? 400 : status, refusal);
}

function refuse(
  faces: readonly Face[],
  request: FastifyRequest,
  reply: FastifyReply,
  status: number,
  refusal: ServerRefusal,
): FastifyReply {
  reply.code(status);
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
