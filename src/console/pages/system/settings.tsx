// Settings in force, found by a part of their name, variable or value.
import { type ReactNode, useMemo, useState } from "react";
import { EmptyState } from "../../parts/empty-state.tsx";
import { Section } from "../../parts/page-header.tsx";
import { SearchField } from "../../parts/search-field.tsx";
import { type Column, DataTable } from "../../parts/table.tsx";
import { useUrlState } from "../../parts/use-url-state.ts";
import { useSay } from "../../reader.tsx";
import { Folded } from "./folded.tsx";
import type { System } from "./page.tsx";

type Setting = System["settings"][number];

/** Settings that are shown before somebody asks for all. */
const FEW = 8;

/** The part of the page. */
export function Settings({ settings }: { readonly settings: readonly Setting[] }): ReactNode {
  const say = useSay();
  const [{ setting }, setUrl] = useUrlState(["setting"]);
  const [isWhole, setWhole] = useState(false);
  const columns = useMemo<readonly Column<Setting>[]>(
    () => [
      {
        id: "name",
        title: say("system.setting"),
        cell: ({ name }) => <span className="mono">{name}</span>,
      },
      {
        id: "value",
        title: say("system.value"),
        isWide: true,
        cell: ({ value }) =>
          value === "" ? <span className="soft">—</span> : <span className="mono">{value}</span>,
      },
      { id: "env", title: say("system.variable"), cell: ({ env }) => <span className="mono">{env}</span> },
    ],
    [say],
  );
  const wanted = setting.toLowerCase();
  const fitting = settings.filter(({ name, env, value }) =>
    [name, env, value].some((text) => text.toLowerCase().includes(wanted)),
  );
  const isLong = wanted === "" && fitting.length > FEW;
  return (
    <Section title={say("system.settings")} about={say("system.settingsAbout")}>
      <DataTable
        name="settings"
        label={say("system.settings")}
        columns={columns}
        list={{ rows: isLong && !isWhole ? fitting.slice(0, FEW) : fitting, isPending: false, error: null }}
        idOf={({ name }) => name}
        filters={
          <SearchField
            label={say("system.findSetting")}
            value={setting}
            onChange={(text) => setUrl({ setting: text })}
          />
        }
        empty={<EmptyState title={say("system.noSetting")} />}
      />
      {isLong && <Folded isWhole={isWhole} onChange={setWhole} />}
    </Section>
  );
}
