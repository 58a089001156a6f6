// People: who signs in, in what role, for which outlets; and inviting one more.
import { Button } from "@mantine/core";
import { type ReactNode, useMemo, useState } from "react";
import { peopleCalls } from "../../../contract/index.ts";
import { usePages } from "../../api.ts";
import { EmptyState } from "../../parts/empty-state.tsx";
import { When } from "../../parts/figures.tsx";
import { PageHeader } from "../../parts/page-header.tsx";
import { DataTable } from "../../parts/table.tsx";
import type { Column } from "../../parts/table-columns.ts";
import { useReader } from "../../reader.tsx";
import { useMay } from "../../session.tsx";
import type { Say } from "../../words.ts";
import { Invitation } from "./invitation.tsx";
import { type Person, PersonOutlets, PersonState } from "./person-state.tsx";

/** The page. */
export default function PeoplePage(): ReactNode {
  const { say } = useReader();
  const mayWrite = useMay("people:write");
  const [isInviting, setInviting] = useState(false);
  const list = usePages(peopleCalls.listPeople, { query: {} });
  const columns = useMemo(() => columnsOf(say), [say]);
  const invite = mayWrite ? (
    <Button onClick={() => setInviting(true)}>{say("people.add")}</Button>
  ) : undefined;
  return (
    <>
      <PageHeader title={say("pages.people")} about={say("people.about")} actions={invite} />
      <DataTable
        name="people"
        label={say("pages.people")}
        columns={columns}
        list={list}
        idOf={(person) => person.id}
        hrefOf={(person) => `/people/${person.id}`}
        empty={<EmptyState title={say("people.empty")} text={say("people.emptyText")} />}
      />
      <Invitation isOpen={isInviting} onClose={() => setInviting(false)} />
    </>
  );
}

function columnsOf(say: Say): readonly Column<Person>[] {
  return [
    {
      id: "name",
      title: say("people.name"),
      isWide: true,
      sortBy: (person) => person.name,
      cell: (person) => <span translate="no">{person.name}</span>,
    },
    {
      id: "login",
      title: say("people.login"),
      cell: (person) => <span translate="no">{person.login}</span>,
    },
    {
      id: "role",
      title: say("people.roleName"),
      sortBy: (person) => person.role,
      cell: (person) => say(`people.role.${person.role}`),
    },
    {
      id: "outlets",
      title: say("people.outlets"),
      cell: (person) => <PersonOutlets outlets={person.outlets} />,
    },
    { id: "state", title: say("people.state"), cell: (person) => <PersonState person={person} /> },
    {
      id: "factor",
      title: say("people.factor"),
      cell: (person) => say(person.hasSecondFactor ? "people.factorOn" : "people.factorOff"),
    },
    {
      id: "seenAt",
      title: say("people.seenAt"),
      sortBy: (person) => person.seenAt,
      cell: (person) => <When at={person.seenAt} style="ago" />,
    },
  ];
}
