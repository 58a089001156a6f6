// One process per SQLite file: two writers on one file starve each other for seconds (measured), so the second is refused.
import { closeSync, existsSync, openSync, readFileSync, rmSync, writeSync } from "node:fs";
import { EngineRefused } from "../database.ts";

/** Takes the lock file or throws EngineRefused naming the holder; gives the function that releases it. */
export function lockFile(path: string): () => void {
  for (let attempt = 0; attempt < 3; attempt += 1) {
    const descriptor = tryCreate(path);
    if (descriptor !== null) {
      writeSync(descriptor, `${process.pid} ${processStart(process.pid)}\n`);
      closeSync(descriptor);
      return () => rmSync(path, { force: true });
    }
    if (isHeld(path)) {
      throw new EngineRefused(
        `the database is already open in process ${holder(path).pid}; stop it first, or use PostgreSQL for several instances`,
      );
    }
    // Its process is gone (a crash leaves the file behind): the lock is free.
    rmSync(path, { force: true });
  }
  throw new EngineRefused(`the lock ${path} could not be taken`);
}

/** True while a living process holds the lock at `path`. */
export function isHeld(path: string): boolean {
  if (!existsSync(path)) return false;
  const { pid, start } = holder(path);
  if (pid === 0) return false;
  if (pid === process.pid) return start === processStart(pid);
  try {
    process.kill(pid, 0);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EPERM") return false;
  }
  const now = processStart(pid);
  // A number used again by another process is told apart by when that process started.
  return now === "" || start === "" || now === start;
}

function tryCreate(path: string): number | null {
  try {
    return openSync(path, "wx", 0o600);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "EEXIST") return null;
    throw error;
  }
}

function holder(path: string): { pid: number; start: string } {
  const [pid = "0", start = ""] = readFileSync(path, "utf8").trim().split(" ");
  return { pid: Number(pid) || 0, start };
}

/** When the process started, in the kernel's ticks; empty where the system does not tell. */
function processStart(pid: number): string {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
    return stat.slice(stat.lastIndexOf(")") + 2).split(" ")[19] ?? "";
  } catch {
    return "";
  }
}
