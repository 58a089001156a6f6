// Documents that lie are worse than none: links lead somewhere, commands exist, settings are spelt right, code compiles.
import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { expect, test } from "vitest";
import { commands, runFromTerminal } from "../../src/cli/index.ts";
import { settings } from "../../src/config/index.ts";
import { PAGE_IDS, pageRow } from "../../src/console/pages/registry.ts";
import { pages as enPages } from "../../src/console/words/en/pages.ts";
import { pages as ruPages } from "../../src/console/words/ru/pages.ts";
import { allPaths, ROOT, read, type SourceFile } from "./tree.ts";

const documents = (): SourceFile[] =>
  allPaths()
    .filter((path) => path.endsWith(".md"))
    .map(read);

/** Fenced blocks of a language. */
function blocks(file: SourceFile, language: string): string[] {
  return [...file.text.matchAll(new RegExp(`^\`\`\`${language}\\n([\\s\\S]*?)^\`\`\``, "gm"))].map(
    (match) => match[1] as string,
  );
}

test("links inside the project lead to files", () => {
  const dead = documents().flatMap((file) =>
    [...file.text.matchAll(/\]\(([^)#\s]+)(?:#[^)]*)?\)/g)]
      .map((match) => match[1] as string)
      .filter((link) => !/^[a-z]+:/.test(link) && !existsSync(join(ROOT, dirname(file.path), link)))
      .map((link) => `${file.path}: ${link}`),
  );
  expect(dead).toEqual([]);
});

test("files and folders named in the documents exist", () => {
  const dead = documents()
    .filter((file) => file.path !== "CONTRIBUTING.md")
    .flatMap((file) =>
      [...file.text.matchAll(/`((?:src|test|bench|docs|examples|deploy)\/[\w./-]+)`/g)]
        .map((match) => match[1] as string)
        .filter((path) => !existsSync(join(ROOT, path)))
        .map((path) => `${file.path}: ${path}`),
    );
  expect(dead).toEqual([]);
});

test("the maps of README and ARCHITECTURE name every room of src", () => {
  const rooms = [...new Set(allPaths().flatMap((path) => /^src\/[^/]+(?=\/)/.exec(path)?.[0] ?? []))];
  expect(rooms.length).toBeGreaterThan(5);
  for (const path of ["README.md", "README.ru.md", "ARCHITECTURE.md"]) {
    const { text } = read(path);
    expect(
      rooms.filter((room) => !new RegExp(`^[|\`\\s]*${room}\\b`, "m").test(text)),
      path,
    ).toEqual([]);
  }
});

test("decisions are numbered one by one, and their headings agree", () => {
  const decisions = allPaths()
    .filter((path) => path.startsWith("docs/decisions/"))
    .sort();
  expect(decisions.map((path) => Number(/(\d{4})-[a-z-]+\.md$/.exec(path)?.[1]))).toEqual(
    decisions.map((_, index) => index + 1),
  );
  const wrong = decisions.filter((path, index) => !read(path).text.startsWith(`# ${index + 1}. `));
  expect(wrong).toEqual([]);
});

test("npm scripts named in the documents exist", () => {
  const scripts = (JSON.parse(read("package.json").text) as { scripts: Record<string, string> }).scripts;
  const dead = documents().flatMap((file) =>
    [...file.text.matchAll(/npm (?:run ([\w:-]+)|(test|start)\b)/g)]
      .map((match) => (match[1] ?? match[2]) as string)
      .filter((name) => !(name in scripts))
      .map((name) => `${file.path}: npm run ${name}`),
  );
  expect(dead).toEqual([]);
});

test("commands of the product named in the documents exist", async () => {
  const named = new Set(
    documents().flatMap((file) =>
      [...file.text.matchAll(/prilavok (?:-- )?((?:[a-z][a-z-]+)(?: [a-z][a-z-]+)?)/g)].map(
        (match) => match[1] as string,
      ),
    ),
  );
  const dead: string[] = [];
  for (const name of named) {
    const words = name.split(" ");
    const isCommand = await answersHelp(words);
    if (!isCommand && !(await answersHelp(words.slice(0, 1)))) dead.push(name);
  }
  expect(dead).toEqual([]);
});

/** True when `words --help` is a command's own help. */
async function answersHelp(words: readonly string[]): Promise<boolean> {
  let printed = "";
  const code = await runFromTerminal(
    [...words, "--help"],
    {
      folder: ROOT,
      isTerminal: false,
      environment: {},
      print: (text) => {
        printed += text;
      },
      complain: () => undefined,
    },
    commands,
  );
  return code === 0 && printed.includes(`prilavok ${words.join(" ")}`);
}

test("settings named in the documents exist", () => {
  const known = new Set(settings.flatMap((setting) => [setting.env, `${setting.env}_FILE`]));
  const dead = documents().flatMap((file) =>
    [...file.text.matchAll(/\bPRILAVOK_[A-Z_]+[A-Z]\b/g)]
      .map((match) => match[0])
      .filter((name) => !known.has(name) && !/^PRILAVOK_(TEST|PROPERTY|FUZZ|KILL)_/.test(name))
      .map((name) => `${file.path}: ${name}`),
  );
  expect(dead).toEqual([]);
});

test("each page for operators has its Russian twin: linked, with the same code, settings and table rows", () => {
  const folder = "docs/operating/";
  const inFolder = (path: string): string[] =>
    allPaths()
      .filter((one) => one.startsWith(path) && /^[a-z-]+\.md$/.test(one.slice(path.length)))
      .map((one) => one.slice(path.length));
  const pages = inFolder(folder);
  expect(pages.length).toBeGreaterThan(5);
  expect(inFolder(`${folder}ru/`)).toEqual(pages);
  for (const page of pages) {
    const [english, russian] = [read(`${folder}${page}`), read(`${folder}ru/${page}`)];
    expect(english.lines[2], page).toBe(`[По-русски](ru/${page})`);
    expect(russian.lines[2], page).toBe(`[In English](../${page})`);
    expect(skeleton(russian), page).toEqual(skeleton(english));
  }
});

test("the Russian README has the same headings, tables and commands, and leads operators to the Russian pages", () => {
  const [english, russian] = [read("README.md"), read("README.ru.md")].map((file) => {
    const { code: _addresses, ...rest } = skeleton(file);
    return rest;
  });
  expect(russian).toEqual(english);
  expect(read("README.ru.md").text).toContain("(docs/operating/ru)");
});

test("the page for marketers has its Russian twin: linked, with the same headings, rows, commands and keys", () => {
  const [english, russian] = [read("docs/promotions.md"), read("docs/promotions.ru.md")];
  expect(english.lines[2]).toBe("[По-русски](promotions.ru.md)");
  expect(russian.lines[2]).toBe("[In English](promotions.md)");
  expect(skeleton(russian)).toEqual(skeleton(english));
  const findings = (text: string): string[] =>
    [...text.matchAll(/^\| (`\w+`) +\| (?:error|warning|ошибка|предупреждение) /gm)].map(
      ([, code = ""]) => code,
    );
  expect(findings(english.text).length).toBeGreaterThan(30);
  expect(findings(russian.text)).toEqual(findings(english.text));
});

/** What does not change with the language: headings by depth, rows of tables, code blocks without their remarks, inline code. */
function skeleton(file: SourceFile): Record<string, unknown> {
  const prose = file.text.replaceAll(/^```[\s\S]*?^```/gm, "");
  return {
    headings: [...prose.matchAll(/^#+(?= )/gm)].map(([mark]) => mark),
    rows: prose.match(/^\|/gm)?.length ?? 0,
    blocks: blocks(file, "sh").map((text) => text.replaceAll(/ +# .*$/gm, "")),
    code: [...new Set([...prose.matchAll(/`([^`]+)`/g)].map(([, code]) => code))].sort(),
  };
}

test("the guide to the console names every page of the rail, and no other, in both languages", () => {
  const rail = PAGE_IDS.filter((id) => pageRow(id).group !== undefined);
  for (const [path, words] of [
    ["docs/console.md", enPages],
    ["docs/console.ru.md", ruPages],
  ] as const) {
    const { text } = read(path);
    const rows = [...text.matchAll(/^\| .+? \| +(.+?) +\|$/gm)].map((row) => row[1]);
    expect(rows.slice(2)).toEqual(rail.map((id) => words[id]));
  }
});

test("TypeScript in the documents compiles", () => {
  const folder = mkdtempSync(join(ROOT, ".tsbuild-docs-"));
  try {
    const examples = documents().flatMap((file) =>
      blocks(file, "ts").map((text) => ({ path: file.path, text })),
    );
    for (const [index, { text }] of examples.entries())
      writeFileSync(join(folder, `example-${index}.ts`), `${text}\nexport {};\n`);
    if (examples.length === 0) return;
    const result = spawnSync(
      join(ROOT, "node_modules", ".bin", "tsc"),
      [
        "--noEmit",
        "--strict",
        "--module",
        "nodenext",
        "--allowImportingTsExtensions",
        "--types",
        "node",
        ...examples.map((_, index) => join(folder, `example-${index}.ts`)),
      ],
      { cwd: ROOT, encoding: "utf8" },
    );
    expect(result.stdout).toBe("");
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
