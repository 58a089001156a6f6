// Reads the dashboard for a view, with its honest states; views that must not pool sources choose one.
import { Anchor, SegmentedControl } from "@mantine/core";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { Link } from "wouter";
import { deskNumberCalls } from "../../../contract/index.ts";
import { call } from "../../api.ts";
import type { CallFailed } from "../../calls.ts";
import { EmptyState } from "../../parts/empty-state.tsx";
import { ErrorState } from "../../parts/error-state.tsx";
import { ListSkeleton } from "../../parts/skeletons.tsx";
import { useUrlState } from "../../parts/use-url-state.ts";
import { useSay } from "../../reader.tsx";
import { type Dashboard, sourceName } from "./figures.ts";
import classes from "./numbers.module.css";

/** Parts that cost a read of their own. */
export type NumberSection = "trend" | "branches" | "hours" | "lateness" | "topics" | "dishes" | "team";

/** What is known of a read. */
export interface NumbersRead {
  readonly data: Dashboard | undefined;
  readonly error: CallFailed | null;
  readonly refetch: () => unknown;
}

/** Reads; while another slice is on its way the one before stays on the screen. `filter` null: not yet. */
export function useNumbers(filter: string | null, sections: readonly NumberSection[]): NumbersRead {
  const body = { filter: filter ?? "", sections: [...sections] };
  return useQuery<Dashboard, CallFailed>({
    queryKey: [deskNumberCalls.readDeskNumbers.id, body],
    queryFn: () => call(deskNumberCalls.readDeskNumbers, { body }),
    enabled: filter !== null,
    placeholderData: keepPreviousData,
  });
}

/** The states of a read, and the content when there is something to show. */
export function Reading(props: {
  readonly read: NumbersRead;
  readonly children: (data: Dashboard) => ReactNode;
}): ReactNode {
  const say = useSay();
  const { data, error, refetch } = props.read;
  if (error !== null) return <ErrorState error={error} onRetry={() => void refetch()} />;
  if (data === undefined) return <ListSkeleton rows={8} />;
  if (data.sources.length > 0) return props.children(data);
  const action = (
    <Anchor component={Link} href="/numbers?day=90d">
      {say("numbers.emptyAction")}
    </Anchor>
  );
  return <EmptyState title={say("numbers.empty")} text={say("numbers.emptyText")} action={action} />;
}

/** One source of those that the slice has: sources are never pooled. The choice is in the address as `of`. */
export function OneSource(props: {
  readonly filter: string;
  readonly children: (source: string, filter: string) => ReactNode;
}): ReactNode {
  const say = useSay();
  const [{ of }, set] = useUrlState(["of"]);
  const read = useNumbers(props.filter, []);
  return (
    <Reading read={read}>
      {({ sources }) => {
        const names = sources.map(({ source }) => source);
        const chosen = names.find((name) => name === of) ?? mostRated(sources);
        return (
          <>
            {names.length > 1 && (
              <div className={classes.switches}>
                <SegmentedControl
                  aria-label={say("numbers.source.name")}
                  data={names.map((name) => ({ value: name, label: sourceName(name, say) }))}
                  value={chosen}
                  onChange={(name) => set({ of: name })}
                />
              </div>
            )}
            {props.children(chosen, `${props.filter} source:${chosen}`)}
          </>
        );
      }}
    </Reading>
  );
}

/** The source of which most is known: it has something to show first. */
function mostRated(sources: Dashboard["sources"]): string {
  const ratings = ({ tiles }: Dashboard["sources"][number]): number =>
    tiles.stars.reduce((sum, count) => sum + count, 0);
  return [...sources].sort((left, right) => ratings(right) - ratings(left))[0]?.source ?? "";
}
