// The next catalogue beside the current one: rows of a version that no cart sees yet, published by raising one number.
import { hash } from "node:crypto";
import type { CatalogueOffer } from "../core/pricing/index.ts";
import type { Tx, Value } from "./database.ts";
import { FOREVER } from "./offers.ts";

/** What staging made of an offer; `changed`: something else than its price. */
export type StagedAs = "added" | "dearer" | "cheaper" | "changed" | "unchanged";

/** The same with the price before, kopecks; null: there was none. */
export interface Staged {
  readonly as: StagedAs;
  readonly before: number | null;
}

/** An offer that the new catalogue lacks. */
export interface VanishedOffer {
  readonly id: string;
  readonly name: string;
  readonly price: number;
}

const COLUMNS = [
  "id",
  "since",
  "until",
  "hash",
  "group_id",
  "name",
  "vendor",
  "price",
  "old_price",
  "is_available",
  "step",
  "code_cap",
  "use_points",
  "category_ids",
  "params",
  "variants",
] as const;

// One row a statement: 5.5 µs on SQLite, where a JSON list of rows takes 14 a row (2 cores, November 2026).
const INSERT_ONE = `insert into offer (${COLUMNS.join(", ")}) values (${COLUMNS.map(() => "?").join(", ")})`;

// One statement for the handful: PostgreSQL's round trip of 130 µs would cost 13 s on 100,000 offers.
const INSERT_MANY = `insert into offer (${COLUMNS.join(", ")}) select ${COLUMNS.map(
  (column, index) => `(r.value->>${index})${isNumber(column) ? "::bigint" : ""}`,
).join(", ")} from json_array_elements(?::json) r(value)`;

function isNumber(column: string): boolean {
  return /^(?:since|until|price|old_price|is_available|step|code_cap|use_points)$/.test(column);
}

/**
 * Stages offers (each id once) for `version`: equal ones are left alone, a changed one gets a row that begins with the version
 * and the current row ends there. An id staged before for this version is staged anew.
 */
export async function stageOffers(
  tx: Tx,
  version: number,
  offers: readonly CatalogueOffer[],
  stagedBefore: readonly string[],
): Promise<ReadonlyMap<string, Staged>> {
  if (stagedBefore.length > 0) await unstage(tx, version, stagedBefore);
  const current = await hashesOf(tx, version, offers);
  const result = new Map<string, Staged>();
  const fresh: Value[][] = [];
  const replaced: string[] = [];
  for (const offer of offers) {
    const row = rowOf(offer, version);
    const before = current.get(offer.id);
    if (before !== undefined && before.hash === row[HASH]) {
      result.set(offer.id, { as: "unchanged", before: before.price });
      continue;
    }
    result.set(offer.id, { as: stagedAs(before?.price, offer.price), before: before?.price ?? null });
    if (before !== undefined) replaced.push(offer.id);
    fresh.push(row);
  }
  await endOffers(tx, version, replaced);
  if (tx.engine === "sqlite") for (const row of fresh) await tx.run(INSERT_ONE, row);
  else if (fresh.length > 0) await tx.run(INSERT_MANY, [JSON.stringify(fresh)]);
  return result;
}

function stagedAs(before: number | undefined, price: number): StagedAs {
  if (before === undefined) return "added";
  return price > before ? "dearer" : price < before ? "cheaper" : "changed";
}

/** One page of the current catalogue: how many offers it has, and which of them are not in the new one (they are ended). */
export async function stageVanished(
  tx: Tx,
  version: number,
  after: string,
  limit: number,
  isSeen: (id: string) => boolean,
): Promise<{ last: string | null; count: number; vanished: readonly VanishedOffer[] }> {
  const rows = await tx.rows<VanishedOffer>(
    "select id, name, price from offer where id > ? and since < ? and until >= ? order by id limit ?",
    [after, version, version, limit],
  );
  const gone = rows.filter(({ id }) => !isSeen(id));
  await endOffers(
    tx,
    version,
    gone.map(({ id }) => id),
  );
  return { last: rows.at(-1)?.id ?? null, count: rows.length, vanished: gone };
}

/** Remembers the categories and price tiers of `version`. True when they differ from the current ones. */
export async function stageSections(
  tx: Tx,
  version: number,
  categories: string,
  priceTiers: string,
): Promise<boolean> {
  const [current] = await tx.rows<{ categories: string; price_tiers: string }>(
    "select categories, price_tiers from catalogue_section where version < ? order by version desc limit 1",
    [version],
  );
  if (current?.categories === categories && current.price_tiers === priceTiers) return false;
  await tx.run(
    `insert into catalogue_section (version, categories, price_tiers) values (?, ?, ?)
      on conflict (version) do update set categories = excluded.categories, price_tiers = excluded.price_tiers`,
    [version, categories, priceTiers],
  );
  return true;
}

