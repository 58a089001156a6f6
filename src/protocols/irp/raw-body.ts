// Bodies as they came, for those that are kept: exact to the digit, and without the key.
import type { FastifyRequest } from "fastify";
import { isObject } from "./body.ts";

/** The body as it came; empty when there was none. */
export function bodyText(request: FastifyRequest): string {
  return typeof request.body === "string" ? request.body : "";
}

/** JSON with whole numbers beyond 2^53 as their text: an order's id may be one. Null when it is no object. */
export function exactly(text: string): Record<string, unknown> | null {
  const reviver = (_key: string, value: unknown, context?: { readonly source?: string }): unknown =>
    typeof value === "number" && !Number.isSafeInteger(value) && /^-?\d+$/.test(context?.source ?? "")
      ? context?.source
      : value;
  try {
    const value: unknown = JSON.parse(text.charCodeAt(0) === 0xfeff ? text.slice(1) : text, reviver);
    return isObject(value) ? value : null;
  } catch {
    return null;
  }
}

/** The body as it came, but for the key: that must never be stored. */
export function keptBody(text: string, parsed: Record<string, unknown> | null): string {
  if (parsed === null)
    return text.replace(/("(?:key|headers)"\s*:\s*)("(?:[^"\\]|\\.)*"?|\{[^}]*\}?)/g, '$1""');
  if (!Object.hasOwn(parsed, "key") && !Object.hasOwn(parsed, "headers")) return text;
  const { key: _key, headers: _headers, ...rest } = parsed;
  return JSON.stringify(rest);
}
