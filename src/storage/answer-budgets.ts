// What promo codes may cost: budgets of branches by month, and customers' cool-down, claimed by guarded updates.
import type { PromoBudget } from "../core/desk/index.ts";
import type { Tx } from "./database.ts";

/** The name under which items without a branch are counted. */
export const NO_BRANCH = "";

/** A branch's month, yyyymm. */
export interface BudgetMonth {
  readonly branchId: string;
  readonly month: number;
}

/** What a branch has used. Amount in kopecks. */
export interface BudgetUse {
  readonly usedPromos: number;
  readonly usedMinor: number;
}

/** The budget that a branch has of its own; null: the usual one counts. */
export async function branchBudget(tx: Tx, branchId: string): Promise<PromoBudget | null> {
  const [row] = await tx.rows<{ promos: number | null; amount_minor: number | null }>(
    "select promos, amount_minor from answer_limit where branch_id = ?",
    [branchId],
  );
  return row === undefined ? null : { promos: row.promos, amountMinor: row.amount_minor };
}

/** Gives a branch a budget of its own; null takes it away. */
export async function setBranchBudget(
  tx: Tx,
  branchId: string,
  budget: PromoBudget | null,
  by: { readonly actor: string; readonly at: number },
): Promise<void> {
  if (budget === null) {
    await tx.run("delete from answer_limit where branch_id = ?", [branchId]);
    return;
  }
  await tx.run(
    `insert into answer_limit (branch_id, promos, amount_minor, updated_by, updated_at) values (?, ?, ?, ?, ?)
     on conflict (branch_id) do update set promos = excluded.promos, amount_minor = excluded.amount_minor,
       updated_by = excluded.updated_by, updated_at = excluded.updated_at`,
    [branchId, budget.promos, budget.amountMinor, by.actor, by.at],
  );
}

/** What is used of a month. */
export async function budgetUse(tx: Tx, { branchId, month }: BudgetMonth): Promise<BudgetUse> {
  const [row] = await tx.rows<{ used_promos: number; used_minor: number }>(
    "select used_promos, used_minor from answer_budget where branch_id = ? and month = ?",
    [branchId, month],
  );
  return { usedPromos: row?.used_promos ?? 0, usedMinor: row?.used_minor ?? 0 };
}

/** Every branch that has used something of a month or has a budget of its own, by id. */
export async function budgetsOfMonth(
  tx: Tx,
  month: number,
): Promise<(BudgetUse & { readonly branchId: string; readonly own: PromoBudget | null })[]> {
  const rows = await tx.rows<{
    branch_id: string;
    used_promos: number | null;
    used_minor: number | null;
    promos: number | null;
    amount_minor: number | null;
    is_own: number;
  }>(
    `select names.branch_id, b.used_promos, b.used_minor, l.promos, l.amount_minor,
       case when l.branch_id is null then 0 else 1 end as is_own
     from (select branch_id from answer_limit union select branch_id from answer_budget where month = ?) names
       left join answer_limit l on l.branch_id = names.branch_id
       left join answer_budget b on b.branch_id = names.branch_id and b.month = ?
     order by names.branch_id`,
    [month, month],
  );
  return rows.map((row) => ({
    branchId: row.branch_id,
    usedPromos: row.used_promos ?? 0,
    usedMinor: row.used_minor ?? 0,
    own: row.is_own === 1 ? { promos: row.promos, amountMinor: row.amount_minor } : null,
  }));
}

/** Takes one code of `minor` kopecks out of a month's budget; false: there is not enough left. */
export async function claimBudget(
  tx: Tx,
  { branchId, month }: BudgetMonth,
  budget: PromoBudget,
  minor: number,
): Promise<boolean> {
  await tx.run(
    "insert into answer_budget (branch_id, month, used_promos, used_minor) values (?, ?, 0, 0) on conflict do nothing",
    [branchId, month],
  );
  const most = Number.MAX_SAFE_INTEGER;
  const changed = await tx.run(
    `update answer_budget set used_promos = used_promos + 1, used_minor = used_minor + ?
     where branch_id = ? and month = ? and used_promos + 1 <= ? and used_minor + ? <= ?`,
    [minor, branchId, month, budget.promos ?? most, minor, budget.amountMinor ?? most],
  );
  return changed === 1;
}

/** Gives one code back to the month that it was taken from. */
export async function returnBudget(tx: Tx, { branchId, month }: BudgetMonth, minor: number): Promise<void> {
  await tx.run(
    `update answer_budget set used_promos = used_promos - 1, used_minor = used_minor - ?
     where branch_id = ? and month = ?`,
    [minor, branchId, month],
  );
}

/** When the customer got the last code, if that is still too near; null: it is not. */
export async function coolDownSince(tx: Tx, customerId: string, now: number): Promise<number | null> {
  const [row] = await tx.rows<{ since: number }>(
    "select since from answer_cool_down where customer_id = ? and until > ?",
    [customerId, now],
  );
  return row?.since ?? null;
}

/** Begins a customer's cool-down; false when one runs. */
export async function claimCoolDown(
  tx: Tx,
  wish: {
    readonly customerId: string;
    readonly answerId: string;
    readonly now: number;
    readonly until: number;
  },
): Promise<boolean> {
  const { customerId, answerId, now, until } = wish;
  const changed = await tx.run(
    `insert into answer_cool_down (customer_id, answer_id, since, until) values (?, ?, ?, ?)
     on conflict (customer_id) do update set answer_id = excluded.answer_id, since = excluded.since,
       until = excluded.until where answer_cool_down.until <= excluded.since`,
    [customerId, answerId, now, until],
  );
  return changed === 1;
}

/** Ends the cool-down that an answer began: its code reached nobody. */
export async function returnCoolDown(tx: Tx, answerId: string): Promise<void> {
  await tx.run("delete from answer_cool_down where answer_id = ?", [answerId]);
}
