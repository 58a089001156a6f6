// Imports of balances: each can be taken back as a whole.
import { Button, Checkbox } from "@mantine/core";
import { type ReactNode, useMemo, useState } from "react";
import { ledgerCalls } from "../../../contract/index.ts";
import { type ItemOf, useChange, usePages } from "../../api.ts";
import { ConfirmFresh } from "../../parts/confirm-fresh.tsx";
import { EmptyState } from "../../parts/empty-state.tsx";
import { Count, When } from "../../parts/figures.tsx";
import { StateBadge } from "../../parts/state-badge.tsx";
import { type Column, DataTable } from "../../parts/table.tsx";
import { useReader } from "../../reader.tsx";
import { useMay } from "../../session.tsx";
import type { Say } from "../../words.ts";

type Import = ItemOf<typeof ledgerCalls.listBalanceImports>;

/** The list. */
export function BalanceImports(): ReactNode {
  const { say } = useReader();
  const mayUndo = useMay("loyalty:write");
  const [leaving, setLeaving] = useState<Import | null>(null);
  const list = usePages(ledgerCalls.listBalanceImports, { query: {} });
  const columns = useMemo(() => columnsOf(say, mayUndo ? setLeaving : null), [say, mayUndo]);
  return (
    <>
      <DataTable
        name="balance-imports"
        label={say("loyalty.imports")}
        columns={columns}
        list={list}
        idOf={(one) => one.id}
        empty={<EmptyState title={say("loyalty.noImports")} />}
      />
      <Undoing key={leaving?.id ?? ""} leaving={leaving} onClose={() => setLeaving(null)} />
    </>
  );
}

function Undoing(props: { readonly leaving: Import | null; readonly onClose: () => void }): ReactNode {
  const { say } = useReader();
  const { leaving, onClose } = props;
  const [despiteSpent, setDespite] = useState(false);
  const undo = useChange(ledgerCalls.undoBalanceImport, {
    touches: [ledgerCalls.listBalanceImports, ledgerCalls.getLoyaltyReport, ledgerCalls.listLedgerEntries],
    onDone: onClose,
  });
  return (
    <ConfirmFresh
      isOpen={leaving !== null}
      onClose={onClose}
      title={say("loyalty.undoTitle", { name: leaving?.name ?? "" })}
      text={say("loyalty.undoText")}
      action={say("loyalty.undo")}
      onConfirm={() =>
        leaving !== null &&
        undo.mutate({ params: { importId: leaving.id }, body: despiteSpent ? { despiteSpent } : {} })
      }
      isSending={undo.isPending}
      error={undo.error}
    >
      <Checkbox
        label={say("loyalty.despiteSpent")}
        checked={despiteSpent}
        onChange={(event) => setDespite(event.currentTarget.checked)}
      />
    </ConfirmFresh>
  );
}

function columnsOf(say: Say, onUndo: ((one: Import) => void) | null): readonly Column<Import>[] {
  return [
    {
      id: "name",
      title: say("loyalty.file"),
      isWide: true,
      cell: ({ name }) => <span className="mono">{name}</span>,
    },
    {
      id: "state",
      title: say("loyalty.state"),
      cell: ({ state }) => (
        <StateBadge tone={state === "done" ? "good" : state === "undone" ? "quiet" : "warn"}>
          {say(`loyalty.importState.${state}`)}
        </StateBadge>
      ),
    },
    {
      id: "balances",
      title: say("loyalty.balances"),
      align: "end",
      cell: (one) => <Count value={one.balances} />,
    },
    { id: "points", title: say("loyalty.points"), align: "end", cell: (one) => <Count value={one.points} /> },
    { id: "startedAt", title: say("customers.at"), cell: (one) => <When at={one.startedAt} /> },
    {
      id: "undo",
      title: "",
      about: say("loyalty.undo"),
      align: "end",
      cell: (one) =>
        onUndo !== null &&
        one.state !== "undone" && (
          <Button size="compact-sm" variant="default" onClick={() => onUndo(one)}>
            {say("loyalty.undo")}
          </Button>
        ),
    },
  ];
}
