// `npm run screenshots -- --out DIR`: every page of the demo's console with its views at two widths, in both themes and both
// languages, and what is wrong with any of them. With --readme: the six pictures of the README.
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { type PageId, pageRow } from "../src/console/pages/registry.ts";
import { type Look, visit } from "./support/browser.ts";
import { addressOf, builtPages, viewsOf } from "./support/console-pages.ts";
import { faultsOfScreen, looksOf, turnTo } from "./support/console-screen.ts";
import { type DemoWorld, startDemo } from "./support/demo-world.ts";
import { ROOT } from "./support/server.ts";

const { values } = parseArgs({
  options: {
    out: { type: "string" },
    page: { type: "string" },
    look: { type: "string" },
    readme: { type: "boolean" },
  },
});
const folder = values.readme === true ? join(ROOT, "docs", "pictures") : values.out;
if (folder === undefined) {
  process.stderr.write(
    "say where: npm run screenshots -- --out DIR [--page NAME] [--look 1280-light-ru], or --readme\n",
  );
  process.exit(2);
}
mkdirSync(folder, { recursive: true });

const LANGUAGES = ["ru", "en"] as const;
const PAGES_OF_README = ["home", "calculation", "numbers"] as const;

const faults: string[] = [];
let count = 0;

async function forReadme(demo: DemoWorld, into: string): Promise<void> {
  for (const page of PAGES_OF_README)
    for (const language of LANGUAGES) {
      const sight = await demo.owner({ language });
      await visit(sight.page, (await addressOf(sight.page, page)) ?? "/");
      await sight.page.screenshot({ path: join(into, `${page}.${language}.png`) });
      await sight.close();
      count += 1;
    }
}

/** One page with its views in all looks of a language. */
async function ofPage(demo: DemoWorld, into: string, id: PageId, looks: readonly Look[]): Promise<void> {
  const [first] = looks;
  const sight = pageRow(id).isPublic === true ? await demo.stranger(first) : await demo.owner(first);
  const address = await addressOf(sight.page, id);
  if (address === null) faults.push(`no link leads to ${pageRow(id).path}`);
  for (const place of address === null ? [] : viewsOf(id, address)) {
    if (first !== undefined) await sight.page.setViewportSize(first);
    await visit(sight.page, place);
    const view = place === address ? "" : `.${place.split("=").at(-1)}`;
    for (const look of looks) {
      await turnTo(sight.page, look);
      const name = `${id}${view}-${look.width}-${look.theme}-${look.language}.png`;
      await sight.page.screenshot({ path: join(into, name), fullPage: true });
      faults.push(...(await faultsOfScreen(sight.page, look)).map((fault) => `${name}: ${fault}`));
      count += 1;
    }
  }
  faults.push(...sight.faults.map((fault) => `${id}: ${fault}`));
  await sight.close();
}

const demo = await startDemo();
if (values.readme === true) await forReadme(demo, folder);
else
  for (const language of LANGUAGES) {
    const looks = looksOf(language).filter(
      ({ width, theme }) => values.look === undefined || values.look === `${width}-${theme}-${language}`,
    );
    if (looks.length === 0) continue;
    const pages = builtPages().filter((page) => values.page === undefined || page === values.page);
    for (const page of pages) await ofPage(demo, folder, page, looks);
  }
await demo.close();
for (const fault of faults) process.stdout.write(`${fault}\n`);
process.stdout.write(`${count} screenshots in ${folder}, ${faults.length} faults\n`);
process.exitCode = faults.length === 0 ? 0 : 1;
