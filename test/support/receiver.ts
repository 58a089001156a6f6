// A receiver of webhooks on this machine: remembers what came, answers as the test says, and misbehaves on wish.
import { createServer, type IncomingHttpHeaders, type IncomingMessage, type ServerResponse } from "node:http";
import { createServer as createSecureServer } from "node:https";
import { type AddressInfo, createServer as createPlainServer, type Socket } from "node:net";

/** One call as it came. */
export interface Received {
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

/** A receiver that runs. */
export interface Receiver {
  readonly url: string;
  readonly port: number;
  readonly calls: Received[];
  /** Connections that were ever made, calls or not. */
  connections(): number;
  /** Settles when the next call has come. */
  arrival(): Promise<void>;
  close(): Promise<void>;
}

/** Answers a call that was read whole. */
export type Answer = (request: IncomingMessage, response: ServerResponse, received: Received) => void;

/** Says 200 and nothing else. */
export const welcome: Answer = (_request, response) => {
  response.end("{}");
};

/** Starts a receiver; with a certificate it speaks TLS. */
export async function startReceiver(
  answer: Answer = welcome,
  tls?: { readonly cert: string | Buffer; readonly key: string | Buffer },
): Promise<Receiver> {
  const calls: Received[] = [];
  const waiting: (() => void)[] = [];
  const handle = (request: IncomingMessage, response: ServerResponse): void => {
    let body = "";
    request.setEncoding("utf8");
    request.on("data", (part: string) => {
      body += part;
    });
    request.on("end", () => {
      const received = { headers: request.headers, body };
      calls.push(received);
      for (const wake of waiting.splice(0)) wake();
      answer(request, response, received);
    });
  };
  const server = tls === undefined ? createServer(handle) : createSecureServer(tls, handle);
  const sockets = new Set<Socket>();
  let connections = 0;
  server.on("connection", (socket: Socket) => {
    connections += 1;
    sockets.add(socket);
    socket.once("close", () => sockets.delete(socket));
    socket.on("error", () => undefined);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `${tls === undefined ? "http" : "https"}://127.0.0.1:${port}/hook`,
    port,
    calls,
    connections: () => connections,
    arrival: () => new Promise((resolve) => void waiting.push(resolve)),
    close: () => {
      for (const socket of sockets) socket.destroy();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}

/** A listener below HTTP: does with a connection what the test says. */
export async function startListener(
  onConnection: (socket: Socket) => void,
): Promise<{ readonly port: number; connections(): number; close(): Promise<void> }> {
  const sockets = new Set<Socket>();
  let connections = 0;
  const server = createPlainServer((socket) => {
    connections += 1;
    sockets.add(socket);
    socket.on("error", () => undefined);
    socket.once("close", () => sockets.delete(socket));
    onConnection(socket);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    port: (server.address() as AddressInfo).port,
    connections: () => connections,
    close: () => {
      for (const socket of sockets) socket.destroy();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}
