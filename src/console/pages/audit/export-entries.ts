// The log as a file: all that fits the filter, page by page, newest first.
import { deskSettingCalls, PAGE_LIMIT } from "../../../contract/index.ts";
import { type AnswerOf, send } from "../../calls.ts";
import type { ShownTable } from "../../parts/shown-table.ts";
import type { ActorNames } from "./actors.tsx";

/** One entry. */
export type AuditEntry = AnswerOf<typeof deskSettingCalls.listAuditEntries>["items"][number];

/** Entries that a file holds at most: spreadsheets grow slow beyond. */
export const MOST_EXPORTED = 20_000;

/** Reads the entries of a query. Throws CallFailed. */
export async function readEntries(query: object): Promise<readonly AuditEntry[]> {
  const found: AuditEntry[] = [];
  let after: string | null | undefined;
  while (after !== null && found.length < MOST_EXPORTED) {
    const page = (await send(deskSettingCalls.listAuditEntries, {
      query: { ...query, limit: PAGE_LIMIT.most, after },
    })) as AnswerOf<typeof deskSettingCalls.listAuditEntries>;
    found.push(...page.items);
    after = page.nextCursor;
  }
  return found;
}

/** The entries as a table. */
export function entriesTable(
  entries: readonly AuditEntry[],
  names: ActorNames,
  heads: readonly string[],
): ShownTable {
  return {
    name: "prilavok-audit",
    head: heads,
    rows: entries.map(({ number, at, actor, action, subject, details, hash }) => [
      number,
      { at },
      names.get(actor) ?? actor,
      action,
      subject,
      JSON.stringify(details),
      hash,
    ]),
  };
}
