// The stop of a server that has callers: nothing new is let in, what was begun is answered, and it takes no longer than told.
import { Server as NetServer } from "node:net";
import type { FastifyInstance } from "fastify";

/** How a stop goes; times in ms. */
export interface Draining {
  /** Goes on serving this long, for a balancer to notice that readiness is false. */
  readonly noticeMs: number;
  /** Calls in flight have this long after the notice. */
  readonly withinMs: number;
}

/** What the stop had to do. */
export interface Drained {
  /** Connections that were cut because time was up. */
  readonly cut: number;
}

/**
 * Connections that callers keep open between calls get this long to bring one last call (it is answered with
 * `Connection: close`): closing them at once would race with calls already on their way.
 */
const LINGER_MS = 1000;

/** Stops listening, waits for what is in flight, closes everything. The caller has made readiness false before. */
export async function drain(app: FastifyInstance, { noticeMs, withinMs }: Draining): Promise<Drained> {
  const { server } = app;
  let cut = 0;
  if (server.listening) {
    await pause(noticeMs);
    const closed = new Promise<void>((resolve) => {
      // Not the server's own close(): that one would also close idle connections, under calls on their way.
      NetServer.prototype.close.call(server, () => resolve());
    });
    const isClosed = await within(closed, Math.min(LINGER_MS, withinMs));
    server.closeIdleConnections();
    if (!isClosed && !(await within(closed, Math.max(0, withinMs - LINGER_MS)))) {
      cut = await connections(server);
      server.closeAllConnections();
      await closed;
    }
  }
  await app.close();
  return { cut };
}

/** True when `done` resolves in time. */
async function within(done: Promise<void>, limitMs: number): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<boolean>((resolve) => {
    timer = setTimeout(() => resolve(false), limitMs);
  });
  const isDone = await Promise.race([done.then(() => true), late]);
  clearTimeout(timer);
  return isDone;
}

function pause(ms: number): Promise<void> {
  return ms === 0 ? Promise.resolve() : new Promise((resolve) => setTimeout(resolve, ms));
}

function connections(server: NetServer): Promise<number> {
  return new Promise((resolve) =>
    server.getConnections((error, count) => resolve(error === null ? count : 0)),
  );
}
