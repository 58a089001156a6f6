// Facts of the server: version, health, database and room on the disk, side by side where there is width.
import { Title } from "@mantine/core";
import type { ReactNode } from "react";
import { When } from "../../parts/figures.tsx";
import { KeyValue } from "../../parts/key-value.tsx";
import { StateBadge } from "../../parts/state-badge.tsx";
import { useReader } from "../../reader.tsx";
import { byteText } from "./byte-text.ts";
import type { System } from "./page.tsx";
import classes from "./system.module.css";

/** The two lists; `isAnswering` false: the last reading failed, so what is shown is of before. */
export function ServerFacts(props: { readonly system: System; readonly isAnswering: boolean }): ReactNode {
  const { say } = useReader();
  const { system, isAnswering } = props;
  const traits = Object.entries(system.traits).map(([name, value]) => `${name} ${value}`);
  return (
    <div className={classes.columns}>
      <section>
        <Title order={2}>{say("system.server")}</Title>
        <KeyValue
          facts={[
            {
              name: say("system.health"),
              value:
                isAnswering && system.isReady ? (
                  <StateBadge tone="good">{say("system.ready")}</StateBadge>
                ) : (
                  <StateBadge tone="bad">{say("problems.offline")}</StateBadge>
                ),
            },
            { name: say("system.version"), value: <span className="mono">{system.version}</span> },
            { name: say("system.startedAt"), value: <When at={system.startedAt} style="ago" /> },
            { name: say("system.node"), value: <span className="mono">{system.node}</span> },
            { name: say("system.platform"), value: <span className="mono">{system.platform}</span> },
            {
              name: say("system.instances"),
              value: system.instances.length === 0 ? null : <Instances system={system} />,
            },
          ]}
        />
      </section>
      <section>
        <Title order={2}>{say("system.storage")}</Title>
        <KeyValue
          facts={[
            { name: say("system.engine"), value: say(`system.engines.${system.engine}`) },
            {
              name: say("system.traits"),
              value: traits.length === 0 ? null : <span className="mono">{traits.join(", ")}</span>,
            },
            ...useStorageFacts(system),
          ]}
        />
      </section>
    </div>
  );
}

function useStorageFacts(system: System): { readonly name: string; readonly value: ReactNode }[] {
  const { say, language } = useReader();
  const { databaseBytes, dataFolderBytes, backupBytes, freeBytes, diskBytes } = system.storage;
  const size = (bytes: number): string => byteText(bytes, say, language);
  const isTight = freeBytes !== null && diskBytes !== null && freeBytes < diskBytes / 10;
  const free =
    freeBytes === null || diskBytes === null
      ? null
      : say("system.freeOf", { free: size(freeBytes), all: size(diskBytes) });
  return [
    { name: say("system.database"), value: size(databaseBytes) },
    { name: say("system.dataFolder"), value: size(dataFolderBytes) },
    { name: say("system.backupsSize"), value: size(backupBytes) },
    {
      name: say("system.free"),
      value: free === null ? null : isTight ? <StateBadge tone="warn">{free}</StateBadge> : free,
    },
    { name: say("system.memory"), value: size(system.memoryBytes) },
  ];
}

function Instances({ system }: { readonly system: System }): ReactNode {
  const { say } = useReader();
  return (
    <ul className={classes.plain}>
      {system.instances.map(({ owner, lastJobAt }) => (
        <li key={owner}>
          <span className="mono">{owner}</span>{" "}
          <span className="soft">
            {say("system.lastJob")} <When at={lastJobAt} style="ago" />
          </span>
        </li>
      ))}
    </ul>
  );
}
