// Alert rules for single items: named filters, and who is told when an item passes one.
import type { Tx } from "./database.ts";
import type { NoticeTables } from "./tables/notice.ts";

/** A rule. */
export interface AlertRule {
  readonly id: string;
  readonly name: string;
  /** As written: today means the day of the item's arrival. */
  readonly filter: string;
  /** Ids of destinations; empty: all that get items. */
  readonly destinations: readonly string[];
  readonly isOn: boolean;
  readonly createdBy: string;
  readonly createdAt: number;
  readonly updatedAt: number;
}

/** All rules, oldest first; `isOn`: only those that are on. */
export async function alertRules(tx: Tx, isOn = false): Promise<AlertRule[]> {
  const rows = await tx.rows<NoticeTables["desk_alert_rule"]>(
    `select * from desk_alert_rule ${isOn ? "where is_on = 1" : ""} order by created_at, id`,
  );
  return rows.map((row) => ({
    id: row.id,
    name: row.name,
    filter: row.filter,
    destinations: JSON.parse(row.destinations) as string[],
    isOn: row.is_on === 1,
    createdBy: row.created_by,
    createdAt: row.created_at,
    updatedAt: row.updated_at,
  }));
}

/** Adds a rule or writes it anew. */
export async function saveAlertRule(tx: Tx, rule: AlertRule): Promise<void> {
  await tx.run(
    `insert into desk_alert_rule (id, name, filter, destinations, is_on, created_by, created_at, updated_at)
     values (?, ?, ?, ?, ?, ?, ?, ?)
     on conflict (id) do update set name = excluded.name, filter = excluded.filter, destinations = excluded.destinations,
       is_on = excluded.is_on, updated_at = excluded.updated_at`,
    [
      rule.id,
      rule.name,
      rule.filter,
      JSON.stringify(rule.destinations),
      rule.isOn ? 1 : 0,
      rule.createdBy,
      rule.createdAt,
      rule.updatedAt,
    ],
  );
}

/** Removes a rule; false: there is none. */
export async function removeAlertRule(tx: Tx, id: string): Promise<boolean> {
  return (await tx.run("delete from desk_alert_rule where id = ?", [id])) > 0;
}
