// An SQLite file opened for reading only: many may read beside the one process that writes, and none holds it up.
import { type Database, EngineRefused } from "../database.ts";
import { ReaderPool } from "./sqlite.ts";
import { noCommits } from "./sqlite-connection.ts";

/** Opens the file; throws EngineRefused where it cannot be read. Goods put on a shelf while it is open are not seen to change. */
export function openSqliteReader(path: string): Database {
  const readers = new ReaderPool(path, noCommits());
  const read: Database["read"] = async (work) => {
    try {
      return await readers.read(work);
    } catch (error) {
      const code = (error as { code?: unknown }).code;
      if (code !== "SQLITE_CANTOPEN") throw error;
      throw new EngineRefused(`${path} cannot be read`, { cause: error });
    }
  };
  return {
    engine: "sqlite",
    traits: {},
    read,
    look: read,
    transaction: async () => {
      throw new Error("this database was opened for reading");
    },
    onAnnounced: () => undefined,
    close: async () => readers.close(),
  };
}
