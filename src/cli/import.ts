// `import …`: files of the retailer into the house. The group stands here; each kind of file has its own command.
import type { Command } from "commander";
import type { CliContext } from "./context.ts";
import { registerImportFeed } from "./import-feed.ts";
import { registerImportFeedback } from "./import-feedback.ts";
import { registerImportOutlets } from "./import-outlets.ts";
import { registerImportShop } from "./import-shop.ts";
import { registerImportShow } from "./import-show.ts";
import { registerImportStock } from "./import-stock.ts";
import { registerImportUndo } from "./import-undo.ts";
import { registerImportWorld } from "./import-world.ts";

/** Adds the group with its commands. */
export function registerImport(program: Command, context: CliContext): void {
  const group = program.command("import").description("goods, stock, outlets and other files of the shop");
  registerImportWorld(group, context);
  registerImportFeed(group, context);
  registerImportStock(group, context);
  registerImportOutlets(group, context);
  registerImportShop(group, context);
  registerImportFeedback(group, context);
  registerImportUndo(group, context);
  registerImportShow(group, context);
}
