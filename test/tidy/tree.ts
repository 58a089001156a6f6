// Reads the checkout once for the house rules: which files there are and what is in them.
import { execFileSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { dirname, join, normalize, relative } from "node:path";
import { fileURLToPath } from "node:url";

/** The checkout's folder. */
export const ROOT = join(dirname(fileURLToPath(import.meta.url)), "..", "..");

/** One file as the rules see it. */
export interface SourceFile {
  /** Path from the checkout's root, with forward slashes. */
  readonly path: string;
  readonly text: string;
  readonly lines: readonly string[];
}

/** Every file that git knows or would know, deleted ones apart. */
export function allPaths(): string[] {
  const output = execFileSync("git", ["ls-files", "--cached", "--others", "--exclude-standard"], {
    cwd: ROOT,
    encoding: "utf8",
  });
  return output.split("\n").filter((path) => path !== "" && existsSync(join(ROOT, path)));
}

/** The file at `path`. */
export function read(path: string): SourceFile {
  const text = readFileSync(join(ROOT, path), "utf8");
  return { path, text, lines: text.split("\n") };
}

/** TypeScript under `folder`. */
export function typescript(folder: string): SourceFile[] {
  return allPaths()
    .filter((path) => path.startsWith(`${folder}/`) && /\.tsx?$/.test(path))
    .map(read);
}

/** Import specifiers of a file: static, type, dynamic and `import("…").T`. */
export function importsOf(file: SourceFile): string[] {
  const found = [
    ...file.text.matchAll(
      /(?:^|[\s;(<|&:=,])(?:import|export)\s*(?:type\s+)?(?:[\w*{][^"';]*?\bfrom\s*)?\(?\s*"([^"]+)"/g,
    ),
  ];
  return found.map((match) => match[1] as string);
}

/** Where a relative import of `file` leads, as a path from the root. */
export function target(file: SourceFile, specifier: string): string {
  return relative(ROOT, normalize(join(ROOT, dirname(file.path), specifier))).replaceAll("\\", "/");
}
