// Builds the console when its files are missing or older than what they are made of; `--always` builds anyway.
import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readdirSync, renameSync, rmSync, statSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("..", import.meta.url));
const built = join(root, "dist", "console");

/** What the console is made of. */
const SOURCES = ["src/console", "src/contract", "src/core", "vite.config.ts", "package-lock.json"];

/** The newest change below `path`, ms; 0 when there is nothing. Tests are no part of the console. */
function newest(path: string): number {
  if (!existsSync(path)) return 0;
  const entry = statSync(path);
  if (!entry.isDirectory()) return /\.test\.tsx?$/.test(path) ? 0 : entry.mtimeMs;
  return Math.max(entry.mtimeMs, ...readdirSync(path).map((name) => newest(join(path, name))));
}

/** Builds aside and swaps folders, so that a server that reads meanwhile never sees half a console. */
function build(): number {
  const vite = join(root, "node_modules", "vite", "bin", "vite.js");
  if (!existsSync(vite)) {
    process.stdout.write("The console cannot be built here: development packages are not installed\n");
    return 0;
  }
  const started = performance.now();
  const aside = `${built}.${process.pid}`;
  mkdirSync(join(root, "dist"), { recursive: true });
  const run = spawnSync(process.execPath, [vite, "build", "--logLevel", "warn"], {
    cwd: root,
    env: { ...process.env, NODE_ENV: "production", PRILAVOK_CONSOLE_OUT: aside },
    stdio: ["ignore", "inherit", "inherit"],
  });
  if (run.status !== 0) {
    rmSync(aside, { recursive: true, force: true });
    return 1;
  }
  rmSync(`${aside}.old`, { recursive: true, force: true });
  if (existsSync(built)) renameSync(built, `${aside}.old`);
  renameSync(aside, built);
  rmSync(`${aside}.old`, { recursive: true, force: true });
  const seconds = ((performance.now() - started) / 1000).toFixed(1);
  process.stdout.write(`The console is built in ${seconds} s\n`);
  return 0;
}

/** Whether the built files are as new as everything they are made of. */
function isFresh(): boolean {
  const mark = join(built, "index.html");
  if (!existsSync(mark)) return false;
  const age = statSync(mark).mtimeMs;
  return SOURCES.every((path) => newest(join(root, path)) <= age);
}

// A packed release has the built files and no sources: nothing to do there.
if (existsSync(join(root, "src", "console"))) {
  if (process.argv.includes("--always") || !isFresh()) process.exitCode = build();
}
