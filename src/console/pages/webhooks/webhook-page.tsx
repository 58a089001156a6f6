// One endpoint: its health, its acts, its secret's rotation, and every delivery to it.
import { Button, Modal } from "@mantine/core";
import { type ReactNode, useState } from "react";
import { useLocation, useParams } from "wouter";
import { webhookCalls, webhookDeliveryCalls } from "../../../contract/index.ts";
import { useCall, useChange } from "../../api.ts";
import { numberText } from "../../parts/amounts.ts";
import { ConfirmFresh } from "../../parts/confirm-fresh.tsx";
import { ErrorState } from "../../parts/error-state.tsx";
import { When } from "../../parts/figures.tsx";
import { type Fact, KeyValue } from "../../parts/key-value.tsx";
import { NotFound } from "../../parts/nowhere.tsx";
import { OnceSecret } from "../../parts/once-secret.tsx";
import { PageHeader } from "../../parts/page-header.tsx";
import { PageSkeleton } from "../../parts/skeletons.tsx";
import { useToasts } from "../../parts/toasts.tsx";
import { type Reader, useReader } from "../../reader.tsx";
import { useMay } from "../../session.tsx";
import { kindText } from "./catalogue.tsx";
import { Deliveries } from "./deliveries.tsx";
import { WebhookForm } from "./webhook-form.tsx";
import { Outcome, reasonText, TOUCHED, type Webhook, WebhookHealth, WebhookState } from "./webhook-state.tsx";
import classes from "./webhooks.module.css";

/** The page. */
export default function WebhookPage(): ReactNode {
  const { say } = useReader();
  const { webhookId = "" } = useParams<{ webhookId: string }>();
  const mayWrite = useMay("events:write");
  const read = useCall(webhookCalls.getWebhook, { params: { webhookId } }, { everyMs: 10_000 });
  if (read.error !== null)
    return read.error.status === 404 ? (
      <NotFound />
    ) : (
      <ErrorState error={read.error} onRetry={() => void read.refetch()} />
    );
  if (read.data === undefined) return <PageSkeleton />;
  const webhook = read.data;
  const isOurs = webhook.channel === "webhook";
  const title = isOurs ? webhook.label || webhook.url : say("webhooks.imshop");
  return (
    <>
      <PageHeader
        title={title}
        isThing
        about={<WebhookState webhook={webhook} />}
        back={{ path: "/webhooks", title: say("pages.webhooks") }}
        actions={mayWrite && isOurs ? <Acts webhook={webhook} name={title} /> : undefined}
      />
      {!isOurs && <p className={classes.said}>{say("webhooks.ofSettings")}</p>}
      <Facts webhook={webhook} />
      <Deliveries webhookId={webhook.id} mayWrite={mayWrite} />
    </>
  );
}

function Facts({ webhook }: { readonly webhook: Webhook }): ReactNode {
  const reader = useReader();
  const { say, language } = reader;
  const params = { webhookId: webhook.id };
  const health = useCall(webhookDeliveryCalls.getWebhookHealth, { params }).data;
  const when = (at: string | null): ReactNode =>
    at === null ? <span className="soft">{say("webhooks.never")}</span> : <When at={at} style="ago" />;
  const speed =
    health?.p95Ms == null
      ? say("webhooks.speedFew")
      : say("webhooks.ms", { value: numberText(health.p95Ms, language) });
  return (
    <KeyValue
      facts={[
        { name: say("webhooks.url"), value: <span className="mono">{webhook.url}</span> },
        {
          name: say("webhooks.off"),
          value:
            webhook.disabledReason === null ? null : (
              <>
                {reasonText(webhook.disabledReason, say)}{" "}
                {webhook.disabledAt !== null && <When at={webhook.disabledAt} style="ago" />}
              </>
            ),
        },
        { name: say("webhooks.health"), value: <WebhookHealth webhookId={webhook.id} /> },
        { name: say("webhooks.speed"), value: speed },
        { name: say("webhooks.lastSuccess"), value: when(webhook.lastSuccessAt) },
        {
          name: say("webhooks.lastFailure"),
          value: webhook.lastFailureAt === null ? null : when(webhook.lastFailureAt),
        },
        {
          name: say("webhooks.lastError"),
          value:
            health?.lastError == null ? null : (
              <Outcome outcome={health.lastError.outcome} status={health.lastError.status} />
            ),
        },
        ...termFacts(webhook, reader),
      ]}
    />
  );
}

