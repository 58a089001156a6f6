// One delivery: the body that goes out, and every attempt with what was answered and how long it took.
import { Button, Group } from "@mantine/core";
import type { ReactNode } from "react";
import { eventCalls, webhookDeliveryCalls } from "../../../contract/index.ts";
import { useCall, useChange } from "../../api.ts";
import type { AnswerOf } from "../../calls.ts";
import { numberText } from "../../parts/amounts.ts";
import { ErrorState } from "../../parts/error-state.tsx";
import { When } from "../../parts/figures.tsx";
import { JsonView } from "../../parts/json-view.tsx";
import { ListSkeleton } from "../../parts/skeletons.tsx";
import { useToasts } from "../../parts/toasts.tsx";
import { useReader } from "../../reader.tsx";
import { Outcome } from "./webhook-state.tsx";
import classes from "./webhooks.module.css";

/** The detail. */
export function DeliveryDetail(props: {
  readonly webhookId: string;
  readonly eventId: string;
  readonly mayWrite: boolean;
}): ReactNode {
  const { say, language } = useReader();
  const { tell, tellFailure } = useToasts();
  const params = { webhookId: props.webhookId, eventId: props.eventId };
  const { data, error, refetch } = useCall(
    webhookDeliveryCalls.getWebhookDelivery,
    { params },
    { everyMs: 3000 },
  );
  const again = useChange(webhookDeliveryCalls.replayWebhookDelivery, {
    touches: [webhookDeliveryCalls.getWebhookDelivery, webhookDeliveryCalls.listWebhookDeliveries],
    onDone: () => tell(say("webhooks.resent")),
  });
  if (error !== null) return <ErrorState error={error} onRetry={() => void refetch()} />;
  if (data === undefined) return <ListSkeleton rows={5} />;
  return (
    <>
      <Group justify="space-between">
        <strong>{say("webhooks.delivery", { number: numberText(data.delivery.number, language) })}</strong>
        {props.mayWrite && (
          <Button
            size="xs"
            loading={again.isPending}
            onClick={() => again.mutate({ params }, { onError: tellFailure })}
          >
            {say("webhooks.again")}
          </Button>
        )}
      </Group>
      <h3>{say("webhooks.request")}</h3>
      <p className={classes.said}>{say("webhooks.requestAbout")}</p>
      <Request eventId={props.eventId} />
      <h3>{say("webhooks.history")}</h3>
      <p className={classes.said}>{say("webhooks.answerAbout")}</p>
      <History attempts={data.history} />
      {data.delivery.lastNote !== null && <p translate="no">{data.delivery.lastNote}</p>}
    </>
  );
}

type Attempts = AnswerOf<typeof webhookDeliveryCalls.getWebhookDelivery>["history"];

function History({ attempts }: { readonly attempts: Attempts }): ReactNode {
  const { say, language } = useReader();
  if (attempts.length === 0) return <p className="soft">{say("webhooks.noHistory")}</p>;
  return (
    <table className={classes.history} aria-label={say("webhooks.history")}>
      <thead>
        <tr>
          <th scope="col">{say("webhooks.attempt")}</th>
          <th scope="col">{say("webhooks.last")}</th>
          <th scope="col">{say("webhooks.status")}</th>
          <th scope="col">{say("webhooks.took")}</th>
        </tr>
      </thead>
      <tbody>
        {attempts.map((one) => (
          <tr key={one.at}>
            <th scope="row">{numberText(one.attempt, language)}</th>
            <td>
              <When at={one.at} />
            </td>
            <td>
              <Outcome outcome={one.outcome} status={one.status} />
            </td>
            <td>{say("webhooks.ms", { value: numberText(one.ms, language) })}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** The body as it is sent, made of the event; one that is forgotten says so. */
function Request({ eventId }: { readonly eventId: string }): ReactNode {
  const { say } = useReader();
  const { data, error } = useCall(eventCalls.getEvent, { params: { eventId } });
  if (error?.status === 404 || error?.status === 410) return <p className="soft">{say("webhooks.gone")}</p>;
  if (data === undefined) return <ListSkeleton rows={3} />;
  const { kind, at, number, subject, data: told } = data;
  return (
    <JsonView
      label={say("webhooks.request")}
      value={{ type: kind, timestamp: at, number, subject, data: told }}
    />
  );
}
