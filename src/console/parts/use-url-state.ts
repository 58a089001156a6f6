// Filters that live in the address: what is on the screen can be sent to a colleague, and Back works.
import { useCallback } from "react";
import { useSearchParams } from "wouter";

/** Values of the address by name; an empty text is the same as no parameter. */
export type UrlValues<Names extends string> = Readonly<Record<Names, string>>;

/**
 * The parameters `names` of the address: `const [filters, setFilters] = useUrlState(["state", "q"])`. Setting keeps the
 * others and replaces the entry of the history; `isStep` makes a new one, for what Back should undo.
 */
export function useUrlState<const Names extends readonly string[]>(
  names: Names,
): readonly [
  UrlValues<Names[number]>,
  (change: Partial<UrlValues<Names[number]>>, isStep?: boolean) => void,
] {
  const [params, setParams] = useSearchParams();
  const values = Object.fromEntries(names.map((name) => [name, params.get(name) ?? ""])) as UrlValues<
    Names[number]
  >;
  const set = useCallback(
    (change: Partial<UrlValues<Names[number]>>, isStep = false) => {
      setParams(
        (before) => {
          const next = new URLSearchParams(before);
          for (const [name, value] of Object.entries(change) as [string, string | undefined][]) {
            if (value === undefined || value === "") next.delete(name);
            else next.set(name, value);
          }
          return next;
        },
        { replace: !isStep },
      );
    },
    [setParams],
  );
  return [values, set];
}
