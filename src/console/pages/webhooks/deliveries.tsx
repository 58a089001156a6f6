// Deliveries to an endpoint: each with its state, opened for its request and attempts; one or all since a number sent again.
import { Button, Group, Modal, NumberInput, SegmentedControl, Select } from "@mantine/core";
import { type FormEvent, type ReactNode, useMemo, useState } from "react";
import { webhookDeliveryCalls } from "../../../contract/index.ts";
import { type ItemOf, useChange, usePages } from "../../api.ts";
import { numberText } from "../../parts/amounts.ts";
import { EmptyState } from "../../parts/empty-state.tsx";
import { When } from "../../parts/figures.tsx";
import { FormError } from "../../parts/form-error.tsx";
import { Section } from "../../parts/page-header.tsx";
import { type Column, DataTable } from "../../parts/table.tsx";
import { useToasts } from "../../parts/toasts.tsx";
import { useUrlState } from "../../parts/use-url-state.ts";
import { type Reader, useReader } from "../../reader.tsx";
import { kindText } from "./catalogue.tsx";
import { DeliveryDetail } from "./delivery-detail.tsx";
import { DeliveryState, Outcome, TOUCHED } from "./webhook-state.tsx";
import classes from "./webhooks.module.css";

type Delivery = ItemOf<typeof webhookDeliveryCalls.listWebhookDeliveries>;

const STATES = ["pending", "delivered", "dead", "refused"] as const;

/** The section; the open delivery is in the address as `event`. */
export function Deliveries(props: { readonly webhookId: string; readonly mayWrite: boolean }): ReactNode {
  const reader = useReader();
  const { say } = reader;
  const { webhookId } = props;
  const [{ which, event }, set] = useUrlState(["which", "event"]);
  const [isReplaying, setReplaying] = useState(false);
  const state = STATES.find((one) => one === which);
  const query = state === undefined ? {} : { state };
  const list = usePages(
    webhookDeliveryCalls.listWebhookDeliveries,
    { params: { webhookId }, query },
    { everyMs: 5000 },
  );
  const columns = useMemo(() => columnsOf(reader), [reader]);
  const replay = (
    <Button size="xs" variant="default" onClick={() => setReplaying(true)}>
      {say("webhooks.replay")}
    </Button>
  );
  const filters = (
    <SegmentedControl
      size="xs"
      aria-label={say("webhooks.which.name")}
      data={["all" as const, ...STATES].map((value) => ({ value, label: say(`webhooks.which.${value}`) }))}
      value={state ?? "all"}
      onChange={(value) => set({ which: value === "all" ? "" : value })}
    />
  );
  return (
    <Section
      title={say("webhooks.attempts")}
      about={say("webhooks.attemptsAbout")}
      actions={props.mayWrite ? replay : undefined}
    >
      <DataTable
        name="webhook-deliveries"
        label={say("webhooks.attempts")}
        columns={columns}
        list={list}
        idOf={(one) => one.eventId}
        hrefOf={(one) => `/webhooks/${webhookId}?${new URLSearchParams({ which, event: one.eventId })}`}
        filters={filters}
        empty={<EmptyState title={say("webhooks.noDeliveries")} text={say("webhooks.noDeliveriesText")} />}
      />
      <Dialogs
        webhookId={webhookId}
        mayWrite={props.mayWrite}
        event={event}
        isReplaying={isReplaying}
        onClose={() => (event === "" ? setReplaying(false) : set({ event: "" }))}
      />
    </Section>
  );
}

interface DialogsProps {
  readonly webhookId: string;
  readonly mayWrite: boolean;
  /** Empty: no delivery is open. */
  readonly event: string;
  readonly isReplaying: boolean;
  readonly onClose: () => void;
}

function Dialogs({ webhookId, mayWrite, event, isReplaying, onClose }: DialogsProps): ReactNode {
  const { say } = useReader();
  const closeButtonProps = { "aria-label": say("shell.close") };
  return (
    <>
      <Modal
        opened={event !== ""}
        onClose={onClose}
        size="lg"
        title={say("webhooks.attempt")}
        closeButtonProps={closeButtonProps}
      >
        {event !== "" && <DeliveryDetail webhookId={webhookId} eventId={event} mayWrite={mayWrite} />}
      </Modal>
      <Modal
        opened={isReplaying && event === ""}
        onClose={onClose}
        title={say("webhooks.replay")}
        closeButtonProps={closeButtonProps}
      >
        <ReplayForm webhookId={webhookId} onClose={onClose} />
      </Modal>
    </>
  );
}

function columnsOf({ say, language }: Reader): readonly Column<Delivery>[] {
  return [
    { id: "number", title: say("webhooks.number"), cell: (one) => numberText(one.number, language) },
    { id: "kind", title: say("webhooks.kind"), isWide: true, cell: (one) => kindText(one.kind, say) },
    {
      id: "subject",
      title: say("webhooks.subject"),
      cell: (one) => <span className="mono">{one.subject}</span>,
    },
    {
      id: "state",
      title: say("webhooks.state"),
      cell: (one) => <DeliveryState state={one.state} />,
    },
    {
      id: "outcome",
      title: say("webhooks.status"),
      cell: (one) => <Outcome outcome={one.lastOutcome} status={one.lastStatus} />,
    },
    {
      id: "tries",
      title: say("webhooks.tries"),
      align: "end",
      cell: (one) => numberText(one.attempts, language),
    },
    { id: "last", title: say("webhooks.last"), cell: (one) => <When at={one.lastAt} style="ago" /> },
  ];
}

const WHICH = ["failed", "missing", "all"] as const;

function ReplayForm({
  webhookId,
  onClose,
}: {
  readonly webhookId: string;
  readonly onClose: () => void;
}): ReactNode {
  const { say } = useReader();
  const { tell } = useToasts();
  const [after, setAfter] = useState(0);
  const [which, setWhich] = useState<(typeof WHICH)[number]>("failed");
  const replay = useChange(webhookDeliveryCalls.replayWebhook, {
    touches: [...TOUCHED, webhookDeliveryCalls.listWebhookDeliveries],
    onDone: ({ queued, until }) => {
      tell(say("webhooks.replayed", { count: queued, until }));
      onClose();
    },
  });
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    replay.mutate({ params: { webhookId }, body: { after, which } });
  };
  return (
    <form className={classes.form} onSubmit={submit}>
      <p className={classes.said}>{say("webhooks.replayAbout")}</p>
      <NumberInput
        label={say("webhooks.after")}
        value={after}
        onChange={(value) => setAfter(Number(value) || 0)}
        min={0}
        allowDecimal={false}
        hideControls
      />
      <Select
        label={say("webhooks.what")}
        data={WHICH.map((value) => ({ value, label: say(`webhooks.whatOf.${value}`) }))}
        value={which}
        onChange={(value) => setWhich(WHICH.find((one) => one === value) ?? "failed")}
      />
      <FormError error={replay.error} />
      <Group justify="flex-end">
        <Button type="submit" loading={replay.isPending}>
          {say("webhooks.replay")}
        </Button>
      </Group>
    </form>
  );
}
