// One promo code, found as a customer wrote it: where it stands, whether it works, who used it.
import { Anchor } from "@mantine/core";
import { type ReactNode, useState } from "react";
import { Link } from "wouter";
import { promoCodeCalls } from "../../../contract/index.ts";
import { useCall } from "../../api.ts";
import type { AnswerOf } from "../../calls.ts";
import { EmptyState } from "../../parts/empty-state.tsx";
import { ErrorState } from "../../parts/error-state.tsx";
import { Count, Money, When } from "../../parts/figures.tsx";
import { FindField } from "../../parts/find-field.tsx";
import { type Fact, KeyValue } from "../../parts/key-value.tsx";
import { useMayAsk } from "../../parts/may-ask.ts";
import { Section } from "../../parts/page-header.tsx";
import { type PlainColumn, PlainTable } from "../../parts/plain-table.tsx";
import { ListSkeleton } from "../../parts/skeletons.tsx";
import { StateBadge, type Tone } from "../../parts/state-badge.tsx";
import { useUrlState } from "../../parts/use-url-state.ts";
import { type Reader, useReader } from "../../reader.tsx";
import { type ActorNames, useActorNames } from "../audit/actors.tsx";
import { addressOfOrder, OrderState } from "../orders/order-words.tsx";
import { BlockButton } from "./block-code.tsx";

/** A code with everything known of it. */
export type CodeTold = AnswerOf<typeof promoCodeCalls.findCode>;

type Use = NonNullable<CodeTold["orders"]>[number];

/** Longest code that is looked for, characters: the API's. */
const LONGEST = 200;

const TONES = {
  valid: "good",
  held: "calm",
  spent: "quiet",
  blocked: "bad",
  expired: "quiet",
  off: "warn",
  draft: "calm",
} as const satisfies Readonly<Record<CodeTold["state"], Tone>>;

/** The field, and below it the code that the address names. */
export function OneCode(): ReactNode {
  const [{ code }, setUrl] = useUrlState(["code"]);
  return (
    <>
      <Finder key={code} code={code} onFind={(text) => setUrl({ code: text }, true)} />
      {code !== "" && <Found code={code} />}
    </>
  );
}

function Finder(props: { readonly code: string; readonly onFind: (text: string) => void }): ReactNode {
  const { say } = useReader();
  const [text, setText] = useState(props.code);
  return (
    <FindField
      label={say("codes.asWritten")}
      verb={say("codes.find")}
      text={text}
      maxLength={LONGEST}
      onText={setText}
      onFind={() => props.onFind(text.trim())}
    />
  );
}

function Found({ code }: { readonly code: string }): ReactNode {
  const { say } = useReader();
  const found = useCall(promoCodeCalls.findCode, { body: { code: code.slice(0, LONGEST) } });
  if (found.data !== undefined) return <Told told={found.data} />;
  if (found.error === null) return <ListSkeleton />;
  if (found.error.status === 404)
    return <EmptyState title={say("codes.notFound")} text={say("codes.notFoundText")} />;
  return <ErrorState error={found.error} onRetry={() => void found.refetch()} />;
}

function Told({ told }: { readonly told: CodeTold }): ReactNode {
  const reader = useReader();
  const { say } = reader;
  const names = useActorNames();
  const mayWrite = useMayAsk(promoCodeCalls.blockCode);
  const orders = told.orders ?? [];
  return (
    <Section
      title={say("codes.one")}
      about={<StateBadge tone={TONES[told.state]}>{say(`codes.standings.${told.state}`)}</StateBadge>}
      actions={mayWrite ? <BlockButton told={told} /> : undefined}
    >
      <KeyValue facts={[...factsOf(told, reader), ...factsOfBlock(told, reader, names)]} />
      {orders.length > 0 && (
        <PlainTable
          label={say("codes.orders")}
          columns={columnsOf(reader)}
          rows={orders}
          idOf={({ orderId, at }) => `${orderId} ${at}`}
        />
      )}
    </Section>
  );
}

function linked(href: string, name: ReactNode): ReactNode {
  return (
    <Anchor component={Link} href={href} translate="no">
      {name}
    </Anchor>
  );
}

function factsOf(told: CodeTold, { say, language }: Reader): readonly Fact[] {
  const { promotion, batch, draft } = told;
  const name = promotion?.name?.[language] ?? promotion?.id;
  return [
    { name: say("codes.code"), value: <span className="mono">{told.code}</span> },
    {
      name: say("codes.promotion"),
      value:
        promotion === null
          ? say("codes.ofNone")
          : draft === null && promotion.name !== null
            ? linked(`/promotions/${encodeURIComponent(promotion.id)}`, name)
            : draft === null
              ? name
              : linked(
                  `/promotions/drafts/${encodeURIComponent(draft.id)}/${encodeURIComponent(promotion.id)}`,
                  name,
                ),
    },
    { name: say("codes.draft"), value: draft === null ? null : <span translate="no">{draft.name}</span> },
    {
      name: say("codes.stands"),
      value:
        batch === null
          ? promotion === null
            ? null
            : say("codes.inPromotion")
          : linked(`/codes/${encodeURIComponent(batch.id)}`, batch.name),
    },
    { name: say("codes.used"), value: <Count value={told.uses} /> },
    {
      name: say("codes.left"),
      value: told.usesLeft === null ? say("codes.noLimit") : <Count value={told.usesLeft} />,
    },
    {
      name: say("codes.untilOne"),
      value: told.validUntil === null ? say("codes.forever") : <When at={told.validUntil} />,
    },
    {
      name: say("codes.customer"),
      value:
        told.customerId === null
          ? say(told.isPersonal ? "codes.oneCustomer" : "codes.anybody")
          : linked(
              `/customers/${encodeURIComponent(told.customerId)}`,
              <span className="mono">{told.customerId}</span>,
            ),
    },
  ];
}

/** Who has blocked it and why, or let it go again. */
function factsOfBlock({ block, blockedBy }: CodeTold, { say }: Reader, names: ActorNames): readonly Fact[] {
  const by = block === null ? undefined : names.get(block.by);
  return [
    {
      name: say("codes.blockedBy"),
      value: blockedBy === null || blockedBy === "people" ? null : say(`codes.blockers.${blockedBy}`),
    },
    {
      name: say(block?.isBlocked === true ? "codes.whyBlocked" : "codes.whyUnblocked"),
      value:
        block === null ? null : (
          <>
            <span translate="no">{block.reason}</span> · <When at={block.at} />
            {by !== undefined && (
              <>
                {" "}
                · <span translate="no">{by}</span>
              </>
            )}
          </>
        ),
    },
  ];
}

function columnsOf({ say }: Reader): readonly PlainColumn<Use>[] {
  return [
    {
      id: "order",
      title: say("codes.order"),
      cell: ({ orderId }) => linked(addressOfOrder(orderId), orderId),
    },
    { id: "at", title: say("codes.createdAt"), cell: ({ at }) => <When at={at} /> },
    { id: "status", title: say("codes.state"), cell: ({ status }) => <OrderState status={status} /> },
    {
      id: "customer",
      title: say("codes.buyer"),
      cell: ({ customerId }) =>
        customerId === null ? (
          <span className="soft">—</span>
        ) : (
          linked(`/customers/${encodeURIComponent(customerId)}`, customerId)
        ),
    },
    {
      id: "released",
      title: say("codes.givenBack"),
      cell: ({ releasedAt }) => <When at={releasedAt} style="day" />,
    },
    {
      id: "amount",
      title: say("codes.tookOff"),
      align: "end",
      cell: ({ amountMinor }) => <Money minor={amountMinor} />,
    },
  ];
}
