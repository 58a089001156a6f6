// `npm run screenshots -- --out DIR`: every page of the demo's console at two widths, in both themes and both languages.
// With --readme: the six pictures of the README.
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { type PageId, pageRow } from "../src/console/pages/registry.ts";
import { type Look, visit } from "./support/browser.ts";
import { addressOf, builtPages, viewsOf } from "./support/console-pages.ts";
import { startDemo } from "./support/demo-world.ts";
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
const SIZES = [
  { width: 1280, height: 800 },
  { width: 390, height: 844 },
];
const LOOKS: readonly Look[] = LANGUAGES.flatMap((language) =>
  (["light", "dark"] as const).flatMap((theme) => SIZES.map((size) => ({ language, theme, ...size }))),
);

interface Picture {
  readonly name: string;
  readonly page: PageId;
  readonly look: Look;
  readonly isWhole: boolean;
}

/** What the README shows: each page in both languages. */
const OF_README: readonly Picture[] = (["home", "calculation", "numbers"] as const).flatMap((page) =>
  LANGUAGES.map((language) => ({
    name: `${page.toLowerCase()}.${language}.png`,
    page,
    look: { language, theme: "light", width: 1280, height: 800 } as const,
    isWhole: false,
  })),
);

const nameOf = ({ width, theme, language }: Look): string => `${width}-${theme}-${language}`;

const OF_ALL: readonly Picture[] = LOOKS.filter(
  (look) => values.look === undefined || values.look === nameOf(look),
).flatMap((look) =>
  builtPages()
    .filter((page) => values.page === undefined || page === values.page)
    .map((page) => ({
      name: `${page}-${nameOf(look)}.png`,
      page,
      look,
      isWhole: true,
    })),
);

const demo = await startDemo();
let count = 0;
for (const { name, page, look, isWhole } of values.readme === true ? OF_README : OF_ALL) {
  const sight = pageRow(page).isPublic === true ? await demo.stranger(look) : await demo.owner(look);
  const address = await addressOf(sight.page, page);
  if (address === null) process.stderr.write(`no link leads to ${pageRow(page).path}\n`);
  else {
    for (const [turn, place] of viewsOf(page, address)
      .slice(0, isWhole ? undefined : 1)
      .entries()) {
      await visit(sight.page, place);
      const file = turn === 0 ? name : name.replace("-", `.${place.split("=").at(-1)}-`);
      await sight.page.screenshot({ path: join(folder, file), fullPage: isWhole });
      count += 1;
    }
  }
  await sight.close();
}
await demo.close();
process.stdout.write(`${count} screenshots in ${folder}\n`);
