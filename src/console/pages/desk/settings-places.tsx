// Places at the marketplace and whether they take answers.
import { Button } from "@mantine/core";
import { type ReactNode, useMemo } from "react";
import { answerRuleCalls } from "../../../contract/index.ts";
import { type ItemOf, useChange, usePages } from "../../api.ts";
import { EmptyState } from "../../parts/empty-state.tsx";
import { When } from "../../parts/figures.tsx";
import { StateBadge } from "../../parts/state-badge.tsx";
import { type Column, DataTable } from "../../parts/table.tsx";
import { useReader } from "../../reader.tsx";
import { useMay } from "../../session.tsx";
import { useColleagues } from "./names.ts";

type Place = ItemOf<typeof answerRuleCalls.listAnswerPlaces>;

/** The part. */
export function PlaceSettings(): ReactNode {
  const { say } = useReader();
  const list = usePages(answerRuleCalls.listAnswerPlaces, { query: {} });
  const columns = useColumns();
  return (
    <>
      <p className="soft">{say("deskSettings.places.about")}</p>
      <DataTable
        name="places"
        label={say("deskSettings.tab.places")}
        columns={columns}
        list={list}
        idOf={({ placeId }) => placeId}
        empty={
          <EmptyState title={say("deskSettings.places.empty")} text={say("deskSettings.places.emptyText")} />
        }
      />
    </>
  );
}

function useColumns(): readonly Column<Place>[] {
  const { say } = useReader();
  const { nameOf } = useColleagues();
  const mayWrite = useMay("answer-rules:write");
  return useMemo(
    (): readonly Column<Place>[] => [
      {
        id: "place",
        title: say("deskSettings.places.place"),
        isWide: true,
        cell: ({ placeId }) => <span className="mono">{placeId}</span>,
      },
      {
        id: "state",
        title: say("deskSettings.places.state"),
        cell: ({ isSubscribed }) => (
          <StateBadge tone={isSubscribed ? "good" : "bad"}>
            {say(isSubscribed ? "deskSettings.places.on" : "deskSettings.places.off")}
          </StateBadge>
        ),
      },
      {
        id: "since",
        title: say("deskSettings.places.since"),
        cell: ({ changedAt }) => <When at={changedAt} />,
      },
      {
        id: "who",
        title: say("deskSettings.places.who"),
        cell: ({ changedBy }) => (
          <span translate="no">
            {changedBy === null ? say("deskSettings.places.market") : nameOf(changedBy)}
          </span>
        ),
      },
      {
        id: "switch",
        title: "",
        about: say("deskSettings.places.state"),
        cell: (place) => (mayWrite ? <Switcher place={place} /> : null),
      },
    ],
    [say, nameOf, mayWrite],
  );
}

function Switcher({ place }: { readonly place: Place }): ReactNode {
  const { say } = useReader();
  const { placeId, isSubscribed } = place;
  const put = useChange(answerRuleCalls.putAnswerPlace, { touches: [answerRuleCalls.listAnswerPlaces] });
  return (
    <Button
      size="compact-sm"
      variant="default"
      loading={put.isPending}
      onClick={() => put.mutate({ params: { placeId }, body: { isSubscribed: !isSubscribed } })}
    >
      {say(isSubscribed ? "deskSettings.places.turnOff" : "deskSettings.places.turnOn")}
    </Button>
  );
}
