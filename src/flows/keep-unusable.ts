// Keeps a body that had a good key and could not be used: somebody has to look, since it is probably never sent again.
import { insertDelivery } from "../storage/index.ts";
import type { House } from "./house.ts";
import type { ReceivedDelivery } from "./receive-feedback.ts";

/** Keeps the delivery and rings the bell; `reason` names fields and rules, never values. Gives the delivery's id. */
export async function keepUnusable(
  house: House,
  delivery: ReceivedDelivery,
  refusal: { readonly reason: string; readonly status: number },
): Promise<string> {
  const receivedAt = house.now();
  const id = house.newId();
  await house.database.transaction((tx) =>
    insertDelivery(tx, {
      ...delivery,
      id,
      receivedAt,
      status: refusal.status,
      effect: "rejected",
      reason: refusal.reason,
      warnings: [],
      itemId: null,
    }),
  );
  house.alarm("delivery_unusable", { channel: delivery.channel, deliveryId: id });
  return id;
}
