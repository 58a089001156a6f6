// Is the process alive, may it get traffic, and what has it counted: for supervisors, balancers and Prometheus.
import type { FastifyInstance } from "fastify";
import type { Metrics } from "./metrics.ts";

/** What readiness depends on. */
export interface Readiness {
  /** False from the moment a stop was asked for. */
  isServing(): boolean;
  /** Resolves when the database answers, rejects otherwise. */
  pingDatabase(): Promise<void>;
  writersWaiting(): number;
  /** Told of every call except those for health and metrics. */
  called?(): void;
}

/** Adds /health/live, /health/ready and /metrics. */
export function healthRoutes(app: FastifyInstance, readiness: Readiness, metrics: Metrics): void {
  app.get("/health/live", async () => ({ status: "live" }));
  app.get("/health/ready", async (_request, reply) => {
    if (!readiness.isServing()) return reply.code(503).send({ status: "stopping" });
    try {
      await readiness.pingDatabase();
    } catch {
      return reply.code(503).send({ status: "database does not answer" });
    }
    return { status: "ready" };
  });
  app.get("/metrics", async (_request, reply) => {
    metrics.writersWaiting.set(readiness.writersWaiting());
    return reply.type(metrics.registry.contentType).send(await metrics.registry.metrics());
  });
}
