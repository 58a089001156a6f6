// `npm run bench`: runs every benchmark in a process of its own and writes what they print to bench/results.md.
import { spawnSync } from "node:child_process";
import { readdirSync, writeFileSync } from "node:fs";
import { cpus, totalmem } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const folder = fileURLToPath(new URL(".", import.meta.url));
const wanted = process.argv.slice(2);
const files = readdirSync(folder).filter(
  (name) => name.endsWith(".bench.ts") && (wanted.length === 0 || wanted.some((part) => name.includes(part))),
);

const machine = `${cpus()[0]?.model ?? "?"}, ${cpus().length} cores, ${Math.round(totalmem() / 1024 ** 3)} GiB, Node ${process.versions.node}`;
const sections: string[] = [];
for (const file of files) {
  process.stdout.write(`\n# ${file}\n`);
  const result = spawnSync(process.execPath, ["--expose-gc", join(folder, file)], {
    encoding: "utf8",
    stdio: ["ignore", "pipe", "inherit"],
    maxBuffer: 64 * 1024 ** 2,
  });
  process.stdout.write(result.stdout);
  if (result.status !== 0) throw new Error(`${file} ended with ${result.status}`);
  sections.push(result.stdout.trim());
}

const text = `# Measured\n\n${new Date().toISOString().slice(0, 10)}, ${machine}. Ratios within one run are what counts; the machine is shared.\n\n${sections.join("\n\n")}\n`;
if (wanted.length === 0) writeFileSync(join(folder, "results.md"), text);
