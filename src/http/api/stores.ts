// People who are set on some outlets: the one place where their calls are kept to them, as the table of the contract says.
import { keepingOf, type Operation } from "../../contract/index.ts";
import { reaches } from "../../core/people/index.ts";
import { type ApiCaller, isWithinStores } from "../../flows/index.ts";
import { type Refusal, refuse } from "./refusal.ts";
import type { ApiKit } from "./route.ts";

/** What people of some outlets are told where only people of all have something to see. */
const ONLY_OF_ALL = "This is for people of all outlets.";

/** Why a call is shut to a caller who is set on some outlets; null: it is not. */
export async function keepToStores(
  { house, book }: Pick<ApiKit, "house" | "book">,
  { id, scope }: Operation,
  { stores }: ApiCaller,
  params: unknown,
): Promise<Refusal | null> {
  if (stores === null || scope === "session" || scope === "public") return null;
  const keeping = keepingOf(id);
  if (keeping === "refused") return refuse("forbidden", ONLY_OF_ALL);
  if (typeof keeping === "string") return null;
  // A calculation is written a moment after the cart was answered: whose it is can be told from then on.
  if (keeping.thing === "calculation" && book.waiting > 0) await book.flush();
  const thingId = (params as Readonly<Record<string, string>>)[keeping.param] ?? "";
  return (await isWithinStores(house, stores, keeping.thing, thingId)) ? null : refuse("not_found");
}

/** Of a list that was read whole, what the caller may see. */
export function ofStores<Entry>(
  entries: readonly Entry[],
  { stores }: ApiCaller,
  outletOf: (entry: Entry) => string | null,
): readonly Entry[] {
  return stores === null ? entries : entries.filter((entry) => reaches(stores, outletOf(entry)));
}

/** The caller's outlets for a filter that asks for everything where it is left out. */
export function onlyOfStores({ stores }: ApiCaller): { readonly outletIds?: readonly string[] } {
  return stores === null ? {} : { outletIds: stores };
}
