// One batch of promo codes: what it is for, its codes and how each stands, switching it off, taking it out as a table.
import { Anchor, Button } from "@mantine/core";
import type { ReactNode } from "react";
import { Link, useParams } from "wouter";
import { CODES_PAGE_LIMIT, codeBatchCalls } from "../../../contract/index.ts";
import { call, type ItemOf, useCall, useChange, usePages } from "../../api.ts";
import type { AnswerOf } from "../../calls.ts";
import { EmptyState } from "../../parts/empty-state.tsx";
import { ErrorState } from "../../parts/error-state.tsx";
import { Count, When } from "../../parts/figures.tsx";
import { KeyValue } from "../../parts/key-value.tsx";
import { NotFound } from "../../parts/nowhere.tsx";
import { PageHeader, Section } from "../../parts/page-header.tsx";
import { SaveTable } from "../../parts/save-table.tsx";
import { PageSkeleton } from "../../parts/skeletons.tsx";
import { StateBadge } from "../../parts/state-badge.tsx";
import { type Column, DataTable } from "../../parts/table.tsx";
import { useToasts } from "../../parts/toasts.tsx";
import { useReader } from "../../reader.tsx";
import { useMay } from "../../session.tsx";
import { BatchState } from "./batch-state.tsx";
import { type CodeRow, codesTable } from "./codes-table.ts";

type Batch = AnswerOf<typeof codeBatchCalls.getCodeBatch>;
type Code = ItemOf<typeof codeBatchCalls.exportCodeBatch>;

const TOUCHED = [codeBatchCalls.listCodeBatches, codeBatchCalls.getCodeBatch, codeBatchCalls.exportCodeBatch];
const CODE_TONES = { free: "good", redeemed: "quiet", blocked: "bad" } as const;

/** The page. */
export default function CodeBatchPage(): ReactNode {
  const { batchId = "" } = useParams();
  const found = useCall(codeBatchCalls.getCodeBatch, { params: { batchId } });
  if (found.data !== undefined) return <BatchShown batch={found.data} />;
  if (found.error === null) return <PageSkeleton />;
  if (found.error.status === 404) return <NotFound />;
  return <ErrorState error={found.error} onRetry={() => void found.refetch()} />;
}

function BatchShown({ batch }: { readonly batch: Batch }): ReactNode {
  const { say } = useReader();
  const mayWrite = useMay("promotions:write");
  return (
    <>
      <PageHeader
        title={batch.name}
        isThing
        back={{ path: "/codes", title: say("pages.codes") }}
        about={<BatchState batch={batch} />}
        actions={mayWrite ? <Doings batch={batch} /> : undefined}
      />
      <KeyValue
        facts={[
          {
            name: say("codes.promotion"),
            value:
              batch.promotionId === null ? (
                say("codes.ofEach")
              ) : (
                <Anchor
                  component={Link}
                  href={`/promotions/${encodeURIComponent(batch.promotionId)}`}
                  className="mono"
                >
                  {batch.promotionId}
                </Anchor>
              ),
          },
          {
            name: say("codes.pattern"),
            value: batch.pattern === null ? null : <span className="mono">{batch.pattern}</span>,
          },
          { name: say("codes.codes"), value: <Count value={batch.codes} /> },
          { name: say("codes.usesShort"), value: batch.usesPerCode ?? say("codes.byLimits") },
          {
            name: say("codes.until"),
            value: batch.validUntil === null ? say("codes.forever") : <When at={batch.validUntil} />,
          },
          { name: say("codes.createdAt"), value: <When at={batch.createdAt} /> },
        ]}
      />
      <Section title={say("codes.list")}>
        {mayWrite ? <Codes batchId={batch.id} /> : <p className="soft">{say("codes.hidden")}</p>}
      </Section>
    </>
  );
}

function Doings({ batch }: { readonly batch: Batch }): ReactNode {
  const { say } = useReader();
  const { tell, tellUndoable, tellFailure } = useToasts();
  const disable = useChange(codeBatchCalls.disableCodeBatch, { touches: TOUCHED });
  const enable = useChange(codeBatchCalls.enableCodeBatch, { touches: TOUCHED });
  const params = { batchId: batch.id };
  const isOn = batch.disabledAt === null;
  const switchOn = (): void =>
    enable.mutate(
      { params },
      { onSuccess: () => tell(say("codes.enabled", { name: batch.name })), onError: tellFailure },
    );
  const switchOff = (): void =>
    disable.mutate(
      { params },
      {
        onSuccess: () => tellUndoable(say("codes.disabled", { name: batch.name }), switchOn),
        onError: tellFailure,
      },
    );
  return (
    <>
      <SaveTable make={async () => codesTable(batch.name, await allCodes(batch.id))} />
      <Button
        variant="default"
        loading={disable.isPending || enable.isPending}
        onClick={isOn ? switchOff : switchOn}
      >
        {say(isOn ? "codes.disable" : "codes.enable")}
      </Button>
    </>
  );
}

/** All codes of a batch, page by page. */
async function allCodes(batchId: string): Promise<readonly CodeRow[]> {
  const rows: CodeRow[] = [];
  let after: string | null = null;
  do {
    const page: AnswerOf<typeof codeBatchCalls.exportCodeBatch> = await call(codeBatchCalls.exportCodeBatch, {
      params: { batchId },
      query: after === null ? { limit: CODES_PAGE_LIMIT } : { limit: CODES_PAGE_LIMIT, after },
    });
    rows.push(...page.items);
    after = page.nextCursor;
  } while (after !== null);
  return rows;
}

function Codes({ batchId }: { readonly batchId: string }): ReactNode {
  const { say } = useReader();
  const list = usePages(codeBatchCalls.exportCodeBatch, { params: { batchId }, query: { limit: 100 } });
  const columns: readonly Column<Code>[] = [
    {
      id: "code",
      title: say("codes.code"),
      isWide: true,
      cell: (row) => (
        <Anchor component={Link} href={`/codes?code=${encodeURIComponent(row.code)}`} className="mono">
          {row.code}
        </Anchor>
      ),
    },
    {
      id: "state",
      title: say("codes.state"),
      cell: (row) => <StateBadge tone={CODE_TONES[row.state]}>{say(`codes.states.${row.state}`)}</StateBadge>,
    },
    { id: "used", title: say("codes.used"), align: "end", cell: (row) => <Count value={row.uses} /> },
    {
      id: "customer",
      title: say("codes.customer"),
      cell: (row) =>
        row.customerId === null ? (
          <span className="soft">{say("codes.anybody")}</span>
        ) : (
          <span className="mono">{row.customerId}</span>
        ),
    },
    { id: "until", title: say("codes.until"), cell: (row) => <When at={row.validUntil} style="day" /> },
  ];
  return (
    <DataTable
      name="codes"
      label={say("codes.list")}
      columns={columns}
      list={list}
      idOf={({ code }) => code}
      empty={<EmptyState title={say("codes.noCodes")} />}
    />
  );
}
