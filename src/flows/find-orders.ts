// Orders as they are read: for the app's history, for our API, for exports.
import { isRatingRequired } from "../core/feedback/index.ts";
import { foldCode } from "../core/pricing/index.ts";
import {
  contactsOfOrders,
  idsOfCustomer,
  linesOfOrders,
  listOrders,
  type OrderContact,
  type OrderPage,
  type OrderReturn,
  type OrderStep,
  orderById,
  ratingsOfOrders,
  returnsOfOrders,
  type StoredOrder,
  stepsOfOrder,
  survivorOf,
  type Tx,
  termsOfOrders,
  uuidOfOrder,
} from "../storage/index.ts";
import { statusOf } from "./change-order-status.ts";
import type { House } from "./house.ts";
import { type OrderLine, type OrderTerms, readLine, readTerms } from "./order-terms.ts";
import { takenOf } from "./return-order.ts";

/** An order with all that hangs on it. */
export interface OrderView {
  readonly order: StoredOrder;
  readonly lines: readonly OrderLine[];
  readonly terms: OrderTerms;
  /** Null where nobody said who bought, or it was erased. */
  readonly contact: OrderContact | null;
  readonly returns: readonly OrderReturn[];
  /** Units of each run that came back, by position. */
  readonly taken: ReadonlyMap<number, readonly number[]>;
  /** 1 to 5; null: none. */
  readonly stars: number | null;
  readonly ratingComment: string;
  /** The order was bought and has no stars, or somebody asked for them. */
  readonly isRatingRequired: boolean;
}

/** One order with its statuses. */
export interface WholeOrder extends OrderView {
  readonly uuid: string | null;
  readonly steps: readonly OrderStep[];
}

/** Which orders: by any id of the customer, also a merged one; by a code in any spelling. */
export type OrderWish = Omit<OrderPage, "customerIds"> & { readonly customerId?: string };

/** Orders with all that hangs on them, newest first. */
export function findOrders(house: House, wish: OrderWish): Promise<OrderView[]> {
  return house.database.read(async (tx) => viewsOf(tx, await ordersOf(tx, wish)));
}

/** Orders' own rows, newest first. */
export function findOrderHeads(house: House, wish: OrderWish): Promise<StoredOrder[]> {
  return house.database.read((tx) => ordersOf(tx, wish));
}

async function ordersOf(tx: Tx, { customerId, code, ...rest }: OrderWish): Promise<StoredOrder[]> {
  const page = code === undefined ? rest : { ...rest, code: foldCode(code) };
  if (customerId === undefined) return listOrders(tx, page);
  const customerIds = await idsOfCustomer(tx, await survivorOf(tx, customerId));
  return listOrders(tx, { ...page, customerIds });
}

/** One order, or null. */
export function findOrder(house: House, id: string): Promise<WholeOrder | null> {
  return house.database.read(async (tx) => {
    const order = await orderById(tx, id);
    if (order === null) return null;
    const [view] = await viewsOf(tx, [order]);
    const uuid = order.number === null ? null : await uuidOfOrder(tx, order.number);
    return { ...(view as OrderView), uuid, steps: await stepsOfOrder(tx, id) };
  });
}

async function viewsOf(tx: Tx, orders: readonly StoredOrder[]): Promise<OrderView[]> {
  const ids = orders.map(({ id }) => id);
  const lines = await linesOfOrders(tx, ids);
  const terms = await termsOfOrders(tx, ids);
  const contacts = await contactsOfOrders(tx, ids);
  const returns = await returnsOfOrders(tx, ids);
  const ratings = await ratingsOfOrders(tx, ids);
  return orders.map((order) => {
    const { id } = order;
    const rating = ratings.get(id) ?? null;
    const came = returns.get(id) ?? [];
    return {
      order,
      lines: (lines.get(id) ?? []).map(readLine),
      terms: readTerms(terms.get(id)),
      contact: contacts.get(id) ?? null,
      returns: came,
      taken: takenOf(came),
      stars: rating?.stars ?? null,
      ratingComment: rating?.comment ?? "",
      isRatingRequired:
        rating === null
          ? statusOf(order) === "done"
          : isRatingRequired(rating) || (rating.stars === null && statusOf(order) === "done"),
    };
  });
}
