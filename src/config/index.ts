// The door of the configuration.
export { Config, readConfig } from "./config.ts";
export { manual } from "./manual.ts";
export { settings } from "./settings.ts";
