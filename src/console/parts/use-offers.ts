// Goods of the catalogue as options of a field: found by a text, those picked known by their names.
import { useDebouncedValue } from "@mantine/hooks";
import { useMemo } from "react";
import { catalogueCalls } from "../../contract/index.ts";
import { useCall } from "../api.ts";

/** How long typing rests before the catalogue is asked, ms. */
export const REST_MS = 250;

/** An option of a field: what is meant, and how it reads. */
export interface NamedChoice {
  readonly value: string;
  readonly label: string;
}

/** What is picked, with what may be picked: every id once, those without a name under the id itself. */
export function withPicked(
  found: readonly NamedChoice[],
  picked: readonly string[],
  known: readonly NamedChoice[],
): NamedChoice[] {
  const all = new Map<string, NamedChoice>();
  for (const id of picked) all.set(id, { value: id, label: id });
  for (const one of known) if (all.has(one.value)) all.set(one.value, one);
  for (const one of found) all.set(one.value, one);
  return [...all.values()];
}

/** Offers that a text finds, and the names of those picked. */
export function useOffers(text: string, picked: readonly string[]): NamedChoice[] {
  const [query] = useDebouncedValue(text, REST_MS);
  const found = useCall(catalogueCalls.listOffers, { query: { query: query || undefined, limit: 30 } });
  const ids = picked.filter((id) => id !== "").slice(0, 100);
  const known = useCall(
    catalogueCalls.listOffers,
    { query: { ids: ids.join(","), limit: 100 } },
    { isOn: ids.length > 0 },
  );
  return useMemo(() => {
    const named = (all: readonly { id: string; name: string }[] | undefined): NamedChoice[] =>
      (all ?? []).map(({ id, name }) => ({ value: id, label: `${name} · ${id}` }));
    return withPicked(named(found.data?.items), picked, named(known.data?.items));
  }, [found.data, known.data, picked]);
}
