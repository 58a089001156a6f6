// Alerts: alarms that need somebody, rules for single items, who is told, and the weekly digest to read.
import type { ReactNode } from "react";
import { deskAlarmCalls, deskNoticeCalls } from "../../../contract/index.ts";
import { useMayAsk } from "../../parts/may-ask.ts";
import { PageHeader } from "../../parts/page-header.tsx";
import { useUrlState } from "../../parts/use-url-state.ts";
import { Views } from "../../parts/views.tsx";
import { useReader } from "../../reader.tsx";
import { AlarmsView } from "./alarms.tsx";
import { DestinationsView } from "./destinations.tsx";
import { DigestView } from "./digest.tsx";
import { RulesView } from "./rules.tsx";

const VIEWS = {
  alarms: AlarmsView,
  rules: RulesView,
  destinations: DestinationsView,
  digest: DigestView,
} as const;
const NAMES = Object.keys(VIEWS) as (keyof typeof VIEWS)[];

/** The page. */
export default function AlertsPage(): ReactNode {
  const { say } = useReader();
  const [{ view }] = useUrlState(["view"]);
  const may = {
    alarms: true,
    rules: useMayAsk(deskNoticeCalls.listAlertRules),
    destinations: useMayAsk(deskNoticeCalls.listDeskDestinations),
    digest: useMayAsk(deskAlarmCalls.readDeskDigest),
  };
  const names = NAMES.filter((name) => may[name]);
  const shown = names.find((name) => name === view) ?? "alarms";
  const View = VIEWS[shown];
  return (
    <>
      <PageHeader title={say("pages.alerts")} about={say("alerts.about")} />
      {names.length > 1 && (
        <Views
          name={say("alerts.view.name")}
          shown={shown}
          views={names.map((id) => ({
            id,
            label: say(`alerts.view.${id}`),
            href: id === "alarms" ? "/alerts" : `/alerts?view=${id}`,
          }))}
        />
      )}
      <View />
    </>
  );
}
