// The door of storage: the only room that knows SQL.
export {
  CommitUnknown,
  type Database,
  type EngineName,
  EngineRefused,
  type Tx,
  type Value,
  WriteQueueFull,
} from "./database.ts";
export { isHeld } from "./engines/file-lock.ts";
export {
  addKey,
  addToken,
  listKeys,
  listTokens,
  revokeKey,
  revokeToken,
  type StoredKey,
  type StoredToken,
  touchKey,
  touchToken,
} from "./keys.ts";
export { countRows, probeWrite, tableNames } from "./maintenance.ts";
export { type MigrationReport, migrate, planMigration, schemaVersion } from "./migrate.ts";
export { type OpenedDatabase, type OpenOptions, openDatabase } from "./open.ts";
