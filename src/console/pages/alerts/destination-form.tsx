// A destination's terms: how it is reached, what it gets, when it sleeps.
import { Checkbox, Select, Stack, Switch, TextInput } from "@mantine/core";
import { type FormEvent, type ReactNode, useState } from "react";
import { deskNoticeCalls, webhookCalls } from "../../../contract/index.ts";
import { useChange, usePages } from "../../api.ts";
import { FormButtons } from "../../parts/form-buttons.tsx";
import { FormError } from "../../parts/form-error.tsx";
import { useToasts } from "../../parts/toasts.tsx";
import { useReader } from "../../reader.tsx";
import { useMay } from "../../session.tsx";
import classes from "./alerts.module.css";
import { clockText, type Destination, readClock } from "./waiting.ts";

const KINDS = ["telegram", "email", "webhook"] as const;
const TOPICS = ["items", "alarms", "digest"] as const;
const NIGHT = { from: 22 * 60, to: 8 * 60 } as const;

/** What is written in the form. */
type Terms = Pick<
  Destination,
  "kind" | "address" | "label" | "language" | "gets" | "quiet" | "zone" | "isOn"
>;

function termsOf(one: Destination | null, language: "ru" | "en"): Terms {
  if (one === null)
    return {
      kind: "telegram",
      address: "",
      label: "",
      language,
      gets: ["items", "alarms"],
      quiet: null,
      zone: null,
      isOn: true,
    };
  const { kind, address, label, gets, quiet, zone, isOn } = one;
  return { kind, address, label, language: one.language, gets: [...gets], quiet, zone, isOn };
}

/** The form; null: a new one. */
export function DestinationForm(props: {
  readonly destination: Destination | null;
  readonly onClose: () => void;
}): ReactNode {
  const { say, language } = useReader();
  const { tell } = useToasts();
  const { destination } = props;
  const [terms, setTerms] = useState<Terms>(() => termsOf(destination, language));
  const set = (change: Partial<Terms>): void => setTerms({ ...terms, ...change });
  const touches = [deskNoticeCalls.listDeskDestinations];
  const onDone = (): void => {
    tell(say("alerts.destinations.saved"));
    props.onClose();
  };
  const add = useChange(deskNoticeCalls.createDeskDestination, { touches, onDone });
  const put = useChange(deskNoticeCalls.putDeskDestination, { touches, onDone });
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    const body = { ...terms, address: terms.address.trim() };
    if (destination === null) add.mutate({ body });
    else put.mutate({ params: { destinationId: destination.id }, body });
  };
  return (
    <form className={classes.form} onSubmit={submit}>
      <TextInput
        label={say("alerts.destinations.label")}
        value={terms.label}
        onChange={(event) => set({ label: event.currentTarget.value })}
        maxLength={200}
        data-autofocus
      />
      <Select
        label={say("alerts.destinations.kind")}
        data={KINDS.map((value) => ({ value, label: say(`alerts.destinations.kinds.${value}`) }))}
        value={terms.kind}
        onChange={(kind) => set({ kind: kind as Terms["kind"], address: "" })}
      />
      <AddressField terms={terms} onChange={(address) => set({ address })} />
      <MessageFields terms={terms} onChange={set} />
      <QuietFields terms={terms} onChange={set} />
      <Switch
        label={say("alerts.destinations.isOn")}
        checked={terms.isOn}
        onChange={(event) => set({ isOn: event.currentTarget.checked })}
      />
      <FormError error={add.error ?? put.error} />
      <FormButtons
        label={say("parts.save")}
        isSending={add.isPending || put.isPending}
        isOff={terms.address.trim() === ""}
        onClose={props.onClose}
      />
    </form>
  );
}

const ABOUT = {
  telegram: "alerts.destinations.addressTelegram",
  email: "alerts.destinations.addressEmail",
  webhook: "alerts.destinations.addressWebhook",
} as const;

/** A text, or an endpoint of those there are for who may read them. */
function AddressField(props: {
  readonly terms: Terms;
  readonly onChange: (address: string) => void;
}): ReactNode {
  const { say } = useReader();
  const { kind, address } = props.terms;
  const mayRead = useMay("events:read");
  const isOn = mayRead && kind === "webhook";
  const webhooks = usePages(webhookCalls.listWebhooks, { query: { limit: 100 } }, { isOn }).rows;
  const common = { label: say("alerts.destinations.address"), description: say(ABOUT[kind]) };
  if (isOn) {
    return (
      <Select
        {...common}
        data={webhooks
          .filter(({ channel }) => channel === "webhook")
          .map((one) => ({ value: one.id, label: one.label || one.url }))}
        value={address === "" ? null : address}
        onChange={(value) => props.onChange(value ?? "")}
      />
    );
  }
  return (
    <TextInput
      {...common}
      value={address}
      onChange={(event) => props.onChange(event.currentTarget.value)}
      maxLength={255}
      spellCheck={false}
    />
  );
}

/** What it gets, and in which language. */
function MessageFields(props: {
  readonly terms: Terms;
  readonly onChange: (change: Partial<Terms>) => void;
}): ReactNode {
  const { say } = useReader();
  return (
    <>
      <Checkbox.Group
        label={say("alerts.destinations.gets")}
        value={props.terms.gets}
        onChange={(gets) => props.onChange({ gets: TOPICS.filter((topic) => gets.includes(topic)) })}
      >
        <Stack gap={6} mt={6}>
          {TOPICS.map((topic) => (
            <Checkbox key={topic} value={topic} label={say(`alerts.destinations.topics.${topic}`)} />
          ))}
        </Stack>
      </Checkbox.Group>
      <Select
        label={say("alerts.destinations.language")}
        data={[
          { value: "ru", label: say("alerts.destinations.russian") },
          { value: "en", label: say("alerts.destinations.english") },
        ]}
        value={props.terms.language}
        onChange={(value) => props.onChange({ language: value as Terms["language"] })}
      />
    </>
  );
}

function QuietFields(props: {
  readonly terms: Terms;
  readonly onChange: (change: Partial<Terms>) => void;
}): ReactNode {
  const { say, zone: shopZone } = useReader();
  const { quiet, zone } = props.terms;
  return (
    <>
      <Switch
        label={say("alerts.destinations.quietOn")}
        checked={quiet !== null}
        onChange={(event) => props.onChange({ quiet: event.currentTarget.checked ? NIGHT : null })}
      />
      {quiet !== null && (
        <>
          <div className={classes.pair}>
            <TextInput
              type="time"
              label={say("alerts.destinations.quietFrom")}
              value={clockText(quiet.from)}
              onChange={(event) =>
                props.onChange({ quiet: { ...quiet, from: readClock(event.currentTarget.value) } })
              }
            />
            <TextInput
              type="time"
              label={say("alerts.destinations.quietTo")}
              value={clockText(quiet.to)}
              onChange={(event) =>
                props.onChange({ quiet: { ...quiet, to: readClock(event.currentTarget.value) } })
              }
            />
          </div>
          <Select
            label={say("alerts.destinations.zone")}
            searchable
            translate="no"
            data={[
              { value: "", label: `${shopZone} (${say("alerts.destinations.shopZone")})` },
              ...Intl.supportedValuesOf("timeZone"),
            ]}
            value={zone ?? ""}
            onChange={(value) => props.onChange({ zone: value === "" ? null : value })}
          />
        </>
      )}
    </>
  );
}
