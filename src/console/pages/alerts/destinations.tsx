// Who is told: chats, mailboxes and endpoints; whether it arrives, what waits and why.
import { Button, Modal } from "@mantine/core";
import { type ReactNode, useMemo, useState } from "react";
import { deskNoticeCalls } from "../../../contract/index.ts";
import { usePages } from "../../api.ts";
import { numberText } from "../../parts/amounts.ts";
import { EmptyState } from "../../parts/empty-state.tsx";
import { When } from "../../parts/figures.tsx";
import { Section } from "../../parts/page-header.tsx";
import { StateBadge } from "../../parts/state-badge.tsx";
import { type Column, DataTable } from "../../parts/table.tsx";
import { useUrlState } from "../../parts/use-url-state.ts";
import { type Reader, useReader } from "../../reader.tsx";
import { useMay } from "../../session.tsx";
import { DestinationDetail } from "./destination-detail.tsx";
import { DestinationForm } from "./destination-form.tsx";
import type { Destination } from "./waiting.ts";

/** The view; the open destination is in the address as `to`. */
export function DestinationsView(): ReactNode {
  const reader = useReader();
  const { say } = reader;
  const mayWrite = useMay("feedback:write");
  const [{ to }, set] = useUrlState(["to"]);
  const [isAdding, setAdding] = useState(false);
  const list = usePages(
    deskNoticeCalls.listDeskDestinations,
    { query: { limit: 100 } },
    { everyMs: to === "" ? 30_000 : 4000 },
  );
  const columns = useMemo(() => columnsOf(reader), [reader]);
  const chosen = list.rows.find(({ id }) => id === to) ?? null;
  const add = <Button onClick={() => setAdding(true)}>{say("alerts.destinations.add")}</Button>;
  const close = { closeButtonProps: { "aria-label": say("shell.close") } };
  return (
    <Section
      title={say("alerts.view.destinations")}
      about={say("alerts.destinations.about")}
      actions={mayWrite ? add : undefined}
    >
      <DataTable
        name="destinations"
        label={say("alerts.view.destinations")}
        columns={columns}
        list={list}
        idOf={(one) => one.id}
        hrefOf={(one) => `/alerts?view=destinations&to=${one.id}`}
        empty={
          <EmptyState title={say("alerts.destinations.empty")} text={say("alerts.destinations.emptyText")} />
        }
      />
      <Modal
        opened={isAdding}
        onClose={() => setAdding(false)}
        title={say("alerts.destinations.title")}
        {...close}
      >
        <DestinationForm destination={null} onClose={() => setAdding(false)} />
      </Modal>
      <Modal
        opened={chosen !== null}
        onClose={() => set({ to: "" })}
        title={<span translate="no">{chosen === null ? "" : nameOf(chosen)}</span>}
        size="lg"
        {...close}
      >
        {chosen !== null && <DestinationDetail destination={chosen} onClose={() => set({ to: "" })} />}
      </Modal>
    </Section>
  );
}

/** What a destination is called. */
function nameOf({ label, address }: Destination): string {
  return label || address;
}

function columnsOf({ say, language }: Reader): readonly Column<Destination>[] {
  return [
    {
      id: "label",
      title: say("alerts.destinations.label"),
      isWide: true,
      sortBy: nameOf,
      cell: (one) => <span translate="no">{nameOf(one)}</span>,
    },
    {
      id: "kind",
      title: say("alerts.destinations.kind"),
      sortBy: (one) => one.kind,
      cell: (one) => say(`alerts.destinations.kinds.${one.kind}`),
    },
    {
      id: "gets",
      title: say("alerts.destinations.gets"),
      cell: (one) => one.gets.map((topic) => say(`alerts.destinations.topics.${topic}`)).join(", "),
    },
    { id: "state", title: say("alerts.destinations.state"), cell: (one) => <DestinationState one={one} /> },
    {
      id: "waiting",
      title: say("alerts.destinations.waiting"),
      align: "end",
      sortBy: (one) => one.waiting,
      cell: (one) => numberText(one.waiting, language),
    },
    {
      id: "sentAt",
      title: say("alerts.destinations.sentAt"),
      sortBy: (one) => one.sentAt,
      cell: (one) =>
        one.sentAt === null ? (
          <span className="soft">{say("alerts.destinations.never")}</span>
        ) : (
          <When at={one.sentAt} style="ago" />
        ),
    },
  ];
}

function DestinationState({ one }: { readonly one: Destination }): ReactNode {
  const { say } = useReader();
  if (!one.isOn) return <StateBadge tone="quiet">{say("alerts.destinations.off")}</StateBadge>;
  if (one.problem !== null) return <StateBadge tone="bad">{say("alerts.destinations.broken")}</StateBadge>;
  return <StateBadge tone="good">{say("alerts.destinations.on")}</StateBadge>;
}
