// Sessions of a person, and ending them all.
import { Button } from "@mantine/core";
import { type ReactNode, useMemo } from "react";
import { peopleCalls } from "../../../contract/index.ts";
import { useChange, usePages } from "../../api.ts";
import { EmptyState } from "../../parts/empty-state.tsx";
import { Section } from "../../parts/page-header.tsx";
import { DataTable } from "../../parts/table.tsx";
import { useToasts } from "../../parts/toasts.tsx";
import { useReader } from "../../reader.tsx";
import { sessionColumns } from "../account/sessions.tsx";

/** The section. */
export function PersonSessions(props: { readonly personId: string; readonly mayWrite: boolean }): ReactNode {
  const { say } = useReader();
  const { tell, tellFailure } = useToasts();
  const params = { personId: props.personId };
  const list = usePages(peopleCalls.listPersonSessions, { params, query: {} });
  const end = useChange(peopleCalls.endPersonSessions, {
    touches: [peopleCalls.listPersonSessions],
    onDone: () => tell(say("people.ended")),
  });
  const columns = useMemo(() => sessionColumns(say).filter(({ id }) => id !== "end"), [say]);
  const endAll = (
    <Button
      variant="default"
      loading={end.isPending}
      onClick={() => end.mutate({ params }, { onError: tellFailure })}
    >
      {say("people.endAll")}
    </Button>
  );
  return (
    <Section
      title={say("people.sessions")}
      actions={props.mayWrite && list.rows.length > 0 ? endAll : undefined}
    >
      <DataTable
        name="sessions"
        label={say("people.sessions")}
        columns={columns}
        list={list}
        idOf={(session) => session.id}
        empty={<EmptyState title={say("people.noSessions")} />}
      />
    </Section>
  );
}
