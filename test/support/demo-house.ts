// The demo world's shop in a house of the test's own: its goods, rules, codes and members, without a process.
import { join } from "node:path";
import type { Installation } from "../../src/cli/installation.ts";
import { worldFiles } from "../../src/cli/world-files.ts";
import { readConfig } from "../../src/config/index.ts";
import type { ApiUnderTest } from "./api.ts";
import { ROOT } from "./server.ts";

/** Imports every file of examples/demo-world. */
export async function fillDemoShop({ house, secrets, rules }: ApiUnderTest): Promise<void> {
  const read = readConfig({ environment: {} });
  if (read.kind === "refused") throw new Error(read.problems.join());
  const installation = { house, secrets, rules, config: read.config } as Installation;
  for (const { file, import: take } of worldFiles) {
    const lines: string[] = [];
    const path = join(ROOT, "examples", "demo-world", file);
    const outcome = await take(installation, path, (line) => lines.push(line)).catch((error: unknown) => {
      // The demo world has no file of this kind.
      if ((error as NodeJS.ErrnoException).code === "ENOENT") return null;
      throw error;
    });
    if (outcome !== null && !outcome.isDone && !lines.some((line) => line.includes("ENOENT")))
      throw new Error(`${file}: ${outcome.message}\n${lines.join("\n")}`);
  }
  rules.forget();
}
