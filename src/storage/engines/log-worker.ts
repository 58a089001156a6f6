// Copies the log of an SQLite file into the file, on a thread of its own: the disk's answer would stop a server.
import { parentPort, workerData } from "node:worker_threads";
import Sqlite from "better-sqlite3";

/** Pages of the log that are worth the copying. */
const WORTH = 1000;

const raw = new Sqlite((workerData as { path: string }).path, { fileMustExist: true });
// Never waits for anybody: what cannot be copied now is copied at the next look.
raw.pragma("busy_timeout = 0");
raw.pragma("synchronous = FULL");
raw.pragma("wal_autocheckpoint = 0");

parentPort?.on("message", (word: "look" | "end") => {
  if (word === "end") {
    raw.close();
    parentPort?.close();
    return;
  }
  try {
    const [log] = raw.pragma("wal_checkpoint(NOOP)") as { log: number; checkpointed: number }[];
    if (log !== undefined && log.log - log.checkpointed >= WORTH) raw.pragma("wal_checkpoint(PASSIVE)");
  } catch {
    // A disk that refuses is told by the writer, who meets it too; its own checkpoint comes when the log is much longer.
  }
});
