// Other feedback that belongs to an item: of the same order by another channel, and of the same customer.
import { Anchor, Title } from "@mantine/core";
import type { ReactNode } from "react";
import { Link } from "wouter";
import { deskCalls } from "../../../contract/index.ts";
import { useCall } from "../../api.ts";
import { When } from "../../parts/figures.tsx";
import { useReader } from "../../reader.tsx";
import { useMay } from "../../session.tsx";
import classes from "./desk.module.css";
import { quoted } from "./filter-text.ts";
import { type Item, Rating, SourceMark } from "./marks.tsx";
import { useBranches } from "./names.ts";
import { deskAddress } from "./queues.ts";
import type { Detail } from "./use-work.ts";

/** Feedback of the customer that is shown here; the rest is behind the link. */
const SHOWN = 5;

/** What other channels said of the same order. */
export function Story({ detail }: { readonly detail: Detail }): ReactNode {
  const { say } = useReader();
  const others = detail.story.filter(({ id }) => id !== detail.item.id);
  if (others.length === 0) return null;
  return (
    <section className={classes.card}>
      <Title order={2} size="h3">
        {say("desk.facts.story")}
      </Title>
      {detail.item.isDisputed && <p className="soft">{say("desk.facts.disputed")}</p>}
      <Others items={others} filterOf={(other) => `order:${quoted(other.orderId)}`} />
    </section>
  );
}

/** What the same customer said of other orders: for those who may see customers. */
export function SameCustomer({ item }: { readonly item: Item }): ReactNode {
  const { say } = useReader();
  const mayCustomers = useMay("customers:read");
  const { customerId } = item;
  const filter = `customer:${quoted(customerId ?? "")} -order:${quoted(item.orderId)} -is:asked`;
  const found = useCall(
    deskCalls.listDeskItems,
    { query: { filter, sort: "newest", limit: SHOWN + 1 } },
    { isOn: mayCustomers && customerId !== null },
  ).data?.items;
  if (found === undefined || found.length === 0) return null;
  return (
    <section className={classes.card} data-same-customer>
      <Title order={2} size="h3">
        {say("desk.facts.sameCustomer")}
      </Title>
      <Others items={found.slice(0, SHOWN)} filterOf={() => filter} hasTime />
      {found.length > SHOWN && (
        <p>
          <Anchor component={Link} href={deskAddress({ filter })} size="sm">
            {say("desk.facts.sameCustomerAll")}
          </Anchor>
        </p>
      )}
    </section>
  );
}

function Others(props: {
  readonly items: readonly Item[];
  readonly filterOf: (item: Item) => string;
  readonly hasTime?: boolean;
}): ReactNode {
  const { branchName } = useBranches();
  return (
    <ul className={classes.story}>
      {props.items.map((other) => (
        <li key={other.id}>
          <Link href={deskAddress({ filter: props.filterOf(other) }, other.id)}>
            <SourceMark source={other.source} />
            <Rating rating={other.rating} />
            {props.hasTime && <When at={other.receivedAt} style="day" />}
            <span className={classes.said} translate="no">
              {(other.comment ?? "").trim() === "" ? branchName(other.branchId) : other.comment}
            </span>
          </Link>
        </li>
      ))}
    </ul>
  );
}
