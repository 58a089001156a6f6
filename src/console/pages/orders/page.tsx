// Orders: found by whatever is at hand, narrowed by status, outlet and days, taken out as a file.
import { type ReactNode, useMemo } from "react";
import { orderCalls, orderDeskCalls } from "../../../contract/index.ts";
import { call, usePages } from "../../api.ts";
import { registerSearch } from "../../layout/palette-search.ts";
import { momentOf } from "../../parts/day-start.ts";
import { EmptyState } from "../../parts/empty-state.tsx";
import { Money, When } from "../../parts/figures.tsx";
import { PageHeader } from "../../parts/page-header.tsx";
import { type Column, DataTable } from "../../parts/table.tsx";
import { useUrlState } from "../../parts/use-url-state.ts";
import { useReader } from "../../reader.tsx";
import type { Say } from "../../words.ts";
import { useBranches } from "../desk/names.ts";
import { ExportOrders } from "./export-orders.tsx";
import { FILTERS, type OrderFilter, OrderFilters } from "./order-filters.tsx";
import { addressOfOrder, type OrderHead, OrderState } from "./order-words.tsx";

// Whoever has looked at orders once finds one from everywhere, by its number or the app's.
registerSearch("orders", async (text) => {
  const { kind, id } = await call(orderDeskCalls.searchOrders, { body: { text: text.slice(0, 100) } });
  return kind === "order" && id !== null ? [{ path: addressOfOrder(id), title: id, about: "" }] : [];
});

/** The page. */
export default function OrdersPage(): ReactNode {
  const { say, zone } = useReader();
  const { branchName } = useBranches();
  const [filter, setFilter] = useUrlState(FILTERS);
  const query = useMemo(() => queryOf(filter, zone), [filter, zone]);
  const list = usePages(orderCalls.listOrders, { query });
  const columns = useMemo(() => columnsOf(say, branchName), [say, branchName]);
  const isAny = FILTERS.some((name) => filter[name] !== "");
  return (
    <>
      <PageHeader title={say("pages.orders")} about={say("orders.about")} />
      <DataTable
        name="orders"
        label={say("pages.orders")}
        columns={columns}
        list={list}
        idOf={(order) => order.id}
        hrefOf={(order) => addressOfOrder(order.id)}
        filters={<OrderFilters filter={filter} onChange={(change) => setFilter(change, true)} />}
        tools={<ExportOrders query={query} />}
        empty={
          <EmptyState
            title={say(isAny ? "orders.notFound" : "orders.empty")}
            text={say(isAny ? "orders.notFoundText" : "orders.emptyText")}
          />
        }
      />
    </>
  );
}

/** What the API is asked for: days are the shop's and the last one is whole; moments stand as they are. */
function queryOf({ from, until, ...others }: OrderFilter, zone: string) {
  const told = Object.entries(others).filter(([, value]) => value !== "");
  const [placedFrom, placedUntil] = [momentOf(from, zone), momentOf(until, zone, 1)];
  return {
    ...Object.fromEntries(told),
    ...(placedFrom === null ? {} : { from: placedFrom }),
    ...(placedUntil === null ? {} : { until: placedUntil }),
  };
}

function columnsOf(say: Say, branchName: (id: string) => string): readonly Column<OrderHead>[] {
  const sum = (
    id: "byPointsMinor" | "returnedMinor",
    title: string,
    isHiddenAtFirst = false,
  ): Column<OrderHead> => ({
    id,
    title,
    align: "end",
    isHiddenAtFirst,
    cell: (order) => (order[id] ?? 0) > 0 && <Money minor={order[id] ?? 0} />,
  });
  const data = (text: string | null): ReactNode => text !== null && <span translate="no">{text}</span>;
  return [
    { id: "id", title: say("orders.id"), cell: ({ id }) => data(id) },
    { id: "placedAt", title: say("orders.placedAt"), cell: ({ placedAt }) => <When at={placedAt} /> },
    { id: "status", title: say("orders.status"), cell: ({ status }) => <OrderState status={status} /> },
    {
      id: "customer",
      title: say("orders.customer"),
      isWide: true,
      cell: ({ customerId }) => data(customerId) || <span className="soft">{say("orders.nobody")}</span>,
    },
    {
      id: "outlet",
      title: say("orders.outlet"),
      cell: ({ outletId }) => outletId !== null && data(branchName(outletId)),
    },
    {
      id: "channel",
      title: say("orders.channel"),
      isHiddenAtFirst: true,
      cell: (order) => channelText(order, say),
    },
    {
      id: "code",
      title: say("orders.code"),
      cell: ({ code }) => code !== null && <span className="mono">{code}</span>,
    },
    {
      id: "discount",
      title: say("orders.discount"),
      align: "end",
      cell: ({ discountMinor }) => (discountMinor ?? 0) !== 0 && <Money minor={-(discountMinor ?? 0)} />,
    },
    sum("byPointsMinor", say("orders.byPoints"), true),
    sum("returnedMinor", say("orders.returned")),
    {
      id: "total",
      title: say("orders.total"),
      align: "end",
      cell: ({ totalMinor }) => (totalMinor === null ? "—" : <Money minor={totalMinor} />),
    },
  ];
}

/** Which app an order came from; null: not told. */
export function channelText(
  { channel, isPlacedHere }: Pick<OrderHead, "channel" | "isPlacedHere">,
  say: Say,
) {
  if (!isPlacedHere) return say("orders.imported");
  return channel === "seller" ? say("orders.channels.seller") : say("orders.channels.app");
}
