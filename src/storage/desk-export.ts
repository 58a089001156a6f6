// Items for tables of any length: page after page in the order of arrival, with all that belongs to them.
import type { Filter } from "../core/desk/index.ts";
import type { Tx } from "./database.ts";
import { readingOf } from "./desk-reading.ts";
import type { DeskTables } from "./tables/desk.ts";

/** An item as tables show it. */
export interface DeskRow {
  readonly item: DeskTables["desk_item"];
  readonly tags: readonly string[];
  readonly topics: readonly string[];
  /** Names, or ids where there is no name. */
  readonly dishes: readonly string[];
}

/** Items that pass, with numbers after `after`, ascending. */
export async function deskRows(tx: Tx, filter: Filter, after: number, limit: number): Promise<DeskRow[]> {
  const { from, sql, bound } = await readingOf(tx, filter);
  const items = await tx.rows<DeskTables["desk_item"]>(
    `select i.* from ${from} where ${sql} and i.seq > ? order by i.seq limit ?`,
    [...bound, after, limit],
  );
  if (items.length === 0) return [];
  const seqs = items.map(({ seq }) => seq);
  const marks = seqs.map(() => "?").join(", ");
  const words = await tx.rows<{ seq: number; kind: string; word: string }>(
    `select seq, kind, word from desk_word where seq in (${marks}) order by seq, kind, word`,
    seqs,
  );
  const dishes = await tx.rows<{ seq: number; word: string }>(
    `select d.seq, case n.name when '' then n.dish_id else n.name end as word
     from desk_item_dish d join desk_dish n on n.id = d.dish where d.seq in (${marks}) order by d.seq, n.name, n.id`,
    seqs,
  );
  const tags = bySeq(words.filter(({ kind }) => kind === "tag"));
  const topics = bySeq(words.filter(({ kind }) => kind === "topic"));
  const named = bySeq(dishes);
  return items.map((item) => ({
    item,
    tags: tags.get(item.seq) ?? [],
    topics: topics.get(item.seq) ?? [],
    dishes: named.get(item.seq) ?? [],
  }));
}

function bySeq(rows: readonly { readonly seq: number; readonly word: string }[]): Map<number, string[]> {
  const found = new Map<number, string[]>();
  for (const { seq, word } of rows) {
    const known = found.get(seq);
    if (known === undefined) found.set(seq, [word]);
    else known.push(word);
  }
  return found;
}
