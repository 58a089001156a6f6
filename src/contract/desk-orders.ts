// The order behind an item of the desk: what was eaten is open, who ate it is shown on wish and noted.
import { Type } from "typebox";
import { operation } from "./operation.ts";
import { identifier, input, nullable, output } from "./shape.ts";

const byItem = input({ itemId: identifier("Id of the item.") });

/** A dish or an addition to one. */
const orderedPart = {
  id: nullable(Type.String(), "Id in the menu."),
  name: nullable(Type.String(), "Name."),
  quantity: nullable(Type.Number(), "May be fractional."),
  price: nullable(Type.Number(), "Of one unit, as received."),
};

/** The order as the marketplace told it. */
export const getDeskOrder = operation({
  id: "getDeskOrder",
  method: "GET",
  path: "/desk/items/{itemId}/order",
  tag: "desk",
  summary: "Read what was ordered, without who ordered it",
  scope: "feedback:read",
  params: byItem,
  status: 200,
  answer: output(
    {
      platform: nullable(Type.String(), "Where it was ordered."),
      deliveryKind: nullable(Type.String(), "How it travelled."),
      items: Type.Array(output({ ...orderedPart, modifications: Type.Array(output(orderedPart)) }), {
        description: "As the marketplace told them; empty when it told none.",
      }),
      hasPerson: Type.Boolean({ description: "A name or words about the order are kept." }),
    },
    { title: "DeskOrder" },
  ),
});

/** Who ordered. */
export const showDeskPerson = operation({
  id: "showDeskPerson",
  method: "POST",
  path: "/desk/items/{itemId}/person",
  tag: "desk",
  summary: "Show who placed the order, by name, and the words that went with it",
  description: "That it was looked at stands in the audit log, without what was seen.",
  scope: "feedback:read",
  params: byItem,
  status: 200,
  answer: output(
    {
      name: nullable(Type.String(), "Personal data; null: not told, or erased."),
      words: nullable(Type.String(), "Words that went with the order; null: none, or erased."),
    },
    { title: "DeskPerson" },
  ),
});
