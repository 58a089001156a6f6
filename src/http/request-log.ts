// One canonical line per request, written when it ends: ids, outcome, amounts, duration. Never a body, never a person.
import { randomFillSync } from "node:crypto";
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

/** Hears of an answered call: its face, its status, and how long it took, ms. */
export type AnswerWatch = (face: string, status: number, ms: number) => void;

/** Writes one canonical line. */
export type LineWriter = (fields: CanonicalFields) => void;

/** Adds ids, the canonical line and the counters to every route of `app`. */
export function logRequests(
  app: FastifyInstance,
  metrics: Metrics,
  faceName: (path: string) => string,
  writeLine: LineWriter,
  onAnswered?: AnswerWatch,
): void {
  app.decorateRequest("canonical");
  app.decorateRequest("faceName", "");
  app.addHook("onRequest", (request, reply, done) => {
    request.canonical = {};
    request.faceName = faceName(pathOf(request));
    reply.header("x-request-id", request.id);
    done();
  });
  app.addHook("onResponse", (request, reply, done) => {
    const { canonical, faceName: face } = request;
    const route = request.routeOptions.url ?? "(none)";
    const ms = reply.elapsedTime;
    metrics.answered(face, route, reply.statusCode, ms / 1000);
    const outcome = canonical["outcome"];
    if (typeof outcome === "string") metrics.outcomes.inc({ face, outcome });
    if (face !== "health") {
      onAnswered?.(face, reply.statusCode, ms);
      canonical["reqId"] = request.id;
      canonical["face"] = face;
      canonical["method"] = request.method;
      canonical["route"] = route;
      canonical["status"] = reply.statusCode;
      canonical["ms"] = Math.round(ms * 100) / 100;
      writeLine(canonical);
    }
    done();
  });
}

/** The path without its query: queries may hold what must not be logged. */
export function pathOf(request: FastifyRequest): string {
  const end = request.url.indexOf("?");
  return end === -1 ? request.url : request.url.slice(0, end);
}

/** Random bytes drawn for many ids at once: a draw for each costs more than the id. */
const pool = new Uint8Array(16 * 256);
let used = pool.length;

function random(): Uint8Array {
  if (used === pool.length) {
    randomFillSync(pool);
    used = 0;
  }
  used += 16;
  return pool.subarray(used - 16, used);
}

/** Request ids are ours, never the caller's: a caller could forge a line of the log with theirs. */
export function newRequestId(): string {
  return uuidv7({ random: random() });
}
