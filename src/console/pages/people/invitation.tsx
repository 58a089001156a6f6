// Inviting a person: who they are, what they may do, and the link that is handed to them.
import { Modal, TextInput } from "@mantine/core";
import { type FormEvent, type ReactNode, useState } from "react";
import { peopleCalls } from "../../../contract/index.ts";
import { useChange } from "../../api.ts";
import { FormButtons } from "../../parts/form-buttons.tsx";
import { FormError } from "../../parts/form-error.tsx";
import { useReader } from "../../reader.tsx";
import { type Access, AccessFields } from "./access-fields.tsx";
import classes from "./people.module.css";
import { usePersonLink } from "./person-link.tsx";
import type { Person } from "./person-state.tsx";

/** The dialog, then the link. */
export function Invitation(props: { readonly isOpen: boolean; readonly onClose: () => void }): ReactNode {
  const { say } = useReader();
  const link = usePersonLink();
  const onDone = (person: Person): void => {
    props.onClose();
    link.make(person, false);
  };
  return (
    <>
      <Modal
        opened={props.isOpen}
        onClose={props.onClose}
        title={say("people.add")}
        closeButtonProps={{ "aria-label": say("shell.close") }}
      >
        <InvitationForm onClose={props.onClose} onDone={onDone} />
      </Modal>
      {link.dialog}
    </>
  );
}

function InvitationForm(props: {
  readonly onClose: () => void;
  readonly onDone: (person: Person) => void;
}): ReactNode {
  const { say } = useReader();
  const [name, setName] = useState("");
  const [login, setLogin] = useState("");
  const [access, setAccess] = useState<Access>({ role: "viewer", outlets: null });
  const add = useChange(peopleCalls.createPerson, {
    touches: [peopleCalls.listPeople],
    onDone: props.onDone,
  });
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    const outlets = access.outlets === null ? null : [...access.outlets];
    add.mutate({ body: { name, login, role: access.role, outlets } });
  };
  return (
    <form className={classes.form} onSubmit={submit}>
      <TextInput
        label={say("people.name")}
        value={name}
        onChange={(event) => setName(event.currentTarget.value)}
        data-autofocus
      />
      <TextInput
        label={say("people.login")}
        value={login}
        onChange={(event) => setLogin(event.currentTarget.value)}
        autoCapitalize="none"
        autoComplete="off"
        spellCheck={false}
      />
      <AccessFields access={access} onChange={setAccess} />
      <FormError error={add.error} />
      <FormButtons
        label={say("people.add")}
        isSending={add.isPending}
        isOff={name.trim() === "" || login.trim() === ""}
        onClose={props.onClose}
      />
    </form>
  );
}
