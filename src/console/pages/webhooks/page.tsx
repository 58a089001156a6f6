// Webhooks out: endpoints with their health, and the catalogue of events with an example of each.
import { Button, Modal } from "@mantine/core";
import { type ReactNode, useMemo, useState } from "react";
import { Link } from "wouter";
import { webhookCalls } from "../../../contract/index.ts";
import { usePages } from "../../api.ts";
import { numberText } from "../../parts/amounts.ts";
import { EmptyState } from "../../parts/empty-state.tsx";
import { OnceSecret } from "../../parts/once-secret.tsx";
import { PageHeader } from "../../parts/page-header.tsx";
import { type Column, DataTable } from "../../parts/table.tsx";
import { useUrlState } from "../../parts/use-url-state.ts";
import { Views } from "../../parts/views.tsx";
import { type Reader, useReader } from "../../reader.tsx";
import { useMay } from "../../session.tsx";
import { Catalogue } from "./catalogue.tsx";
import { WebhookForm } from "./webhook-form.tsx";
import { Outcome, reasonText, type Webhook, WebhookHealth, WebhookState } from "./webhook-state.tsx";

/** The page. */
export default function WebhooksPage(): ReactNode {
  const { say } = useReader();
  const mayWrite = useMay("events:write");
  const [{ view }] = useUrlState(["view"]);
  const [isAdding, setAdding] = useState(false);
  const [secret, setSecret] = useState<string | null>(null);
  const isCatalogue = view === "catalogue";
  const add = mayWrite ? <Button onClick={() => setAdding(true)}>{say("webhooks.add")}</Button> : undefined;
  return (
    <>
      <PageHeader title={say("pages.webhooks")} about={say("webhooks.about")} actions={add} />
      <Views
        name={say("webhooks.view.name")}
        shown={isCatalogue ? "catalogue" : "endpoints"}
        views={[
          { id: "endpoints", label: say("webhooks.view.endpoints"), href: "/webhooks" },
          { id: "catalogue", label: say("webhooks.view.catalogue"), href: "/webhooks?view=catalogue" },
        ]}
      />
      {isCatalogue ? <Catalogue /> : <Endpoints />}
      <Modal
        opened={isAdding}
        onClose={() => setAdding(false)}
        title={say("webhooks.add")}
        closeButtonProps={{ "aria-label": say("shell.close") }}
      >
        <WebhookForm webhook={null} onClose={() => setAdding(false)} onSecret={setSecret} />
      </Modal>
      <OnceSecret
        title={say("webhooks.secretTitle")}
        values={secret === null ? null : [{ label: say("webhooks.secret"), value: secret }]}
        onClose={() => setSecret(null)}
      />
    </>
  );
}

function Endpoints(): ReactNode {
  const reader = useReader();
  const { say } = reader;
  const list = usePages(webhookCalls.listWebhooks, { query: { limit: 100 } }, { everyMs: 30_000 });
  const columns = useMemo(() => columnsOf(reader), [reader]);
  return (
    <DataTable
      name="webhooks"
      label={say("pages.webhooks")}
      columns={columns}
      list={list}
      idOf={(one) => one.id}
      hrefOf={(one) => `/webhooks/${one.id}`}
      empty={<EmptyState title={say("webhooks.empty")} text={say("webhooks.emptyText")} />}
    />
  );
}

/** The state, and why it is off. */
function StateCell({ webhook }: { readonly webhook: Webhook }): ReactNode {
  const { say } = useReader();
  const { disabledReason } = webhook;
  return (
    <>
      <WebhookState webhook={webhook} />
      {disabledReason !== null && <div className="soft">{reasonText(disabledReason, say)}</div>}
    </>
  );
}

function columnsOf({ say, language }: Reader): readonly Column<Webhook>[] {
  const number = (value: number): string => numberText(value, language);
  return [
    {
      id: "label",
      title: say("webhooks.label"),
      isWide: true,
      sortBy: (one) => one.label || one.url,
      cell: (one) =>
        one.channel === "imshop" ? (
          say("webhooks.imshop")
        ) : (
          <>
            <span translate="no">{one.label || one.url}</span>
            {one.label !== "" && <div className="mono soft">{one.url}</div>}
          </>
        ),
    },
    {
      id: "state",
      title: say("webhooks.state"),
      cell: (one) => <StateCell webhook={one} />,
    },
    {
      id: "health",
      title: say("webhooks.health"),
      cell: (one) => <WebhookHealth webhookId={one.id} isWhole />,
    },
    {
      id: "kinds",
      title: say("webhooks.kinds"),
      cell: (one) =>
        one.kinds.includes("*")
          ? say("webhooks.allKinds")
          : say("webhooks.someKinds", { count: one.kinds.length }),
    },
    {
      id: "waiting",
      title: say("webhooks.waiting"),
      align: "end",
      sortBy: (one) => one.waiting,
      cell: (one) => <Link href={`/webhooks/${one.id}?which=pending`}>{number(one.waiting)}</Link>,
    },
    {
      id: "dead",
      title: say("webhooks.dead"),
      align: "end",
      sortBy: (one) => one.dead + one.refused,
      cell: (one) => <Link href={`/webhooks/${one.id}?which=dead`}>{number(one.dead + one.refused)}</Link>,
    },
    {
      id: "last",
      title: say("webhooks.last"),
      cell: (one) => <Outcome outcome={one.lastOutcome} status={null} />,
      isHiddenAtFirst: true,
    },
  ];
}
