// Clients by which Yandex Eats fetches tokens: made with a secret, given a second one for a change-over, revoked.
import { Button, Group } from "@mantine/core";
import { type ReactNode, useMemo, useState } from "react";
import { channelCalls, clientCalls } from "../../../contract/index.ts";
import { type ItemOf, useChange, usePages } from "../../api.ts";
import { ConfirmFresh } from "../../parts/confirm-fresh.tsx";
import { EmptyState } from "../../parts/empty-state.tsx";
import { When } from "../../parts/figures.tsx";
import { OnceSecret } from "../../parts/once-secret.tsx";
import { StateBadge } from "../../parts/state-badge.tsx";
import { type Column, DataTable } from "../../parts/table.tsx";
import { useToasts } from "../../parts/toasts.tsx";
import { useReader } from "../../reader.tsx";
import { useMay } from "../../session.tsx";
import type { Say } from "../../words.ts";
import classes from "./channels.module.css";
import { LabelForm } from "./label-form.tsx";

type Client = ItemOf<typeof clientCalls.listEatsClients>;

const TOUCHED = [clientCalls.listEatsClients, channelCalls.listChannels];

/** What is to be revoked: a client, or one of its secrets. */
interface Leaving {
  readonly client: Client;
  readonly secretId: string | null;
}

/** Credentials that were made just now. */
interface Made {
  readonly clientId: string;
  readonly secret: string;
}

/** The list of clients. */
export function EatsClients(): ReactNode {
  const { say } = useReader();
  const mayWrite = useMay("channels:write");
  const [isMaking, setMaking] = useState(false);
  const [made, setMade] = useState<Made | null>(null);
  const [leaving, setLeaving] = useState<Leaving | null>(null);
  const { tellFailure } = useToasts();
  const list = usePages(clientCalls.listEatsClients, { query: {} });
  const rotate = useChange(clientCalls.rotateEatsSecret, { touches: TOUCHED, onDone: setMade });
  const make = useChange(clientCalls.createEatsClient, {
    touches: TOUCHED,
    onDone: (answer) => {
      setMaking(false);
      setMade(answer);
    },
  });
  const { mutate } = rotate;
  const columns = useMemo(() => {
    const onRotate = ({ clientId }: Client): void =>
      mutate({ params: { clientId } }, { onError: tellFailure });
    return columnsOf(say, mayWrite ? { onRotate, onRevoke: setLeaving } : null);
  }, [say, mayWrite, mutate, tellFailure]);
  return (
    <>
      <DataTable
        name="eats-clients"
        label={say("channels.eats.clients")}
        columns={columns}
        list={list}
        idOf={(client) => client.clientId}
        tools={
          mayWrite && (
            <Button size="sm" onClick={() => setMaking(true)}>
              {say("channels.eats.make")}
            </Button>
          )
        }
        empty={<EmptyState title={say("channels.eats.empty")} text={say("channels.eats.emptyText")} />}
      />
      <LabelForm
        isOpen={isMaking}
        onClose={() => setMaking(false)}
        title={say("channels.eats.make")}
        about={say("channels.eats.makeAbout")}
        label=""
        onSend={(label) => make.mutate({ body: { label } })}
        isSending={make.isPending}
        error={make.error}
      />
      <MadeShown made={made} onClose={() => setMade(null)} />
      <Revocation leaving={leaving} onClose={() => setLeaving(null)} />
    </>
  );
}

function MadeShown(props: { readonly made: Made | null; readonly onClose: () => void }): ReactNode {
  const { say } = useReader();
  const { made } = props;
  const values =
    made === null
      ? null
      : [
          { label: say("channels.eats.clientId"), value: made.clientId },
          { label: say("channels.eats.secret"), value: made.secret },
        ];
  return <OnceSecret title={say("channels.eats.made")} values={values} onClose={props.onClose} />;
}

