// Lists of one customer: lots with their ends and what is held of them, movements of points, orders.
import { Anchor, Title } from "@mantine/core";
import type { UseQueryResult } from "@tanstack/react-query";
import { type ReactNode, useMemo } from "react";
import { Link } from "wouter";
import { deskCalls, loyaltyCalls, orderCalls } from "../../../contract/index.ts";
import { type ItemOf, usePages } from "../../api.ts";
import type { AnswerOf, CallFailed } from "../../calls.ts";
import { EmptyState } from "../../parts/empty-state.tsx";
import { Count, Money, When } from "../../parts/figures.tsx";
import { Section } from "../../parts/page-header.tsx";
import { type Column, DataTable } from "../../parts/table.tsx";
import { useReader } from "../../reader.tsx";
import type { Say, WordKey } from "../../words.ts";
import { quoted } from "../desk/filter-text.ts";
import { deskAddress } from "../desk/queues.ts";
import { useDeskColumns } from "../desk/rows.tsx";
import { addressOfOrder, OrderState } from "../orders/order-words.tsx";

type LotsAnswer = AnswerOf<typeof loyaltyCalls.getCustomerLots>;
type Lot = LotsAnswer["lots"][number];
type Movement = ItemOf<typeof loyaltyCalls.listCustomerPoints>;
type Order = ItemOf<typeof orderCalls.listOrders>;

/** A word of the ledger in the reader's language; what has no word is shown as it is. */
export function kindText(kind: string, say: Say): string {
  const key = `customers.kind.${kind}`;
  const text = say(key as WordKey);
  return text === key ? kind : text;
}

/** What the points are made of, and what is held for orders. */
export function Lots({ answer }: { readonly answer: UseQueryResult<LotsAnswer, CallFailed> }): ReactNode {
  const { say } = useReader();
  const columns = useMemo(() => lotColumns(say), [say]);
  const { lots = [], holds = [] } = answer.data ?? {};
  return (
    <>
      <DataTable
        name="customer-lots"
        label={say("customers.lots")}
        columns={columns}
        list={{
          rows: lots,
          isPending: answer.isPending,
          error: answer.error,
          hasMore: false,
          refetch: () => void answer.refetch(),
        }}
        idOf={(lot) => lot.id}
        filters={<Title order={3}>{say("customers.lots")}</Title>}
        empty={<EmptyState title={say("customers.noLots")} />}
      />
      {holds.length > 0 && (
        <ul>
          {holds.map((hold) => (
            <li key={`${hold.orderId} ${hold.releaseAt} ${hold.points}`}>
              {say("customers.holdOf")}{" "}
              {hold.orderId === null ? say("customers.otherOutlet") : <OrderLink orderId={hold.orderId} />}:{" "}
              <Count value={hold.points} />, {say("customers.holdUntil")} <When at={hold.releaseAt} />
            </li>
          ))}
        </ul>
      )}
    </>
  );
}

function OrderLink({ orderId }: { readonly orderId: string | null }): ReactNode {
  if (orderId === null) return null;
  return (
    <Anchor component={Link} href={addressOfOrder(orderId)} translate="no">
      {orderId}
    </Anchor>
  );
}

function lotColumns(say: Say): readonly Column<Lot>[] {
  const figure = (id: "availablePoints" | "pendingPoints" | "heldPoints", title: string): Column<Lot> => ({
    id,
    title,
    align: "end",
    sortBy: (lot) => lot[id],
    cell: (lot) => (lot[id] === 0 ? "—" : <Count value={lot[id]} />),
  });
  return [
    { id: "kind", title: say("customers.source"), isWide: true, cell: (lot) => kindText(lot.kind, say) },
    { id: "order", title: say("customers.order"), cell: (lot) => <OrderLink orderId={lot.orderId} /> },
    figure("availablePoints", say("customers.available")),
    figure("pendingPoints", say("customers.pending")),
    figure("heldPoints", say("customers.held")),
    {
      id: "createdAt",
      title: say("customers.came"),
      sortBy: (lot) => lot.createdAt,
      cell: (lot) => <When at={lot.createdAt} style="day" />,
    },
    {
      id: "expiresAt",
      title: say("customers.ends"),
      sortBy: (lot) => lot.expiresAt,
      cell: (lot) =>
        lot.expiresAt === null ? say("customers.never") : <When at={lot.expiresAt} style="day" />,
    },
  ];
}

