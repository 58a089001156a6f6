// Rows of the points ledger.

/** See migration 0014. */
export interface PointsTables {
  points_account: { customer_id: string; pending: number; available: number; held: number; revision: number };
  points_lot: {
    id: string;
    customer_id: string;
    kind: string;
    order_id: string | null;
    amount: number;
    pending: number;
    available: number;
    held: number;
    expired: number;
    active_from: number;
    expires_at: number | null;
    created_at: number;
  };
  points_movement: {
    id: string;
    movement_key: string;
    kind: string;
    customer_id: string;
    order_id: string | null;
    actor: string | null;
    reason: string | null;
    control: number | null;
    at: number;
  };
  points_entry: {
    movement_id: string;
    position: number;
    account: string;
    customer_id: string | null;
    lot_id: string;
    amount: number;
    at: number;
  };
  points_hold: {
    order_id: string;
    customer_id: string;
    amount: number;
    state: string;
    release_at: number;
    created_at: number;
    ended_at: number | null;
  };
  points_hold_part: {
    order_id: string;
    position: number;
    lot_id: string;
    amount: number;
    given_back: number;
  };
  points_return: {
    order_id: string;
    return_id: string;
    at: number;
    earned_back: number;
    restored: number;
    lost: number;
    taken_back: number;
    forgiven: number;
    missing: number;
  };
  points_request: {
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
  };
  points_operator: { actor: string; turns: number };
}
