// Whose turn it is: one instance at a time sends to a destination, and what it has left is taken up when its time is over.
import type { NoticeStep } from "../core/desk/index.ts";
import type { Tx } from "./database.ts";
import { type Destination, destinationOf } from "./notice-destinations.ts";
import type { NoticeTables } from "./tables/notice.ts";

type Row = NoticeTables["notice_destination"];

const FREE = "(holder is null or lease_until <= ?)";

/** Destinations that are on, free, not paused, and have something to get. */
export async function dueDestinations(tx: Tx, now: number): Promise<string[]> {
  const rows = await tx.rows<{ id: string }>(
    `select id from notice_destination d where is_on = 1 and ${FREE} and (paused_until is null or paused_until <= ?)
       and (exists (select 1 from notice n where n.destination_id = d.id and n.state = 'waiting')
         or exists (select 1 from notice_message m where m.destination_id = d.id and m.state = 'waiting'))
     order by id`,
    [now, now],
  );
  return rows.map(({ id }) => id);
}

/** Holds a destination's row if it is on, free and not paused; null: somebody else was quicker. */
export async function lockFreeDestination(tx: Tx, id: string, now: number): Promise<Destination | null> {
  const lock = tx.engine === "postgres" ? " for update" : "";
  const [row] = await tx.rows<Row>(
    `select * from notice_destination
     where id = ? and is_on = 1 and ${FREE} and (paused_until is null or paused_until <= ?)${lock}`,
    [id, now, now],
  );
  return row === undefined ? null : destinationOf(row);
}

/** Leaves a destination alone until then, ms UTC; null: no longer. */
export async function pauseDestination(tx: Tx, id: string, until: number | null): Promise<void> {
  await tx.run("update notice_destination set paused_until = ? where id = ?", [until, id]);
}

/** Takes the turn until then, ms UTC. The row is held. */
export async function takeTurnAt(tx: Tx, id: string, holder: string, until: number): Promise<void> {
  await tx.run("update notice_destination set holder = ?, lease_until = ? where id = ?", [holder, until, id]);
}

/**
 * Writes down how a message was tried and gives the turn back. What was sent counts even when the turn was lost meanwhile; a
 * failure is then another's to tell. False: it had ended before.
 */
export async function endTurn(
  tx: Tx,
  turn: { readonly destinationId: string; readonly messageId: string; readonly holder: string },
  step: NoticeStep,
  now: number,
): Promise<boolean> {
  const { destinationId, messageId, holder } = turn;
  const [row] = await tx.rows<{ holder: string | null }>(
    `select holder from notice_destination where id = ?${tx.engine === "postgres" ? " for update" : ""}`,
    [destinationId],
  );
  const isOurs = row?.holder === holder;
  if (isOurs) await giveBack(tx, destinationId, step, now);
  if (!isOurs && step.state !== "sent") return false;
  if (step.state === "waiting") {
    const { attempts, misses, why } = step;
    return isChanged(
      await tx.run(
        "update notice_message set attempts = ?, misses = ?, problem = ? where id = ? and state = 'waiting'",
        [attempts, misses, why, messageId],
      ),
    );
  }
  const problem = step.state === "given_up" ? step.why : null;
  const ended = await tx.run(
    "update notice_message set state = ?, problem = ?, ended_at = ? where id = ? and state = 'waiting'",
    [step.state, problem, now, messageId],
  );
  if (!isChanged(ended)) return false;
  await tx.run("update notice set state = ? where message_id = ?", [step.state, messageId]);
  return true;
}

function isChanged(count: number): boolean {
  return count > 0;
}

async function giveBack(tx: Tx, id: string, step: NoticeStep, now: number): Promise<void> {
  const isSent = step.state === "sent";
  await tx.run(
    `update notice_destination set holder = null, lease_until = null, paused_until = ?,
       sent_at = case when ? = 1 then ? else sent_at end,
       problem_at = case when problem = ? then problem_at else ? end, problem = ? where id = ?`,
    [
      step.state === "waiting" ? now + step.pauseMs : null,
      isSent ? 1 : 0,
      now,
      isSent ? null : step.why,
      isSent ? null : now,
      isSent ? null : step.why,
      id,
    ],
  );
}

/** This process is the only one on the database and has just begun: nobody can be at it any more. */
export async function freeTurns(tx: Tx): Promise<void> {
  await tx.run("update notice_destination set holder = null, lease_until = null where holder is not null");
}