/** What became of the points, newest first. */
export function Movements({ customerId }: { readonly customerId: string }): ReactNode {
  const { say } = useReader();
  const list = usePages(loyaltyCalls.listCustomerPoints, { params: { customerId }, query: {} });
  const columns = useMemo(() => movementColumns(say), [say]);
  return (
    <DataTable
      name="customer-movements"
      label={say("customers.movements")}
      columns={columns}
      list={list}
      idOf={(movement) => movement.movementId}
      filters={<Title order={3}>{say("customers.movements")}</Title>}
      empty={<EmptyState title={say("customers.noMovements")} />}
    />
  );
}

function movementColumns(say: Say): readonly Column<Movement>[] {
  const change = (
    id: "availablePoints" | "pendingPoints" | "heldPoints",
    title: string,
  ): Column<Movement> => ({
    id,
    title,
    align: "end",
    cell: (movement) => (movement[id] === 0 ? "—" : <Count value={movement[id]} />),
  });
  return [
    { id: "at", title: say("customers.at"), cell: ({ at }) => <When at={at} /> },
    { id: "kind", title: say("customers.what"), cell: ({ kind }) => kindText(kind, say) },
    change("availablePoints", say("customers.available")),
    change("pendingPoints", say("customers.pending")),
    change("heldPoints", say("customers.held")),
    { id: "order", title: say("customers.order"), cell: ({ orderId }) => <OrderLink orderId={orderId} /> },
    {
      id: "reason",
      title: say("customers.reason"),
      isWide: true,
      cell: ({ reason }) => <span translate="no">{reason}</span>,
    },
  ];
}

/** Orders, newest first. */
export function Orders({ customerId }: { readonly customerId: string }): ReactNode {
  const { say } = useReader();
  const list = usePages(orderCalls.listOrders, { query: { customerId } });
  const columns = useMemo(() => orderColumns(say), [say]);
  return (
    <Section title={say("pages.orders")}>
      <DataTable
        name="customer-orders"
        label={say("pages.orders")}
        columns={columns}
        list={list}
        idOf={(order) => order.id}
        empty={<EmptyState title={say("customers.noOrders")} />}
      />
    </Section>
  );
}

/** Feedback of every channel, newest first. */
export function Feedback({ customerId }: { readonly customerId: string }): ReactNode {
  const { say } = useReader();
  const filter = `customer:${quoted(customerId)}`;
  const list = usePages(deskCalls.listDeskItems, { query: { filter, sort: "newest" } });
  const columns = useDeskColumns();
  return (
    <Section
      title={say("customers.feedback")}
      about={
        <Anchor component={Link} href={deskAddress({ filter })} size="sm">
          {say("customers.toDesk")}
        </Anchor>
      }
    >
      <DataTable
        name="customer-feedback"
        label={say("customers.feedback")}
        columns={columns}
        list={list}
        idOf={(item) => item.id}
        hrefOf={(item) => deskAddress({ filter }, item.id)}
        empty={<EmptyState title={say("customers.noFeedback")} />}
      />
    </Section>
  );
}

function orderColumns(say: Say): readonly Column<Order>[] {
  return [
    { id: "id", title: say("customers.order"), isWide: true, cell: ({ id }) => <OrderLink orderId={id} /> },
    {
      id: "status",
      title: say("customers.status"),
      cell: ({ status }) => <OrderState status={status} />,
    },
    { id: "placedAt", title: say("customers.placedAt"), cell: ({ placedAt }) => <When at={placedAt} /> },
    {
      id: "total",
      title: say("customers.total"),
      align: "end",
      cell: ({ totalMinor }) => (totalMinor === null ? "—" : <Money minor={totalMinor} />),
    },
  ];
}
