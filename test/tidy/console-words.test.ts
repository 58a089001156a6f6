// Texts of the console come from its dictionaries, both languages say everything, and neither says it in the other.
import { parseSync } from "vite";
import { expect, test } from "vitest";
import { enWords } from "../../src/console/words/en/all.ts";
import { ruWords } from "../../src/console/words/ru/all.ts";
import { FOREIGN_NAMES } from "../support/console-texts.ts";
import { type SourceFile, typescript } from "./tree.ts";

interface Leaf {
  readonly key: string;
  readonly text: string;
  /** Form of a plural; null: the text has one form. */
  readonly form: string | null;
}

type Words = { readonly [key: string]: string | undefined | Words };

function leaves(words: Words, path = ""): Leaf[] {
  const isPlural = typeof words["one"] === "string" && typeof words["other"] === "string";
  return Object.entries(words).flatMap(([key, value]) => {
    const here = path === "" ? key : `${path}.${key}`;
    if (value === undefined) return [];
    if (typeof value !== "string") return leaves(value, here);
    return [{ key: isPlural ? path : here, text: value, form: isPlural ? key : null }];
  });
}

/** What is wrong with a pair of dictionaries, one sentence each. */
function faultsOf(ru: Words, en: Words): string[] {
  const [russian, english] = [leaves(ru), leaves(en)];
  const keys = (all: readonly Leaf[]): Set<string> => new Set(all.map(({ key }) => key));
  const missing = [...keys(russian)]
    .filter((key) => !keys(english).has(key))
    .map((key) => `${key}: no English`);
  const extra = [...keys(english)]
    .filter((key) => !keys(russian).has(key))
    .map((key) => `${key}: no Russian`);
  const forms = (all: readonly Leaf[], wanted: string, language: string): string[] =>
    [...keys(all)].flatMap((key) => {
      const has = all.filter((leaf) => leaf.key === key && leaf.form !== null).map(({ form }) => form);
      return has.length > 0 && has.sort().join() !== wanted
        ? [`${key}: ${language} forms ${has.join()}`]
        : [];
    });
  const blanks = (text: string): string => [...new Set(text.match(/\{\{\w+\}\}/g) ?? [])].sort().join();
  const unlike = russian.flatMap(({ key, text }) => {
    const other = english.find((leaf) => leaf.key === key);
    return other !== undefined && blanks(other.text) !== blanks(text) ? [`${key}: other values inside`] : [];
  });
  return [
    ...missing,
    ...extra,
    ...forms(russian, "few,many,one,other", "Russian"),
    ...forms(english, "one,other", "English"),
    ...unlike,
    ...russian
      .filter(({ text }) => latinIn(text).length > 0)
      .map(({ key, text }) => `${key}: ${latinIn(text)} in Russian`),
    ...english
      .filter(({ key, text }) => /[а-яё]{3}/i.test(text) && !OWN_NAMES.has(key))
      .map(({ key }) => `${key}: Russian in English`),
    ...[...russian, ...english].filter(({ text }) => text.trim() === "").map(({ key }) => `${key}: empty`),
  ];
}

/** A language is offered under its own name. */
const OWN_NAMES = new Set(["account.choices.ru", "account.choices.en", "shell.otherLanguageName"]);

/** Latin words of a Russian text that are no names. */
function latinIn(text: string): string[] {
  const words = text.replaceAll(/\{\{\w+\}\}/g, "").match(/[A-Za-z][A-Za-z-]+/g) ?? [];
  return words.filter((word) => !FOREIGN_NAMES.has(word));
}

test("both dictionaries say everything, in every plural form, with the same values inside", () => {
  expect(faultsOf(ruWords, enWords)).toEqual([]);
});

