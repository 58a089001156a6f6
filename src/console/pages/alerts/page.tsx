// Alerts: alarms that need somebody, rules for single items, who is told, and the weekly digest to read.
import type { ReactNode } from "react";
import { Link } from "wouter";
import { PageHeader } from "../../parts/page-header.tsx";
import { useUrlState } from "../../parts/use-url-state.ts";
import { useReader } from "../../reader.tsx";
import { AlarmsView } from "./alarms.tsx";
import classes from "./alerts.module.css";
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
  const shown = NAMES.find((name) => name === view) ?? "alarms";
  const View = VIEWS[shown];
  return (
    <>
      <PageHeader title={say("pages.alerts")} about={say("alerts.about")} />
      <nav className={classes.views} aria-label={say("alerts.view.name")}>
        {NAMES.map((name) => (
          <Link
            key={name}
            href={name === "alarms" ? "/alerts" : `/alerts?view=${name}`}
            aria-current={name === shown ? "page" : undefined}
          >
            {say(`alerts.view.${name}`)}
          </Link>
        ))}
      </nav>
      <View />
    </>
  );
}
