// Backups: the list, one made or checked at a time, and the command that puts each back.
import { Button, Group } from "@mantine/core";
import { type ReactNode, useMemo, useState } from "react";
import { systemCalls } from "../../../contract/index.ts";
import { useCall, useChange } from "../../api.ts";
import type { AnswerOf } from "../../calls.ts";
import { numberText } from "../../parts/amounts.ts";
import { EmptyState } from "../../parts/empty-state.tsx";
import { When } from "../../parts/figures.tsx";
import { Section } from "../../parts/page-header.tsx";
import { StateBadge } from "../../parts/state-badge.tsx";
import { type Column, DataTable } from "../../parts/table.tsx";
import { useToasts } from "../../parts/toasts.tsx";
import { useReader } from "../../reader.tsx";
import { useMay } from "../../session.tsx";
import { BackupState } from "./backup-state.tsx";
import { byteText } from "./byte-text.ts";
import { RestoreDialog } from "./restore-dialog.tsx";

/** One backup. */
export type Backup = AnswerOf<typeof systemCalls.listBackups>["backups"][number];

/** The list is asked again so often while something is done, and while nothing is, ms. */
const WORKING_MS = 1000;
const RESTING_MS = 30_000;

/** The part of the page. */
export function Backups(): ReactNode {
  const { say } = useReader();
  const mayWrite = useMay("system:write");
  const { tellFailure } = useToasts();
  const [isWorking, setWorking] = useState(false);
  const [restored, setRestored] = useState<Backup | null>(null);
  const list = useCall(systemCalls.listBackups, {}, { everyMs: isWorking ? WORKING_MS : RESTING_MS });
  const work = list.data?.work ?? null;
  if (isWorking !== (work !== null)) setWorking(work !== null);
  const touches = [systemCalls.listBackups, systemCalls.getSystem];
  const make = useChange(systemCalls.createBackup, { touches });
  const verify = useChange(systemCalls.verifyBackup, { touches });
  const isBusy = work !== null || make.isPending || verify.isPending;
  const columns = useColumns({
    onRestore: setRestored,
    onVerify: mayWrite
      ? (backup) => verify.mutate({ params: { backupName: backup.name } }, { onError: tellFailure })
      : null,
    isBusy,
  });
  return (
    <Section
      title={say("system.backups")}
      about={say("system.backupsAbout")}
      actions={
        mayWrite && (
          <Button loading={isBusy} onClick={() => make.mutate({}, { onError: tellFailure })}>
            {say("system.make")}
          </Button>
        )
      }
    >
      <Progress work={work} failure={list.data?.failure ?? null} />
      <DataTable
        name="backups"
        label={say("system.backups")}
        columns={columns}
        list={{
          rows: list.data?.backups ?? [],
          isPending: list.isPending,
          error: list.error,
          refetch: () => void list.refetch(),
        }}
        idOf={({ name }) => name}
        empty={<EmptyState title={say("system.noBackups")} text={say("system.noBackupsText")} />}
      />
      <RestoreDialog backup={restored} onClose={() => setRestored(null)} />
    </Section>
  );
}

type Told = AnswerOf<typeof systemCalls.listBackups>;

function Progress({ work, failure }: Pick<Told, "work" | "failure">): ReactNode {
  const { say } = useReader();
  return (
    <div aria-live="polite">
      {work !== null && (
        <p className="soft">{say(work.kind === "making" ? "system.making" : "system.verifying")}</p>
      )}
      {work === null && failure !== null && (
        <p>
          <StateBadge tone="bad">{say("system.lastFailed")}</StateBadge> <When at={failure.at} />{" "}
          <span className="mono">{failure.problems.join("; ")}</span>
        </p>
      )}
    </div>
  );
}

/** What the columns' buttons do. */
interface BackupWork {
  readonly onRestore: (backup: Backup) => void;
  /** Null: this person may not. */
  readonly onVerify: ((backup: Backup) => void) | null;
  readonly isBusy: boolean;
}

function BackupActions(props: BackupWork & { readonly backup: Backup }): ReactNode {
  const { say } = useReader();
  const { backup, onVerify, onRestore } = props;
  return (
    <Group gap={4} wrap="nowrap" justify="flex-end">
      {onVerify !== null && (
        <Button
          size="compact-sm"
          variant="subtle"
          disabled={props.isBusy}
          aria-label={say("system.verifyName", { name: backup.name })}
          onClick={() => onVerify(backup)}
        >
          {say("system.verify")}
        </Button>
      )}
      <Button size="compact-sm" variant="subtle" onClick={() => onRestore(backup)}>
        {say("system.restoreShow")}
      </Button>
    </Group>
  );
}

function useColumns({ onRestore, onVerify, isBusy }: BackupWork): readonly Column<Backup>[] {
  const { say, language } = useReader();
  const dash = <span className="soft">—</span>;
  return useMemo(
    () => [
      {
        id: "name",
        title: say("system.backupName"),
        isWide: true,
        cell: ({ name }: Backup) => <span className="mono">{name}</span>,
      },
      { id: "madeAt", title: say("system.madeAt"), cell: ({ madeAt }) => <When at={madeAt} /> },
      {
        id: "size",
        title: say("system.size"),
        align: "end",
        cell: ({ bytes }) => (bytes === null ? dash : byteText(bytes, say, language)),
      },
      {
        id: "rows",
        title: say("system.rows"),
        align: "end",
        cell: ({ rows }) => (rows === null ? dash : numberText(rows, language)),
      },
      {
        id: "schema",
        title: say("system.schema"),
        align: "end",
        isHiddenAtFirst: true,
        cell: ({ schema }) => schema ?? dash,
      },
      { id: "check", title: say("system.check"), cell: (backup) => <BackupState backup={backup} /> },
      {
        id: "actions",
        title: "",
        about: say("system.restoreShow"),
        cell: (backup) => (
          <BackupActions backup={backup} onVerify={onVerify} onRestore={onRestore} isBusy={isBusy} />
        ),
      },
    ],
    [say, language, onRestore, onVerify, isBusy],
  );
}
