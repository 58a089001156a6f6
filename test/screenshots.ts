// `npm run screenshots -- --out DIR`: every page of the console at two widths, in both themes and both languages.
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { pageRow } from "../src/console/pages/registry.ts";
import { consoleWorld, type Look, visit } from "./support/browser.ts";
import { addressOf, builtPages } from "./support/console-pages.ts";

const { values } = parseArgs({ options: { out: { type: "string" }, page: { type: "string" } } });
if (values.out === undefined) {
  process.stderr.write("say where: npm run screenshots -- --out DIR [--page NAME]\n");
  process.exit(2);
}
const folder = values.out;
mkdirSync(folder, { recursive: true });

const LOOKS: readonly Look[] = (["ru", "en"] as const).flatMap((language) =>
  (["light", "dark"] as const).flatMap((theme) =>
    [
      { width: 1280, height: 800 },
      { width: 390, height: 844 },
    ].map((size) => ({ language, theme, ...size })),
  ),
);

const world = await consoleWorld({ hasShop: true });
let count = 0;
for (const look of LOOKS) {
  for (const id of builtPages().filter((one) => values.page === undefined || one === values.page)) {
    const sight = pageRow(id).isPublic === true ? await world.stranger(look) : await world.owner(look);
    const address = await addressOf(sight.page, id);
    if (address === null) process.stderr.write(`no link leads to ${pageRow(id).path}\n`);
    else {
      await visit(sight.page, address);
      const name = `${id}-${look.width}-${look.theme}-${look.language}.png`;
      await sight.page.screenshot({ path: join(folder, name), fullPage: true });
      count += 1;
    }
    await sight.close();
  }
}
await world.close();
process.stdout.write(`${count} screenshots in ${folder}\n`);
