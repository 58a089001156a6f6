// `start`: the server itself. On the first start it makes its keys and says where they are.
import { existsSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Command } from "commander";
import { createKey, keysOf } from "../flows/index.ts";
import type { CliContext } from "./context.ts";
import { controlPath, serveControl } from "./control.ts";
import { runInServer } from "./inside.ts";
import { dataFolder, type Installation } from "./installation.ts";
import type { Register } from "./program.ts";
import { type RunningServer, serve } from "./serve.ts";

/** Adds the command; `commands` are those that the control socket may carry out. */
export function registerStart(commands: () => readonly Register[]): Register {
  return (program: Command, context: CliContext) => {
    program
      .command("start")
      .description("run the server")
      .action(async () => {
        const config = context.config();
        const server = await serve(config, {
          folder: context.folder,
          isTerminal: context.isTerminal,
          onBroken: () => setImmediate(() => process.exit(1)),
          control: (installation, folder) =>
            serveControl(controlPath(folder), (request, reply) =>
              runInServer(installation, request, reply, commands()),
            ),
        });
        await greet(context, server);
        await stopped(server);
      });
  };
}

/** Resolves after SIGINT or SIGTERM, when everything is closed. */
function stopped(server: RunningServer): Promise<void> {
  return new Promise((resolve) => {
    const stop = (): void => {
      server.stop().then(resolve, () => process.exit(1));
    };
    process.once("SIGINT", stop);
    process.once("SIGTERM", stop);
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
