// The channels' self-test: one button, then every call with what came of it in plain words.
import { Button } from "@mantine/core";
import type { ReactNode } from "react";
import { channelCalls } from "../../../contract/index.ts";
import { useChange } from "../../api.ts";
import type { AnswerOf } from "../../calls.ts";
import { Count } from "../../parts/figures.tsx";
import { FormError } from "../../parts/form-error.tsx";
import { Section } from "../../parts/page-header.tsx";
import { StateBadge } from "../../parts/state-badge.tsx";
import { useReader } from "../../reader.tsx";
import classes from "./channels.module.css";

type Check = AnswerOf<typeof channelCalls.testChannels>["checks"][number];

/** The section. Nothing is called until it is asked for. */
export function SelfTest(): ReactNode {
  const { say } = useReader();
  const run = useChange(channelCalls.testChannels, {});
  return (
    <Section title={say("channels.selfTest.title")} about={say("channels.selfTest.about")}>
      <Button variant="default" loading={run.isPending} onClick={() => run.mutate({})}>
        {say("channels.selfTest.run")}
      </Button>
      <FormError error={run.error} />
      {run.data !== undefined && (
        <>
          <p role="status">
            <StateBadge tone={run.data.isSound ? "good" : "bad"}>
              {say(run.data.isSound ? "channels.selfTest.sound" : "channels.selfTest.unsound")}
            </StateBadge>
          </p>
          <Checks checks={run.data.checks} />
        </>
      )}
    </Section>
  );
}

function Checks({ checks }: { readonly checks: readonly Check[] }): ReactNode {
  const { say } = useReader();
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, and the keyboard must reach what scrolls.
    <section className={classes.scroll} tabIndex={0} aria-label={say("channels.selfTest.title")}>
      <table className={classes.checks}>
        <thead>
          <tr>
            <th scope="col">{say("channels.selfTest.call")}</th>
            <th scope="col">{say("channels.selfTest.outcome")}</th>
            <th scope="col" className="number">
              {say("channels.selfTest.ms")}
            </th>
          </tr>
        </thead>
        <tbody>
          {checks.map((check) => (
            <tr key={check.name} data-check={check.problem ?? "ok"}>
              <th scope="row">
                {say(`channels.selfTest.name.${check.name}`)} <span className="mono soft">{check.path}</span>
              </th>
              <td>
                <Outcome check={check} />
              </td>
              <td className="number">{check.status === null ? "—" : <Count value={check.ms} />}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

function Outcome({ check }: { readonly check: Check }): ReactNode {
  const { say } = useReader();
  const { problem, wanted, status, said } = check;
  if (problem === null) return <StateBadge tone="good">{say("channels.selfTest.ok")}</StateBadge>;
  return (
    <>
      <StateBadge tone={problem === "no_goods" ? "warn" : "bad"}>
        {say(`channels.selfTest.problem.${problem}`, { wanted, status: status ?? "—" })}
      </StateBadge>
      {said !== null && <p className="mono">{said}</p>}
    </>
  );
}
