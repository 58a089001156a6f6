// People's work on items, saved views and the desk's settings.
import type { WorkPatch } from "../core/desk/index.ts";
import type { Tx, Value } from "./database.ts";
import type { DeskTables } from "./tables/desk.ts";

/** People wait longer for an item than a machine's call does: somebody's bulk work may hold it. On SQLite work is in one line anyway. */
export async function waitForWork(tx: Tx): Promise<void> {
  if (tx.engine === "sqlite") return;
  await tx.run("set local lock_timeout = '10s'; set local statement_timeout = '15s'");
}

/** Writes what a decision changes; the version grows by one. `dueAt` undefined: the clock stays as it is. */
export async function patchDeskItem(
  tx: Tx,
  seq: number,
  patch: WorkPatch,
  clock: { readonly at: number; readonly dueAt?: number | null },
): Promise<void> {
  const sets: [string, Value][] = [["changed_at", clock.at]];
  if (patch.state !== undefined) sets.push(["state", patch.state]);
  if (patch.assignee !== undefined) sets.push(["assignee", patch.assignee]);
  if (patch.cause !== undefined) sets.push(["cause", patch.cause]);
  if (patch.appeal !== undefined) sets.push(["appeal", patch.appeal]);
  if (patch.isRefunded !== undefined) sets.push(["is_refunded", patch.isRefunded ? 1 : 0]);
  if (clock.dueAt !== undefined) sets.push(["due_at", clock.dueAt]);
  const notes = patch.addsNote === true ? ", note_count = note_count + 1" : "";
  await tx.run(
    `update desk_item set ${sets.map(([name]) => `${name} = ?`).join(", ")}, version = version + 1${notes} where seq = ?`,
    [...sets.map(([, value]) => value), seq],
  );
  if (patch.word === undefined) return;
  const { of, word, isOn } = patch.word;
  await tx.run(
    isOn
      ? "insert into desk_word (seq, kind, word) values (?, ?, ?) on conflict do nothing"
      : "delete from desk_word where seq = ? and kind = ? and word = ?",
    [seq, of, word],
  );
}

/** Gives an item a word; one that it has stays. */
export async function addDeskWord(tx: Tx, seq: number, kind: "tag" | "topic", word: string): Promise<void> {
  await tx.run("insert into desk_word (seq, kind, word) values (?, ?, ?) on conflict do nothing", [
    seq,
    kind,
    word,
  ]);
}

/** The item with that number, held until the transaction ends. */
export async function deskIdOf(tx: Tx, seq: number): Promise<string | null> {
  const [row] = await tx.rows<{ id: string }>("select id from desk_item where seq = ?", [seq]);
  return row?.id ?? null;
}

/** Words in use with how many items have them, most used first. */
export async function deskWords(
  tx: Tx,
  kind: "tag" | "topic",
  limit: number,
  branches: readonly string[] | null,
): Promise<{ readonly word: string; readonly count: number }[]> {
  const ids = branches ?? [];
  const ofBranches =
    branches === null
      ? ""
      : ` and exists (select 1 from desk_item i where i.seq = desk_word.seq
           and i.branch_id in (${["null", ...ids.map(() => "?")].join(", ")}))`;
  const rows = await tx.rows<{ word: string; count: number }>(
    `select word, count(*) as count from desk_word where kind = ?${ofBranches}
     group by word order by count(*) desc, word limit ?`,
    [kind, ...ids, limit],
  );
  return rows.map(({ word, count }) => ({ word, count: Number(count) }));
}

/** A saved filter; without an owner everybody sees it. */
export interface DeskView {
  readonly id: string;
  readonly owner: string | null;
  readonly name: string;
  readonly filter: string;
  readonly sort: string;
  readonly createdAt: number;
}

/** Views that a person sees: shared ones and own ones, oldest first. */
export async function deskViews(tx: Tx, owner: string): Promise<DeskView[]> {
  const rows = await tx.rows<DeskTables["desk_view"]>(
    "select * from desk_view where owner is null or owner = ? order by created_at, id",
    [owner],
  );
  return rows.map(({ created_at, ...view }) => ({ ...view, createdAt: created_at }));
}

/** Adds a view or writes it anew. */
export async function saveDeskView(tx: Tx, view: DeskView): Promise<void> {
  await tx.run(
    `insert into desk_view (id, owner, name, filter, sort, created_at) values (?, ?, ?, ?, ?, ?)
     on conflict (id) do update set owner = excluded.owner, name = excluded.name, filter = excluded.filter,
       sort = excluded.sort`,
    [view.id, view.owner, view.name, view.filter, view.sort, view.createdAt],
  );
}

/** Removes a view that is shared or the person's own; false: there is none. */
export async function removeDeskView(tx: Tx, id: string, owner: string): Promise<boolean> {
  const removed = await tx.run("delete from desk_view where id = ? and (owner is null or owner = ?)", [
    id,
    owner,
  ]);
  return removed > 0;
}

/** A setting as JSON text; null: it was never set. */
export async function deskSetting(tx: Tx, name: string): Promise<string | null> {
  const [row] = await tx.rows<{ value: string }>("select value from desk_setting where name = ?", [name]);
  return row?.value ?? null;
}

/** Writes a setting. */
export async function writeDeskSetting(tx: Tx, name: string, value: string, at: number): Promise<void> {
  await tx.run(
    `insert into desk_setting (name, value, changed_at) values (?, ?, ?)
     on conflict (name) do update set value = excluded.value, changed_at = excluded.changed_at`,
    [name, value, at],
  );
}
