// The order behind an item of the desk, and who placed it.
import { deskOrderCalls } from "../../contract/index.ts";
import type { OrderedModification } from "../../core/feedback/index.ts";
import { findDeskOrder, showDeskPerson } from "../../flows/index.ts";
import { refuse } from "./refusal.ts";
import { route } from "./route.ts";

const getDeskOrder = route(deskOrderCalls.getDeskOrder, async ({ house, params }) => {
  const found = await findDeskOrder(house, params.itemId);
  if (found === null) return refuse("not_found");
  const { order } = found;
  return {
    platform: order?.platform ?? null,
    deliveryKind: order?.deliveryKind ?? null,
    items: (order?.items ?? []).map((item) => ({
      ...partShown(item),
      modifications: item.modifications.map(partShown),
    })),
    hasPerson: (order?.customerName ?? order?.comment ?? null) !== null,
  };
});

function partShown({ id, name, quantity, price }: OrderedModification) {
  return { id, name, quantity, price };
}

const showPerson = route(
  deskOrderCalls.showDeskPerson,
  async ({ house, params, caller }) =>
    (await showDeskPerson(house, params.itemId, caller.tokenId)) ?? refuse("not_found"),
);

/** Routes of orders behind items. */
export const deskOrderRoutes = [getDeskOrder, showPerson];
