// One setting: its name, type, default, and the sentence that the manual prints. The list in settings.ts is the manual.

/** How the text of an environment variable becomes a value. */
export type SettingKind = "text" | "number" | "flag" | "list" | "duration" | "size" | "url" | "choice";

/** What the program knows of a setting before reading it. */
export interface Setting {
  /** Dotted camelCase path in prilavok.yaml; the environment name follows from it unless `env` says otherwise. */
  readonly name: string;
  readonly env: string;
  readonly kind: SettingKind;
  /** Default as the environment would spell it; undefined: none. */
  readonly fallback?: string;
  readonly choices?: readonly string[];
  readonly min?: number;
  readonly max?: number;
  /** Never printed; may be given as a file by the same name with _FILE. */
  readonly isSecret?: boolean;
  readonly sentence: string;
}

/** A value as the program uses it: durations in ms, sizes in bytes. */
export type SettingValue = string | number | boolean | readonly string[] | null;

const DURATION = /^(\d+)\s*(ms|s|m|h|d)?$/;
const SIZE = /^(\d+(?:\.\d+)?)\s*(B|KiB|MiB|GiB)?$/i;
const MS: Record<string, number> = { ms: 1, s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 };
const BYTES: Record<string, number> = { b: 1, kib: 1024, mib: 1024 ** 2, gib: 1024 ** 3 };

/** Reads one text; gives the value, or a sentence that says what is wrong with it. */
export function readSetting(setting: Setting, text: string): { value: SettingValue } | { problem: string } {
  const value = parse(setting, text.trim());
  if (value === undefined) return { problem: `${setting.env}: ${expected(setting)}` };
  if (typeof value === "number") {
    if (setting.min !== undefined && value < setting.min)
      return { problem: `${setting.env}: at least ${setting.min}` };
    if (setting.max !== undefined && value > setting.max)
      return { problem: `${setting.env}: at most ${setting.max}` };
  }
  return { value };
}

function parse(setting: Setting, text: string): SettingValue | undefined {
  switch (setting.kind) {
    case "text":
      return text;
    case "number":
      return /^-?\d+(\.\d+)?$/.test(text) ? Number(text) : undefined;
    case "flag":
      return text === "true" || text === "1" ? true : text === "false" || text === "0" ? false : undefined;
    case "list":
      return text === ""
        ? []
        : text
            .split(",")
            .map((part) => part.trim())
            .filter((part) => part !== "");
    case "duration":
      return scaled(DURATION.exec(text), MS, "s");
    case "size":
      return scaled(SIZE.exec(text), BYTES, "B");
    case "url":
      return URL.canParse(text) ? text : undefined;
    case "choice":
      return setting.choices?.includes(text) ? text : undefined;
  }
}

function scaled(
  match: RegExpExecArray | null,
  units: Record<string, number>,
  unit: string,
): number | undefined {
  if (match === null) return undefined;
  const factor = units[(match[2] ?? unit).toLowerCase()];
  return factor === undefined ? undefined : Math.round(Number(match[1]) * factor);
}

function expected(setting: Setting): string {
  switch (setting.kind) {
    case "number":
      return "expected a number";
    case "flag":
      return "expected true or false";
    case "duration":
      return "expected a duration such as 30s, 10m, 7d";
    case "size":
      return "expected a size such as 256KiB, 2GiB";
    case "url":
      return "expected an absolute URL";
    case "choice":
      return `expected one of ${setting.choices?.join(", ")}`;
    default:
      return "not readable";
  }
}
