// The order behind an item of the desk, and who placed it: a look at a person is noted in the audit log.
import type { OrderDetails } from "../core/feedback/index.ts";
import { answerableFeedback, deskItem } from "../storage/index.ts";
import type { House } from "./house.ts";
import { keepAudit } from "./keep-audit.ts";

/** The order as the marketplace told it; `order` null: it told none. Null: there is no such item. */
export function findDeskOrder(
  house: House,
  itemId: string,
): Promise<{ readonly order: OrderDetails | null } | null> {
  return house.database.read(async (tx) => {
    if ((await deskItem(tx, itemId)) === null) return null;
    return { order: (await answerableFeedback(tx, itemId))?.content.order ?? null };
  });
}

/** What is known of who placed the order. */
export interface DeskPerson {
  readonly name: string | null;
  /** Words that went with the order. */
  readonly words: string | null;
}

/** Shows the person to `actor` and says so in the audit log; null: there is no such item. */
export function showDeskPerson(house: House, itemId: string, actor: string): Promise<DeskPerson | null> {
  const at = house.now();
  return house.database.transaction(async (tx) => {
    if ((await deskItem(tx, itemId)) === null) return null;
    const order = (await answerableFeedback(tx, itemId))?.content.order ?? null;
    await keepAudit(tx, { at, actor, action: "desk.person_shown", subject: itemId, details: {} });
    return { name: order?.customerName ?? null, words: order?.comment ?? null };
  });
}
