// A kept call as it may be shown: credentials are never in it, and what tells a person only for those who may read customers.
import { masked } from "../core/desk/index.ts";

/** Names of fields that hold credentials. */
const SECRET = /secret|token|password|authorization|api_?key|^key$|pin/i;

/** Names of fields that tell who somebody is or where they live. */
const PERSONAL =
  /name|phone|email|mail|address|street|house|flat|apartment|comment|birth|gender|card|external|install|device|contact|loyalty|latitude|longitude/i;

/** Names that look so and are of goods, not of people. */
const OF_GOODS = /^(offer|product|category|promo|group|city|place|outlet|shop|file|display)_?name$/i;

/** Deepest level that is read. */
const DEPTH = 32;

/** A body or an answer without credentials; with `isPersonal` false also without people. */
export function shownText(text: string | null, isPersonal: boolean): string | null {
  if (text === null || text === "") return text;
  try {
    return JSON.stringify(shownValue(JSON.parse(text), isPersonal, 0), null, 2);
  } catch {
    // No JSON, or cut off: only a form can be read field by field.
    return /^[\w.%-]+=[^\s{}]*$/.test(text)
      ? shownForm(text)
      : isPersonal
        ? withoutTokens(text)
        : HIDDEN_TEXT;
  }
}

/** Stands for a text that nobody can be sure of. */
const HIDDEN_TEXT = "(not JSON: shown only to those who may read customers)";
const HIDDEN = "…";

/** A form or a query with its values of credentials hidden. */
export function shownForm(text: string): string {
  return [...new URLSearchParams(text)]
    .map(([name, value]) => `${name}=${SECRET.test(name) ? HIDDEN : value}`)
    .join("&");
}

function withoutTokens(text: string): string {
  return text.replaceAll(/("[^"]*(?:secret|token|password|key)[^"]*"\s*:\s*")[^"]*/gi, `$1${HIDDEN}`);
}

function shownValue(value: unknown, isPersonal: boolean, depth: number): unknown {
  if (depth > DEPTH) return HIDDEN;
  if (typeof value === "string") return isPersonal ? value : masked(value);
  if (Array.isArray(value)) return value.map((each) => shownValue(each, isPersonal, depth + 1));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, inner]) => {
      const isHidden = SECRET.test(name) || (!isPersonal && PERSONAL.test(name) && !OF_GOODS.test(name));
      if (isHidden && (typeof inner === "string" || typeof inner === "number")) return [name, HIDDEN];
      const isOfPerson = isHidden && !SECRET.test(name);
      return [name, isOfPerson ? hiddenLeaves(inner, depth + 1) : shownValue(inner, isPersonal, depth + 1)];
    }),
  );
}

/** Everything below a field that tells a person. */
function hiddenLeaves(value: unknown, depth: number): unknown {
  if (depth > DEPTH) return HIDDEN;
  if (Array.isArray(value)) return value.map((each) => hiddenLeaves(each, depth + 1));
  if (typeof value === "object" && value !== null)
    return Object.fromEntries(
      Object.entries(value).map(([name, inner]) => [name, hiddenLeaves(inner, depth + 1)]),
    );
  return typeof value === "string" || typeof value === "number" ? HIDDEN : value;
}
