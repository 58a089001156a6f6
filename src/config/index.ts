// The door of the configuration.
export { Config, type ConfigResult, type ConfigSources, readConfig } from "./config.ts";
export { manual } from "./manual.ts";
export type { Setting } from "./setting.ts";
export { settings } from "./settings.ts";
