// Offers as a person looks for them: in pages by id, by the beginning of an id or the words of a name.
import { type SqlBool, sql } from "kysely";
import type { Tx } from "./database.ts";

/** What a list shows of an offer; amounts in kopecks. */
export interface OfferHead {
  readonly id: string;
  readonly groupId: string;
  readonly name: string;
  readonly vendor: string | null;
  readonly price: number;
  readonly oldPrice: number | null;
  readonly isAvailable: boolean;
}

/** What to list. */
export interface OfferSearch {
  /** Beginning of an id, or words that the name holds; null: everything. */
  readonly text: string | null;
  readonly categoryId?: string;
  readonly vendor?: string;
  readonly groupId?: string;
  /** Only these ids. */
  readonly ids?: readonly string[];
  readonly isAvailable?: boolean;
  /** The last id of the page before. */
  readonly after: string | null;
  readonly limit: number;
}

/** Most words of a search that count. */
const WORDS_LIMIT = 6;

/** Offers that carts can see now, by id. A search goes through all names: some 50 ms for 100,000 offers (November 2026). */
export async function searchOffers(tx: Tx, search: OfferSearch): Promise<OfferHead[]> {
  let query = tx.kysely
    .selectFrom("catalogue")
    .innerJoin("offer", (join) =>
      join.onRef("offer.since", "<=", "catalogue.version").onRef("offer.until", ">", "catalogue.version"),
    )
    .select(["offer.id", "offer.group_id", "offer.name", "offer.vendor"])
    .select(["offer.price", "offer.old_price", "offer.is_available"])
    .where("catalogue.id", "=", 1);
  if (search.after !== null) query = query.where("offer.id", ">", search.after);
  const { text, categoryId, vendor, groupId, ids, isAvailable } = search;
  // Stored as a JSON list with all ancestors: told apart quickly first, exactly then.
  if (categoryId !== undefined)
    query = query
      .where("offer.category_ids", "like", `%${escaped(JSON.stringify(categoryId))}%`)
      .where(
        tx.engine === "sqlite"
          ? sql<SqlBool>`exists (select 1 from json_each(offer.category_ids) where value = ${categoryId})`
          : sql<SqlBool>`jsonb_exists(offer.category_ids::jsonb, ${categoryId})`,
      );
  if (vendor !== undefined) query = query.where("offer.vendor", "=", vendor);
  if (groupId !== undefined) query = query.where("offer.group_id", "=", groupId);
  if (ids !== undefined) query = query.where("offer.id", "in", [...ids]);
  if (isAvailable !== undefined) query = query.where("offer.is_available", "=", isAvailable ? 1 : 0);
  if (text !== null) {
    const words = text
      .split(/\s+/u)
      .filter((word) => word !== "")
      .slice(0, WORDS_LIMIT);
    query = query.where((where) =>
      where.or([
        where("offer.id", "like", `${escaped(text)}%`),
        where.and(
          words.map((word) =>
            where.or(spellings(word).map((one) => where("offer.name", "like", `%${escaped(one)}%`))),
          ),
        ),
      ]),
    );
  }
  const rows = await query.orderBy("offer.id").limit(search.limit).execute();
  return rows.map((row) => ({
    id: row.id,
    groupId: row.group_id,
    name: row.name,
    vendor: row.vendor,
    price: row.price,
    oldPrice: row.old_price,
    isAvailable: row.is_available === 1,
  }));
}

/** How many offers each category holds, those below it counted, and each vendor. */
export interface OfferCounts {
  readonly ofCategories: ReadonlyMap<string, number>;
  readonly ofVendors: ReadonlyMap<string, number>;
}

const SEEN = "from catalogue c join offer o on o.since <= c.version and o.until > c.version";

/** Counts offers that carts can see now; goes through all of them. */
export async function countBySection(tx: Tx): Promise<OfferCounts> {
  const each =
    tx.engine === "sqlite"
      ? "join json_each(o.category_ids) as each_one"
      : "join json_array_elements_text(o.category_ids::json) as each_one(value) on true";
  const categories = await tx.rows<{ id: string; count: number }>(
    `select each_one.value as id, count(*) as count ${SEEN} ${each} where c.id = 1 group by each_one.value`,
  );
  const vendors = await tx.rows<{ id: string; count: number }>(
    `select o.vendor as id, count(*) as count ${SEEN} where c.id = 1 and o.vendor is not null group by o.vendor`,
  );
  const mapOf = (rows: readonly { id: string; count: number }[]) =>
    new Map(rows.map(({ id, count }) => [id, count]));
  return { ofCategories: mapOf(categories), ofVendors: mapOf(vendors) };
}

/** SQLite folds no Cyrillic, so a word is looked for as it was typed, small, capital-first and large. */
function spellings(word: string): string[] {
  const small = word.toLowerCase();
  return [...new Set([word, small, small.charAt(0).toUpperCase() + small.slice(1), word.toUpperCase()])];
}

/** The engines agree on no escape sign, so signs with a meaning stand for any one character. */
function escaped(text: string): string {
  return text.replaceAll(/[%\\]/g, "_");
}
