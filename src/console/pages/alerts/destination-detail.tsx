// One destination: what it gets, why something waits, what was sent, and a trial message.
import { Button, Group } from "@mantine/core";
import { type ReactNode, useState } from "react";
import { deskNoticeCalls } from "../../../contract/index.ts";
import { useCall, useChange } from "../../api.ts";
import { agoText, numberText } from "../../parts/amounts.ts";
import { ConfirmFresh } from "../../parts/confirm-fresh.tsx";
import { ErrorState } from "../../parts/error-state.tsx";
import { When } from "../../parts/figures.tsx";
import { KeyValue } from "../../parts/key-value.tsx";
import { StateBadge, type Tone } from "../../parts/state-badge.tsx";
import { useToasts } from "../../parts/toasts.tsx";
import { type Reader, useReader } from "../../reader.tsx";
import { useMay } from "../../session.tsx";
import classes from "./alerts.module.css";
import { DestinationForm } from "./destination-form.tsx";
import { clockText, type Destination, PROBLEMS, whyWaiting } from "./waiting.ts";

/** A problem in words; one without words of its own by its code. */
function problemWords(problem: string, say: Reader["say"]): ReactNode {
  const known = PROBLEMS.find((one) => one === problem);
  if (known !== undefined) return say(`alerts.destinations.problem.${known}`);
  return (
    <>
      {say("alerts.destinations.problem.other")} <span className="mono">{problem}</span>
    </>
  );
}

function waitingWords(one: Destination, { say, language, zone }: Reader): ReactNode {
  const why = whyWaiting(one, Date.now(), zone);
  switch (why?.kind) {
    case "problem":
      return problemWords(why.problem, say);
    case "paused":
      return say("alerts.destinations.whyPaused", { when: agoText(why.until, language) });
    case "quiet":
      return say("alerts.destinations.whyQuiet", { until: clockText(why.until) });
    case "soon":
      return say("alerts.destinations.whySoon");
    default:
      return null;
  }
}

/** The detail. */
export function DestinationDetail(props: {
  readonly destination: Destination;
  readonly onClose: () => void;
}): ReactNode {
  const reader = useReader();
  const { say, language } = reader;
  const mayWrite = useMay("feedback:write");
  const [isEditing, setEditing] = useState(false);
  const one = props.destination;
  if (isEditing) return <DestinationForm destination={one} onClose={() => setEditing(false)} />;
  const count = (value: number): string | null => (value === 0 ? null : numberText(value, language));
  return (
    <>
      <KeyValue
        facts={[
          { name: say("alerts.destinations.kind"), value: say(`alerts.destinations.kinds.${one.kind}`) },
          { name: say("alerts.destinations.address"), value: <span className="mono">{one.address}</span> },
          {
            name: say("alerts.destinations.gets"),
            value: one.gets.map((topic) => say(`alerts.destinations.topics.${topic}`)).join(", ") || "—",
          },
          {
            name: say("alerts.destinations.quiet"),
            value:
              one.quiet === null
                ? say("alerts.destinations.noQuiet")
                : `${clockText(one.quiet.from)}–${clockText(one.quiet.to)}`,
          },
          { name: say("alerts.destinations.waiting"), value: numberText(one.waiting, language) },
          { name: say("alerts.destinations.why"), value: waitingWords(one, reader) },
          {
            name: say("alerts.destinations.broken"),
            value:
              one.problem === null ? null : (
                <>
                  {problemWords(one.problem, say)}{" "}
                  {one.problemAt !== null && <When at={one.problemAt} style="ago" />}
                </>
              ),
          },
          { name: say("alerts.destinations.skipped"), value: count(one.skipped) },
          { name: say("alerts.destinations.givenUp"), value: count(one.givenUp) },
        ]}
      />
      {mayWrite && <Acts destination={one} onEdit={() => setEditing(true)} onClose={props.onClose} />}
      <Messages destinationId={one.id} />
    </>
  );
}

function Acts(props: {
  readonly destination: Destination;
  readonly onEdit: () => void;
  readonly onClose: () => void;
}): ReactNode {
  const { say } = useReader();
  const { tell, tellFailure } = useToasts();
  const [isAsking, setAsking] = useState(false);
  const { id, label, address, isOn } = props.destination;
  const params = { destinationId: id };
  const list = deskNoticeCalls.listDeskDestinations;
  const test = useChange(deskNoticeCalls.testDeskDestination, {
    touches: [list, deskNoticeCalls.listDeskMessages],
    onDone: () => tell(say("alerts.destinations.tested")),
  });
  const remove = useChange(deskNoticeCalls.removeDeskDestination, { touches: [list], onDone: props.onClose });
  return (
    <Group mt="md" gap="xs">
      <Button
        size="xs"
        disabled={!isOn}
        loading={test.isPending}
        onClick={() => test.mutate({ params }, { onError: tellFailure })}
      >
        {say("alerts.destinations.test")}
      </Button>
      <Button size="xs" variant="default" onClick={props.onEdit}>
        {say("alerts.destinations.edit")}
      </Button>
      <Button size="xs" variant="default" c="var(--bad)" onClick={() => setAsking(true)}>
        {say("alerts.destinations.remove")}
      </Button>
      <ConfirmFresh
        isOpen={isAsking}
        onClose={() => setAsking(false)}
        title={say("alerts.destinations.removeTitle", { name: label || address })}
        text={say("alerts.destinations.removeText")}
        action={say("alerts.destinations.remove")}
        onConfirm={() => remove.mutate({ params })}
        isSending={remove.isPending}
        error={remove.error}
      />
    </Group>
  );
}

const TONES: Readonly<Record<"waiting" | "sent" | "given_up", Tone>> = {
  waiting: "calm",
  sent: "good",
  given_up: "bad",
};

function Messages({ destinationId }: { readonly destinationId: string }): ReactNode {
  const { say, language } = useReader();
  const { data, error, refetch } = useCall(
    deskNoticeCalls.listDeskMessages,
    { params: { destinationId } },
    { everyMs: 5000 },
  );
  if (error !== null) return <ErrorState error={error} onRetry={() => void refetch()} />;
  if (data === undefined) return null;
  if (data.messages.length === 0) return <p className="soft">{say("alerts.destinations.noMessages")}</p>;
  return (
    <table className={classes.messages} aria-label={say("alerts.destinations.messages")}>
      <thead>
        <tr>
          <th scope="col">{say("alerts.destinations.madeAt")}</th>
          <th scope="col">{say("alerts.destinations.told")}</th>
          <th scope="col">{say("alerts.destinations.state")}</th>
          <th scope="col">{say("alerts.destinations.attempts")}</th>
        </tr>
      </thead>
      <tbody>
        {data.messages.map((message) => (
          <tr key={message.id}>
            <th scope="row">
              <When at={message.madeAt} />
            </th>
            <td>{say("alerts.destinations.notices", { count: message.notices })}</td>
            <td>
              <StateBadge tone={TONES[message.state]}>
                {say(`alerts.destinations.result.${message.state}`)}
              </StateBadge>{" "}
              {message.problem !== null && problemWords(message.problem, say)}
            </td>
            <td>{numberText(message.attempts, language)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
