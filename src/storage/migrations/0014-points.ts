// The points ledger: movements of paired entries that never change, lots, holds, and balances kept beside them as a checked sum.
import type { EngineName } from "../database.ts";
import type { Migration } from "./index.ts";

/** See the file's first line. Plain balances that stood before become opening movements. */
export const migration: Migration = {
  number: 14,
  name: "points",
  statements: ({ int, text }, engine) => [
    `create table points_account (
      customer_id ${text} primary key,
      pending ${int} not null check (pending >= 0),
      available ${int} not null check (available >= 0),
      held ${int} not null check (held >= 0),
      revision ${int} not null
    )`,
    `create table points_lot (
      id ${text} primary key,
      customer_id ${text} not null references points_account (customer_id),
      kind ${text} not null,
      order_id ${text},
      amount ${int} not null check (amount > 0),
      pending ${int} not null check (pending >= 0),
      available ${int} not null check (available >= 0),
      held ${int} not null check (held >= 0),
      expired ${int} not null check (expired >= 0),
      active_from ${int} not null,
      expires_at ${int},
      created_at ${int} not null,
      check (expires_at > active_from),
      check (pending + available + held + expired <= amount)
    )`,
    // Carts ask for what is open of one customer: emptied lots, which are most of them, are not in the way.
    `create index points_lot_open on points_lot (customer_id) where pending + available > 0`,
    `create index points_lot_customer on points_lot (customer_id, created_at)`,
    `create unique index points_lot_earned on points_lot (order_id) where kind = 'earned'`,
    `create index points_lot_pending on points_lot (active_from) where pending > 0`,
    `create index points_lot_ending on points_lot (expires_at) where available > 0`,
    `create table points_movement (
      id ${text} primary key,
      movement_key ${text} not null unique,
      kind ${text} not null,
      customer_id ${text} not null,
      order_id ${text},
      actor ${text},
      reason ${text},
      control ${int},
      at ${int} not null
    )`,
    `create index points_movement_customer on points_movement (customer_id, at, id)`,
    `create index points_movement_actor on points_movement (actor, at) where actor is not null`,
    `create table points_entry (
      movement_id ${text} not null references points_movement (id),
      position ${int} not null,
      account ${text} not null,
      customer_id ${text},
      lot_id ${text} not null references points_lot (id),
      amount ${int} not null check (amount <> 0),
      at ${int} not null,
      primary key (movement_id, position)
    )`,
    `create index points_entry_at on points_entry (at)`,
    `create table points_hold (
      order_id ${text} primary key,
      customer_id ${text} not null references points_account (customer_id),
      amount ${int} not null check (amount > 0),
      state ${text} not null,
      release_at ${int} not null,
      created_at ${int} not null,
      ended_at ${int}
    )`,
    `create index points_hold_open on points_hold (release_at) where state = 'held'`,
    `create index points_hold_customer on points_hold (customer_id)`,
    `create table points_hold_part (
      order_id ${text} not null references points_hold (order_id),
      position ${int} not null,
      lot_id ${text} not null references points_lot (id),
      amount ${int} not null check (amount > 0),
      given_back ${int} not null check (given_back >= 0 and given_back <= amount),
      primary key (order_id, position)
    )`,
    `create table points_return (
      order_id ${text} not null,
      return_id ${text} not null,
      at ${int} not null,
      earned_back ${int} not null,
      restored ${int} not null,
      lost ${int} not null,
      taken_back ${int} not null,
      forgiven ${int} not null,
      missing ${int} not null,
      primary key (order_id, return_id)
    )`,
    `create table points_request (
      id ${text} primary key,
      request_key ${text} not null unique,
      customer_id ${text} not null,
      amount ${int} not null check (amount <> 0),
      reason ${text} not null,
      expires_at ${int},
      asked_by ${text} not null,
      asked_at ${int} not null,
      state ${text} not null,
      decided_by ${text},
      decided_at ${int},
      movement_id ${text} references points_movement (id),
      check (decided_by is null or decided_by <> asked_by)
    )`,
    `create index points_request_waiting on points_request (id) where state = 'waiting'`,
    `create table points_operator (actor ${text} primary key, turns ${int} not null)`,
    ...openings(engine),
    "drop table points_balance",
    ...refusals("points_movement", engine),
    ...refusals("points_entry", engine),
  ],
};

/** Each plain balance becomes one lot without end, put in by one movement. Ids count up, since SQL makes no others. */
function openings(engine: EngineName): string[] {
  const counted = "row_number() over (order by customer_id)";
  const digits = engine === "sqlite" ? "printf('%012d', number)" : "lpad(cast(number as text), 12, '0')";
  return [
    `insert into points_account (customer_id, pending, available, held, revision)
     select customer_id, 0, case when points > 0 then points else 0 end, 0, 1 from points_balance`,
    `create table points_opening as select '00000000-0000-7000-9000-' || ${digits} as id, customer_id, points, updated_at as at
     from (select customer_id, points, updated_at, ${counted} as number from points_balance where points > 0) as counted`,
    `insert into points_lot (id, customer_id, kind, order_id, amount, pending, available, held, expired,
       active_from, expires_at, created_at)
     select id, customer_id, 'opening', null, points, 0, points, 0, 0, at, null, at from points_opening`,
    `insert into points_movement (id, movement_key, kind, customer_id, order_id, actor, reason, control, at)
     select id, 'open:' || id, 'open', customer_id, null, null, null, points, at from points_opening`,
    `insert into points_entry (movement_id, position, account, customer_id, lot_id, amount, at)
     select id, 1, 'adjustments', null, id, -points, at from points_opening`,
    `insert into points_entry (movement_id, position, account, customer_id, lot_id, amount, at)
     select id, 2, 'available', customer_id, id, points, at from points_opening`,
    "drop table points_opening",
  ];
}

/** Triggers that refuse to change what was written, whoever asks. */
function refusals(table: string, engine: EngineName): string[] {
  const sentence = `rows of ${table} are never changed or removed`;
  if (engine === "sqlite") {
    return ["update", "delete"].map(
      (verb) =>
        `create trigger ${table}_keeps_${verb} before ${verb} on ${table} begin select raise(abort, '${sentence}'); end`,
    );
  }
  return [
    `create function ${table}_keeps() returns trigger language plpgsql as
     $$ begin raise exception '${sentence}' using errcode = 'restrict_violation'; end $$`,
    `create trigger ${table}_keeps_rows before update or delete on ${table}
     for each row execute function ${table}_keeps()`,
    `create trigger ${table}_keeps_all before truncate on ${table}
     for each statement execute function ${table}_keeps()`,
  ];
}
