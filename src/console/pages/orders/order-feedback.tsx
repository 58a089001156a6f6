// What was said about an order, by every channel, from the desk.
import type { ReactNode } from "react";
import { Link } from "wouter";
import { deskCalls } from "../../../contract/index.ts";
import { useCall } from "../../api.ts";
import { When } from "../../parts/figures.tsx";
import { Section } from "../../parts/page-header.tsx";
import { PlainTable } from "../../parts/plain-table.tsx";
import { useReader } from "../../reader.tsx";
import { quoted } from "../desk/filter-text.ts";
import { Rating, SourceMark, StateMark } from "../desk/marks.tsx";

/** Items of one order that are shown. */
const MOST = 20;

/** The items; each leads to its place on the desk. */
export function OrderFeedback({ orderId }: { readonly orderId: string }): ReactNode {
  const { say } = useReader();
  const found = useCall(deskCalls.listDeskItems, {
    query: { filter: `order:${quoted(orderId)}`, limit: MOST },
  });
  const items = found.data?.items ?? [];
  return (
    <Section title={say("orders.feedback")}>
      {items.length === 0 ? (
        <p className="soft">{say("orders.noFeedback")}</p>
      ) : (
        <PlainTable
          label={say("orders.feedback")}
          rows={items}
          idOf={({ id }) => id}
          columns={[
            {
              id: "at",
              title: say("orders.when"),
              cell: ({ id, receivedAt }) => (
                <Link href={`/desk/items/${id}`}>
                  <When at={receivedAt} />
                </Link>
              ),
            },
            { id: "stars", title: say("orders.stars"), cell: ({ rating }) => <Rating rating={rating} /> },
            {
              id: "source",
              title: say("orders.channel"),
              cell: ({ source }) => <SourceMark source={source} />,
            },
            { id: "state", title: say("orders.status"), cell: ({ state }) => <StateMark state={state} /> },
            {
              id: "words",
              title: say("orders.words"),
              cell: ({ comment }) => <span translate="no">{comment}</span>,
            },
          ]}
        />
      )}
    </Section>
  );
}
