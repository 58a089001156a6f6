// What doctor looks at in the data: the engine as it is set, the schema, the credentials, the backups.
import { existsSync, readdirSync } from "node:fs";
import type { Config } from "../config/index.ts";
import {
  isHeld,
  latestImports,
  listKeys,
  listLeases,
  listOauthClients,
  newestMigration,
  type OpenedDatabase,
  openDatabase,
  planMigration,
} from "../storage/index.ts";
import { backupFolder } from "./backup.ts";
import { type Check, check, clockCheck } from "./checks-host.ts";
import type { CliContext } from "./context.ts";
import { databaseUrl } from "./installation.ts";

/** Checks of the data; a database that does not exist yet is said so, not made. */
export async function dataChecks(context: CliContext, now: number): Promise<Check[]> {
  const config = context.config();
  const url = databaseUrl(config, context.folder);
  const path = url.startsWith("sqlite:") ? url.slice("sqlite:".length) : null;
  if (path !== null && !existsSync(path))
    return [
      check("database", "warn", `there is no database at ${path} yet: the first start makes it`),
      clockCheck(config, now, 0),
    ];
  // A file in use is looked at by the server that uses it, to which the whole command goes.
  if (path !== null && isHeld(`${path}.lock`))
    return databaseChecks(config, context, (await context.installation()).database, now);
  let database: OpenedDatabase;
  try {
    database = await openDatabase({ url });
  } catch (error) {
    return [check("database", "fail", `the database cannot be used: ${(error as Error).message}`)];
  }
  try {
    return await databaseChecks(config, context, database, now);
  } finally {
    await database.close();
  }
}

async function databaseChecks(
  config: Config,
  context: CliContext,
  database: OpenedDatabase,
  now: number,
): Promise<Check[]> {
  const { applied, from } = await planMigration(database);
  const checks = [engineCheck(database), schemaCheck(from, applied.length)];
  if (from === 0) return [...checks, clockCheck(config, now, 0)];
  const newest = await database.read(newestMigration);
  checks.push(clockCheck(config, now, newest));
  // Tables of a schema that is behind may not be there to be asked.
  if (applied.length > 0) return checks;
  return [
    ...checks,
    ...(await credentialChecks(config, database)),
    await catalogueCheck(config, database, now),
    await backupCheck(config, context, database, now),
  ];
}

/** The engine as it says itself, not as it was asked to be. */
function engineCheck({ engine, traits }: OpenedDatabase): Check {
  if (engine === "postgres") {
    const isDurable = traits["synchronousCommit"] !== "off";
    return isDurable
      ? check(
          "database",
          "ok",
          `PostgreSQL ${traits["version"]}, synchronous_commit is ${traits["synchronousCommit"]}`,
        )
      : check("database", "fail", "PostgreSQL has synchronous_commit off: an acknowledged order may be lost");
  }
  const { version, journalMode, synchronous, foreignKeys, busyTimeoutMs } = traits;
  const sentence = `SQLite ${version}, journal ${journalMode}, synchronous ${synchronous}, foreign keys ${foreignKeys}, busy timeout ${busyTimeoutMs} ms`;
  const isSafe =
    journalMode === "wal" && synchronous === 2 && foreignKeys === 1 && Number(busyTimeoutMs) >= 5000;
  return check("database", isSafe ? "ok" : "fail", isSafe ? sentence : `not set as it must be: ${sentence}`);
}

function schemaCheck(version: number, pending: number): Check {
  return pending === 0
    ? check("schema", "ok", `the schema is at ${version}, as this program wants it`)
    : check(
        "schema",
        "warn",
        `the schema is at ${version} and ${pending} steps are pending: the next start applies them`,
      );
}

/** Can anybody call at all? */
async function credentialChecks(config: Config, database: OpenedDatabase): Promise<Check[]> {
  const keys = await database.read((tx) => listKeys(tx, "irp"));
  const active = keys.filter((key) => key.revokedAt === null).length + config.list("irp.keys").length;
  const clients = await database.read((tx) => listOauthClients(tx, "yandex-eats"));
  const known = clients.length + config.list("yandexEats.clients").length;
  return [
    config.text("irp.auth") === "none"
      ? check("irp", "warn", "IMSHOP is let in without a key: only behind a proxy that restricts addresses")
      : active > 0
        ? check("irp", "ok", `IMSHOP: ${active} active keys`)
        : check("irp", "warn", "IMSHOP: no key, nobody can call; make one with `key create irp`"),
    known > 0
      ? check("yandexEats", "ok", `Yandex Eats: ${known} clients`)
      : check(
          "yandexEats",
          "warn",
          "Yandex Eats: no client, nobody can call; make one with `client create yandex-eats`",
        ),
  ];
}

/** Backups that are asked for must also come. */
async function backupCheck(
  config: Config,
  context: CliContext,
  database: OpenedDatabase,
  now: number,
): Promise<Check> {
  const everyMs = config.number("backup.interval");
  const folder = backupFolder(config, context.folder);
  const count = existsSync(folder)
    ? readdirSync(folder).filter((name) => name.startsWith("prilavok-")).length
    : 0;
  if (everyMs === 0)
    return check(
      "backup",
      count > 0 ? "ok" : "warn",
      `backups only by command (PRILAVOK_BACKUP_INTERVAL is 0s); ${count} in ${folder}`,
    );
  const lease = (await database.read(listLeases)).find(({ name }) => name === "backup");
  if (lease?.outcome === "failed") return check("backup", "fail", "the last backup failed: see the log");
  if (lease === undefined) return check("backup", "warn", "no backup was made yet");
  const hours = ((now - lease.startedAt) / 3_600_000).toFixed(1);
  return check(
    "backup",
    now - lease.startedAt > 2 * everyMs ? "fail" : "ok",
    `the last backup was made ${hours} hours ago; ${count} in ${folder}`,
  );
}

/** A feed that is asked for again and again must also be fresh; without one the last import counts. */
async function catalogueCheck(config: Config, database: OpenedDatabase, now: number): Promise<Check> {
  const imports = await database.read((tx) => latestImports(tx, "feed", 20));
  const held = imports[0]?.state === "held";
  const good = imports.find(({ state }) => state === "applied" || state === "unchanged");
  if (held)
    return check(
      "catalogue",
      "warn",
      "the newest feed is held back: too many goods would vanish; a person decides",
    );
  if (good === undefined)
    return check(
      "catalogue",
      "warn",
      "no catalogue: carts are priced by what the app sends; load one with `import feed`",
    );
  const ageMs = now - (good.finishedAt ?? good.startedAt);
  const sentence = `the catalogue was looked at ${(ageMs / 3_600_000).toFixed(1)} hours ago`;
  const isStale = config.optional("feed.url") !== null && ageMs > 3 * config.number("feed.interval");
  return check(
    "catalogue",
    isStale ? "fail" : "ok",
    isStale ? `${sentence}: its feed fails to come` : sentence,
  );
}
