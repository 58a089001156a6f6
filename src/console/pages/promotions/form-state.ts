// What every field of the form needs to know beside its own value: where it is wrong, and whether it may be changed.
import { createContext, useContext } from "react";
import { pathOf, type Step } from "./schema.ts";

/** The form's state around a field. */
export interface FormState {
  /** Paths that the checker refuses, as it writes them. */
  readonly wrong: ReadonlySet<string>;
  readonly isReadOnly: boolean;
}

/** Given by the editor. */
export const FormContext = createContext<FormState>({ wrong: new Set(), isReadOnly: false });

/** Whether a place is wrong, and whether it may be changed. */
export function useFieldState(steps: readonly Step[]): {
  readonly isWrong: boolean;
  readonly isReadOnly: boolean;
} {
  const { wrong, isReadOnly } = useContext(FormContext);
  return { isWrong: wrong.has(pathOf(steps)), isReadOnly };
}

/** An object with one key set; undefined takes the key away. */
export function withKey(value: unknown, name: string, next: unknown): Record<string, unknown> {
  const { [name]: _old, ...rest } = asObject(value);
  if (next === undefined) return rest;
  // A key that was there keeps its place, so that a difference shows what was changed and nothing else.
  return Object.hasOwn(asObject(value), name)
    ? { ...asObject(value), [name]: next }
    : { ...rest, [name]: next };
}

/** The value as an object; anything else is an empty one. */
export function asObject(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value)
    ? (value as Record<string, unknown>)
    : {};
}

/** The value as a list; anything else is an empty one. */
export function asList(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

/** Undefined for an object or a list without content: nothing is written where nothing was said. */
export function unlessEmpty(value: Record<string, unknown> | readonly unknown[]): unknown {
  const size = Array.isArray(value) ? value.length : Object.keys(value).length;
  return size === 0 ? undefined : value;
}