test("a lost, copied or half-made text is caught", () => {
  const ru = {
    a: "Заказы",
    b: {
      one: "{{count}} заказ",
      few: "{{count}} заказа",
      many: "{{count}} заказов",
      other: "{{count}} заказа",
    },
  };
  const en = { a: "Orders", b: { one: "{{count}} order", other: "{{count}} orders" } };
  expect(faultsOf(ru, en)).toEqual([]);
  expect(faultsOf(ru, { b: en.b })).toEqual(["a: no English"]);
  expect(faultsOf({ ...ru, a: "Orders" }, en)).toEqual(["a: Orders in Russian"]);
  expect(faultsOf(ru, { ...en, a: "Заказы" })).toEqual(["a: Russian in English"]);
  expect(faultsOf({ ...ru, b: { one: "{{count}} заказ", other: "{{count}} заказов" } }, en)).toEqual([
    "b: Russian forms one,other",
  ]);
  expect(faultsOf({ ...ru, a: "Заказы {{n}}" }, en)).toEqual(["a: other values inside"]);
});

/** Attributes and fields that people read. */
const READ = new Set([
  "label",
  "title",
  "placeholder",
  "alt",
  "description",
  "about",
  "text",
  "action",
  "aria-label",
  "message",
  "empty",
]);

interface Node {
  readonly type: string;
  readonly [key: string]: unknown;
}

/** Texts written into a component instead of a dictionary. */
function literalTexts(file: SourceFile): string[] {
  const found: string[] = [];
  const tell = (value: unknown): void => {
    if (typeof value === "string" && /\p{L}/u.test(value)) found.push(`${file.path}: ${value.trim()}`);
  };
  const textOf = (node: Node | null | undefined): void => {
    if (node?.type === "JSXExpressionContainer") textOf(node["expression"] as Node);
    else if (node?.type === "Literal") tell(node["value"]);
    else if (node?.type === "TemplateLiteral") {
      for (const part of node["quasis"] as { value: { cooked: string } }[]) tell(part.value.cooked);
    } else if (node?.type === "ConditionalExpression") {
      textOf(node["consequent"] as Node);
      textOf(node["alternate"] as Node);
    } else if (node?.type === "LogicalExpression") textOf(node["right"] as Node);
  };
  const visit = (node: Node): void => {
    if (node.type === "JSXText") tell(node["value"]);
    if (node.type === "JSXElement" || node.type === "JSXFragment")
      (node["children"] as Node[]).forEach(
        (child) => void (child.type === "JSXExpressionContainer" && textOf(child)),
      );
    const name =
      node.type === "JSXAttribute"
        ? (node["name"] as Node)["name"]
        : node.type === "Property"
          ? ((node["key"] as Node)["name"] ?? (node["key"] as Node)["value"])
          : null;
    if (typeof name === "string" && READ.has(name)) textOf(node["value"] as Node);
    for (const value of Object.values(node)) {
      for (const one of [value].flat()) {
        if (typeof one === "object" && one !== null && typeof (one as Node).type === "string")
          visit(one as Node);
      }
    }
  };
  visit(parseSync(file.path, file.text).program as unknown as Node);
  return found;
}

const screens = (): SourceFile[] =>
  typescript("src/console").filter(({ path }) => !path.includes("/words/") && !path.endsWith(".test.ts"));

test("no text stands in a component", () => {
  expect(screens().flatMap(literalTexts)).toEqual([]);
});

test("a text in a component is caught in every form it can take", () => {
  const forms: readonly [string, string][] = [
    ["const a = <p>Hello</p>;", "Hello"],
    ["const a = <p>{'Привет'}</p>;", "Привет"],
    ["const a = <p>{isOn ? 'On' : say('off')}</p>;", "On"],
    ["const a = <p>{isOn && `Left`}</p>;", "Left"],
    ['const a = <Button title="Save" />;', "Save"],
    ["const a = <Button aria-label={'Close'} />;", "Close"],
    ["const a = { title: 'Orders', id: 'orders' };", "Orders"],
  ];
  for (const [text, word] of forms) {
    expect(literalTexts({ path: "x.tsx", text, lines: [] }), text).toEqual([`x.tsx: ${word}`]);
  }
  expect(
    literalTexts({ path: "x.tsx", text: "const a = <p className='soft'>— {say('a.b')}</p>;", lines: [] }),
  ).toEqual([]);
});
