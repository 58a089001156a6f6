// People who are set on some outlets: the one place where their calls are kept to them. What does not say how it keeps
// to outlets is shut to them.
import type { Operation } from "../../contract/index.ts";
import { reaches } from "../../core/people/index.ts";
import { type ApiCaller, type House, isWithinStores } from "../../flows/index.ts";
import { type Refusal, refuse } from "./refusal.ts";

/** Why a call is shut to a caller who is set on some outlets; null: it is not. */
export async function keepToStores(
  house: House,
  { stores: keeping, scope }: Operation,
  { stores }: ApiCaller,
  params: unknown,
): Promise<Refusal | null> {
  if (stores === null || scope === "session" || scope === "public") return null;
  if (keeping === undefined) return refuse("forbidden", "This is for people of all outlets.");
  if (typeof keeping === "string") return null;
  const id = (params as Readonly<Record<string, string>>)[keeping.param] ?? "";
  return (await isWithinStores(house, stores, keeping.thing, id)) ? null : refuse("not_found");
}

/** Of a list that was read whole, what the caller may see. */
export function ofStores<Entry>(
  entries: readonly Entry[],
  { stores }: ApiCaller,
  outletOf: (entry: Entry) => string | null,
): readonly Entry[] {
  return stores === null ? entries : entries.filter((entry) => reaches(stores, outletOf(entry)));
}