function Revocation(props: { readonly leaving: Leaving | null; readonly onClose: () => void }): ReactNode {
  const { say } = useReader();
  const { leaving, onClose } = props;
  const options = { touches: TOUCHED, onDone: onClose };
  const ofClient = useChange(clientCalls.revokeEatsClient, options);
  const ofSecret = useChange(clientCalls.revokeEatsSecret, options);
  const confirm = (): void => {
    if (leaving === null) return;
    const { clientId } = leaving.client;
    if (leaving.secretId === null) ofClient.mutate({ params: { clientId } });
    else ofSecret.mutate({ params: { clientId, secretId: leaving.secretId } });
  };
  const isSecret = leaving !== null && leaving.secretId !== null;
  const name = leaving?.client.label ?? "";
  return (
    <ConfirmFresh
      isOpen={leaving !== null}
      onClose={onClose}
      title={say(isSecret ? "channels.eats.revokeSecretTitle" : "channels.eats.revokeTitle", { name })}
      text={say(isSecret ? "channels.eats.revokeSecretText" : "channels.eats.revokeText")}
      action={say("channels.revoke")}
      onConfirm={confirm}
      isSending={ofClient.isPending || ofSecret.isPending}
      error={ofClient.error ?? ofSecret.error}
    />
  );
}

interface Doings {
  readonly onRotate: (client: Client) => void;
  readonly onRevoke: (leaving: Leaving) => void;
}

function columnsOf(say: Say, doings: Doings | null): readonly Column<Client>[] {
  return [
    {
      id: "label",
      title: say("channels.label"),
      isWide: true,
      cell: (client) => <span translate="no">{client.label}</span>,
    },
    {
      id: "state",
      title: say("channels.state"),
      cell: ({ revokedAt }) => (
        <StateBadge tone={revokedAt === null ? "good" : "quiet"}>
          {say(revokedAt === null ? "channels.active" : "channels.revoked")}
        </StateBadge>
      ),
    },
    {
      id: "clientId",
      title: say("channels.eats.clientId"),
      cell: (client) => <span className="mono">{client.clientId}</span>,
    },
    {
      id: "secrets",
      title: say("channels.eats.secrets"),
      cell: (client) => <Secrets client={client} doings={doings} />,
    },
    {
      id: "lastDeliveryAt",
      title: say("channels.lastDeliveryAt"),
      cell: (client) => <When at={client.lastDeliveryAt} style="ago" />,
    },
    {
      id: "lastTokenAt",
      title: say("channels.eats.lastTokenAt"),
      cell: (client) => <When at={client.lastTokenAt} style="ago" />,
    },
    {
      id: "doings",
      title: "",
      about: say("channels.doings"),
      align: "end",
      cell: (client) => <Buttons client={client} doings={doings} />,
    },
  ];
}

function Buttons(props: { readonly client: Client; readonly doings: Doings | null }): ReactNode {
  const { say } = useReader();
  const { client, doings } = props;
  if (doings === null || client.revokedAt !== null) return null;
  return (
    <Group gap={6} justify="flex-end">
      <Button size="compact-sm" variant="default" onClick={() => doings.onRotate(client)}>
        {say("channels.eats.rotate")}
      </Button>
      <Button size="compact-sm" variant="default" onClick={() => doings.onRevoke({ client, secretId: null })}>
        {say("channels.revoke")}
      </Button>
    </Group>
  );
}

/** Secrets that work; while there are two, either can be revoked. */
function Secrets(props: { readonly client: Client; readonly doings: Doings | null }): ReactNode {
  const { say } = useReader();
  const { client, doings } = props;
  const active = client.secrets.filter((secret) => secret.revokedAt === null);
  return (
    <div className={classes.secrets}>
      {active.map(({ secretId, createdAt }) => (
        <span key={secretId} className={classes.secret}>
          <When at={createdAt} />
          {doings !== null && active.length > 1 && (
            <Button size="compact-xs" variant="subtle" onClick={() => doings.onRevoke({ client, secretId })}>
              {say("channels.eats.revokeSecret")}
            </Button>
          )}
        </span>
      ))}
    </div>
  );
}
