// A running server: the checklist of start-up, and the same list backwards for the stop.
import type { Server } from "node:net";
import type { FastifyInstance } from "fastify";
import type { Logger } from "pino";
import type { Config } from "../config/index.ts";
import { buildServer, createLog, createMetrics } from "../http/index.ts";
import { facesOf } from "./faces.ts";
import { dataFolder, type Installation, openInstallation } from "./installation.ts";

/** A server that answers. */
export interface RunningServer {
  readonly url: string;
  readonly installation: Installation;
  readonly log: Logger;
  readonly app: FastifyInstance;
  /** Finishes what is in flight, then closes everything in the reverse order of opening. */
  stop(): Promise<void>;
}

/** What may differ between `start`, `demo` and tests. */
export interface ServeOptions {
  readonly folder: string;
  readonly isTerminal: boolean;
  /** Receives log lines instead of the standard output. */
  readonly writeLog?: (line: string) => void;
  /** Called when a commit failed: nothing may be acknowledged any more, the process must end. */
  readonly onBroken?: (error: unknown) => void;
  /** Opens the control socket; gives it to be closed at the stop. */
  readonly control?: (installation: Installation, dataFolder: string) => Promise<Server>;
}

/** Config is read; the rest of the checklist follows: log, database, migrations, wiring, listen. */
export async function serve(config: Config, options: ServeOptions): Promise<RunningServer> {
  const log = createLog(config.text("logLevel"), options.isTerminal, options.writeLog);
  const metrics = createMetrics();
  const installation = await openInstallation(config, options.folder, {
    alarm: (kind, details) => {
      metrics.alarms.inc({ kind });
      log.error({ ...details, alarm: kind }, "alarm");
    },
    onBroken: (error) => {
      log.fatal(
        { err: { message: (error as Error).message } },
        "a commit failed: the server stops taking writes",
      );
      options.onBroken?.(error);
    },
  });
  let isServing = true;
  const app = buildServer({
    log,
    metrics,
    faces: facesOf(installation),
    trustProxy: config.list("trustProxy"),
    readiness: {
      isServing: () => isServing,
      pingDatabase: async () => {
        await installation.database.read((tx) => tx.rows("select 1 as one"));
      },
      writersWaiting: () => installation.database.writersWaiting(),
    },
  });
  const control = await options.control?.(installation, dataFolder(config, options.folder));
  const stop = async (): Promise<void> => {
    if (!isServing) return;
    isServing = false;
    control?.close();
    await app.close();
    await installation.close();
    log.flush();
  };
  try {
    const url = await app.listen({ host: config.text("host"), port: config.number("port") });
    return { url, installation, log, app, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}
