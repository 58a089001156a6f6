// A server with one plain face, to try the limits that all faces share; and raw sockets to try them with.
import { connect, type Socket } from "node:net";
import type { FastifyInstance } from "fastify";
import { pino } from "pino";
import {
  buildServer,
  createMetrics,
  type Face,
  type Metrics,
  type ServerParts,
} from "../../src/http/index.ts";

/** Answers what it understood; `/never` does not answer, `/fault` throws what the test put there. */
export function echoFace(fault: { error?: unknown } = {}): Face {
  return {
    name: "echo",
    basePaths: ["/echo"],
    routes: (app, base) => {
      app.addContentTypeParser("*", { parseAs: "string" }, (_request, body, done) => done(null, body));
      app.post(`${base}/say`, async (request) => ({ said: String(request.body), from: request.ip }));
      app.get(`${base}/never`, () => new Promise(() => undefined));
      app.get(`${base}/quick`, { config: { handlerMs: 20 } }, () => new Promise(() => undefined));
      app.get(`${base}/fault`, async () => {
        throw fault.error;
      });
    },
    refuse: (reply, status, refusal) =>
      reply.type("application/json").send({ success: false, errorCode: refusal, message: String(status) }),
  };
}

/** A server of the echo face; `lines` collects its log. */
export interface EchoServer {
  readonly app: FastifyInstance;
  readonly metrics: Metrics;
  readonly lines: string[];
  readonly state: { isServing: boolean; writersWaiting: number };
}

/** Builds it with what differs from the defaults. */
export function echoServer(parts: Partial<ServerParts> = {}, fault: { error?: unknown } = {}): EchoServer {
  const lines: string[] = [];
  const state = { isServing: true, writersWaiting: 0 };
  const metrics = createMetrics();
  const app = buildServer({
    log: pino({ base: null }, { write: (line) => void lines.push(line) }),
    metrics,
    faces: [echoFace(fault)],
    trustProxy: [],
    readiness: {
      isServing: () => state.isServing,
      pingDatabase: async () => undefined,
      writersWaiting: () => state.writersWaiting,
    },
    ...parts,
  });
  return { app, metrics, lines, state };
}

/** Listens on a free port of this machine; gives the port. */
export async function listenOn(app: FastifyInstance): Promise<number> {
  await app.listen({ host: "127.0.0.1", port: 0 });
  const address = app.server.address();
  return typeof address === "object" && address !== null ? address.port : 0;
}

/** A raw connection that gathers what it receives. */
export class RawClient {
  readonly socket: Socket;
  received = "";
  readonly #closed: Promise<void>;

  constructor(port: number) {
    this.socket = connect(port, "127.0.0.1");
    this.socket.setEncoding("latin1");
    this.socket.on("data", (text) => {
      this.received += String(text);
    });
    this.socket.on("error", () => undefined);
    this.#closed = new Promise((resolve) => this.socket.once("close", () => resolve()));
  }

  send(text: string): this {
    this.socket.write(text);
    return this;
  }

  /** Everything received until the other side closed. */
  async untilClosed(): Promise<string> {
    await this.#closed;
    return this.received;
  }

  /** Everything received until `pattern` was. */
  async until(pattern: RegExp): Promise<string> {
    while (!pattern.test(this.received)) {
      if (this.socket.destroyed) throw new Error(`closed after: ${this.received}`);
      await new Promise<void>((resolve) => {
        this.socket.once("data", () => resolve());
        this.socket.once("close", () => resolve());
      });
    }
    return this.received;
  }

  close(): void {
    this.socket.destroy();
  }
}
