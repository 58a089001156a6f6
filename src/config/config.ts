// The configuration as the program uses it: read once, from defaults, prilavok.yaml and the environment, in that order.
import { existsSync, readFileSync } from "node:fs";
import { parse as parseYaml } from "yaml";
import { readSetting, type Setting, type SettingValue } from "./setting.ts";
import { settings } from "./settings.ts";

/** All settings by name; the accessors say what type each name has. */
export class Config {
  readonly #values: ReadonlyMap<string, SettingValue>;

  constructor(values: ReadonlyMap<string, SettingValue>) {
    this.#values = values;
  }

  /** A text that has a default or was given. Asking for a name that does not exist is our mistake and throws. */
  text(name: string): string {
    const value = this.#get(name);
    if (typeof value !== "string") throw new TypeError(`${name} is not set`);
    return value;
  }

  /** A text or address that may be absent. */
  optional(name: string): string | null {
    const value = this.#get(name);
    return typeof value === "string" && value !== "" ? value : null;
  }

  /** A number; durations in ms, sizes in bytes. */
  number(name: string): number {
    const value = this.#get(name);
    if (typeof value !== "number") throw new TypeError(`${name} is not a number`);
    return value;
  }

  flag(name: string): boolean {
    return this.#get(name) === true;
  }

  list(name: string): readonly string[] {
    const value = this.#get(name);
    return Array.isArray(value) ? value : [];
  }

  /** Every setting with its value as text, secrets hidden: for the start-up summary and `config print`. */
  summary(): readonly { readonly name: string; readonly env: string; readonly value: string }[] {
    return settings.map((setting) => ({
      name: setting.name,
      env: setting.env,
      value: shown(setting, this.#get(setting.name)),
    }));
  }

  #get(name: string): SettingValue {
    const value = this.#values.get(name);
    if (value === undefined) throw new TypeError(`there is no setting ${name}`);
    return value;
  }
}

function shown(setting: Setting, value: SettingValue): string {
  if (value === null || value === "" || (Array.isArray(value) && value.length === 0)) return "";
  if (setting.isSecret) return "(hidden)";
  return Array.isArray(value) ? value.join(",") : String(value);
}

/** A configuration, or every mistake found at once. */
export type ConfigResult =
  | { readonly kind: "read"; readonly config: Config }
  | { readonly kind: "refused"; readonly problems: readonly string[] };

/** Where the values come from: the environment's variables and the text of a configuration file. */
export interface ConfigSources {
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Path of prilavok.yaml; read when it exists. */
  readonly file?: string;
  /** Beats everything: flags of a command, by setting name, spelled as the environment would. */
  readonly overrides?: Readonly<Record<string, string>>;
}

/** Reads everything; unknown PRILAVOK_ variables and keys are mistakes too, since they are misspelt settings. */
export function readConfig(sources: ConfigSources): ConfigResult {
  const problems: string[] = [];
  const fromFile = readFile(sources.file, problems);
  const known = new Set(settings.flatMap((setting) => [setting.env, `${setting.env}_FILE`]));
  for (const name of Object.keys(sources.environment)) {
    if (name.startsWith("PRILAVOK_") && !name.startsWith("PRILAVOK_TEST_") && !known.has(name)) {
      problems.push(`${name}: there is no such setting`);
    }
  }
  for (const name of fromFile.keys()) {
    if (!settings.some((setting) => setting.name === name))
      problems.push(`${sources.file}: there is no setting ${name}`);
  }
  const values = new Map<string, SettingValue>();
  for (const setting of settings) {
    const text =
      sources.overrides?.[setting.name] ??
      fromEnvironment(setting, sources, problems) ??
      fromFile.get(setting.name) ??
      setting.fallback;
    if (text === undefined || (text === "" && setting.kind !== "list" && setting.kind !== "text")) {
      values.set(setting.name, null);
      continue;
    }
    const result = readSetting(setting, text);
    if ("problem" in result) problems.push(result.problem);
    else values.set(setting.name, result.value);
  }
  return problems.length > 0 ? { kind: "refused", problems } : { kind: "read", config: new Config(values) };
}

function fromEnvironment(setting: Setting, sources: ConfigSources, problems: string[]): string | undefined {
  const direct = sources.environment[setting.env];
  const path = sources.environment[`${setting.env}_FILE`];
  if (path === undefined || path === "") return direct;
  if (direct !== undefined) problems.push(`${setting.env}: given twice, directly and as a file`);
  if (existsSync(path)) return readFileSync(path, "utf8").trim();
  problems.push(`${setting.env}_FILE: there is no file ${path}`);
  return undefined;
}

function readFile(path: string | undefined, problems: string[]): Map<string, string> {
  const flat = new Map<string, string>();
  if (path === undefined || !existsSync(path)) return flat;
  try {
    flatten("", parseYaml(readFileSync(path, "utf8")), flat);
  } catch (error) {
    problems.push(`${path}: ${(error as Error).message.split("\n")[0]}`);
  }
  return flat;
}

function flatten(prefix: string, value: unknown, into: Map<string, string>): void {
  if (Array.isArray(value)) into.set(prefix, value.join(","));
  else if (typeof value === "object" && value !== null) {
    for (const [key, inner] of Object.entries(value))
      flatten(prefix === "" ? key : `${prefix}.${key}`, inner, into);
  } else if (value !== null && value !== undefined) into.set(prefix, String(value));
}