/** Shows `version` to carts, if the catalogue still is the one before it: one row, whatever the number of goods. */
export async function publishCatalogue(tx: Tx, version: number): Promise<boolean> {
  tx.announce("catalogue");
  const published = await tx.run("update catalogue set version = ?, has_leftovers = 0 where version = ?", [
    version,
    version - 1,
  ]);
  return published === 1;
}

/** Notes whether rows may lie staged that no running or held import owns. */
export async function markLeftovers(tx: Tx, isThere: boolean): Promise<void> {
  await tx.run("update catalogue set has_leftovers = ?", [isThere ? 1 : 0]);
}

/** True when something staged has neither been published nor discarded. */
export async function hasLeftovers(tx: Tx): Promise<boolean> {
  const [row] = await tx.rows<{ has_leftovers: number }>("select has_leftovers from catalogue where id = 1");
  return row?.has_leftovers === 1;
}

/**
 * Discards one page of what is staged; gives the last id of the page, null at the end. Only for the import that holds the
 * floor: nobody else may be staging.
 */
export async function discardStaged(tx: Tx, after: string, limit: number): Promise<string | null> {
  const page = await pageOf(tx, after, limit);
  if (page === null) {
    await tx.run(
      "delete from catalogue_section where version > (select version from catalogue where id = 1)",
    );
    await markLeftovers(tx, false);
    return null;
  }
  const range = [after, page.last, page.version] as const;
  await tx.run("delete from offer where id > ? and id <= ? and since > ?", range);
  await tx.run("update offer set until = ? where id > ? and id <= ? and until > ? and until < ?", [
    FOREVER,
    ...range,
    FOREVER,
  ]);
  return page.last;
}

/** Removes one page of what the current catalogue has outlived; gives the last id of the page, null at the end. Always safe. */
export async function sweepOutlived(tx: Tx, after: string, limit: number): Promise<string | null> {
  const page = await pageOf(tx, after, limit);
  if (page === null) {
    await tx.run(
      `delete from catalogue_section where version <
        (select max(s.version) from catalogue_section s, catalogue c where c.id = 1 and s.version <= c.version)`,
    );
    return null;
  }
  await tx.run("delete from offer where id > ? and id <= ? and until <= ?", [after, page.last, page.version]);
  return page.last;
}

async function pageOf(
  tx: Tx,
  after: string,
  limit: number,
): Promise<{ last: string; version: number } | null> {
  const [row] = await tx.rows<{ last: string | null; version: number }>(
    `select c.version, (select max(id) from (select id from offer where id > ? order by id limit ?) page) as last
      from catalogue c where c.id = 1`,
    [after, limit],
  );
  return row === undefined || row.last === null ? null : { last: row.last, version: row.version };
}

async function endOffers(tx: Tx, version: number, ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return;
  await tx.run(`update offer set until = ? where id ${LIST[tx.engine]} and since < ? and until = ?`, [
    version,
    JSON.stringify(ids),
    version,
    FOREVER,
  ]);
}

async function unstage(tx: Tx, version: number, ids: readonly string[]): Promise<void> {
  const list = JSON.stringify(ids);
  await tx.run(`delete from offer where id ${LIST[tx.engine]} and since = ?`, [list, version]);
  await tx.run(`update offer set until = ? where id ${LIST[tx.engine]} and until = ?`, [
    FOREVER,
    list,
    version,
  ]);
}

const LIST = {
  sqlite: "in (select value from json_each(?))",
  // As an array: a subquery makes PostgreSQL read the whole table while it has no statistics of a new catalogue.
  postgres: "= any(array(select json_array_elements_text(?::json)))",
};

async function hashesOf(
  tx: Tx,
  version: number,
  offers: readonly CatalogueOffer[],
): Promise<ReadonlyMap<string, { readonly hash: string; readonly price: number }>> {
  const rows = await tx.rows<{ id: string; hash: string; price: number }>(
    `select id, hash, price from offer where id ${LIST[tx.engine]} and since < ? and until >= ?`,
    [JSON.stringify(offers.map((offer) => offer.id)), version, version],
  );
  return new Map(rows.map((row) => [row.id, row]));
}

const HASH = COLUMNS.indexOf("hash");

/** The row in the order of COLUMNS; its hash is that of everything else but the versions. */
function rowOf(offer: CatalogueOffer, version: number): Value[] {
  const content: Value[] = [
    offer.groupId,
    offer.name,
    offer.vendor,
    offer.price,
    offer.oldPrice,
    offer.isAvailable ? 1 : 0,
    offer.step,
    offer.codeCap,
    offer.usePoints ? 1 : 0,
    JSON.stringify(offer.categoryIds),
    JSON.stringify(offer.params),
    JSON.stringify(
      offer.variants.map(({ city, tier, price, oldPrice, isAvailable }) => [
        city,
        tier,
        price,
        oldPrice,
        isAvailable,
      ]),
    ),
  ];
  const digest = hash("sha256", JSON.stringify(content), "base64url").slice(0, 22);
  return [offer.id, version, FOREVER, digest, ...content];
}
