// An endpoint's terms: where it is, what it gets, which items it is told of.
import { MultiSelect, Textarea, TextInput } from "@mantine/core";
import { type FormEvent, type ReactNode, useState } from "react";
import { OPEN_KINDS, webhookCalls } from "../../../contract/index.ts";
import { useChange } from "../../api.ts";
import type { Given } from "../../calls.ts";
import { FormButtons } from "../../parts/form-buttons.tsx";
import { FormError } from "../../parts/form-error.tsx";
import { useToasts } from "../../parts/toasts.tsx";
import { useReader } from "../../reader.tsx";
import { kindText } from "./catalogue.tsx";
import { TOUCHED, type Webhook } from "./webhook-state.tsx";
import classes from "./webhooks.module.css";

const ALL = "*";

/** What is written in the form. */
interface Terms {
  readonly url: string;
  readonly label: string;
  readonly kinds: readonly string[];
  /** One a line. */
  readonly allow: string;
  readonly filter: string;
}

function termsOf(webhook: Webhook | null): Terms {
  if (webhook === null) return { url: "", label: "", kinds: [ALL], allow: "", filter: "" };
  const { url, label, kinds, allow, filter } = webhook;
  return { url, label, kinds, allow: allow.join("\n"), filter: filter ?? "" };
}

type Body = Given<typeof webhookCalls.createWebhook>["body"];

function bodyOf({ url, label, kinds, allow, filter }: Terms): Body {
  return {
    url: url.trim(),
    label: label.trim(),
    kinds: [...kinds] as Body["kinds"],
    allow: allow.split(/\s+/).filter((line) => line !== ""),
    filter: filter.trim() === "" ? null : filter.trim(),
  };
}

/** The form; null: a new one, whose secret is then shown once. */
export function WebhookForm(props: {
  readonly webhook: Webhook | null;
  readonly onClose: () => void;
  readonly onSecret?: (secret: string) => void;
}): ReactNode {
  const { say } = useReader();
  const { tell } = useToasts();
  const { webhook } = props;
  const [terms, setTerms] = useState<Terms>(() => termsOf(webhook));
  const add = useChange(webhookCalls.createWebhook, {
    touches: TOUCHED,
    onDone: ({ secret }) => {
      props.onClose();
      props.onSecret?.(secret);
    },
  });
  const put = useChange(webhookCalls.putWebhook, {
    touches: TOUCHED,
    onDone: () => {
      tell(say("webhooks.saved"));
      props.onClose();
    },
  });
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (webhook === null) add.mutate({ body: bodyOf(terms) });
    else put.mutate({ params: { webhookId: webhook.id }, body: bodyOf(terms) });
  };
  return (
    <form className={classes.form} onSubmit={submit}>
      <Fields terms={terms} onChange={(change) => setTerms({ ...terms, ...change })} />
      <FormError error={add.error ?? put.error} />
      <FormButtons
        label={say("webhooks.save")}
        isSending={add.isPending || put.isPending}
        isOff={terms.url.trim() === "" || terms.kinds.length === 0}
        onClose={props.onClose}
      />
    </form>
  );
}

function Fields(props: {
  readonly terms: Terms;
  readonly onChange: (change: Partial<Terms>) => void;
}): ReactNode {
  const { say } = useReader();
  const { terms, onChange } = props;
  const mono = { classNames: { input: "mono" }, spellCheck: false };
  return (
    <>
      <TextInput
        label={say("webhooks.label")}
        value={terms.label}
        onChange={(event) => onChange({ label: event.currentTarget.value })}
        maxLength={200}
        data-autofocus
      />
      <TextInput
        label={say("webhooks.url")}
        description={say("webhooks.urlAbout")}
        {...mono}
        value={terms.url}
        onChange={(event) => onChange({ url: event.currentTarget.value })}
        inputMode="url"
      />
      <KindsField kinds={terms.kinds} onChange={(kinds) => onChange({ kinds })} />
      <TextInput
        label={say("webhooks.filter")}
        description={say("webhooks.filterAbout")}
        {...mono}
        value={terms.filter}
        onChange={(event) => onChange({ filter: event.currentTarget.value })}
      />
      <Textarea
        label={say("webhooks.allow")}
        description={say("webhooks.allowAbout")}
        {...mono}
        value={terms.allow}
        onChange={(event) => onChange({ allow: event.currentTarget.value })}
        autosize
        minRows={1}
      />
    </>
  );
}

/** All kinds, or some: choosing one takes "all" away, and the other way round. */
function KindsField(props: {
  readonly kinds: readonly string[];
  readonly onChange: (kinds: string[]) => void;
}): ReactNode {
  const { say } = useReader();
  const change = (next: string[]): void => {
    const isAllNew = next.includes(ALL) && !props.kinds.includes(ALL);
    props.onChange(isAllNew ? [ALL] : next.length > 1 ? next.filter((kind) => kind !== ALL) : next);
  };
  return (
    <MultiSelect
      label={say("webhooks.kinds")}
      data={[
        { value: ALL, label: say("webhooks.allKinds") },
        ...OPEN_KINDS.map((kind) => ({ value: kind as string, label: kindText(kind, say) })),
      ]}
      value={[...props.kinds]}
      onChange={change}
      searchable
    />
  );
}
