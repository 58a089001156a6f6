// Handlers that take too long are answered for. One sweep over the calls in hand: the framework's own time-out makes an
// AbortController, a timer and an exception for every call, 25 µs of the 300 that a cart takes (November 2026).
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";

declare module "fastify" {
  interface FastifyContextConfig {
    /** Less time for this route's handler than the server gives, ms. */
    handlerMs?: number;
  }
}

/** How finely time is told: the shortest of what routes are given, at most this often, ms. */
const SWEEP_MS = 250;

/** Answers 503 by `refuse` for every handler that has run longer than `handlerMs`, or than its route's config says. */
export function answerOverdue(
  app: FastifyInstance,
  handlerMs: number,
  refuse: (request: FastifyRequest, reply: FastifyReply) => void,
): void {
  const due = new Map<FastifyReply, number>();
  let shortest = handlerMs;
  app.addHook("onRoute", ({ config }) => {
    if (config?.handlerMs !== undefined) shortest = Math.min(shortest, config.handlerMs);
  });
  app.addHook("preHandler", (request, reply, done) => {
    due.set(reply, performance.now() + (request.routeOptions.config.handlerMs ?? handlerMs));
    done();
  });
  app.addHook("onResponse", (_request, reply, done) => {
    due.delete(reply);
    done();
  });
  let timer: NodeJS.Timeout | undefined;
  app.addHook("onReady", (done) => {
    timer = setInterval(() => sweep(due, refuse), Math.min(SWEEP_MS, Math.max(5, shortest / 2)));
    timer.unref();
    done();
  });
  app.addHook("onClose", (_app, done) => {
    clearInterval(timer);
    done();
  });
}

function sweep(
  due: Map<FastifyReply, number>,
  refuse: (request: FastifyRequest, reply: FastifyReply) => void,
): void {
  const now = performance.now();
  for (const [reply, at] of due) {
    if (reply.sent) due.delete(reply);
    else if (now >= at) {
      due.delete(reply);
      refuse(reply.request, reply);
    }
  }
}
