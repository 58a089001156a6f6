// A server for tests: faces on a silent log with its own counters, called by `inject`.
import type { FastifyInstance } from "fastify";
import { buildServer, createMetrics, type Face, type Metrics } from "../../src/http/index.ts";
import { createLog } from "../../src/http/log.ts";

/** A built server and what it wrote and counted. */
export interface ServerUnderTest {
  readonly app: FastifyInstance;
  readonly metrics: Metrics;
  readonly log: string[];
}

/** The server with these faces; nothing listens. */
export function serverWith(faces: readonly Face[]): ServerUnderTest {
  const log: string[] = [];
  const metrics = createMetrics();
  const app = buildServer({
    log: createLog("info", false, (line) => log.push(line)),
    metrics,
    faces,
    trustProxy: [],
    // A busy machine must not answer 503 here: shedding has its own tests.
    limits: { eventLoopDelayMs: 3_600_000, memoryBytes: Number.MAX_SAFE_INTEGER },
    readiness: { isServing: () => true, pingDatabase: async () => undefined, writersWaiting: () => 0 },
  });
  return { app, metrics, log };
}
