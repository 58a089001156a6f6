// One call beside the stream: what came, how it was read, what was answered.
import { Anchor, Drawer, Title } from "@mantine/core";
import { type ReactNode, useContext } from "react";
import { Link } from "wouter";
import { liveCalls } from "../../../contract/index.ts";
import { useCall } from "../../api.ts";
import type { AnswerOf } from "../../calls.ts";
import { BuiltPages } from "../../layout/places.ts";
import { numberText } from "../../parts/amounts.ts";
import { EmptyState } from "../../parts/empty-state.tsx";
import { ErrorState } from "../../parts/error-state.tsx";
import { When } from "../../parts/figures.tsx";
import { JsonView } from "../../parts/json-view.tsx";
import { KeyValue } from "../../parts/key-value.tsx";
import { ListSkeleton } from "../../parts/skeletons.tsx";
import { StateBadge } from "../../parts/state-badge.tsx";
import { useReader, useSay } from "../../reader.tsx";
import { useMay } from "../../session.tsx";
import { ChannelName } from "./channel-name.tsx";
import classes from "./live.module.css";
import { toneOfStatus } from "./live-columns.tsx";

type Call = AnswerOf<typeof liveCalls.getLiveCall>;

/** The drawer; `callId` empty: closed. */
export function CallDrawer(props: { readonly callId: string; readonly onClose: () => void }): ReactNode {
  const say = useSay();
  return (
    <Drawer
      opened={props.callId !== ""}
      onClose={props.onClose}
      position="right"
      size="min(720px, 100vw)"
      title={say("live.call")}
      closeButtonProps={{ "aria-label": say("shell.close") }}
    >
      {props.callId !== "" && <CallOf callId={props.callId} />}
    </Drawer>
  );
}

function CallOf({ callId }: { readonly callId: string }): ReactNode {
  const say = useSay();
  const { data, error, refetch } = useCall(liveCalls.getLiveCall, { params: { callId } });
  if (data !== undefined) return <WholeCall call={data} />;
  if (error === null) return <ListSkeleton rows={8} />;
  return error.status === 404 ? (
    <EmptyState title={say("live.gone")} text={say("live.goneText")} />
  ) : (
    <ErrorState error={error} onRetry={() => void refetch()} />
  );
}

function WholeCall({ call }: { readonly call: Call }): ReactNode {
  const say = useSay();
  const notes = Object.entries(call.noted);
  return (
    <>
      <p className={classes.line}>
        <StateBadge tone={toneOfStatus(call.status)}>{String(call.status)}</StateBadge>{" "}
        <span className="mono">
          {call.method} {call.path}
          {call.query !== "" && `?${call.query}`}
        </span>
      </p>
      <Facts call={call} />
      {call.isMasked && <p className="soft">{say("live.masked")}</p>}
      <Part title={say("live.came")}>
        <p className="soft">{say("live.body")}</p>
        <Text text={call.body} name={say("live.body")} none={say("live.noBody")} />
        <p className="soft">{say("live.headers")}</p>
        <JsonView value={call.headers} label={say("live.headers")} />
      </Part>
      <Part title={say("live.read")}>
        {notes.length === 0 ? (
          <p className="soft">{say("live.noNotes")}</p>
        ) : (
          <div className={classes.notes}>
            <KeyValue facts={notes.map(([name, value]) => ({ name, value: noted(value) }))} />
          </div>
        )}
      </Part>
      <Part title={say("live.answer")}>
        <Text text={call.answer} name={say("live.answer")} none={say("live.noAnswer")} />
      </Part>
    </>
  );
}

/** A body, or that there is none. */
function Text(props: {
  readonly text: string | null;
  readonly name: string;
  readonly none: string;
}): ReactNode {
  return props.text === null || props.text === "" ? (
    <p className="soft">{props.none}</p>
  ) : (
    <JsonView value={props.text} label={props.name} />
  );
}

function Facts({ call }: { readonly call: Call }): ReactNode {
  const { say, language } = useReader();
  const hasPage = useContext(BuiltPages).has("calculation");
  const mayRead = useMay("calculations:read");
  const { calculationId, outletId } = call;
  const calculation =
    calculationId === null || !hasPage || !mayRead ? null : (
      <Anchor component={Link} href={`/calculations/${encodeURIComponent(calculationId)}`}>
        {say("live.calculationOpen")}
      </Anchor>
    );
  return (
    <KeyValue
      facts={[
        { name: say("live.at"), value: <When at={call.at} style="exact" /> },
        { name: say("live.channel"), value: <ChannelName channel={call.channel} /> },
        { name: say("live.ms"), value: numberText(call.ms, language, 2) },
        {
          name: say("live.outlet"),
          value: outletId === null ? null : <span className="mono">{outletId}</span>,
        },
        { name: say("live.id"), value: <span className="mono">{call.id}</span> },
        { name: say("live.calculation"), value: calculation },
      ]}
    />
  );
}

function noted(value: unknown): ReactNode {
  return <span className="mono">{typeof value === "object" ? JSON.stringify(value) : String(value)}</span>;
}

function Part(props: { readonly title: string; readonly children: ReactNode }): ReactNode {
  return (
    <section className={classes.part}>
      <Title order={3}>{props.title}</Title>
      {props.children}
    </section>
  );
}
