// Small on purpose, named by nouns, explained in sentences.
import { basename } from "node:path";
import { expect, test } from "vitest";
import { allPaths, read, type SourceFile, typescript } from "./tree.ts";

const FILE_LIMIT = 300;
const FUNCTION_LIMIT = 60;
const BANNED = /(^|-)(utils?|helpers?|common|misc|managers?|base|impl|data|info|interfaces?|types?)(-|\.|$)/;

const sources = () => typescript("src");
const ours = () => [...typescript("src"), ...typescript("test"), ...typescript("bench")];

/** A longer file says why in its first lines. */
function mayBeLong(file: SourceFile): boolean {
  return file.lines.slice(0, 6).some((line) => /^\/\/ .*\bLong\b.*because/.test(line));
}

/** Functions and methods with the number of lines they take, by indentation: the formatter makes it reliable. */
function functionsOf(file: SourceFile): { name: string; length: number }[] {
  const found: { name: string; length: number }[] = [];
  for (const [index, line] of file.lines.entries()) {
    const start =
      /^(\s*)(?:export )?(?:default )?(?:private |static |readonly )*(?:async )?(?:function\*? (\w+)|(?:get |set )?(#?\w+)\(.*\).*\{$|const (\w+) = (?:async )?\(.*=>\s*\{$)/.exec(
        line,
      );
    if (start === null || !line.trimEnd().match(/[{(,]$/)) continue;
    const name = start[2] ?? start[3] ?? start[4] ?? "";
    if (["if", "for", "while", "switch", "catch", "describe", "test", "forEachEngine"].includes(name))
      continue;
    const indent = start[1] as string;
    const end = file.lines.findIndex(
      (other, at) =>
        at > index && (other === `${indent}}` || other === `${indent}};` || other === `${indent}},`),
    );
    if (end !== -1) found.push({ name, length: end - index + 1 });
  }
  return found;
}

test("a file fits a sitting: 300 lines, or a sentence at the top says why not", () => {
  const long = ours().filter((file) => file.lines.length - 1 > FILE_LIMIT && !mayBeLong(file));
  expect(long.map((file) => `${file.path}: ${file.lines.length - 1}`)).toEqual([]);
});

test("a function fits a screen: 60 lines", () => {
  const long = sources()
    .filter((file) => !file.path.endsWith(".test.ts"))
    .flatMap((file) =>
      functionsOf(file)
        .filter((one) => one.length > FUNCTION_LIMIT)
        .map((one) => `${file.path} ${one.name}: ${one.length}`),
    );
  expect(long).toEqual([]);
});

test("the measure of functions sees a long one", () => {
  const body = ["export function tall(): void {", ...Array.from({ length: 70 }, () => "  step();"), "}"];
  expect(functionsOf({ path: "x.ts", text: body.join("\n"), lines: body })).toEqual([
    { name: "tall", length: 72 },
  ]);
});

test("files are kebab-case nouns, never bags", () => {
  const wrong = allPaths()
    .filter((path) => /^(src|test|bench)\//.test(path) && /\.tsx?$/.test(path))
    .filter((path) => {
      const name = basename(path).replace(/\.(test|property\.test|types\.test|bench)?\.?tsx?$/, "");
      return !/^[a-z0-9]+(-[a-z0-9]+)*$/.test(name) || BANNED.test(name);
    });
  expect(wrong).toEqual([]);
});

test("every file opens with a sentence that says what it is", () => {
  const mute = ours().filter(
    (file) => !/^\/\/ \S.*/.test(file.lines[0] as string) && !/^#!/.test(file.lines[0] as string),
  );
  expect(mute.map((file) => file.path)).toEqual([]);
});

test("every exported function, class, type and constant of a room has a docstring", () => {
  const mute = sources()
    .filter((file) => !file.path.endsWith(".test.ts") && !file.path.endsWith("/index.ts"))
    .flatMap((file) =>
      file.lines.flatMap((line, index) => {
        if (!/^export (async )?(abstract )?(function|class|interface|type|const|let|enum)\b/.test(line))
          return [];
        let above = index - 1;
        while (above >= 0 && /^\s*(\/\/ biome-ignore|@)/.test(file.lines[above] as string)) above -= 1;
        return /\*\/\s*$/.test(file.lines[above] ?? "")
          ? []
          : [`${file.path}:${index + 1} ${line.slice(0, 60)}`];
      }),
    );
  expect(mute).toEqual([]);
});

test("nothing is left for later or commented out", () => {
  const marks = ours()
    .filter((file) => !file.path.startsWith("test/tidy/"))
    .flatMap((file) =>
      file.lines.flatMap((line, index) =>
        /\b(TODO|FIXME|XXX|HACK)\b|^\s*\/\/ *(const|let|return|if \(|await|import) .*[;{]$/.test(line)
          ? [`${file.path}:${index + 1}`]
          : [],
      ),
    );
  expect(marks).toEqual([]);
});

test("only the configuration reads the environment, and only main and the tests the arguments", () => {
  const wrong = sources()
    .filter((file) => !file.path.endsWith(".test.ts"))
    .filter((file) => /process\.(env|argv)\b/.test(file.text) && file.path !== "src/main.ts")
    .map((file) => file.path);
  expect(wrong).toEqual([]);
});

test("the core knows no clock, no chance and no world", () => {
  const wrong = typescript("src/core")
    .filter((file) => !file.path.endsWith(".test.ts"))
    .filter((file) =>
      /Date\.now\(|new Date\(\)|Math\.random\(|performance\.now\(|\bprocess\b|\bconsole\b|\bfetch\(/.test(
        file.text,
      ),
    )
    .map((file) => file.path);
  expect(wrong).toEqual([]);
});

test("every storage function takes its transaction first", () => {
  const engineRoom =
    /^src\/storage\/(database|open|migrate|tables|index|values?)\.ts$|^src\/storage\/(engines|migrations|tables)\//;
  const wrong = typescript("src/storage")
    .filter((file) => !engineRoom.test(file.path) && !file.path.endsWith(".test.ts"))
    .flatMap((file) =>
      [...file.text.matchAll(/^export (?:async )?function (\w+)(?:<[^>]*>)?\(\s*([^):,]*)/gm)]
        .filter(
          (match) =>
            match[2] !== "tx" &&
            /await|tx\./.test(file.text.slice(match.index, file.text.indexOf("\n}", match.index))),
        )
        .map((match) => `${file.path}: ${match[1]}`),
    );
  expect(wrong).toEqual([]);
});

test("SQL is spoken in storage only", () => {
  const wrong = sources()
    .filter((file) => !file.path.startsWith("src/storage/") && !file.path.endsWith(".test.ts"))
    .filter((file) => /["'`]\s*(select .+ from|insert into|update \w+ set|delete from) /i.test(file.text))
    .map((file) => file.path);
  expect(wrong).toEqual([]);
});

test("the documents that the house promises are there", () => {
  const promised = [
    "README.md",
    "README.ru.md",
    "ARCHITECTURE.md",
    "STYLE.md",
    "CONTRIBUTING.md",
    "CHANGELOG.md",
    "LICENSE",
    "NOTICE",
    "config.default.env",
  ];
  const there = new Set(allPaths());
  expect(promised.filter((path) => !there.has(path))).toEqual([]);
  expect(read("LICENSE").text).toContain("Apache License");
});
