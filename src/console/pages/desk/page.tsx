// The inbox: everything customers said, found by one filter that is the address, and worked on here.
import { Button } from "@mantine/core";
import { type ReactNode, useState } from "react";
import { deskCalls } from "../../../contract/index.ts";
import { type Pages, useCall, usePages } from "../../api.ts";
import { EmptyState } from "../../parts/empty-state.tsx";
import { PageHeader } from "../../parts/page-header.tsx";
import { DataTable } from "../../parts/table.tsx";
import { useUrlState } from "../../parts/use-url-state.ts";
import { useReader } from "../../reader.tsx";
import { useMay } from "../../session.tsx";
import { BulkActions } from "./bulk.tsx";
import classes from "./desk.module.css";
import { DeskRail, useRecount } from "./desk-rail.tsx";
import { ExportMenu } from "./export-menu.tsx";
import { type DeskList, FilterBar } from "./filter-bar.tsx";
import type { Item } from "./marks.tsx";
import { useOpenItems } from "./presence.tsx";
import { deskAddress, EVERYTHING, QUEUES, sortOf } from "./queues.ts";
import { ReadAt } from "./read-at.tsx";
import { useDeskColumns } from "./rows.tsx";
import { useNews } from "./use-news.ts";

/** The list that the address names. */
export function useDeskList(): readonly [DeskList, (change: Partial<DeskList>) => void] {
  const [values, setValues] = useUrlState(["filter", "sort"]);
  const filter = values.filter === "" ? QUEUES[0].filter : values.filter;
  const list = { filter, sort: sortOf(values.sort, filter) };
  return [list, (change) => setValues(change, change.filter !== undefined)];
}

/** The page. */
export default function InboxPage(): ReactNode {
  const { say } = useReader();
  const [list, setList] = useDeskList();
  const columns = useDeskColumns(useOpenItems());
  const mayWrite = useMay("feedback:write");
  const [ids, setIds] = useState<ReadonlySet<string>>(new Set());
  const rows = usePages(deskCalls.listDeskItems, { query: list }, { isStill: true });
  const recount = useRecount();
  const news = useNews(list, rows);
  const change = (next: Partial<DeskList>): void => {
    setIds(new Set());
    setList(next);
  };
  const renew = (): void => {
    setIds(new Set());
    rows.refetch();
    recount();
  };
  return (
    <>
      <PageHeader title={say("pages.desk")} about={say("desk.about")} />
      <div className={classes.inbox}>
        <DeskRail filter={list.filter} />
        <div className={classes.list}>
          <FilterBar list={list} onChange={change} error={rows.error} />
          <DataTable
            name="desk"
            label={say("pages.desk")}
            columns={columns}
            list={rows}
            idOf={(item) => item.id}
            hrefOf={(item) => deskAddress(list, item.id)}
            {...(mayWrite
              ? {
                  selection: {
                    ids,
                    onChange: setIds,
                    actions: <BulkActions ids={ids} rows={rows.rows} filter={list.filter} onDone={renew} />,
                  },
                }
              : {})}
            tools={<ListTools list={list} rows={rows} />}
            news={news}
            empty={<NothingHere list={list} onEverything={() => change({ filter: EVERYTHING })} />}
          />
        </div>
      </div>
    </>
  );
}

/** When it was read, and the list as a file. */
function ListTools(props: { readonly list: DeskList; readonly rows: Pages<Item> }): ReactNode {
  const { list, rows } = props;
  return (
    <>
      <ReadAt at={rows.readAt} onAgain={rows.refetch} />
      <ExportMenu filter={list.filter} />
    </>
  );
}

/** The truth about an empty list: all done, nothing matches, or nothing has ever come. */
function NothingHere(props: { readonly list: DeskList; readonly onEverything: () => void }): ReactNode {
  const { say } = useReader();
  const counted = useCall(deskCalls.countDeskItems, { body: { filters: [""] } });
  const isNew = counted.data?.counts[0]?.count === 0;
  if (isNew) return <EmptyState title={say("desk.empty.never")} text={say("desk.empty.neverText")} />;
  const isQueue = QUEUES.some(({ id, filter }) => filter === props.list.filter && id !== "all");
  if (isQueue) return <EmptyState title={say("desk.empty.done")} text={say("desk.empty.doneText")} />;
  return (
    <EmptyState
      title={say("desk.empty.nothing")}
      text={say("desk.empty.nothingText")}
      action={
        <Button variant="default" onClick={props.onEverything}>
          {say("desk.empty.everything")}
        </Button>
      }
    />
  );
}
