// Where IMSHOP is told order statuses, from the settings.
import type { Config } from "../config/index.ts";
import type { ImshopSettings } from "../outbound/index.ts";
import { CommandFailed } from "./context.ts";

/** Address and key; null when none is set. Throws CommandFailed(78) for one without the other. */
export function imshopSettings(config: Config): ImshopSettings | null {
  const statusUrl = config.optional("imshop.statusUrl");
  const key = config.optional("imshop.key");
  if (statusUrl === null && key === null) return null;
  if (statusUrl === null) throw new CommandFailed("imshop.key is set without imshop.statusUrl", 78);
  if (key === null) throw new CommandFailed("imshop.statusUrl is set without imshop.key", 78);
  return { statusUrl, key };
}
