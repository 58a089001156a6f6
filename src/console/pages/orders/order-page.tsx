// One order: what it came to, goods to the unit, what it did to points and limits, what came back, what was said and told.
import type { ReactNode } from "react";
import { useParams } from "wouter";
import { orderCalls, orderDeskCalls } from "../../../contract/index.ts";
import { useCall } from "../../api.ts";
import { ErrorState } from "../../parts/error-state.tsx";
import { Money, When } from "../../parts/figures.tsx";
import { NotFound } from "../../parts/nowhere.tsx";
import { PageHeader, Section } from "../../parts/page-header.tsx";
import { type PlainColumn, PlainTable } from "../../parts/plain-table.tsx";
import { PageSkeleton } from "../../parts/skeletons.tsx";
import { Sums } from "../../parts/sums.tsx";
import { useReader } from "../../reader.tsx";
import { useMay } from "../../session.tsx";
import type { Say } from "../../words.ts";
import { OrderDoings } from "./order-doings.tsx";
import { OrderFacts, Whom } from "./order-facts.tsx";
import { OrderFeedback } from "./order-feedback.tsx";
import { Differences, Goods, Promotions, Units } from "./order-goods.tsx";
import { Limits, OrderPoints, Pushes } from "./order-trail.tsx";
import { type Order, OrderState, statusText } from "./order-words.tsx";
import classes from "./orders.module.css";

/** The page. */
export default function OrderPage(): ReactNode {
  const { orderId = "" } = useParams();
  const found = useCall(orderCalls.getOrder, { params: { orderId } });
  if (found.data !== undefined) return <OrderShown order={found.data} />;
  if (found.error === null) return <PageSkeleton />;
  if (found.error.status === 404) return <NotFound />;
  return <ErrorState error={found.error} onRetry={() => void found.refetch()} />;
}

function OrderShown({ order }: { readonly order: Order }): ReactNode {
  const { say } = useReader();
  const trail = useCall(orderDeskCalls.getOrderTrail, { params: { orderId: order.id } });
  const mayFeedback = useMay("feedback:read");
  return (
    <>
      <PageHeader
        title={say("orders.title", { id: order.id })}
        isThing
        back={{ path: "/orders", title: say("pages.orders") }}
        about={
          <>
            <OrderState status={order.status} /> <When at={order.placedAt} />
          </>
        }
        actions={trail.data !== undefined && <OrderDoings order={order} trail={trail.data} />}
      />
      <OrderSums order={order} />
      <div className={classes.pair}>
        <OrderFacts order={order} />
        <Whom order={order} />
      </div>
      <Goods order={order} />
      <Promotions order={order} />
      <Units order={order} />
      <Differences order={order} />
      {trail.error !== null && <ErrorState error={trail.error} onRetry={() => void trail.refetch()} />}
      {trail.data !== undefined && (
        <>
          <OrderPoints order={order} trail={trail.data} />
          <Limits trail={trail.data} />
        </>
      )}
      <Returns order={order} />
      <History order={order} />
      {trail.data !== undefined && <Pushes trail={trail.data} />}
      {mayFeedback && <OrderFeedback orderId={order.id} />}
    </>
  );
}

function OrderSums({ order }: { readonly order: Order }): ReactNode {
  const { say } = useReader();
  const { grossMinor, discountMinor, totalMinor, byPointsMinor, deliveryMinor, returnedMinor } = order;
  const some = (minor: number | null, sign = 1): ReactNode =>
    minor === null || minor === 0 ? null : <Money minor={sign * minor} />;
  return (
    <Sums
      sums={[
        { name: say("orders.gross"), value: some(grossMinor) },
        { name: say("orders.discount"), value: some(discountMinor, -1) },
        {
          name: say("orders.total"),
          value: totalMinor === null ? null : <Money minor={totalMinor} />,
          isMain: true,
        },
        { name: say("orders.byPoints"), value: some(byPointsMinor) },
        {
          name: say("orders.toPay"),
          value:
            some(byPointsMinor) === null ? null : <Money minor={(totalMinor ?? 0) - (byPointsMinor ?? 0)} />,
        },
        { name: say("orders.delivery"), value: some(deliveryMinor) },
        { name: say("orders.returned"), value: some(returnedMinor) },
      ]}
    />
  );
}

function Returns({ order }: { readonly order: Order }): ReactNode {
  const { say } = useReader();
  return (
    <Section title={say("orders.returns")}>
      {order.returns.length === 0 ? (
        <p className="soft">{say("orders.noReturns")}</p>
      ) : (
        <PlainTable
          label={say("orders.returns")}
          rows={order.returns}
          idOf={({ id }) => id}
          columns={returnColumns(order, say)}
        />
      )}
    </Section>
  );
}

function returnColumns(order: Order, say: Say): readonly PlainColumn<Order["returns"][number]>[] {
  const names = new Map(order.lines.map(({ position, name }) => [position, name]));
  return [
    { id: "at", title: say("orders.when"), cell: ({ at }) => <When at={at} /> },
    {
      id: "goods",
      title: say("orders.goods"),
      cell: ({ lines }) => (
        <span translate="no">
          {lines
            .map(({ position, quantity }) => `${names.get(position) ?? position} × ${quantity / 1000}`)
            .join(", ")}
        </span>
      ),
    },
    {
      id: "reason",
      title: say("orders.reason"),
      cell: ({ reason }) => <span translate="no">{reason}</span>,
    },
    {
      id: "value",
      title: say("orders.returnValue"),
      align: "end",
      cell: ({ valueMinor }) => <Money minor={valueMinor} />,
    },
    {
      id: "refund",
      title: say("orders.refund"),
      align: "end",
      cell: ({ refundMinor }) => <Money minor={refundMinor} />,
    },
    {
      id: "back",
      title: say("orders.pointsBack"),
      align: "end",
      cell: ({ pointsBack }) => pointsBack || "—",
    },
    {
      id: "taken",
      title: say("orders.pointsTaken"),
      align: "end",
      cell: ({ pointsTaken }) => pointsTaken || "—",
    },
  ];
}

function History({ order }: { readonly order: Order }): ReactNode {
  const { say } = useReader();
  const steps = order.history.map((step, index) => ({ ...step, index }));
  if (steps.length === 0) return null;
  return (
    <Section title={say("orders.history")}>
      <PlainTable
        label={say("orders.history")}
        rows={steps}
        idOf={({ index }) => String(index)}
        columns={[
          { id: "at", title: say("orders.when"), cell: ({ at }) => <When at={at} /> },
          { id: "status", title: say("orders.status"), cell: ({ status }) => statusText(status, say) },
          { id: "side", title: say("orders.who"), cell: ({ side }) => sideText(side, say) },
          {
            id: "reason",
            title: say("orders.reason"),
            cell: ({ reason }) => <span translate="no">{reason}</span>,
          },
        ]}
      />
    </Section>
  );
}

const SIDES = ["app", "shop", "import"] as const;

function sideText(side: string, say: Say): ReactNode {
  const known = SIDES.find((one) => one === side);
  return known === undefined ? <span translate="no">{side}</span> : say(`orders.sides.${known}`);
}
