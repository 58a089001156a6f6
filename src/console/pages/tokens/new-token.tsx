// Making a token: what for, what it may do, for how long; then the token itself, once.
import { Modal, MultiSelect, NumberInput, TextInput } from "@mantine/core";
import { type FormEvent, type ReactNode, useState } from "react";
import { isAllowed, SCOPE_NAMES, tokenCalls } from "../../../contract/index.ts";
import { useChange } from "../../api.ts";
import { FormButtons } from "../../parts/form-buttons.tsx";
import { FormError } from "../../parts/form-error.tsx";
import { OnceSecret } from "../../parts/once-secret.tsx";
import { useReader } from "../../reader.tsx";
import { useMe } from "../../session.tsx";
import classes from "./tokens.module.css";

/** The dialog, then the secret. */
export function NewToken(props: { readonly isOpen: boolean; readonly onClose: () => void }): ReactNode {
  const { say } = useReader();
  const [token, setToken] = useState<string | null>(null);
  const onMade = (made: string): void => {
    props.onClose();
    setToken(made);
  };
  return (
    <>
      <Modal
        opened={props.isOpen}
        onClose={props.onClose}
        title={say("tokens.make")}
        closeButtonProps={{ "aria-label": say("shell.close") }}
      >
        <TokenForm onClose={props.onClose} onMade={onMade} />
      </Modal>
      <OnceSecret
        title={say("tokens.made")}
        values={token === null ? null : [{ label: say("tokens.token"), value: token }]}
        onClose={() => setToken(null)}
      />
    </>
  );
}

function TokenForm(props: {
  readonly onClose: () => void;
  readonly onMade: (token: string) => void;
}): ReactNode {
  const { say } = useReader();
  const person = useMe();
  const [label, setLabel] = useState("");
  const [scopes, setScopes] = useState<readonly string[]>([]);
  const [days, setDays] = useState<number | string>("");
  const make = useChange(tokenCalls.createToken, {
    touches: [tokenCalls.listTokens],
    onDone: ({ token }) => props.onMade(token),
  });
  // Nobody gives more than they have.
  const own = SCOPE_NAMES.filter((scope) => isAllowed(person.scopes, scope));
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    const body = { label, scopes: own.filter((scope) => scopes.includes(scope)) };
    make.mutate({ body: typeof days === "number" ? { ...body, expiresInDays: days } : body });
  };
  return (
    <form className={classes.form} onSubmit={submit}>
      <TextInput
        label={say("tokens.label")}
        value={label}
        onChange={(event) => setLabel(event.currentTarget.value)}
        data-autofocus
      />
      <MultiSelect
        label={say("tokens.scopes")}
        data={own}
        renderOption={({ option }) => <span className="mono">{option.value}</span>}
        classNames={{ pill: "mono" }}
        value={[...scopes]}
        onChange={setScopes}
        searchable
        clearable
        clearButtonProps={{ "aria-label": say("parts.table.clear") }}
      />
      <NumberInput
        label={say("tokens.days")}
        description={say("tokens.daysAbout")}
        value={days}
        onChange={setDays}
        min={1}
        max={3650}
        allowDecimal={false}
      />
      <FormError error={make.error} />
      <FormButtons
        label={say("tokens.make")}
        isSending={make.isPending}
        isOff={label.trim() === "" || scopes.length === 0}
        onClose={props.onClose}
      />
    </form>
  );
}
