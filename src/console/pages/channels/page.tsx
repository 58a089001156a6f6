// The vendors' channels: what to give to IMSHOP and Yandex Eats, their keys, and whether they call at all.
import type { ReactNode } from "react";
import { channelCalls } from "../../../contract/index.ts";
import { useCall } from "../../api.ts";
import type { AnswerOf } from "../../calls.ts";
import { CopyField } from "../../parts/copy-field.tsx";
import { ErrorState } from "../../parts/error-state.tsx";
import { Count, When } from "../../parts/figures.tsx";
import { KeyValue } from "../../parts/key-value.tsx";
import { PageHeader, Section } from "../../parts/page-header.tsx";
import { PageSkeleton } from "../../parts/skeletons.tsx";
import { StateBadge } from "../../parts/state-badge.tsx";
import { useReader } from "../../reader.tsx";
import classes from "./channels.module.css";
import { EatsClients } from "./eats-clients.tsx";
import { IrpKeys } from "./irp-keys.tsx";
import { SelfTest } from "./self-test.tsx";

type Channel = AnswerOf<typeof channelCalls.listChannels>["channels"][number];

/** Answers of vendors are looked at again so often, ms. */
const EVERY_MS = 10_000;

/** The page. */
export default function ChannelsPage(): ReactNode {
  const { say } = useReader();
  const found = useCall(channelCalls.listChannels, {}, { everyMs: EVERY_MS });
  if (found.data === undefined) {
    return found.error === null ? (
      <PageSkeleton />
    ) : (
      <ErrorState error={found.error} onRetry={() => void found.refetch()} />
    );
  }
  return (
    <>
      <PageHeader title={say("pages.channels")} about={say("channels.about")} />
      {found.data.channels.map((channel) => (
        <ChannelShown key={channel.id} channel={channel} />
      ))}
      <SelfTest />
    </>
  );
}

function ChannelShown({ channel }: { readonly channel: Channel }): ReactNode {
  const { say } = useReader();
  const isIrp = channel.id === "irp";
  return (
    <Section
      title={say(isIrp ? "channels.irp.name" : "channels.eats.name")}
      about={say(isIrp ? "channels.irp.about" : "channels.eats.about")}
    >
      <KeyValue facts={factsOf(channel, say)} />
      <div className={classes.addresses}>
        {channel.paths.map((path) => (
          <CopyField
            key={path}
            label={isIrp ? say(`channels.webhook.${nameOf(path)}`) : say("channels.eats.address")}
            value={`${window.location.origin}${path}`}
          />
        ))}
      </div>
      {isIrp ? <IrpKeys isKeyNeeded={channel.isKeyNeeded} /> : <EatsClients />}
    </Section>
  );
}

const WEBHOOKS = [
  ["/orders/history", "ordersHistory"],
  ["/orders/cancel", "ordersCancel"],
  ["/orders/storage", "ordersStorage"],
  ["/bonuses/history", "bonusesHistory"],
  ["/loyalty/code", "loyaltyCode"],
  ["/basket", "basket"],
  ["/orders", "orders"],
  ["/rating", "rating"],
] as const;

/** The word of a webhook, by the end of its path. */
function nameOf(path: string): (typeof WEBHOOKS)[number][1] {
  return WEBHOOKS.find(([end]) => path.endsWith(end))?.[1] ?? "basket";
}

function factsOf(channel: Channel, say: ReturnType<typeof useReader>["say"]) {
  const { day, lastFault } = channel;
  return [
    {
      name: say("channels.lastCallAt"),
      value:
        channel.lastCallAt === null ? (
          <StateBadge tone="warn">{say("channels.noCalls")}</StateBadge>
        ) : (
          <When at={channel.lastCallAt} style="ago" />
        ),
    },
    {
      name: say("channels.lastDeliveryAt"),
      value:
        channel.id === "irp" ? null : channel.lastDeliveryAt === null ? (
          <>
            <StateBadge tone="warn">{say("channels.noEvents")}</StateBadge>{" "}
            <span className="soft">{say("channels.isOn")}</span>
          </>
        ) : (
          <When at={channel.lastDeliveryAt} style="ago" />
        ),
    },
    {
      name: say("channels.day"),
      value: (
        <>
          <Count value={day.calls} />{" "}
          <span className="soft">
            {say("channels.ofThem", { refusals: day.refusals, faults: day.faults })}
          </span>
        </>
      ),
    },
    {
      name: say("channels.lastFault"),
      value:
        lastFault === null ? (
          <span className="soft">{say("channels.noFault")}</span>
        ) : (
          <>
            <span className="mono">
              {lastFault.status} {lastFault.method} {lastFault.path} {lastFault.outcome ?? ""}
            </span>{" "}
            <When at={lastFault.at} style="ago" />
          </>
        ),
    },
  ];
}
