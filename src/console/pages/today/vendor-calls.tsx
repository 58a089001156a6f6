// Calls of vendors over the last 24 hours: how many, how many went wrong, how long they took, hour by hour.
import type { ReactNode } from "react";
import { Link } from "wouter";
import { numberText } from "../../parts/amounts.ts";
import { Section } from "../../parts/page-header.tsx";
import { useReader } from "../../reader.tsx";
import { mayOpen, useMe } from "../../session.tsx";
import { pageRow } from "../registry.ts";
import type { Overview } from "./page.tsx";
import { Sparkline } from "./sparkline.tsx";
import classes from "./today.module.css";

type Hour = Overview["calls"][number];

/** The part of the page. */
export function VendorCalls({ hours }: { readonly hours: readonly Hour[] }): ReactNode {
  const { say, language } = useReader();
  const sum = (of: (hour: Hour) => number): number => hours.reduce((total, hour) => total + of(hour), 0);
  const slowest = hours.reduce<number | null>(
    (most, { p95Ms }) => (p95Ms === null ? most : Math.max(most ?? 0, p95Ms)),
    null,
  );
  const faults = sum((hour) => hour.faults);
  return (
    <Section title={say("home.vendorCalls")} about={say("home.vendorAbout")}>
      <div className={classes.figures}>
        <Row
          name={say("home.calls")}
          value={numberText(
            sum((hour) => hour.calls),
            language,
          )}
          path="/live"
        >
          <Sparkline values={hours.map((hour) => hour.calls)} />
        </Row>
        <Row
          name={say("home.faults")}
          value={numberText(faults, language)}
          path="/live?status=5xx"
          isBad={faults > 0}
        >
          <Sparkline values={hours.map((hour) => hour.faults)} tone="bad" />
        </Row>
        <Row
          name={say("home.refusals")}
          value={numberText(
            sum((hour) => hour.refusals),
            language,
          )}
          path="/live?status=4xx"
        >
          <Sparkline values={hours.map((hour) => hour.refusals)} tone="warn" />
        </Row>
        <Row
          name={say("home.p95")}
          value={slowest === null ? "—" : say("home.ms", { ms: numberText(slowest, language, 0) })}
          path="/live"
        >
          <Sparkline values={hours.map((hour) => hour.p95Ms ?? 0)} />
        </Row>
      </div>
    </Section>
  );
}

function Row(props: {
  readonly name: string;
  readonly value: string;
  readonly path: string;
  readonly isBad?: boolean;
  readonly children: ReactNode;
}): ReactNode {
  const person = useMe();
  const mayLook = mayOpen(person, pageRow("live"));
  const tone = props.isBad === true ? "bad" : undefined;
  return (
    <div className={classes.figure}>
      <div className={classes.name}>{props.name}</div>
      {mayLook ? (
        <Link
          href={props.path}
          className={classes.value}
          data-tone={tone}
          aria-label={`${props.name}: ${props.value}`}
        >
          {props.value}
        </Link>
      ) : (
        <span className={classes.value} data-tone={tone}>
          {props.value}
        </span>
      )}
      {props.children}
    </div>
  );
}
