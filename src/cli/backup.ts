// `backup create|verify|restore`: copies that can be trusted, and the way back from one.
import { existsSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import type { Command } from "commander";
import type { Config } from "../config/index.ts";
import { makeBackup, restoreBackup, verifyBackup } from "../flows/index.ts";
import { CopyUnusable } from "../storage/index.ts";
import { type CliContext, CommandFailed } from "./context.ts";
import { databaseUrl, dataFolder, secretKey } from "./installation.ts";

/** Where backups go when nothing else is said. */
export function backupFolder(config: Config, folder: string): string {
  const given = config.optional("backup.folder");
  return given === null ? join(dataFolder(config, folder), "backups") : resolve(folder, given);
}

/** Adds the command. */
export function registerBackup(program: Command, context: CliContext): void {
  const backup = program.command("backup").description("copies of the data");
  backup
    .command("create")
    .description("make a backup, also while the server runs")
    .option("--to <folder>", "folder of backups; the setting's when not given")
    .option("--with-secret", "put the secret key into it too: whoever has both can pass for you")
    .action((options: CreateOptions) => create(context, options));
  backup
    .command("verify <folder>")
    .description("read a whole backup and compare it with its manifest")
    .action((folder: string, options: { json?: boolean }) => verify(context, folder, options));
  backup
    .command("restore <folder>")
    .description("put a backup back into an empty place")
    .option("--force", "move what is there aside")
    .action((folder: string, options: { force?: boolean; json?: boolean }) =>
      restore(context, folder, options),
    );
}

interface CreateOptions {
  readonly to?: string;
  readonly withSecret?: boolean;
  readonly json?: boolean;
}

async function create(context: CliContext, options: CreateOptions): Promise<void> {
  const { database, config, house } = await context.installation();
  const into =
    options.to === undefined ? backupFolder(config, context.folder) : resolve(context.folder, options.to);
  const withSecret = options.withSecret === true;
  const secret = secretKey(config, context.folder);
  const source = { database, url: databaseUrl(config, context.folder), secret, withSecret, into };
  const { folder, manifest } = await makeBackup(source, house.now()).catch(asSentence);
  if (options.json) return context.print(JSON.stringify({ folder, ...manifest }));
  const rows = Object.values(manifest.counts).reduce((sum, count) => sum + count, 0);
  context.print(`${folder}`);
  context.print(
    `Schema ${manifest.schema}, ${rows} rows, ${manifest.bytes} bytes packed; looked through and found whole.`,
  );
  context.print(
    withSecret
      ? "It holds the secret key too: keep it as safe as the keys themselves."
      : "It does not hold the secret key: keep PRILAVOK_SECRET_KEY or secret.key apart, without it no key in the data is recognised.",
  );
}

async function verify(context: CliContext, path: string, options: { json?: boolean }): Promise<void> {
  const { manifest, problems } = await verifyBackup(resolve(context.folder, path)).catch(asSentence);
  if (options.json) context.print(JSON.stringify({ ok: problems.length === 0, problems, manifest }));
  else if (problems.length === 0) context.print(`The backup of ${manifest?.madeAt} is whole.`);
  if (problems.length > 0) throw new CommandFailed(options.json ? "" : problems.join("\n"));
}

async function restore(
  context: CliContext,
  path: string,
  options: { force?: boolean; json?: boolean },
): Promise<void> {
  const config = context.config();
  const secretPath = join(dataFolder(config, context.folder), "secret.key");
  const given = config.optional("secretKey");
  const target = {
    url: databaseUrl(config, context.folder),
    secretPath: given === null ? secretPath : null,
    secret: given ?? (existsSync(secretPath) ? readFileSync(secretPath, "utf8").trim() : null),
    force: options.force === true,
  };
  const result = await restoreBackup(resolve(context.folder, path), target, Date.now()).catch(asSentence);
  if (result.kind === "refused") throw new CommandFailed(result.problems.join("\n"));
  if (options.json) return context.print(JSON.stringify(result));
  context.print(`Restored the backup of ${result.manifest.madeAt}.`);
  if (result.aside !== null) context.print(`What was there is now ${result.aside}.`);
  if (!result.isSecretKnown)
    context.print(
      "The secret key here is not the one of the backup: keys and tokens in it will not be recognised.",
    );
}

function asSentence(error: unknown): never {
  if (error instanceof CopyUnusable) throw new CommandFailed(error.message);
  throw error;
}
