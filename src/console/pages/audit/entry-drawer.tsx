// One entry of the log: who did what to which thing, and what it was before and is after.
import { Drawer, Title } from "@mantine/core";
import type { ReactNode } from "react";
import { Diff } from "../../parts/diff.tsx";
import { EmptyState } from "../../parts/empty-state.tsx";
import { When } from "../../parts/figures.tsx";
import { JsonView } from "../../parts/json-view.tsx";
import { KeyValue } from "../../parts/key-value.tsx";
import { ListSkeleton } from "../../parts/skeletons.tsx";
import { useSay } from "../../reader.tsx";
import { ActionName } from "./action-name.tsx";
import { Actor, type ActorNames } from "./actors.tsx";
import classes from "./audit.module.css";
import type { AuditEntry } from "./export-entries.ts";

/** The drawer; `entry` undefined: it is not read yet, null: there is none. */
export function EntryDrawer(props: {
  readonly number: string;
  readonly entry: AuditEntry | null | undefined;
  readonly names: ActorNames;
  readonly onClose: () => void;
}): ReactNode {
  const say = useSay();
  const { number, entry, names } = props;
  return (
    <Drawer
      opened={number !== ""}
      onClose={props.onClose}
      position="right"
      size="min(720px, 100vw)"
      title={say("audit.entry", { number })}
      closeButtonProps={{ "aria-label": say("shell.close") }}
    >
      {entry === undefined && <ListSkeleton />}
      {entry === null && <EmptyState title={say("audit.gone")} />}
      {entry !== undefined && entry !== null && <WholeEntry entry={entry} names={names} />}
    </Drawer>
  );
}

function WholeEntry({ entry, names }: { readonly entry: AuditEntry; readonly names: ActorNames }): ReactNode {
  const say = useSay();
  const { before, after, ...rest } = entry.details as Readonly<Record<string, unknown>>;
  const hasStates = before !== undefined || after !== undefined;
  const hasRest = Object.keys(rest).length > 0;
  return (
    <>
      <KeyValue
        facts={[
          { name: say("audit.at"), value: <When at={entry.at} style="exact" /> },
          { name: say("audit.actor"), value: <Actor id={entry.actor} names={names} /> },
          {
            name: say("audit.action"),
            value: (
              <>
                <ActionName action={entry.action} /> <span className="mono soft">{entry.action}</span>
              </>
            ),
          },
          { name: say("audit.subject"), value: <span className="mono">{entry.subject}</span> },
          { name: say("audit.hash"), value: <span className="mono">{entry.hash}</span> },
        ]}
      />
      {hasStates && (
        <section className={classes.part}>
          <Title order={3}>{say("audit.changes")}</Title>
          <Diff before={before} after={after} />
        </section>
      )}
      {hasRest && (
        <section className={classes.part}>
          <Title order={3}>{say("audit.details")}</Title>
          <JsonView value={rest} label={say("audit.details")} />
        </section>
      )}
      {!hasStates && !hasRest && <p className="soft">{say("audit.noDetails")}</p>}
    </>
  );
}
