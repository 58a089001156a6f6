// Deliveries of what happened to an item, to the shop's other systems: whether each arrived, with a button that sends it again.
import { Anchor, Button, Title } from "@mantine/core";
import type { ReactNode } from "react";
import { Link } from "wouter";
import { webhookDeliveryCalls } from "../../../contract/index.ts";
import { useCall, useChange } from "../../api.ts";
import { When } from "../../parts/figures.tsx";
import { useToasts } from "../../parts/toasts.tsx";
import { useReader } from "../../reader.tsx";
import { useMay } from "../../session.tsx";
import { kindText } from "../webhooks/catalogue.tsx";
import { DeliveryState } from "../webhooks/webhook-state.tsx";
import classes from "./desk.module.css";

/** The card; nothing for those who may not read events, or where nothing was told. */
export function ToldEndpoints({ itemId }: { readonly itemId: string }): ReactNode {
  const { say } = useReader();
  const { tell, tellFailure } = useToasts();
  const mayWrite = useMay("events:write");
  const told = useCall(
    webhookDeliveryCalls.listItemDeliveries,
    { params: { itemId } },
    { isOn: useMay("events:read") },
  ).data?.deliveries;
  const again = useChange(webhookDeliveryCalls.replayWebhookDelivery, {
    touches: [webhookDeliveryCalls.listItemDeliveries],
    onDone: () => tell(say("webhooks.resent")),
  });
  if (told === undefined || told.length === 0) return null;
  return (
    <section className={`${classes.card} ${classes.workCard}`} data-told>
      <Title order={2} size="h3">
        {say("desk.told.title")}
      </Title>
      <ul className={classes.told}>
        {told.map(({ webhookId, webhook, delivery }) => (
          <li key={`${webhookId} ${delivery.eventId}`}>
            <span>
              <Anchor
                component={Link}
                href={`/webhooks/${webhookId}?event=${delivery.eventId}`}
                translate="no"
              >
                {webhook}
              </Anchor>{" "}
              <DeliveryState state={delivery.state} />
              <span className={classes.under}>
                {kindText(delivery.kind, say)} <When at={delivery.lastAt} style="ago" />
              </span>
            </span>
            {mayWrite && (
              <Button
                size="compact-xs"
                flex="none"
                variant="default"
                aria-label={say("desk.told.againTo", { name: webhook })}
                disabled={again.isPending || delivery.state === "pending"}
                onClick={() =>
                  again.mutate({ params: { webhookId, eventId: delivery.eventId } }, { onError: tellFailure })
                }
              >
                {say("desk.told.again")}
              </Button>
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}
