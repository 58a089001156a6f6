// One customer: who it is, points with what they are made of, orders; correcting, merging, exporting, erasing.
import { Anchor } from "@mantine/core";
import { type ReactNode, useState } from "react";
import { Link, useParams } from "wouter";
import { customerCalls, ledgerCalls, loyaltyCalls } from "../../../contract/index.ts";
import { useCall } from "../../api.ts";
import type { AnswerOf } from "../../calls.ts";
import { ErrorState } from "../../parts/error-state.tsx";
import { Count, Money, Points, When } from "../../parts/figures.tsx";
import { KeyValue } from "../../parts/key-value.tsx";
import { useMayAsk } from "../../parts/may-ask.ts";
import { NotFound } from "../../parts/nowhere.tsx";
import { PageHeader, Section } from "../../parts/page-header.tsx";
import { PageSkeleton } from "../../parts/skeletons.tsx";
import { useReader } from "../../reader.tsx";
import { useMay } from "../../session.tsx";
import { WaitingCorrections } from "../loyalty/waiting-corrections.tsx";
import { CustomerDoings } from "./customer-doings.tsx";
import { Feedback, Lots, Movements, Orders } from "./customer-lists.tsx";
import classes from "./customers.module.css";
import { type ErasureAct, ErasureShown } from "./erasure.tsx";

/** A customer as the API tells of one. */
export type Customer = AnswerOf<typeof customerCalls.getCustomer>;

/** The page. An act of erasure outlives what was erased: it stays on the screen. */
export default function CustomerPage(): ReactNode {
  const { customerId = "" } = useParams();
  const [act, setAct] = useState<ErasureAct | null>(null);
  const found = useCall(customerCalls.getCustomer, { params: { customerId } });
  const shown = act !== null && <ErasureShown act={act} />;
  if (found.error !== null && found.error.status === 404) return shown || <NotFound />;
  if (found.data === undefined) {
    return found.error === null ? (
      <PageSkeleton />
    ) : (
      <ErrorState error={found.error} onRetry={() => void found.refetch()} />
    );
  }
  return <CustomerShown customer={found.data} act={shown} onErased={setAct} />;
}

function CustomerShown(props: {
  readonly customer: Customer;
  readonly act: ReactNode;
  readonly onErased: (act: ErasureAct) => void;
}): ReactNode {
  const { say } = useReader();
  const { customer } = props;
  const mayReadPoints = useMay("loyalty:read");
  const mayReadOrders = useMay("orders:read");
  const mayReadFeedback = useMay("feedback:read");
  return (
    <>
      <PageHeader
        title={say("pages.customer")}
        about={<span className="mono">{customer.id}</span>}
        back={{ path: "/customers", title: say("pages.customers") }}
        actions={<CustomerDoings customer={customer} onErased={props.onErased} />}
      />
      {props.act}
      <KeyValue facts={factsOf(customer, say)} />
      {mayReadPoints && <PointsSections customerId={customer.id} />}
      {mayReadOrders && <Orders customerId={customer.id} />}
      {mayReadFeedback && <Feedback customerId={customer.id} />}
    </>
  );
}

function factsOf(customer: Customer, say: ReturnType<typeof useReader>["say"]) {
  const { tier, segments, birthday, orderCount, mergedIds } = customer;
  const data = (text: string | null) => (text === null ? null : <span translate="no">{text}</span>);
  return [
    { name: say("customers.tier"), value: data(tier) },
    { name: say("customers.segments"), value: data(segments.length === 0 ? null : segments.join(", ")) },
    { name: say("customers.birthday"), value: data(birthday) },
    {
      name: say("customers.names"),
      value: say("customers.namesOf", { cards: customer.cards, phones: customer.phones }),
    },
    {
      name: say("customers.orderCount"),
      value: orderCount === null ? null : <Count value={orderCount} />,
    },
    { name: say("customers.spent30"), value: <Money minor={customer.spentLast30DaysMinor} isShort /> },
    { name: say("customers.spent365"), value: <Money minor={customer.spentLast365DaysMinor} isShort /> },
    { name: say("customers.mergedIds"), value: data(mergedIds.length === 0 ? null : mergedIds.join(", ")) },
  ];
}

function PointsSections({ customerId }: { readonly customerId: string }): ReactNode {
  const { say } = useReader();
  const mayReport = useMayAsk(ledgerCalls.getLoyaltyReport);
  const params = { customerId };
  const balance = useCall(loyaltyCalls.getCustomerBalance, { params });
  const lots = useCall(loyaltyCalls.getCustomerLots, { params });
  return (
    <Section
      title={say("customers.points")}
      about={
        mayReport && (
          <Anchor component={Link} href="/loyalty" size="sm">
            {say("customers.toLoyalty")}
          </Anchor>
        )
      }
    >
      {balance.data !== undefined && (
        <div className={classes.balance}>
          <Figure name={say("customers.available")} points={balance.data.balancePoints} />
          <Figure name={say("customers.pending")} points={balance.data.pendingPoints} />
          <Figure name={say("customers.held")} points={balance.data.heldPoints} />
          {balance.data.nextEndAt !== null && (
            <Figure name={say("customers.nextEnd")} points={balance.data.nextEndPoints}>
              <When at={balance.data.nextEndAt} style="day" />
            </Figure>
          )}
        </div>
      )}
      <WaitingCorrections customerId={customerId} />
      <Lots answer={lots} />
      <Movements customerId={customerId} />
    </Section>
  );
}

function Figure(props: {
  readonly name: string;
  readonly points: number;
  readonly children?: ReactNode;
}): ReactNode {
  return (
    <div className={classes.figure}>
      <span className="soft">
        {props.name} {props.children}
      </span>
      <strong>
        <Points points={props.points} />
      </strong>
    </div>
  );
}
