// What may be wrong with a screen as it stands: raw keys, words of the other language, overflow, what no key reaches, what axe finds.
import axe from "axe-core";
import type { Page } from "playwright-core";
import { enWords } from "../../src/console/words/en/all.ts";
import { ruWords } from "../../src/console/words/ru/all.ts";
import { flattened } from "../../src/console/words.ts";
import type { Look } from "./browser.ts";
import { FOREIGN_NAMES } from "./console-texts.ts";

/** Texts by key, of both dictionaries. */
function textsOf(words: Record<string, unknown>, path = ""): [string, string][] {
  return Object.entries(words).flatMap(([key, value]): [string, string][] => {
    const here = path === "" ? key : `${path}.${key}`;
    return typeof value === "string" ? [[here, value]] : textsOf(value as Record<string, unknown>, here);
  });
}

const RU = new Map(textsOf(flattened(ruWords)));
const EN = new Map(textsOf(flattened(enWords)));

/** What a reader sees or hears: texts and the attributes that are read out; not what is data or code. */
function readTexts(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const texts: string[] = [];
    const isApart = (element: Element | null): boolean =>
      element?.closest("[translate=no], .mono, code, pre, kbd, script, style") !== null;
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
      const text = node.textContent?.trim() ?? "";
      if (text !== "" && !isApart(node.parentElement)) texts.push(text);
    }
    for (const element of document.querySelectorAll("[aria-label], [placeholder], [title]")) {
      for (const name of ["aria-label", "placeholder", "title"]) {
        const text = element.getAttribute(name);
        const isHidden = element.closest("[aria-hidden=true]") !== null;
        if (text !== null && text !== "" && !isHidden && !isApart(element)) texts.push(text);
      }
    }
    return [...texts, document.title];
  });
}

/** What is wrong with the texts of a screen. */
export function strangeTexts(texts: readonly string[], language: "ru" | "en"): string[] {
  const other = new Set((language === "ru" ? EN : RU).values());
  const own = new Set((language === "ru" ? RU : EN).values());
  return texts.flatMap((text) => {
    // A file is called as it is called, and so is a backup.
    const words = text.replaceAll(/\S+\.csv\b|prilavok-\d\S+/g, "").match(/[A-Za-z][A-Za-z'-]+/g) ?? [];
    const foreign = language === "ru" ? words.filter((word) => !FOREIGN_NAMES.has(word)) : [];
    if (RU.has(text)) return [`a raw key: ${text}`];
    if (other.has(text) && !own.has(text)) return [`the other language: ${text}`];
    if (/\{\{|\bundefined\b|\bNaN\b|\[object /.test(text)) return [`a hole: ${text}`];
    return foreign.length > 0 ? [`foreign words: ${text}`] : [];
  });
}

/** Things that stand out of the window at its right. */
export function overflowing(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const width = document.documentElement.clientWidth;
    if (document.documentElement.scrollWidth <= width) return [];
    return [...document.querySelectorAll("main *, header *")]
      .filter((element) => element.getBoundingClientRect().right > width + 1)
      .slice(0, 5)
      .map((element) => `${element.tagName} ${element.className} ${element.textContent?.slice(0, 40)}`);
  });
}

async function axeFindings(page: Page): Promise<string[]> {
  await page.evaluate(axe.source);
  const found = await page.evaluate(async () => {
    const { axe: engine } = window as unknown as {
      axe: { run(): Promise<{ violations: { id: string; nodes: { html: string }[] }[] }> };
    };
    return (await engine.run()).violations.map(
      ({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(" | ")}`,
    );
  });
  return found.map((line) => line.slice(0, 600));
}

/** Things that a mouse can press and a keyboard cannot reach. */
export function outOfReach(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    // The rows of a list are walked with j and k, and opened with Enter.
    const walked = "[data-row]";
    const reachable =
      "a[href], button, input, select, textarea, summary, label, canvas, [tabindex]:not(main)";
    return (
      [...document.querySelectorAll("main *, header *, nav *")]
        .filter((element) => getComputedStyle(element).cursor === "pointer")
        .filter(
          (element) =>
            element.closest(`${reachable}, ${walked}`) === null && element.querySelector(reachable) === null,
        )
        // The picture of a box beside its real one.
        .filter((element) => element.parentElement?.querySelector(":scope > * > input") === null)
        .slice(0, 5)
        .map((element) => `${element.tagName} ${element.className} ${element.textContent?.slice(0, 40)}`)
    );
  });
}

/** Everything that is wrong with the screen as it stands. */
export async function faultsOfScreen(page: Page, { language, width }: Look): Promise<string[]> {
  // In both themes, wide in one language and narrow in the other: what it looks at is no matter of words.
  const findings = (language === "ru") === width > 1000 ? await axeFindings(page) : [];
  const { notFound, error } = language === "ru" ? ruWords.parts : enWords.parts;
  const texts = await readTexts(page);
  const headings = await page.locator("h1").count();
  return [
    ...(headings === 1 ? [] : [`${headings} headings of the first rank`]),
    ...texts.filter((text) => text === notFound.title || text === error.title),
    ...strangeTexts(texts, language),
    ...(await overflowing(page)).map((line) => `overflows: ${line}`),
    ...(await outOfReach(page)).map((line) => `no key leads to: ${line}`),
    ...findings.map((line) => `axe: ${line}`),
  ];
}

const SIZES = [
  { width: 1280, height: 800 },
  { width: 390, height: 844 },
];

/** Every look of one language; the size that a page is opened at comes first. */
export function looksOf(language: "ru" | "en"): Look[] {
  const sizes = language === "ru" ? SIZES : SIZES.toReversed();
  return sizes.flatMap((size) => (["light", "dark"] as const).map((theme) => ({ language, theme, ...size })));
}

/** Looks at the same page in another way, as somebody does who turns the phone or the evening does. */
export async function turnTo(page: Page, { width, height, theme }: Look): Promise<void> {
  await page.setViewportSize({ width, height });
  await page.emulateMedia({ colorScheme: theme });
  await page.waitForFunction(
    (now) =>
      window.innerWidth === now.width && document.documentElement.dataset["mantineColorScheme"] === now.theme,
    { width, theme },
  );
  await page.evaluate(async () => {
    await Promise.allSettled(document.getAnimations().map((one) => one.finished));
    await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
  });
}
