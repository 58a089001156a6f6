// Puts every mutant of the pricing core into a copy of the program, each behind a switch of its own.
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import {
  cpSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";

/** A small change of the source that some test should notice. */
export interface Mutant {
  readonly id: string;
  /** Path from the root of the project. */
  readonly file: string;
  readonly line: number;
  readonly what: string;
  readonly replacement: string;
}

/** A copy of the program with all its mutants. */
export interface MutantCopy {
  readonly root: string;
  readonly mutants: readonly Mutant[];
  /** Of everything that decides what becomes of a mutant: results of another digest say nothing. */
  readonly digest: string;
}

/** Where mutants are made. */
const FOLDERS = ["src/core/money", "src/core/pricing"];

/** What the tests of the core read beside these folders. */
const COPIED = ["src", "test", "package.json"];

const isTest = (name: string): boolean => name.endsWith(".test.ts");

/** What of the maker is used here. */
interface Maker {
  instrument(
    files: readonly { readonly name: string; readonly mutate: boolean; readonly content: string }[],
    options: object,
  ): Promise<{
    readonly files: readonly { readonly name: string; readonly content: string }[];
    readonly mutants: readonly {
      readonly id: string;
      readonly fileName: string;
      readonly mutatorName: string;
      readonly replacement: string;
      readonly location: { readonly start: { readonly line: number } };
    }[];
  }>;
}

const FOLDER = fileURLToPath(new URL("maker/", import.meta.url));

/** Loads the maker, and brings its pinned packages here when they are missing, without running anything of theirs. */
async function makerOfMutants(): Promise<Maker> {
  const packages = join(FOLDER, "node_modules");
  if (!existsSync(join(packages, ".package-lock.json"))) {
    process.stderr.write("installing the maker of mutants into test/mutation/maker …\n");
    const { status, stderr } = spawnSync("npm", ["ci", "--ignore-scripts"], {
      cwd: FOLDER,
      encoding: "utf8",
    });
    if (status !== 0) throw new Error(`npm ci failed: ${stderr}`);
  }
  const entry = join(packages, "@stryker-mutator", "instrumenter", "dist", "src", "index.js");
  const { Instrumenter } = await import(pathToFileURL(entry).href);
  return new Instrumenter(SILENT) as Maker;
}

/** Copies the project into a temporary folder and instruments the copy. */
export async function copyWithMutants(project: string): Promise<MutantCopy> {
  const root = mkdtempSync(join(tmpdir(), "prilavok-mutants-"));
  for (const name of COPIED) cpSync(join(project, name), join(root, name), { recursive: true });
  symlinkSync(join(project, "node_modules"), join(root, "node_modules"));
  const names = FOLDERS.flatMap((folder) =>
    readdirSync(join(root, folder)).map((name) => join(root, folder, name)),
  );
  const files = names
    .filter((name) => name.endsWith(".ts") && !isTest(name))
    .sort()
    .map((name) => ({ name, mutate: true, content: readFileSync(name, "utf8") }));
  const made = await (await makerOfMutants()).instrument(files, {
    plugins: null,
    excludedMutations: [],
    ignorers: [],
    noHeader: false,
  });
  for (const { name, content } of made.files) writeFileSync(name, quietly(content));
  const mutants = made.mutants.map(({ id, fileName, location, mutatorName, replacement }) => ({
    id,
    file: relative(root, fileName),
    line: location.start.line + 1,
    what: mutatorName,
    replacement,
  }));
  return { root, mutants, digest: digestOf([...files, ...testsOf(root)]) };
}

const SILENT = {
  isTraceEnabled: () => false,
  isDebugEnabled: () => false,
  isInfoEnabled: () => false,
  isWarnEnabled: () => false,
  isErrorEnabled: () => false,
  isFatalEnabled: () => false,
  trace: () => undefined,
  debug: () => undefined,
  info: () => undefined,
  warn: () => undefined,
  error: () => undefined,
  fatal: () => undefined,
};

/** Counting which mutants a test meets is needed once; afterwards it would only cost time. */
function quietly(content: string): string {
  return content.replace("function cover() {\n", "function cover() {\n    if (ns.isCounted) return;\n");
}

function testsOf(root: string): { readonly name: string; readonly content: string }[] {
  return FOLDERS.flatMap((folder) =>
    readdirSync(join(root, folder))
      .filter(isTest)
      .map((name) => ({ name, content: readFileSync(join(root, folder, name), "utf8") })),
  );
}

function digestOf(files: readonly { readonly name: string; readonly content: string }[]): string {
  const hash = createHash("sha256");
  for (const { content } of files) hash.update(content).update("\0");
  return hash.digest("hex").slice(0, 16);
}
