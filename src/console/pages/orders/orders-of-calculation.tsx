// The orders that were placed at the price of a calculation, as links.
import { Anchor } from "@mantine/core";
import type { ReactNode } from "react";
import { Link } from "wouter";
import { orderCalls } from "../../../contract/index.ts";
import { useCall } from "../../api.ts";
import { useSay } from "../../reader.tsx";
import { addressOfOrder } from "./order-words.tsx";

/** Orders that are named; of more there is a link to the list. */
const MOST = 3;

/** The links; a word where the cart became no order. */
export function OrdersOfCalculation({ calculationId }: { readonly calculationId: string }): ReactNode {
  const say = useSay();
  const { data } = useCall(orderCalls.listOrders, { query: { calculationId, limit: MOST } });
  if (data === undefined) return null;
  if (data.items.length === 0) return <span className="soft">{say("orders.notOrdered")}</span>;
  const links = data.items.map(({ id }) => ({ id, href: addressOfOrder(id) }));
  const all = { id: say("pages.orders"), href: `/orders?calculationId=${encodeURIComponent(calculationId)}` };
  return (data.nextCursor === null ? links : [...links, all]).map(({ id, href }) => (
    <span key={href}>
      <Anchor component={Link} href={href} translate="no">
        {id}
      </Anchor>{" "}
    </span>
  ));
}
