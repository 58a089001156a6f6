// Changing one's own password.
import { Button } from "@mantine/core";
import { type FormEvent, type ReactNode, useState } from "react";
import { sessionCalls } from "../../../contract/index.ts";
import { useChange } from "../../api.ts";
import { FormError } from "../../parts/form-error.tsx";
import { Section } from "../../parts/page-header.tsx";
import { PasswordField } from "../../parts/password-field.tsx";
import { useToasts } from "../../parts/toasts.tsx";
import { useReader } from "../../reader.tsx";
import classes from "./account.module.css";

/** The section. */
export function PasswordSection(): ReactNode {
  const { say } = useReader();
  const { tell } = useToasts();
  const [old, setOld] = useState("");
  const [fresh, setFresh] = useState("");
  const change = useChange(sessionCalls.putPassword, {
    touches: [sessionCalls.listSessions],
    onDone: () => {
      setOld("");
      setFresh("");
      tell(say("account.change.done"));
    },
  });
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    change.mutate({ body: { old, new: fresh } });
  };
  return (
    <Section title={say("account.change.title")}>
      <form className={classes.form} onSubmit={submit}>
        <PasswordField
          label={say("account.change.old")}
          value={old}
          onChange={(event) => setOld(event.currentTarget.value)}
          autoComplete="current-password"
        />
        <PasswordField
          label={say("account.change.new")}
          description={say("account.welcome.passwordText")}
          value={fresh}
          onChange={(event) => setFresh(event.currentTarget.value)}
          autoComplete="new-password"
        />
        <FormError error={change.error} />
        <Button type="submit" loading={change.isPending} disabled={old === "" || fresh === ""}>
          {say("account.change.submit")}
        </Button>
      </form>
    </Section>
  );
}
