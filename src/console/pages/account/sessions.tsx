// One's own sessions: where one is signed in, and how to end what is not wanted.
import { Button } from "@mantine/core";
import { type ReactNode, useMemo } from "react";
import { sessionCalls } from "../../../contract/index.ts";
import { type ItemOf, useChange, usePages } from "../../api.ts";
import { EmptyState } from "../../parts/empty-state.tsx";
import { When } from "../../parts/figures.tsx";
import { Section } from "../../parts/page-header.tsx";
import { StateBadge } from "../../parts/state-badge.tsx";
import { DataTable } from "../../parts/table.tsx";
import type { Column } from "../../parts/table-columns.ts";
import { useToasts } from "../../parts/toasts.tsx";
import { useReader } from "../../reader.tsx";
import type { Say } from "../../words.ts";

type Session = ItemOf<typeof sessionCalls.listSessions>;

/** The section. */
export function SessionsSection(): ReactNode {
  const { say } = useReader();
  const { tell, tellFailure } = useToasts();
  const list = usePages(sessionCalls.listSessions, { query: {} });
  const end = useChange(sessionCalls.endSession, {
    touches: [sessionCalls.listSessions],
    onDone: () => tell(say("account.sessions.ended")),
  });
  const { mutate } = end;
  const columns = useMemo(
    () => sessionColumns(say, (sessionId) => mutate({ params: { sessionId } }, { onError: tellFailure })),
    [say, mutate, tellFailure],
  );
  return (
    <Section title={say("account.sessions.title")}>
      <DataTable
        name="sessions"
        label={say("account.sessions.title")}
        columns={columns}
        list={list}
        idOf={(session) => session.id}
        empty={<EmptyState title={say("account.sessions.empty")} />}
      />
    </Section>
  );
}

/** Columns of a list of sessions; `onEnd` ends one. */
export function sessionColumns(
  say: Say,
  onEnd: (sessionId: string) => void = () => undefined,
): readonly Column<Session>[] {
  return [
    {
      id: "browser",
      title: say("account.sessions.browser"),
      isWide: true,
      cell: (session) => <span translate="no">{session.agent}</span>,
    },
    {
      id: "address",
      title: say("account.sessions.address"),
      cell: (session) => <span className="mono">{session.address}</span>,
    },
    {
      id: "createdAt",
      title: say("account.sessions.createdAt"),
      cell: (session) => <When at={session.createdAt} />,
    },
    {
      id: "seenAt",
      title: say("account.sessions.seenAt"),
      cell: (session) => <When at={session.seenAt} style="ago" />,
    },
    {
      id: "end",
      title: "",
      about: say("account.sessions.end"),
      align: "end",
      cell: (session) =>
        session.isThis ? (
          <StateBadge tone="good">{say("account.sessions.here")}</StateBadge>
        ) : (
          <Button size="compact-sm" variant="default" onClick={() => onEnd(session.id)}>
            {say("account.sessions.end")}
          </Button>
        ),
    },
  ];
}
