// The dashboard of feedback: what one filter finds, in five views. The address is the state.
import { Menu } from "@mantine/core";
import { type ReactNode, useRef } from "react";
import { PageHeader } from "../../parts/page-header.tsx";
import { SaveTable } from "../../parts/save-table.tsx";
import type { ShownTable } from "../../parts/shown-table.ts";
import { useUrlState } from "../../parts/use-url-state.ts";
import { Views } from "../../parts/views.tsx";
import { useReader } from "../../reader.tsx";
import { BranchesView } from "./branches.tsx";
import { CausesView } from "./causes.tsx";
import { ComparisonView } from "./comparison.tsx";
import { fileHref, filterOf } from "./filters.ts";
import { Overview } from "./overview.tsx";
import type { TableSlot } from "./shown-table.ts";
import { useSlice } from "./slice.ts";
import { DaysSaid, SliceLine } from "./slice-line.tsx";
import { TeamView } from "./team.tsx";

const VIEWS = ["overview", "branches", "causes", "team", "comparison"] as const;

/** What a view is given. */
export interface ViewProps {
  /** The slice as a filter. */
  readonly filter: string;
  /** Where the view leaves how to make a table of what is on it. */
  readonly slot: TableSlot;
}

/** The page. */
export default function NumbersPage(): ReactNode {
  const { say, language } = useReader();
  const [{ view }] = useUrlState(["view"]);
  const state = useSlice();
  const slot = useRef<(() => ShownTable | null) | null>(null);
  const shown = VIEWS.find((one) => one === view) ?? "overview";
  const filter = filterOf(state[0]);
  const actions = (
    <SaveTable make={() => slot.current?.() ?? null}>
      <Menu.Item component="a" href={fileHref(filter, language)} download>
        {say("numbers.exportItems")}
      </Menu.Item>
    </SaveTable>
  );
  const View = SCREENS[shown];
  return (
    <>
      <PageHeader title={say("pages.numbers")} actions={actions} />
      <SliceLine state={state} hasFree />
      <DaysSaid day={state[0].day} />
      <Views
        name={say("numbers.view.name")}
        shown={shown}
        views={VIEWS.map((id) => ({ id, label: say(`numbers.view.${id}`), href: addressOf(id) }))}
      />
      <View key={shown} filter={filter} slot={slot} />
    </>
  );
}

const SCREENS = {
  overview: Overview,
  branches: BranchesView,
  causes: CausesView,
  team: TeamView,
  comparison: ComparisonView,
} as const;

/** The address of a view: the conditions stay. */
function addressOf(view: (typeof VIEWS)[number]): string {
  const params = new URLSearchParams(window.location.search);
  if (view === "overview") params.delete("view");
  else params.set("view", view);
  return `/numbers?${params}`;
}
