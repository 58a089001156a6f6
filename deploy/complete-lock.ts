// `npm run lock`: names in the lock file every platform's package that npm left out, because `npm ci` refuses a lock file
// that is silent about one of them. A registry that does not hold a package for another platform makes npm forget it.
import { readFileSync, writeFileSync } from "node:fs";

interface LockEntry {
  readonly version?: string;
  readonly dev?: boolean;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
  readonly [field: string]: unknown;
}

/** A lock file, as far as it matters here. */
export interface LockFile {
  packages: Record<string, LockEntry>;
}

const SYSTEMS = ["android", "darwin", "freebsd", "linux", "win32", "openharmony"];
const PROCESSORS = ["arm64", "x64", "ia32", "ppc64", "riscv64", "s390x", "arm", "wasm32"];

/** Optional dependencies without an entry: where they are asked for, and at what version. */
export function missingPlatforms(
  lock: LockFile,
): { readonly name: string; readonly version: string; readonly isDev: boolean }[] {
  return Object.entries(lock.packages)
    .filter(([at]) => at !== "")
    .flatMap(([at, entry]) =>
      Object.entries(entry.optionalDependencies ?? {})
        .filter(([name]) => !isThere(lock, at, name))
        .map(([name, version]) => ({ name, version, isDev: entry.dev === true })),
    );
}

/** Whether `name` is found from `at` upwards, as Node looks for it. */
function isThere(lock: LockFile, at: string, name: string): boolean {
  for (let base = at; ; base = base.slice(0, Math.max(0, base.lastIndexOf("/node_modules/")))) {
    if (lock.packages[`${base === "" ? "" : `${base}/`}node_modules/${name}`] !== undefined) return true;
    if (base === "") return false;
  }
}

/** The entry of a package for another platform, told by its name; undefined where the name does not tell. */
function entryOf(name: string, version: string, isDev: boolean): LockEntry | undefined {
  const words = name.split(/[-/]/);
  const system = words.find((word) => SYSTEMS.includes(word));
  const processor = words.find((word) => PROCESSORS.includes(word));
  // Web assembly runs on any system.
  const isAnywhere = processor === "wasm32";
  if ((system === undefined && !isAnywhere) || processor === undefined || !/^\d/.test(version))
    return undefined;
  const libc = /musl/.test(name) ? ["musl"] : /gnu/.test(name) ? ["glibc"] : undefined;
  return {
    version,
    cpu: [processor],
    ...(isDev ? { dev: true } : {}),
    ...(libc === undefined ? {} : { libc }),
    optional: true,
    ...(system === undefined ? {} : { os: [system] }),
  };
}

/** Completes the lock file at `path`; gives the names that were added. */
export function completeLock(path: string): string[] {
  const lock = JSON.parse(readFileSync(path, "utf8")) as LockFile;
  const added: string[] = [];
  for (const { name, version, isDev } of missingPlatforms(lock)) {
    const entry = entryOf(name, version, isDev);
    if (entry === undefined) throw new Error(`${name}: its name does not tell its platform`);
    lock.packages[`node_modules/${name}`] = entry;
    added.push(name);
  }
  lock.packages = Object.fromEntries(
    Object.entries(lock.packages).sort(([left], [right]) => (left < right ? -1 : 1)),
  );
  writeFileSync(path, `${JSON.stringify(lock, null, 2)}\n`);
  return added;
}

if (import.meta.main) {
  for (const path of [
    "package-lock.json",
    "bench/peers/package-lock.json",
    "test/mutation/maker/package-lock.json",
  ]) {
    const added = completeLock(path);
    process.stdout.write(added.length === 0 ? `${path} is complete.\n` : `${path}: ${added.join(", ")}\n`);
  }
}
