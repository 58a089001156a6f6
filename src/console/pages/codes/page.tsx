// Promo codes: one is found as a customer wrote it; batches: which there are, whether they work, and making one more.
import { Button } from "@mantine/core";
import { type ReactNode, useState } from "react";
import { codeBatchCalls } from "../../../contract/index.ts";
import { type ItemOf, usePages } from "../../api.ts";
import { EmptyState } from "../../parts/empty-state.tsx";
import { Count, When } from "../../parts/figures.tsx";
import { PageHeader, Section } from "../../parts/page-header.tsx";
import { type Column, DataTable } from "../../parts/table.tsx";
import { useReader } from "../../reader.tsx";
import { useMay } from "../../session.tsx";
import type { Say } from "../../words.ts";
import { BatchState } from "./batch-state.tsx";
import { NewBatch } from "./new-batch.tsx";
import { OneCode } from "./one-code.tsx";

type Batch = ItemOf<typeof codeBatchCalls.listCodeBatches>;

/** The page. */
export default function CodesPage(): ReactNode {
  const { say } = useReader();
  const mayWrite = useMay("promotions:write");
  const [isMaking, setMaking] = useState(false);
  const list = usePages(codeBatchCalls.listCodeBatches, { query: {} });
  const make = mayWrite ? <Button onClick={() => setMaking(true)}>{say("codes.make")}</Button> : undefined;
  return (
    <>
      <PageHeader title={say("pages.codes")} about={say("codes.about")} actions={make} />
      <OneCode />
      <Section title={say("codes.batches")}>
        <DataTable
          name="code-batches"
          label={say("codes.batches")}
          columns={columnsOf(say)}
          list={list}
          idOf={({ id }) => id}
          hrefOf={({ id }) => `/codes/${id}`}
          empty={<EmptyState title={say("codes.empty")} text={say("codes.emptyText")} />}
        />
      </Section>
      <NewBatch isOpen={isMaking} onClose={() => setMaking(false)} />
    </>
  );
}

function columnsOf(say: Say): readonly Column<Batch>[] {
  return [
    {
      id: "name",
      title: say("codes.name"),
      isWide: true,
      sortBy: (batch) => batch.name,
      cell: (batch) => <span translate="no">{batch.name}</span>,
    },
    { id: "state", title: say("codes.state"), cell: (batch) => <BatchState batch={batch} /> },
    {
      id: "promotion",
      title: say("codes.promotion"),
      cell: (batch) =>
        batch.promotionId === null ? (
          <span className="soft">{say("codes.ofEach")}</span>
        ) : (
          <span className="mono">{batch.promotionId}</span>
        ),
    },
    { id: "codes", title: say("codes.codes"), align: "end", cell: (batch) => <Count value={batch.codes} /> },
    {
      id: "uses",
      title: say("codes.usesShort"),
      align: "end",
      cell: (batch) =>
        batch.usesPerCode === null ? (
          <span className="soft">{say("codes.byLimits")}</span>
        ) : (
          <Count value={batch.usesPerCode} />
        ),
    },
    { id: "until", title: say("codes.until"), cell: (batch) => <When at={batch.validUntil} style="day" /> },
    { id: "kind", title: say("codes.kind"), cell: (batch) => say(`codes.kinds.${batch.kind}`) },
    {
      id: "createdAt",
      title: say("codes.createdAt"),
      sortBy: (batch) => batch.createdAt,
      cell: (batch) => <When at={batch.createdAt} style="day" />,
    },
  ];
}
