// A body's text to a JSON object within limits. Everything after this file may walk the value without fear.
import type { IrpErrorCode } from "./errors.ts";

/** Deepest nesting. */
export const MOST_DEPTH = 32;
/** Most keys of all objects together. */
export const MOST_KEYS = 20_000;
/** Longest text, characters. */
export const LONGEST_TEXT = 100_000;

/** A JSON object, or why there is none. */
export type BodyRead =
  | { readonly kind: "read"; readonly body: Record<string, unknown> }
  | { readonly kind: "refused"; readonly code: IrpErrorCode };

/**
 * Reads a body; a byte order mark before it is forgiven. A key named __proto__ stays an ordinary own key, which nobody
 * asks for: bodies are read by known names and never merged into objects.
 */
export function readBody(text: string): BodyRead {
  let value: unknown;
  try {
    value = JSON.parse(text.charCodeAt(0) === 0xfeff ? text.slice(1) : text);
  } catch {
    return { kind: "refused", code: "not_json" };
  }
  if (!isObject(value)) return { kind: "refused", code: "not_an_object" };
  const fault = new Walk(text.length > LONGEST_TEXT).fault(value, 1);
  return fault === null ? { kind: "read", body: value } : { kind: "refused", code: fault };
}

/** Whether a parsed value is a JSON object. */
export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

class Walk {
  /** A body shorter than the limit of a text cannot hold a longer one. */
  readonly #mayBeLong: boolean;
  #keys = 0;

  constructor(mayBeLong: boolean) {
    this.#mayBeLong = mayBeLong;
  }

  fault(value: object, depth: number): IrpErrorCode | null {
    if (depth > MOST_DEPTH) return "too_deep";
    if (Array.isArray(value)) {
      for (const inner of value) {
        const fault = this.#inner(inner, depth);
        if (fault !== null) return fault;
      }
      return null;
    }
    for (const key in value) {
      this.#keys += 1;
      if (this.#keys > MOST_KEYS) return "too_many_keys";
      const fault = this.#inner((value as Record<string, unknown>)[key], depth);
      if (fault !== null) return fault;
    }
    return null;
  }

  #inner(value: unknown, depth: number): IrpErrorCode | null {
    if (typeof value === "object" && value !== null) return this.fault(value, depth + 1);
    if (this.#mayBeLong && typeof value === "string" && value.length > LONGEST_TEXT) return "too_long_text";
    return null;
  }
}
