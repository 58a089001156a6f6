// What people set for answers: templates, and for places the marketplace takes them.
import type { AnswerTemplate, TemplateLanguage } from "../core/desk/index.ts";
import type { Tx } from "./database.ts";
import type { AnswerTables } from "./tables/answer.ts";

/** A template with who wrote it last. */
export interface StoredTemplate extends AnswerTemplate {
  readonly updatedBy: string;
  readonly updatedAt: number;
}

/** All templates, by name. */
export async function listTemplates(tx: Tx): Promise<StoredTemplate[]> {
  const rows = await tx.rows<AnswerTables["answer_template"]>(
    "select * from answer_template order by name, id",
  );
  return rows.map(templateOf);
}

/** The template with that id; null: none. */
export async function templateById(tx: Tx, id: string): Promise<StoredTemplate | null> {
  const [row] = await tx.rows<AnswerTables["answer_template"]>("select * from answer_template where id = ?", [
    id,
  ]);
  return row === undefined ? null : templateOf(row);
}

/** Writes a template, new or changed. */
export async function saveTemplate(tx: Tx, template: StoredTemplate): Promise<void> {
  const { id, name, language, text, starsFrom, starsTo, topics, updatedBy, updatedAt } = template;
  await tx.run(
    `insert into answer_template (id, name, language, text, stars_from, stars_to, topics, updated_by, updated_at)
     values (?, ?, ?, ?, ?, ?, ?, ?, ?)
     on conflict (id) do update set name = excluded.name, language = excluded.language, text = excluded.text,
       stars_from = excluded.stars_from, stars_to = excluded.stars_to, topics = excluded.topics,
       updated_by = excluded.updated_by, updated_at = excluded.updated_at`,
    [id, name, language, text, starsFrom, starsTo, JSON.stringify(topics), updatedBy, updatedAt],
  );
}

/** Removes a template; false when there is none. Answers made with it keep their text. */
export async function removeTemplate(tx: Tx, id: string): Promise<boolean> {
  return (await tx.run("delete from answer_template where id = ?", [id])) === 1;
}

function templateOf(row: AnswerTables["answer_template"]): StoredTemplate {
  return {
    id: row.id,
    name: row.name,
    language: row.language as TemplateLanguage,
    text: row.text,
    starsFrom: row.stars_from,
    starsTo: row.stars_to,
    topics: JSON.parse(row.topics) as string[],
    updatedBy: row.updated_by,
    updatedAt: row.updated_at,
  };
}

/** Whether the marketplace takes answers for a place, as far as is known. */
export interface AnswerPlace {
  readonly source: string;
  readonly placeId: string;
  readonly isSubscribed: boolean;
  readonly changedAt: number;
  /** Null: the marketplace itself said so. */
  readonly changedBy: string | null;
}

/** Places of which something is known, by id. */
export async function listAnswerPlaces(tx: Tx): Promise<AnswerPlace[]> {
  const rows = await tx.rows<AnswerTables["answer_place"]>(
    "select * from answer_place order by source, place_id",
  );
  return rows.map((row) => ({
    source: row.source,
    placeId: row.place_id,
    isSubscribed: row.is_subscribed === 1,
    changedAt: row.changed_at,
    changedBy: row.changed_by,
  }));
}

/** True unless the marketplace has refused an answer there and nobody has switched it on again. */
export async function isSubscribed(tx: Tx, source: string, placeId: string): Promise<boolean> {
  const [row] = await tx.rows<{ is_subscribed: number }>(
    "select is_subscribed from answer_place where source = ? and place_id = ?",
    [source, placeId],
  );
  return row?.is_subscribed !== 0;
}

/** Switches answers of a place on or off. */
export async function saveAnswerPlace(tx: Tx, place: AnswerPlace): Promise<void> {
  const { source, placeId, changedAt, changedBy } = place;
  await tx.run(
    `insert into answer_place (source, place_id, is_subscribed, changed_at, changed_by) values (?, ?, ?, ?, ?)
     on conflict (source, place_id) do update set is_subscribed = excluded.is_subscribed,
       changed_at = excluded.changed_at, changed_by = excluded.changed_by`,
    [source, placeId, place.isSubscribed ? 1 : 0, changedAt, changedBy],
  );
}
