// `npm test`: every test this machine can run, and one closing line that counts them.
import { spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("..", import.meta.url));
const folder = mkdtempSync(join(tmpdir(), "prilavok-printed-"));

/** Runs the suite; the reporter prints the closing line, so nothing may be printed after it. */
async function run(): Promise<number> {
  const vitest = join(root, "node_modules", "vitest", "vitest.mjs");
  const child = spawn(
    process.execPath,
    [
      vitest,
      "run",
      "--reporter=default",
      "--reporter=./test/support/closing-line.ts",
      ...process.argv.slice(2),
    ],
    {
      cwd: root,
      stdio: "inherit",
      env: { ...process.env, PRILAVOK_TEST_CANARY_DIR: folder },
    },
  );
  return new Promise((resolve) => child.once("exit", (code) => resolve(code ?? 1)));
}

const code = await run();
rmSync(folder, { recursive: true, force: true });
process.exitCode = code;
