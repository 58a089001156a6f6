// Whether a column holds one of some ids, which may be none: lists that are narrowed to outlets ask so.
import { type RawBuilder, sql } from "kysely";

/** The ids between the brackets of `in (…)`; without any nothing is found, on both engines. */
export function among(ids: readonly string[]): RawBuilder<unknown> {
  return sql.join([sql`null`, ...ids.map((id) => sql`${id}`)]);
}

/** The same as text with a place for each. */
export function amongPlaces(ids: readonly string[]): string {
  return ["null", ...ids.map(() => "?")].join(", ");
}
