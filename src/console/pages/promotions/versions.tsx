// Versions of the rules, newest first.
import type { ReactNode } from "react";
import { promotionCalls } from "../../../contract/index.ts";
import { type ItemOf, usePages } from "../../api.ts";
import { EmptyState } from "../../parts/empty-state.tsx";
import { When } from "../../parts/figures.tsx";
import { StateBadge } from "../../parts/state-badge.tsx";
import { type Column, DataTable } from "../../parts/table.tsx";
import { useReader } from "../../reader.tsx";

type Version = ItemOf<typeof promotionCalls.listPromotionVersions>;

/** The list. */
export function Versions(): ReactNode {
  const { say } = useReader();
  const list = usePages(promotionCalls.listPromotionVersions, { query: {} });
  const newest = list.rows[0]?.version;
  const columns: readonly Column<Version>[] = [
    {
      id: "version",
      title: say("promotions.version.number"),
      cell: (row) => say("promotions.version.title", { version: row.version }),
    },
    {
      id: "now",
      title: say("promotions.status"),
      cell: (row) =>
        row.version === newest && <StateBadge tone="good">{say("promotions.version.now")}</StateBadge>,
    },
    { id: "at", title: say("promotions.version.at"), cell: (row) => <When at={row.createdAt} /> },
    {
      id: "note",
      title: say("promotions.version.note"),
      isWide: true,
      cell: (row) => <span translate="no">{row.note}</span>,
    },
  ];
  return (
    <DataTable
      name="rule-versions"
      label={say("promotions.view.versions")}
      columns={columns}
      list={list}
      idOf={({ version }) => String(version)}
      hrefOf={({ version }) => `/promotions/versions/${version}`}
      empty={
        <EmptyState title={say("promotions.version.empty")} text={say("promotions.version.emptyText")} />
      }
    />
  );
}
