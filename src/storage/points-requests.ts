// Corrections of points that wait for a second person.
import { type Instant, instant } from "../core/basics/index.ts";
import type { Tx, Value } from "./database.ts";

/** waiting, until somebody else than who asked decides. */
export type RequestState = "waiting" | "approved" | "declined";

/** A correction that was asked for. */
export interface PointsRequest {
  readonly id: string;
  readonly key: string;
  readonly customerId: string;
  /** Above 0: to be put in; below: to be taken out. */
  readonly amount: number;
  readonly reason: string;
  /** When points that are put in end; null: never. */
  readonly expiresAt: Instant | null;
  readonly askedBy: string;
  readonly askedAt: Instant;
  readonly state: RequestState;
  readonly decidedBy: string | null;
  readonly decidedAt: Instant | null;
  readonly movementId: string | null;
}

interface RequestRow {
  id: string;
  request_key: string;
  customer_id: string;
  amount: number;
  reason: string;
  expires_at: number | null;
  asked_by: string;
  asked_at: number;
  state: string;
  decided_by: string | null;
  decided_at: number | null;
  movement_id: string | null;
}

const COLUMNS = `id, request_key, customer_id, amount, reason, expires_at, asked_by, asked_at, state, decided_by, decided_at,
  movement_id`;

/** Adds a request that waits; throws when its key was used. */
export async function addPointsRequest(
  tx: Tx,
  request: Omit<PointsRequest, "state" | "decidedBy" | "decidedAt" | "movementId">,
): Promise<void> {
  const values: Value[] = [
    request.id,
    request.key,
    request.customerId,
    request.amount,
    request.reason,
    request.expiresAt,
    request.askedBy,
    request.askedAt,
  ];
  await tx.run(
    `insert into points_request (${COLUMNS}) values (?, ?, ?, ?, ?, ?, ?, ?, 'waiting', null, null, null)`,
    values,
  );
}

/** A request by its id; null when there is none. */
export async function pointsRequestById(tx: Tx, id: string): Promise<PointsRequest | null> {
  const [row] = await tx.rows<RequestRow>(`select ${COLUMNS} from points_request where id = ?`, [id]);
  return row === undefined ? null : fromRow(row);
}

/** A request by the key it was asked for with; null when there is none. */
export async function pointsRequestByKey(tx: Tx, key: string): Promise<PointsRequest | null> {
  const [row] = await tx.rows<RequestRow>(`select ${COLUMNS} from points_request where request_key = ?`, [
    key,
  ]);
  return row === undefined ? null : fromRow(row);
}

/** Decides a request that waits; false when it does not (any more), or when who decides is who asked. */
export async function decidePointsRequest(
  tx: Tx,
  id: string,
  decision: {
    readonly state: "approved" | "declined";
    readonly by: string;
    readonly at: Instant;
    readonly movementId: string | null;
  },
): Promise<boolean> {
  const { state, by, at, movementId } = decision;
  const changed = await tx.run(
    `update points_request set state = ?, decided_by = ?, decided_at = ?, movement_id = ?
     where id = ? and state = 'waiting' and asked_by <> ?`,
    [state, by, at, movementId, id, by],
  );
  return changed === 1;
}

/** Requests that wait, the oldest first, after the id `after`. */
export async function waitingPointsRequests(
  tx: Tx,
  after: string | null,
  limit: number,
): Promise<PointsRequest[]> {
  const rows = await tx.rows<RequestRow>(
    `select ${COLUMNS} from points_request where state = 'waiting' and id > ? order by id limit ?`,
    [after ?? "", limit],
  );
  return rows.map(fromRow);
}

/** Gives requests for one customer to another. */
export async function movePointsRequests(tx: Tx, from: string, to: string): Promise<void> {
  await tx.run("update points_request set customer_id = ? where customer_id = ? and state = 'waiting'", [
    to,
    from,
  ]);
}

function fromRow(row: RequestRow): PointsRequest {
  return {
    id: row.id,
    key: row.request_key,
    customerId: row.customer_id,
    amount: row.amount,
    reason: row.reason,
    expiresAt: row.expires_at === null ? null : instant(row.expires_at),
    askedBy: row.asked_by,
    askedAt: instant(row.asked_at),
    state: row.state as RequestState,
    decidedBy: row.decided_by,
    decidedAt: row.decided_at === null ? null : instant(row.decided_at),
    movementId: row.movement_id,
  };
}
