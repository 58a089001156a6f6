// JSON as the management API takes it: one reading only. What two readers could read differently is refused.

/** Deepest nesting of arrays and objects. */
export const DEPTH_LIMIT = 32;

/** Most keys of all objects together. */
export const KEYS_LIMIT = 20_000;

/** Longest text, UTF-16 units. */
export const TEXT_LIMIT = 100_000;

/** Names that would reach an object's prototype where a careless reader copies them. */
const POISON = new Set(["__proto__", "constructor", "prototype"]);

/** A value, or the rule it breaks; the rule never quotes the text. */
export type StrictJson =
  | { readonly kind: "read"; readonly value: unknown }
  | { readonly kind: "refused"; readonly rule: string };

/** Reads bytes as UTF-8 JSON under the limits above. */
export function readStrictJson(bytes: Uint8Array): StrictJson {
  let text: string;
  try {
    text = new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    return refused("it is not UTF-8");
  }
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return refused("it is not JSON");
  }
  const rule = brokenRule(text);
  return rule === null ? { kind: "read", value } : refused(rule);
}

function refused(rule: string): StrictJson {
  return { kind: "refused", rule };
}

/** The rule on texts that a value or a parameter breaks; PostgreSQL cannot keep the first, UTF-8 cannot spell the second. */
export function textProblem(text: string): string | null {
  if (text.includes("\u0000")) return "a text holds the character NUL";
  if (/\p{Surrogate}/u.test(text)) return "a text holds half of a surrogate pair";
  return text.length > TEXT_LIMIT ? `a text is longer than ${TEXT_LIMIT}` : null;
}

/** Tokens of a text that JSON.parse has already accepted: strings, numbers, brackets, commas. */
const TOKEN = /"(?:[^"\\]|\\.)*"|-?\d[\d.eE+-]*|[{}[\],]/g;

/** Walks the tokens once: duplicates, poison, depth, numbers and texts. */
function brokenRule(text: string): string | null {
  // One set of names per open object, null per open array.
  const open: (Set<string> | null)[] = [];
  let keys = 0;
  let isKeyNext = false;
  for (const [token] of text.matchAll(TOKEN)) {
    const first = token[0] as string;
    if (first === "{" || first === "[") {
      if (open.length >= DEPTH_LIMIT) return `it is nested deeper than ${DEPTH_LIMIT} levels`;
      open.push(first === "{" ? new Set() : null);
      isKeyNext = first === "{";
    } else if (first === "}" || first === "]") {
      open.pop();
      isKeyNext = false;
    } else if (first === ",") {
      isKeyNext = open.at(-1) !== null;
    } else if (first === '"') {
      const rule = isKeyNext ? keyProblem(token, open.at(-1) as Set<string>) : textProblem(unquoted(token));
      if (rule !== null) return rule;
      if (isKeyNext) keys += 1;
      if (keys > KEYS_LIMIT) return `it has more than ${KEYS_LIMIT} keys`;
      isKeyNext = false;
    } else if (Math.abs(Number(token)) > Number.MAX_SAFE_INTEGER) {
      return "a number is beyond 2^53";
    }
  }
  return null;
}

function keyProblem(token: string, names: Set<string>): string | null {
  const name = unquoted(token);
  if (POISON.has(name)) return "a key has a name that is not allowed";
  if (names.has(name)) return "a key stands twice in one object";
  names.add(name);
  return textProblem(name);
}

function unquoted(token: string): string {
  return token.includes("\\") ? (JSON.parse(token) as string) : token.slice(1, -1);
}
