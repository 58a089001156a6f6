// The state of an endpoint in words: works, fails, is off and why; and what an attempt came to.
import type { ReactNode } from "react";
import { webhookCalls, webhookDeliveryCalls } from "../../../contract/index.ts";
import { type ItemOf, useCall } from "../../api.ts";
import { numberText } from "../../parts/amounts.ts";
import { StateBadge, type Tone } from "../../parts/state-badge.tsx";
import { useReader } from "../../reader.tsx";
import type { Say } from "../../words.ts";
import classes from "./webhooks.module.css";

/** An endpoint. */
export type Webhook = ItemOf<typeof webhookCalls.listWebhooks>;

/** The call that lists them: what changes touch. */
export const TOUCHED = [webhookCalls.listWebhooks, webhookCalls.getWebhook] as const;

/** Failures in a row from which an endpoint is called failing. */
const FAILING = 3;

/** A badge. */
export function WebhookState({ webhook }: { readonly webhook: Webhook }): ReactNode {
  const { say } = useReader();
  if (webhook.state === "disabled") return <StateBadge tone="quiet">{say("webhooks.off")}</StateBadge>;
  if (webhook.failures >= FAILING) return <StateBadge tone="bad">{say("webhooks.failing")}</StateBadge>;
  if (webhook.lastSuccessAt === null && webhook.lastFailureAt === null)
    return <StateBadge tone="calm">{say("webhooks.unproven")}</StateBadge>;
  return <StateBadge tone="good">{say("webhooks.on")}</StateBadge>;
}

type Result = ItemOf<typeof webhookDeliveryCalls.listWebhookDeliveries>["state"];

const RESULT_TONES: Readonly<Record<Result, Tone>> = {
  pending: "calm",
  delivered: "good",
  dead: "bad",
  refused: "warn",
};

/** How far a delivery is. */
export function DeliveryState({ state }: { readonly state: Result }): ReactNode {
  const { say } = useReader();
  return <StateBadge tone={RESULT_TONES[state]}>{say(`webhooks.result.${state}`)}</StateBadge>;
}

const REASONS = ["operator", "gone", "failing", "not_configured"] as const;

/** Why it is off. */
export function reasonText(reason: string, say: Say): string {
  const known = REASONS.find((one) => one === reason);
  return known === undefined ? say("webhooks.reason.other", { reason }) : say(`webhooks.reason.${known}`);
}

const OUTCOMES = [
  "delivered",
  "answer_refused",
  "client_error",
  "server_error",
  "timeout",
  "connect_timeout",
  "connection_refused",
  "connection_reset",
  "dns_error",
  "tls_error",
  "gone",
  "redirect",
  "throttled",
  "unreachable",
  "address_refused",
  "protocol_error",
  "not_sent",
] as const;

/** What an attempt came to, with the status of the answer. */
export function Outcome(props: {
  readonly outcome: string | null;
  readonly status: number | null;
}): ReactNode {
  const { say } = useReader();
  if (props.outcome === null) return <span className="soft">—</span>;
  const known = OUTCOMES.find((one) => one === props.outcome);
  return (
    <>
      {known === undefined ? <span className="mono">{props.outcome}</span> : say(`webhooks.outcome.${known}`)}
      {props.status !== null && <span className="mono"> {props.status}</span>}
    </>
  );
}

/** What arrived in the last 24 hours; `isWhole`: with how long calls take and the last error. */
export function WebhookHealth(props: { readonly webhookId: string; readonly isWhole?: boolean }): ReactNode {
  const { say, language } = useReader();
  const { webhookId } = props;
  const { data } = useCall(webhookDeliveryCalls.getWebhookHealth, { params: { webhookId } });
  if (data === undefined) return "…";
  if (data.attempts === 0) return <span className="soft">{say("webhooks.healthNone")}</span>;
  const counts = {
    arrived: numberText(data.arrived, language),
    attempts: numberText(data.attempts, language),
  };
  return (
    <>
      {say("webhooks.healthText", counts)}
      {!data.isWhole && (
        <span className="soft">, {say("webhooks.healthPart", { count: data.attempts })}</span>
      )}
      {props.isWhole === true && data.p95Ms !== null && (
        <div className={`soft ${classes.health}`}>
          {say("webhooks.speed")} {say("webhooks.ms", { value: numberText(data.p95Ms, language) })}
        </div>
      )}
      {props.isWhole === true && data.lastError !== null && (
        <div className={`soft ${classes.health}`}>
          {say("webhooks.lastError")}: <Outcome {...data.lastError} />
        </div>
      )}
    </>
  );
}
