// One canonical line per request, written when it ends: ids, outcome, amounts, duration. Never a body, never a person.
import type { FastifyInstance, FastifyRequest } from "fastify";
import { v7 as uuidv7 } from "uuid";
import type { Metrics } from "./metrics.ts";

/** What a handler adds to its request's line: short names, ids and numbers only. */
export type CanonicalFields = Record<string, string | number | boolean | null>;

declare module "fastify" {
  interface FastifyRequest {
    /** Collected for the canonical line; see request-log.ts. */
    canonical: CanonicalFields;
    /** The face that answers, for metrics and the line. */
    faceName: string;
  }
}

/** Adds ids, the canonical line and the counters to every route of `app`. */
export function logRequests(
  app: FastifyInstance,
  metrics: Metrics,
  faceName: (path: string) => string,
): void {
  app.decorateRequest("canonical");
  app.decorateRequest("faceName", "");
  app.addHook("onRequest", async (request, reply) => {
    request.canonical = {};
    request.faceName = faceName(pathOf(request));
    reply.header("x-request-id", request.id);
  });
  app.addHook("onResponse", async (request, reply) => {
    const route = request.routeOptions.url ?? "(none)";
    const seconds = reply.elapsedTime / 1000;
    metrics.requests.inc({ face: request.faceName, route, status: String(reply.statusCode) });
    metrics.duration.observe({ face: request.faceName, route }, seconds);
    const outcome = request.canonical["outcome"];
    if (typeof outcome === "string") metrics.outcomes.inc({ face: request.faceName, outcome });
    if (request.faceName === "health") return;
    request.log.info(
      {
        ...request.canonical,
        face: request.faceName,
        method: request.method,
        route,
        status: reply.statusCode,
        ms: Math.round(reply.elapsedTime * 100) / 100,
      },
      "request",
    );
  });
}

/** The path without its query: queries may hold what must not be logged. */
export function pathOf(request: FastifyRequest): string {
  const end = request.url.indexOf("?");
  return end === -1 ? request.url : request.url.slice(0, end);
}

/** Request ids are ours, never the caller's: a caller could forge a line of the log with theirs. */
export function newRequestId(): string {
  return uuidv7();
}
