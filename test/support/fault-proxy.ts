// A TCP proxy before PostgreSQL that cuts connections at a chosen word of the conversation.
import { connect, createServer, type Socket } from "node:net";

/** Where the wire breaks: the commit never arrives, or its answer never comes back. */
export type Cut = "before-commit" | "after-commit";

/** A proxy on a free port. */
export interface FaultProxy {
  /** The URL of the database through the proxy. */
  readonly url: string;
  /** Breaks the wire of the next `times` commits. */
  cut(where: Cut, times?: number): void;
  /** Cuts everything and refuses new connections until `restore`. */
  vanish(): void;
  restore(): void;
  close(): Promise<void>;
}

/** The message with which the driver commits: a simple query. */
const COMMIT = Buffer.from("commit\0");

/** Starts it before the database of `url`. */
export async function faultProxy(url: string): Promise<FaultProxy> {
  const target = new URL(url);
  const sockets = new Set<Socket>();
  let armed: Cut | null = null;
  let times = 0;
  let isGone = false;
  const server = createServer((near) => {
    if (isGone) return void near.destroy();
    const far = connect(Number(target.port || 5432), target.hostname);
    let isDeaf = false;
    const end = (): void => {
      near.destroy();
      far.destroy();
    };
    for (const socket of [near, far]) {
      sockets.add(socket);
      socket.on("error", end).on("close", () => {
        sockets.delete(socket);
        end();
      });
    }
    near.on("data", (chunk: Buffer) => {
      if (armed === null || !chunk.includes(COMMIT)) return void far.write(chunk);
      times -= 1;
      const where = armed;
      if (times === 0) armed = null;
      if (where === "before-commit") return end();
      isDeaf = true;
      far.write(chunk);
    });
    far.on("data", (chunk: Buffer) => {
      // The server has answered, so the commit has happened: now the answer is lost.
      if (isDeaf) end();
      else near.write(chunk);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const through = new URL(url);
  through.port = String((server.address() as { port: number }).port);
  const drop = (): void => {
    for (const socket of sockets) socket.destroy();
  };
  return {
    url: through.href,
    cut: (where, count = 1) => {
      armed = where;
      times = count;
    },
    vanish: () => {
      isGone = true;
      drop();
    },
    restore: () => {
      isGone = false;
    },
    close: async () => {
      drop();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}
