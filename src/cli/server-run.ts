// A server run from its start to its stop. On the first start it makes its keys and says where they are.
import { existsSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { createKey, keysOf, makeFirstLink } from "../flows/index.ts";
import { describeError, flushLogs } from "../http/index.ts";
import type { CliContext } from "./context.ts";
import { controlPath, serveControl } from "./control.ts";
import { runInServer } from "./inside.ts";
import { dataFolder, type Installation } from "./installation.ts";
import type { Register } from "./program.ts";
import { type RunningServer, serve } from "./serve.ts";

/** Serves until the process is told to stop; `commands` are those that the control socket may carry out. */
export async function runServer(context: CliContext, commands: readonly Register[]): Promise<void> {
  const server = await serve(context.config(), {
    folder: context.folder,
    isTerminal: context.isTerminal,
    onBroken: endSoon,
    control: (installation, folder) =>
      serveControl(controlPath(folder), (request, reply) =>
        runInServer(installation, request, reply, commands),
      ),
  });
  const ended = untilStopped(server);
  await greet(context, server);
  await ended;
}

/** Answers that are on their way when nothing may be written any more get this long, ms. */
const LAST_WORDS_MS = 200;

/** Ends the process with 1, a moment later so that the callers in hand get their 503. */
function endSoon(): void {
  setTimeout(() => {
    flushLogs();
    process.exit(1);
  }, LAST_WORDS_MS);
}

/** Resolves after SIGINT or SIGTERM, when everything is closed. A second signal ends the process at once. */
export function untilStopped(server: RunningServer): Promise<void> {
  const die = (error: unknown): void => {
    server.log.fatal({ error: describeError(error) }, "a fault nobody caught: the process ends");
    flushLogs();
    process.exit(1);
  };
  process.once("uncaughtException", die).once("unhandledRejection", die);
  return new Promise((resolve) => {
    let isStopping = false;
    const stop = (): void => {
      if (isStopping) {
        flushLogs();
        process.exit(1);
      }
      isStopping = true;
      server.stop().then(resolve, die);
    };
    process.on("SIGINT", stop).on("SIGTERM", stop);
  });
}

async function greet(context: CliContext, server: RunningServer): Promise<void> {
  const { installation } = server;
  const keyFile = await firstKeys(context, installation);
  const base = installation.config.optional("publicUrl") ?? server.url;
  context.print(`Prilavok listens on ${server.url}`);
  if (keyFile !== null) context.print(`First start: the keys for your vendors' forms are in ${keyFile}`);
  context.print(
    `IMSHOP basket: ${base}${installation.config.text("irp.basePath")}/basket   rating: ${base}${installation.config.text("irp.basePath")}/rating`,
  );
  context.print(`Yandex Eats base address: ${base}${installation.config.text("yandexEats.basePath")}`);
  context.print(`Management API, to read: ${base}/api/docs`);
  const link = await makeFirstLink(installation.house, installation.secrets);
  if (link !== null)
    context.print(
      `The console has no people yet. Open this on this machine within 10 minutes: ${here(server.url)}/welcome#${link}`,
    );
}

/** The server as this machine itself calls it: the first link works nowhere else. */
function here(url: string): string {
  const { protocol, port } = new URL(url);
  return `${protocol}//127.0.0.1${port === "" ? "" : `:${port}`}`;
}

/** On the first start: a key for IMSHOP, written to a file that only its owner can read. */
async function firstKeys(context: CliContext, installation: Installation): Promise<string | null> {
  const { house, secrets, config } = installation;
  const path = join(dataFolder(config, context.folder), "first-keys.txt");
  if (existsSync(path) || (await keysOf(house, "irp")).length > 0) return null;
  const created = await createKey(house, secrets, "irp", "made at the first start");
  if (created.kind === "refused") return null;
  writeFileSync(path, `IMSHOP key: ${created.key}\n`, { mode: 0o600 });
  return path;
}
