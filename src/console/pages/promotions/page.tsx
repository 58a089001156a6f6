// Promotions: all in force with how they stand, the board of what excludes what, templates, versions; and the open drafts.
import { Button, SegmentedControl, Select, TextInput } from "@mantine/core";
import { type ReactNode, useState } from "react";
import { promotionBoardCalls } from "../../../contract/index.ts";
import { useCall } from "../../api.ts";
import { EmptyState } from "../../parts/empty-state.tsx";
import { ErrorState } from "../../parts/error-state.tsx";
import { PageHeader } from "../../parts/page-header.tsx";
import { ListSkeleton } from "../../parts/skeletons.tsx";
import { useUrlState } from "../../parts/use-url-state.ts";
import { useReader } from "../../reader.tsx";
import { useMay } from "../../session.tsx";
import { BoardView } from "./board-view.tsx";
import { type DoorWish, DraftDoor } from "./door.tsx";
import { OpenDrafts } from "./open-drafts.tsx";
import { PromotionList } from "./promotion-list.tsx";
import classes from "./promotions.module.css";
import { Templates } from "./templates.tsx";
import { Versions } from "./versions.tsx";

const VIEWS = ["list", "board", "templates", "versions"] as const;
const STATUSES = ["active", "scheduled", "ended", "off"] as const;
const ORDERS = ["menu", "application", "name", "discount", "uses", "until"] as const;

/** The page. */
export default function PromotionsPage(): ReactNode {
  const { say } = useReader();
  const mayWrite = useMay("promotions:write");
  const [{ view }, set] = useUrlState(["view"]);
  const [wish, setWish] = useState<DoorWish | null>(null);
  const shown = VIEWS.find((one) => one === view) ?? "list";
  const create = mayWrite ? (
    <Button onClick={() => setWish({ kind: "make", templateId: null })}>{say("promotions.create")}</Button>
  ) : undefined;
  return (
    <>
      <PageHeader title={say("pages.promotions")} about={say("promotions.about")} actions={create} />
      <OpenDrafts />
      <div className={classes.views}>
        <SegmentedControl
          aria-label={say("promotions.views")}
          data={VIEWS.map((one) => ({ value: one, label: say(`promotions.view.${one}`) }))}
          value={shown}
          onChange={(next) => set({ view: next === "list" ? "" : next }, true)}
        />
      </div>
      {shown === "templates" && (
        <Templates onTake={mayWrite ? (templateId) => setWish({ kind: "make", templateId }) : null} />
      )}
      {shown === "versions" && <Versions />}
      {(shown === "list" || shown === "board") && <InForce view={shown} create={create} />}
      <DraftDoor wish={wish} onClose={() => setWish(null)} />
    </>
  );
}

function InForce(props: { readonly view: "list" | "board"; readonly create: ReactNode }): ReactNode {
  const { say } = useReader();
  const [{ status, q, order }] = useUrlState(FILTERS);
  const board = useCall(promotionBoardCalls.readPromotionBoard, {
    query: {
      status: STATUSES.find((one) => one === status),
      query: q.trim() || undefined,
      order: ORDERS.find((one) => one === order),
    },
  });
  const isFiltered = status !== "" || q !== "";
  const empty = isFiltered ? (
    <EmptyState title={say("promotions.noneFound")} />
  ) : (
    <EmptyState title={say("promotions.empty")} text={say("promotions.emptyText")} action={props.create} />
  );
  const filters = <Filters hasOrder={props.view === "list"} />;
  if (props.view === "list") {
    const list = { rows: board.data?.items ?? [], isPending: board.isPending, error: board.error };
    return (
      <PromotionList
        list={{ ...list, hasMore: false, refetch: () => void board.refetch() }}
        filters={filters}
        empty={empty}
      />
    );
  }
  return (
    <>
      <div className={classes.filters}>{filters}</div>
      {board.isPending && <ListSkeleton />}
      {board.error !== null && <ErrorState error={board.error} onRetry={() => void board.refetch()} />}
      {board.data !== undefined && (board.data.items.length === 0 ? empty : <BoardView board={board.data} />)}
    </>
  );
}

const FILTERS = ["status", "q", "order"] as const;

/** What the promotions are narrowed and ordered by; all of it stands in the address. */
function Filters({ hasOrder }: { readonly hasOrder: boolean }): ReactNode {
  const { say } = useReader();
  const [{ status, q, order }, set] = useUrlState(FILTERS);
  return (
    <>
      <TextInput
        type="search"
        aria-label={say("promotions.search")}
        placeholder={say("promotions.search")}
        value={q}
        onChange={(event) => set({ q: event.currentTarget.value })}
        w={240}
        data-search
      />
      <Select
        aria-label={say("promotions.status")}
        placeholder={say("promotions.allStatuses")}
        data={STATUSES.map((one) => ({ value: one, label: say(`promotions.states.${one}`) }))}
        value={status || null}
        onChange={(next) => set({ status: next ?? "" })}
        clearable
        clearButtonProps={{ "aria-label": say("promotions.form.clear") }}
        w={190}
      />
      {hasOrder && (
        <Select
          aria-label={say("promotions.orderName")}
          data={ORDERS.map((one) => ({ value: one, label: say(`promotions.order.${one}`) }))}
          value={order || "menu"}
          onChange={(next) => set({ order: next === "menu" ? "" : (next ?? "") })}
          w={220}
        />
      )}
    </>
  );
}
