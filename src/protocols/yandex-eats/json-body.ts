// Bytes to JSON with what JSON.parse alone does not give: a limit on depth and the digits of numbers beyond 2^53.
import { CODE, type Problem } from "./errors.ts";

/** Deepest nesting of objects and arrays that is read. */
export const MOST_DEPTH = 32;

/** A body that is JSON, or the problem that keeps it from being so. */
export type JsonBody =
  | {
      readonly kind: "parsed";
      readonly value: unknown;
      /** False when bytes that are not UTF-8 were replaced. */
      readonly isUtf8: boolean;
      /** The number at `path` as it was written, or null when there is none. */
      numberText(path: readonly string[]): string | null;
    }
  | { readonly kind: "malformed"; readonly problem: Problem };

const BYTE_ORDER_MARK = "\uFEFF";

/** Reads a body; keys that stand twice keep the last value, `__proto__` is a key like any other. */
export function readJson(bytes: Uint8Array): JsonBody {
  const decoded = new TextDecoder("utf-8", { ignoreBOM: true }).decode(bytes);
  const text = decoded.startsWith(BYTE_ORDER_MARK) ? decoded.slice(1) : decoded;
  if (text.trim() === "") return malformed("body: empty");
  if (isTooDeep(text)) return malformed(`body: nested deeper than ${MOST_DEPTH}`);
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return malformed("body: not valid JSON");
  }
  return {
    kind: "parsed",
    value,
    isUtf8: !text.includes("\uFFFD") || isUtf8(bytes),
    numberText: (path) => numberText(text, path),
  };
}

/** A member that the object itself has; undefined for anything inherited. */
export function own(holder: object, key: string): unknown {
  return Object.hasOwn(holder, key) ? (holder as Record<string, unknown>)[key] : undefined;
}

/** Whether a parsed value is a JSON object. */
export function isObject(value: unknown): value is object {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function malformed(description: string): JsonBody {
  return { kind: "malformed", problem: { code: CODE.malformedBody, description } };
}

function isUtf8(bytes: Uint8Array): boolean {
  try {
    new TextDecoder("utf-8", { fatal: true }).decode(bytes);
    return true;
  } catch {
    return false;
  }
}

const QUOTE = 34;
const BACKSLASH = 92;

/** Counts brackets outside of strings; text that is not JSON is the parser's to refuse. */
function isTooDeep(text: string): boolean {
  let depth = 0;
  let isInString = false;
  for (let index = 0; index < text.length; index += 1) {
    const character = text.charCodeAt(index);
    if (isInString) {
      if (character === BACKSLASH) index += 1;
      else if (character === QUOTE) isInString = false;
      continue;
    }
    if (character === QUOTE) isInString = true;
    else if (character === 91 || character === 123) {
      depth += 1;
      if (depth > MOST_DEPTH) return true;
    } else if (character === 93 || character === 125) depth -= 1;
  }
  return false;
}

/** The third argument that JSON.parse gives a reviver (ES2026; in Node since 21). */
type Reviver = (this: object, key: string, value: unknown, context?: { source?: string }) => unknown;

/** Parses once more and notes how numbers were written; only for the rare body that needs it. */
function numberText(text: string, path: readonly string[]): string | null {
  const sources = new Map<object, Map<string, string>>();
  const reviver: Reviver = function (key, value, context) {
    if (typeof value === "number" && context?.source !== undefined && path.includes(key)) {
      const keys = sources.get(this) ?? new Map<string, string>();
      sources.set(this, keys.set(key, context.source));
    }
    return value;
  };
  let holder: unknown = JSON.parse(text, reviver as Parameters<typeof JSON.parse>[1]);
  for (const key of path.slice(0, -1)) {
    if (!isObject(holder)) return null;
    holder = own(holder, key);
  }
  return isObject(holder) ? (sources.get(holder)?.get(path.at(-1) ?? "") ?? null) : null;
}
