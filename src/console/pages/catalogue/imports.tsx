// Imports of goods, stock and outlets, newest first: how each ended and how much it changed.
import { type ReactNode, useMemo } from "react";
import { catalogueCalls } from "../../../contract/index.ts";
import { type ItemOf, usePages } from "../../api.ts";
import { EmptyState } from "../../parts/empty-state.tsx";
import { Count, When } from "../../parts/figures.tsx";
import { StateBadge, type Tone } from "../../parts/state-badge.tsx";
import { type Column, DataTable } from "../../parts/table.tsx";
import { useReader } from "../../reader.tsx";
import type { Say } from "../../words.ts";

/** An import as the API tells of one. */
export type Import = ItemOf<typeof catalogueCalls.listImports>;

/** The address of an import's page. */
export function addressOfImport(importId: string): string {
  return `/catalogue/imports/${encodeURIComponent(importId)}`;
}

const TONES: Readonly<Record<Import["state"], Tone>> = {
  staging: "calm",
  applied: "good",
  unchanged: "quiet",
  held: "warn",
  refused: "bad",
  superseded: "quiet",
};

/** How it ended. */
export function ImportState({ state }: { readonly state: Import["state"] }): ReactNode {
  const { say } = useReader();
  return <StateBadge tone={TONES[state]}>{say(`catalogue.states.${state}`)}</StateBadge>;
}

const REASONS = [
  "accepted",
  "dropped",
  "broken_file",
  "nothing_usable",
  "failed",
  "abandoned",
  "overtaken",
] as const;

/** Why it ended so, in words; null: there is nothing to say. */
export function reasonText(reason: string | null, say: Say): ReactNode {
  if (reason === null) return null;
  const known = REASONS.find((one) => one === reason);
  return known === undefined ? <span className="mono">{reason}</span> : say(`catalogue.reasons.${known}`);
}

/** The list. */
export function Imports(): ReactNode {
  const { say } = useReader();
  const list = usePages(catalogueCalls.listImports, { query: {} });
  const columns = useMemo(() => columnsOf(say), [say]);
  return (
    <DataTable
      name="imports"
      label={say("catalogue.view.imports")}
      columns={columns}
      list={list}
      idOf={({ id }) => id}
      hrefOf={({ id }) => addressOfImport(id)}
      empty={<EmptyState title={say("catalogue.noImports")} text={say("catalogue.noImportsText")} />}
    />
  );
}

function columnsOf(say: Say): readonly Column<Import>[] {
  const sum = ({ counts }: Import, names: readonly string[]): number =>
    names.reduce((all, name) => all + (counts[name] ?? 0), 0);
  return [
    {
      id: "startedAt",
      title: say("catalogue.startedAt"),
      cell: ({ startedAt }) => <When at={startedAt} />,
    },
    { id: "kind", title: say("catalogue.kind"), cell: ({ kind }) => say(`catalogue.kinds.${kind}`) },
    { id: "state", title: say("catalogue.state"), cell: ({ state }) => <ImportState state={state} /> },
    { id: "why", title: say("catalogue.why"), isWide: true, cell: ({ reason }) => reasonText(reason, say) },
    {
      id: "changes",
      title: say("catalogue.changes"),
      align: "end",
      cell: (one) => <Count value={sum(one, ["added", "changed", "vanished", "removed"])} />,
    },
    {
      id: "faults",
      title: say("catalogue.faults"),
      align: "end",
      cell: (one) => <Count value={sum(one, ["skipped", "remarks"])} />,
    },
    {
      id: "source",
      title: say("catalogue.source"),
      isHiddenAtFirst: true,
      cell: ({ source }) => <span className="mono">{source}</span>,
    },
  ];
}
