// What an order did beside being sold: points held and moved, limits used, statuses told to IMSHOP. Read, never changed.
import type { Hold } from "../core/loyalty/index.ts";
import {
  endpointById,
  idsOfCustomer,
  movementsOfOrder,
  type OrderMovement,
  orderById,
  readHold,
  survivorOf,
  type ToldEvent,
  toldOfOrder,
  type UseOfOrder,
  usesOfOrder,
} from "../storage/index.ts";
import type { House } from "./house.ts";
import { IMSHOP_ENDPOINT } from "./push-status.ts";

/** A status on its way to IMSHOP; `code`: the status in the words of the shop. */
export interface PushView extends Omit<ToldEvent, "body"> {
  readonly code: string;
}

/** What came of an order elsewhere. */
export interface OrderTrail {
  /** Points held for it; null: none ever were. */
  readonly hold: Pick<Hold, "amount" | "state" | "releaseAt"> | null;
  readonly movements: readonly OrderMovement[];
  readonly uses: readonly UseOfOrder[];
  /** False: IMSHOP is told nothing: it has no address, or is switched off. */
  readonly isPushed: boolean;
  readonly pushes: readonly PushView[];
}

/** The trail of an order; null: there is no such order. */
export function followOrder(house: House, orderId: string): Promise<OrderTrail | null> {
  return house.database.read(async (tx) => {
    const order = await orderById(tx, orderId);
    if (order === null) return null;
    const { customerId } = order;
    const customerIds = customerId === null ? [] : await idsOfCustomer(tx, await survivorOf(tx, customerId));
    const told = await toldOfOrder(tx, orderId, { endpointId: IMSHOP_ENDPOINT, kind: "imshop.status" });
    return {
      hold: await readHold(tx, orderId),
      movements: await movementsOfOrder(tx, orderId, customerIds),
      uses: await usesOfOrder(tx, orderId),
      isPushed: (await endpointById(tx, IMSHOP_ENDPOINT))?.state === "enabled",
      pushes: told.map(({ body, ...push }) => ({ ...push, code: codeOf(body) })),
    };
  });
}

/** The code of a push that we wrote ourselves. */
function codeOf(body: string): string {
  return (JSON.parse(body) as { readonly code: string }).code;
}
