// Facts of an order: who bought it, where, how it is delivered and paid, and what explains its price.
import { Anchor, Title } from "@mantine/core";
import type { ReactNode } from "react";
import { Link } from "wouter";
import { When } from "../../parts/figures.tsx";
import { type Fact, KeyValue } from "../../parts/key-value.tsx";
import { Stars } from "../../parts/stars.tsx";
import { useReader } from "../../reader.tsx";
import { useMay } from "../../session.tsx";
import type { Say } from "../../words.ts";
import { useBranches } from "../desk/names.ts";
import type { Order } from "./order-words.tsx";
import { channelText } from "./page.tsx";

const data = (text: string | null): ReactNode => (text === null ? null : <span translate="no">{text}</span>);

function linked(href: string, text: ReactNode): ReactNode {
  return (
    <Anchor component={Link} href={href}>
      {text}
    </Anchor>
  );
}

/** The order itself. */
export function OrderFacts({ order }: { readonly order: Order }): ReactNode {
  const { say } = useReader();
  const { branchName } = useBranches();
  const mayCustomers = useMay("customers:read");
  const mayCalculations = useMay("calculations:read");
  const mayPromotions = useMay("promotions:read");
  const { customerId, calculationId, groupId } = order;
  const customer =
    customerId === null ? (
      <span className="soft">{say("orders.nobody")}</span>
    ) : mayCustomers ? (
      linked(`/customers/${encodeURIComponent(customerId)}`, data(customerId))
    ) : (
      data(customerId)
    );
  return (
    <KeyValue
      facts={[
        { name: say("orders.customer"), value: customer },
        { name: say("orders.channel"), value: channelText(order, say) },
        {
          name: say("orders.outlet"),
          value: order.outletId === null ? null : data(branchName(order.outletId)),
        },
        { name: say("orders.employee"), value: data(order.employeeId) },
        {
          name: say("orders.code"),
          value:
            order.code !== null && mayPromotions
              ? linked(`/codes?code=${encodeURIComponent(order.code)}`, data(order.code))
              : data(order.code),
        },
        {
          name: say("orders.calculation"),
          value:
            calculationId !== null && mayCalculations
              ? linked(`/calculations/${encodeURIComponent(calculationId)}`, say("orders.toCalculation"))
              : order.isPriceKept
                ? say("orders.kept")
                : null,
        },
        {
          name: say("orders.group"),
          value:
            groupId === null
              ? null
              : linked(`/orders?groupId=${encodeURIComponent(groupId)}`, say("orders.toGroup")),
        },
        ...stateFacts(order, say),
      ]}
    />
  );
}

/** How far it has come. */
function stateFacts(order: Order, say: Say): Fact[] {
  const { rating, isRatingRequired } = order;
  return [
    {
      name: say("orders.paid"),
      value: order.isPaid === null ? null : say(order.isPaid ? "orders.isPaid" : "orders.isUnpaid"),
    },
    {
      name: say("orders.rating"),
      value: rating === null ? isRatingRequired ? say("orders.isAsked") : null : <Stars count={rating} />,
    },
    { name: say("orders.message"), value: data(order.statusMessage) },
    {
      name: say("orders.storage"),
      value: order.storageUntil === null ? null : <When at={`${order.storageUntil}T12:00:00Z`} style="day" />,
    },
    {
      name: say("orders.tracking"),
      value: order.trackingUrl === null ? null : <span className="mono">{order.trackingUrl}</span>,
    },
    { name: say("orders.updatedAt"), value: order.updatedAt === null ? null : <When at={order.updatedAt} /> },
    {
      name: say("orders.uuid"),
      value: order.uuid === null ? null : <span className="mono">{order.uuid}</span>,
    },
  ];
}

/** Who gets it, how and when; nothing where nothing was said. */
export function Whom({ order }: { readonly order: Order }): ReactNode {
  const { say } = useReader();
  const { contact, agreed } = order;
  const facts: Fact[] = [
    { name: say("orders.contactOf.name"), value: data(contact?.name ?? null) },
    { name: say("orders.contactOf.phone"), value: data(contact?.phone ?? null) },
    { name: say("orders.contactOf.email"), value: data(contact?.email ?? null) },
    { name: say("orders.contactOf.address"), value: data(joined([contact?.city, contact?.address])) },
    {
      name: say("orders.contactOf.recipient"),
      value: data(joined([contact?.recipientName, contact?.recipientPhone])),
    },
    { name: say("orders.contactOf.comment"), value: data(contact?.comment ?? null) },
    {
      name: say("orders.deliveryWay"),
      value: data(agreed?.deliveryName ?? agreed?.deliveryMethod ?? null),
    },
    { name: say("orders.pickup"), value: data(agreed?.pickupPoint ?? null) },
    { name: say("orders.day"), value: data(agreed?.deliveryDate ?? null) },
    { name: say("orders.paymentWay"), value: data(agreed?.paymentName ?? agreed?.paymentMethod ?? null) },
  ];
  if (facts.every(({ value }) => value === null)) return null;
  return (
    <section aria-label={say("orders.contact")}>
      <Title order={2} className="visually-hidden">
        {say("orders.contact")}
      </Title>
      <KeyValue facts={facts} />
    </section>
  );
}

function joined(texts: readonly (string | null | undefined)[]): string | null {
  const told = texts.filter((text) => text !== null && text !== undefined && text !== "");
  return told.length === 0 ? null : told.join(", ");
}
