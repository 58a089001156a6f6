// Rows of orders placed here; the order's own row, which imported orders have too, is among those of the shop.

/** See migration "order". */
export interface OrderTables {
  order_key: { number: number; uuid: string; fingerprint: string; placed_at: number };
  order_record: { order_id: string; answer: string | null; terms: string };
  order_contact: OrderContactRow;
  order_line: OrderLineRow;
  order_status: {
    order_id: string;
    number: number;
    status: string;
    side: string;
    reason: string | null;
    at: number;
  };
  order_return: OrderReturnRow;
}

/** Who bought and where to. */
export interface OrderContactRow {
  order_id: string;
  name: string | null;
  phone: string | null;
  email: string | null;
  city: string | null;
  address: string | null;
  recipient_name: string | null;
  recipient_phone: string | null;
  comment: string | null;
}

/** One line. */
export interface OrderLineRow {
  order_id: string;
  position: number;
  offer_id: string;
  name: string;
  price_minor: number;
  quantity: number;
  gross_minor: number;
  discount_minor: number;
  total_minor: number;
  terms: string;
}

/** One return. */
export interface OrderReturnRow {
  id: string;
  order_id: string;
  value_minor: number;
  refund_minor: number;
  spent_back: number;
  earned_back: number;
  reason: string | null;
  lines: string;
  at: number;
}

/** Columns of `shop_order` beside those that imported orders always had. */
export interface PlacedOrderColumns {
  number: number | null;
  channel: string | null;
  outlet_id: string | null;
  employee_id: string | null;
  group_id: string | null;
  gross_minor: number | null;
  discount_minor: number | null;
  delivery_minor: number | null;
  by_points_minor: number | null;
  points_spent: number | null;
  points_earned: number | null;
  returned_minor: number | null;
  refunded_minor: number | null;
  code: string | null;
  calculation_id: string | null;
  updated_at: number | null;
  is_paid: number | null;
  tracking_url: string | null;
  status_message: string | null;
  storage_until: string | null;
  storage_extensions: number | null;
}
