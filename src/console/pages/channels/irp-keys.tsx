// Keys that IMSHOP calls with: made, changed for a new one while the old one still works, revoked.
import { Button, Group } from "@mantine/core";
import { type ReactNode, useMemo, useState } from "react";
import { channelCalls, keyCalls } from "../../../contract/index.ts";
import { type ItemOf, useChange, usePages } from "../../api.ts";
import { ConfirmFresh } from "../../parts/confirm-fresh.tsx";
import { EmptyState } from "../../parts/empty-state.tsx";
import { When } from "../../parts/figures.tsx";
import { OnceSecret } from "../../parts/once-secret.tsx";
import { StateBadge } from "../../parts/state-badge.tsx";
import { type Column, DataTable } from "../../parts/table.tsx";
import { useReader } from "../../reader.tsx";
import { useMay } from "../../session.tsx";
import type { Say } from "../../words.ts";
import { LabelForm } from "./label-form.tsx";

type Key = ItemOf<typeof keyCalls.listIrpKeys>;

const TOUCHED = [keyCalls.listIrpKeys, channelCalls.listChannels];

/** What is being made: a first key, or one beside another. */
type Making = { readonly beside: Key | null };

/** The list of keys. */
export function IrpKeys({ isKeyNeeded }: { readonly isKeyNeeded: boolean }): ReactNode {
  const { say } = useReader();
  const mayWrite = useMay("channels:write");
  const [making, setMaking] = useState<Making | null>(null);
  const [leaving, setLeaving] = useState<Key | null>(null);
  const list = usePages(keyCalls.listIrpKeys, { query: {} });
  const columns = useMemo(
    () =>
      columnsOf(
        say,
        mayWrite ? { onRotate: (key) => setMaking({ beside: key }), onRevoke: setLeaving } : null,
      ),
    [say, mayWrite],
  );
  const make = mayWrite && (
    <Button size="sm" onClick={() => setMaking({ beside: null })}>
      {say("channels.irp.make")}
    </Button>
  );
  return (
    <>
      <DataTable
        name="irp-keys"
        label={say("channels.irp.keys")}
        columns={columns}
        list={list}
        idOf={(key) => key.id}
        tools={make}
        empty={
          <EmptyState
            title={say("channels.irp.empty")}
            text={say(isKeyNeeded ? "channels.irp.emptyText" : "channels.irp.open")}
          />
        }
      />
      <NewKey making={making} onClose={() => setMaking(null)} />
      <Revocation leaving={leaving} onClose={() => setLeaving(null)} />
    </>
  );
}

function NewKey(props: { readonly making: Making | null; readonly onClose: () => void }): ReactNode {
  const { say } = useReader();
  const { making, onClose } = props;
  const [key, setKey] = useState<string | null>(null);
  const make = useChange(keyCalls.createIrpKey, {
    touches: TOUCHED,
    onDone: (made) => {
      onClose();
      setKey(made.key);
    },
  });
  const beside = making?.beside ?? null;
  return (
    <>
      <LabelForm
        isOpen={making !== null}
        onClose={onClose}
        title={
          beside === null ? say("channels.irp.make") : say("channels.irp.rotateTitle", { name: beside.label })
        }
        about={say(beside === null ? "channels.irp.makeAbout" : "channels.irp.rotateAbout")}
        label={beside?.label ?? ""}
        onSend={(label) => make.mutate({ body: { label } })}
        isSending={make.isPending}
        error={make.error}
      />
      <OnceSecret
        title={say("channels.irp.made")}
        values={key === null ? null : [{ label: say("channels.irp.key"), value: key }]}
        onClose={() => setKey(null)}
      />
    </>
  );
}

function Revocation(props: { readonly leaving: Key | null; readonly onClose: () => void }): ReactNode {
  const { say } = useReader();
  const { leaving, onClose } = props;
  const revoke = useChange(keyCalls.revokeIrpKey, { touches: TOUCHED, onDone: onClose });
  return (
    <ConfirmFresh
      isOpen={leaving !== null}
      onClose={onClose}
      title={say("channels.irp.revokeTitle", { name: leaving?.label ?? "" })}
      text={say("channels.irp.revokeText")}
      action={say("channels.revoke")}
      onConfirm={() => leaving !== null && revoke.mutate({ params: { keyId: leaving.id } })}
      isSending={revoke.isPending}
      error={revoke.error}
    />
  );
}

interface Doings {
  readonly onRotate: (key: Key) => void;
  readonly onRevoke: (key: Key) => void;
}

function columnsOf(say: Say, doings: Doings | null): readonly Column<Key>[] {
  return [
    {
      id: "label",
      title: say("channels.label"),
      isWide: true,
      cell: (key) => <span translate="no">{key.label}</span>,
    },
    {
      id: "state",
      title: say("channels.state"),
      cell: (key) => (
        <StateBadge tone={key.revokedAt === null ? "good" : "quiet"}>
          {say(key.revokedAt === null ? "channels.active" : "channels.revoked")}
        </StateBadge>
      ),
    },
    {
      id: "prefix",
      title: say("channels.prefix"),
      cell: (key) => <span className="mono">{key.prefix}</span>,
    },
    {
      id: "lastUsedAt",
      title: say("channels.lastUsedAt"),
      cell: (key) => <When at={key.lastUsedAt} style="ago" />,
    },
    {
      id: "createdAt",
      title: say("channels.createdAt"),
      cell: (key) => <When at={key.createdAt} style="day" />,
    },
    {
      id: "doings",
      title: "",
      about: say("channels.doings"),
      align: "end",
      cell: (key) =>
        doings !== null &&
        key.revokedAt === null && (
          <Group gap={6} justify="flex-end" wrap="nowrap">
            <Button size="compact-sm" variant="default" onClick={() => doings.onRotate(key)}>
              {say("channels.rotate")}
            </Button>
            <Button size="compact-sm" variant="default" onClick={() => doings.onRevoke(key)}>
              {say("channels.revoke")}
            </Button>
          </Group>
        ),
    },
  ];
}
