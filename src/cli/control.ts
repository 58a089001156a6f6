// The control socket: a command typed beside a running server on SQLite is carried out inside that server,
// since only one process may have the file open.
import { chmodSync, existsSync, rmSync } from "node:fs";
import { connect, createServer, type Server, type Socket } from "node:net";
import { join } from "node:path";
import { createInterface } from "node:readline";
import type { ExitCode } from "./context.ts";

/** Longest request of the socket, bytes: arguments only, never data. */
const REQUEST_LIMIT = 64 * 1024;

/** A command on its way to the server. */
export interface ControlRequest {
  readonly argv: readonly string[];
  readonly folder: string;
}

/** How the server speaks back while the command runs. */
export interface ControlReply {
  print(text: string): void;
  complain(text: string): void;
}

/** Where the socket of a data folder is. */
export function controlPath(dataFolder: string): string {
  return process.platform === "win32"
    ? `\\\\.\\pipe\\prilavok-${Buffer.from(dataFolder).toString("hex").slice(-40)}`
    : join(dataFolder, "control.sock");
}

/** Listens for commands; only the owner of the data folder can connect. */
export async function serveControl(
  path: string,
  carryOut: (request: ControlRequest, reply: ControlReply) => Promise<ExitCode>,
): Promise<Server> {
  if (process.platform !== "win32" && existsSync(path)) rmSync(path);
  const server = createServer((socket) => {
    socket.on("error", () => socket.destroy());
    handle(socket, carryOut).catch(() => socket.destroy());
  });
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(path, resolve);
  });
  if (process.platform !== "win32") chmodSync(path, 0o600);
  return server;
}

async function handle(
  socket: Socket,
  carryOut: (request: ControlRequest, reply: ControlReply) => Promise<ExitCode>,
): Promise<void> {
  const line = await firstLine(socket);
  const say = (message: object): void => void socket.write(`${JSON.stringify(message)}\n`);
  const code = await carryOut(JSON.parse(line) as ControlRequest, {
    print: (text) => say({ out: text }),
    complain: (text) => say({ error: text }),
  }).catch((error: unknown) => {
    say({ error: `the server could not do it: ${(error as Error).message}` });
    return 1 as const;
  });
  say({ code });
  socket.end();
}

function firstLine(socket: Socket): Promise<string> {
  return new Promise((resolve, reject) => {
    let text = "";
    socket.on("data", (chunk: Buffer) => {
      text += chunk.toString("utf8");
      const end = text.indexOf("\n");
      if (end !== -1) resolve(text.slice(0, end));
      else if (text.length > REQUEST_LIMIT) reject(new Error("the request is too long"));
    });
    socket.once("error", reject);
    socket.once("end", () => reject(new Error("the request ended early")));
  });
}

/** Has the running server carry out a command; null when nobody listens. */
export async function forward(
  path: string,
  request: ControlRequest,
  reply: ControlReply,
): Promise<ExitCode | null> {
  const socket = connect(path);
  const isConnected = await new Promise<boolean>((resolve) => {
    socket.once("connect", () => resolve(true));
    socket.once("error", () => resolve(false));
  });
  if (!isConnected) return null;
  socket.write(`${JSON.stringify(request)}\n`);
  let code: ExitCode = 1;
  for await (const line of createInterface({ input: socket })) {
    const message = JSON.parse(line) as { out?: string; error?: string; code?: ExitCode };
    if (message.out !== undefined) reply.print(message.out);
    if (message.error !== undefined) reply.complain(message.error);
    if (message.code !== undefined) code = message.code;
  }
  return code;
}