/** What was agreed with it, and what it asked for. */
function termFacts(webhook: Webhook, { say, language }: Reader): Fact[] {
  const kinds = webhook.kinds.includes("*")
    ? say("webhooks.allKinds")
    : webhook.kinds.map((kind) => kindText(kind, say)).join(", ");
  return [
    {
      name: say("webhooks.failures"),
      value: webhook.failures === 0 ? null : numberText(webhook.failures, language),
    },
    {
      name: say("webhooks.paused"),
      value: webhook.pausedUntil === null ? null : <When at={webhook.pausedUntil} />,
    },
    { name: say("webhooks.kinds"), value: kinds },
    {
      name: say("webhooks.filter"),
      value: webhook.filter === null ? null : <span className="mono">{webhook.filter}</span>,
    },
    {
      name: say("webhooks.oldSecret"),
      value: webhook.oldSecretUntil === null ? null : <When at={webhook.oldSecretUntil} />,
    },
  ];
}

/** What is asked about before it is done. */
type DialogName = "edit" | "rotate" | "remove";

function Acts({ webhook, name }: { readonly webhook: Webhook; readonly name: string }): ReactNode {
  const { say } = useReader();
  const { tell, tellFailure } = useToasts();
  const [open, setOpen] = useState<DialogName | null>(null);
  const parts = { params: { webhookId: webhook.id } };
  const test = useChange(webhookCalls.testWebhook, {
    touches: [...TOUCHED, webhookDeliveryCalls.listWebhookDeliveries, webhookDeliveryCalls.getWebhookHealth],
    onDone: () => tell(say("webhooks.tested")),
  });
  const enable = useChange(webhookCalls.enableWebhook, { touches: TOUCHED });
  const disable = useChange(webhookCalls.disableWebhook, { touches: TOUCHED });
  const onError = { onError: tellFailure };
  const toggle = webhook.state === "enabled" ? disable : enable;
  return (
    <>
      <Button loading={test.isPending} onClick={() => test.mutate(parts, onError)}>
        {say("webhooks.test")}
      </Button>
      <Button variant="default" onClick={() => setOpen("edit")}>
        {say("webhooks.edit")}
      </Button>
      <Button variant="default" onClick={() => setOpen("rotate")}>
        {say("webhooks.rotate")}
      </Button>
      <Button variant="default" loading={toggle.isPending} onClick={() => toggle.mutate(parts, onError)}>
        {say(webhook.state === "enabled" ? "webhooks.disable" : "webhooks.enable")}
      </Button>
      <Button variant="default" c="var(--bad)" onClick={() => setOpen("remove")}>
        {say("webhooks.remove")}
      </Button>
      <Dialogs webhook={webhook} name={name} open={open} onClose={() => setOpen(null)} />
    </>
  );
}

interface DialogsProps {
  readonly webhook: Webhook;
  readonly name: string;
  readonly open: DialogName | null;
  readonly onClose: () => void;
}

function Dialogs({ webhook, name, open, onClose: close }: DialogsProps): ReactNode {
  const { say } = useReader();
  const [, go] = useLocation();
  const [secret, setSecret] = useState<string | null>(null);
  const parts = { params: { webhookId: webhook.id } };
  const rotate = useChange(webhookCalls.rotateWebhookSecret, {
    touches: TOUCHED,
    onDone: (answer) => {
      close();
      setSecret(answer.secret);
    },
  });
  const remove = useChange(webhookCalls.removeWebhook, { touches: TOUCHED, onDone: () => go("/webhooks") });
  return (
    <>
      <Modal
        opened={open === "edit"}
        onClose={close}
        title={say("webhooks.edit")}
        closeButtonProps={{ "aria-label": say("shell.close") }}
      >
        <WebhookForm webhook={webhook} onClose={close} />
      </Modal>
      <ConfirmFresh
        isOpen={open === "rotate"}
        onClose={close}
        title={say("webhooks.rotateTitle")}
        text={say("webhooks.rotateText")}
        action={say("webhooks.rotate")}
        onConfirm={() => rotate.mutate(parts)}
        isSending={rotate.isPending}
        error={rotate.error}
      />
      <ConfirmFresh
        isOpen={open === "remove"}
        onClose={close}
        title={say("webhooks.removeTitle", { name })}
        text={say("webhooks.removeText")}
        action={say("webhooks.remove")}
        onConfirm={() => remove.mutate(parts)}
        isSending={remove.isPending}
        error={remove.error}
      />
      <OnceSecret
        title={say("webhooks.secretTitle")}
        values={secret === null ? null : [{ label: say("webhooks.secret"), value: secret }]}
        onClose={() => setSecret(null)}
      />
    </>
  );
}
