// The audit log: who changed what and when, found by the filter in the address, with the proof that nobody edited it.
import { Button } from "@mantine/core";
import { type ReactNode, useMemo, useState } from "react";
import { deskSettingCalls } from "../../../contract/index.ts";
import { useCall, usePages } from "../../api.ts";
import { CallFailed } from "../../calls.ts";
import { EmptyState } from "../../parts/empty-state.tsx";
import { When } from "../../parts/figures.tsx";
import { PageHeader } from "../../parts/page-header.tsx";
import { SaveTable } from "../../parts/save-table.tsx";
import type { ShownTable } from "../../parts/shown-table.ts";
import { type Column, DataTable } from "../../parts/table.tsx";
import { useToasts } from "../../parts/toasts.tsx";
import { useUrlState } from "../../parts/use-url-state.ts";
import { useReader } from "../../reader.tsx";
import type { Say } from "../../words.ts";
import { ActionName } from "./action-name.tsx";
import { Actor, type ActorNames, useActorNames } from "./actors.tsx";
import { AuditFilters } from "./audit-filters.tsx";
import { AUDIT_NAMES, auditQuery, isFiltered } from "./audit-query.ts";
import { Chain } from "./chain.tsx";
import { EntryDrawer } from "./entry-drawer.tsx";
import { type AuditEntry, entriesTable, readEntries } from "./export-entries.ts";

/** The page. */
export default function AuditPage(): ReactNode {
  const { say, zone } = useReader();
  const [values, setValues] = useUrlState([...AUDIT_NAMES, "entry"]);
  const names = useActorNames();
  const query = auditQuery(values, zone);
  const list = usePages(deskSettingCalls.listAuditEntries, { query });
  const columns = useMemo(() => columnsOf(say, names), [say, names]);
  const entry = useEntry(values.entry, list.rows);
  const hrefOf = ({ number }: AuditEntry): string => {
    const given = Object.entries({ ...values, entry: String(number) }).filter(([, value]) => value !== "");
    return `/audit?${new URLSearchParams(given).toString()}`;
  };
  const hasFilter = isFiltered(values);
  return (
    <>
      <PageHeader
        title={say("pages.audit")}
        about={say("audit.about")}
        actions={<ExportButton query={query} names={names} />}
      />
      <Chain />
      <DataTable
        name="audit"
        label={say("pages.audit")}
        columns={columns}
        list={list}
        idOf={({ number }) => String(number)}
        hrefOf={hrefOf}
        filters={<AuditFilters values={values} names={names} onChange={setValues} />}
        empty={
          <EmptyState
            title={say(hasFilter ? "audit.noneFit" : "audit.empty")}
            {...(hasFilter ? {} : { text: say("audit.emptyText") })}
          />
        }
      />
      <EntryDrawer
        number={values.entry}
        entry={entry}
        names={names}
        onClose={() => setValues({ entry: "" })}
      />
    </>
  );
}

/** The open entry: of the list, else asked for, since the address may come from a colleague. Null: there is none. */
function useEntry(number: string, rows: readonly AuditEntry[]): AuditEntry | null | undefined {
  const shown = rows.find((row) => String(row.number) === number);
  const isAsked = shown === undefined && number !== "";
  const params = { entryNumber: number };
  const { data, error } = useCall(deskSettingCalls.getAuditEntry, { params }, { isOn: isAsked });
  return shown ?? (error === null ? data : null);
}

function ExportButton(props: { readonly query: object; readonly names: ActorNames }): ReactNode {
  const { say } = useReader();
  const { tell } = useToasts();
  const make = async (): Promise<ShownTable> => {
    const entries = await readEntries(props.query);
    const heads = (["number", "at", "actor", "action", "subject", "details", "hash"] as const).map((head) =>
      say(`audit.${head}`),
    );
    tell(say("audit.exported", { count: entries.length }));
    return entriesTable(entries, props.names, heads);
  };
  return <SaveTable make={make} />;
}

function columnsOf(say: Say, names: ActorNames): readonly Column<AuditEntry>[] {
  return [
    { id: "at", title: say("audit.at"), cell: (entry) => <When at={entry.at} /> },
    {
      id: "actor",
      title: say("audit.actor"),
      cell: (entry) => <Actor id={entry.actor} names={names} />,
    },
    {
      id: "action",
      title: say("audit.action"),
      cell: (entry) => <ActionName action={entry.action} />,
    },
    {
      id: "subject",
      title: say("audit.subject"),
      isWide: true,
      cell: (entry) => <span className="mono">{entry.subject}</span>,
    },
    {
      id: "number",
      title: say("audit.number"),
      align: "end",
      cell: (entry) => <span className="number">{entry.number}</span>,
    },
    {
      id: "hash",
      title: say("audit.hash"),
      isHiddenAtFirst: true,
      cell: (entry) => <span className="mono">{entry.hash}</span>,
    },
  ];
}
