// What the server does by itself, and the steps of its schema.
import { type ReactNode, useMemo, useState } from "react";
import { EmptyState } from "../../parts/empty-state.tsx";
import { When } from "../../parts/figures.tsx";
import { Section } from "../../parts/page-header.tsx";
import { StateBadge } from "../../parts/state-badge.tsx";
import { type Column, DataTable } from "../../parts/table.tsx";
import { useSay } from "../../reader.tsx";
import { Folded } from "./folded.tsx";
import type { System } from "./page.tsx";

type Job = System["jobs"][number];
type Migration = System["migrations"][number];

/** Rows that are shown before somebody asks for all. */
const FEW = 5;

/** The last run of every job. */
export function Jobs({ jobs }: { readonly jobs: readonly Job[] }): ReactNode {
  const say = useSay();
  const columns = useMemo<readonly Column<Job>[]>(
    () => [
      {
        id: "name",
        title: say("system.job"),
        isWide: true,
        cell: ({ name }) => <span className="mono">{name}</span>,
      },
      { id: "outcome", title: say("system.jobOutcome"), cell: (job) => <JobOutcome job={job} /> },
      {
        id: "startedAt",
        title: say("system.jobStarted"),
        sortBy: ({ startedAt }) => startedAt,
        cell: ({ startedAt }) => <When at={startedAt} style="ago" />,
      },
      {
        id: "owner",
        title: say("system.owner"),
        isHiddenAtFirst: true,
        cell: ({ owner }) => <span className="mono">{owner}</span>,
      },
    ],
    [say],
  );
  const [isWhole, setWhole] = useState(false);
  // What failed is looked for first.
  const sorted = [...jobs].sort((one, other) => Number(isFailed(other)) - Number(isFailed(one)));
  return (
    <Section title={say("system.jobs")}>
      <DataTable
        name="jobs"
        label={say("system.jobs")}
        columns={columns}
        list={{ rows: isWhole ? sorted : sorted.slice(0, FEW), isPending: false, error: null }}
        idOf={({ name }) => name}
        empty={<EmptyState title={say("system.noJobs")} />}
      />
      {sorted.length > FEW && <Folded isWhole={isWhole} onChange={setWhole} />}
    </Section>
  );
}

function isFailed({ outcome, isRunning }: Job): boolean {
  return outcome === "failed" && !isRunning;
}

function JobOutcome({ job }: { readonly job: Job }): ReactNode {
  const say = useSay();
  if (job.isRunning) return <StateBadge tone="calm">{say("system.jobRuns")}</StateBadge>;
  if (isFailed(job)) return <StateBadge tone="bad">{say("system.jobFailed")}</StateBadge>;
  if (job.outcome === null) return <StateBadge tone="quiet">{say("system.jobUnknown")}</StateBadge>;
  return <StateBadge tone="good">{say("system.jobOk")}</StateBadge>;
}

/** The steps of the schema, newest first. */
export function Migrations({ migrations }: { readonly migrations: readonly Migration[] }): ReactNode {
  const say = useSay();
  const [isWhole, setWhole] = useState(false);
  const newest = [...migrations].reverse();
  const columns = useMemo<readonly Column<Migration>[]>(
    () => [
      {
        id: "name",
        title: say("system.step"),
        isWide: true,
        cell: ({ number, name }) => <span className="mono">{`${number} ${name}`}</span>,
      },
      {
        id: "appliedAt",
        title: say("system.appliedAt"),
        cell: ({ appliedAt }) => <When at={appliedAt} />,
      },
    ],
    [say],
  );
  return (
    <Section title={say("system.migrations")} about={say("system.migrationsAbout", { count: newest.length })}>
      <DataTable
        name="migrations"
        label={say("system.migrations")}
        columns={columns}
        list={{ rows: isWhole ? newest : newest.slice(0, FEW), isPending: false, error: null }}
        idOf={({ number }) => String(number)}
        empty={null}
      />
      {newest.length > FEW && <Folded isWhole={isWhole} onChange={setWhole} />}
    </Section>
  );
}
