// Asking what a new key or client is for, before it is made.
import { Modal, TextInput } from "@mantine/core";
import { type FormEvent, type ReactNode, useState } from "react";
import type { CallFailed } from "../../calls.ts";
import { FormButtons } from "../../parts/form-buttons.tsx";
import { FormError } from "../../parts/form-error.tsx";
import { useReader } from "../../reader.tsx";
import classes from "./channels.module.css";

/** The dialog. */
export interface LabelFormProps {
  readonly isOpen: boolean;
  readonly onClose: () => void;
  readonly title: string;
  /** A sentence above the field: what happens to what is there already. */
  readonly about: string;
  /** What stands in the field at first. */
  readonly label: string;
  readonly onSend: (label: string) => void;
  readonly isSending: boolean;
  readonly error: CallFailed | null;
}

/** Asks for a name and sends it. */
export function LabelForm(props: LabelFormProps): ReactNode {
  const { say } = useReader();
  return (
    <Modal
      opened={props.isOpen}
      onClose={props.onClose}
      title={props.title}
      closeButtonProps={{ "aria-label": say("shell.close") }}
    >
      <Fields {...props} />
    </Modal>
  );
}

function Fields(props: LabelFormProps): ReactNode {
  const { say } = useReader();
  const [label, setLabel] = useState(props.label);
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    props.onSend(label.trim());
  };
  return (
    <form className={classes.form} onSubmit={submit}>
      <TextInput
        label={say("channels.label")}
        description={props.about}
        value={label}
        maxLength={200}
        onChange={(event) => setLabel(event.currentTarget.value)}
        data-autofocus
      />
      <FormError error={props.error} />
      <FormButtons
        label={say("channels.make")}
        isSending={props.isSending}
        isOff={label.trim() === ""}
        onClose={props.onClose}
      />
    </form>
  );
}
