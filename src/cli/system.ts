// What the running server tells of itself to its operator, and its backups.
import { readFileSync } from "node:fs";
import { BackupDesk, type SystemParts } from "../flows/index.ts";
import { backupFolder } from "./backup.ts";
import { databaseUrl, dataFolder, type Installation, secretKey } from "./installation.ts";

/** The version of this program. */
function programVersion(): string {
  const text = readFileSync(new URL("../../package.json", import.meta.url), "utf8");
  return (JSON.parse(text) as { version: string }).version;
}

/** The desk of backups and what the process knows of itself. */
export function systemOf({ config, database, house, folder }: Installation): {
  readonly parts: SystemParts;
  readonly backups: BackupDesk;
} {
  const into = backupFolder(config, folder);
  return {
    parts: {
      version: programVersion(),
      startedAt: house.now(),
      dataFolder: dataFolder(config, folder),
      backupFolder: into,
      settings: config.summary(),
    },
    backups: new BackupDesk({
      database,
      url: databaseUrl(config, folder),
      secret: secretKey(config, folder),
      withSecret: false,
      into,
    }),
  };
}
