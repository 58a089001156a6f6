// Signing in: login and password, then the second factor where the account has one, then back to where one was going.
import { Button, Text, TextInput } from "@mantine/core";
import { type ChangeEvent, type FormEvent, type ReactNode, useState } from "react";
import { Redirect, useSearchParams } from "wouter";
import { type MeBody, sessionCalls } from "../../../contract/index.ts";
import { CallFailed, send } from "../../calls.ts";
import { CodeField } from "../../parts/code-field.tsx";
import { FormError } from "../../parts/form-error.tsx";
import { PasswordField } from "../../parts/password-field.tsx";
import { useReader } from "../../reader.tsx";
import { useSession } from "../../session.tsx";
import classes from "./frame.module.css";
import { Frame } from "./frame.tsx";

/** An address inside the console that `to` names; anything else leads home. */
export function safeTarget(to: string | null): string {
  return to !== null && /^\/(?![/\\])/.test(to) ? to : "/";
}

/** The form's values and what sending them came to. */
function useSignIn() {
  const { enter } = useSession();
  const [values, setValues] = useState({ login: "", password: "", code: "" });
  const [isAskingCode, setAskingCode] = useState(false);
  const [isSending, setSending] = useState(false);
  const [error, setError] = useState<CallFailed | null>(null);
  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    setSending(true);
    setError(null);
    const { login, password, code } = values;
    try {
      const body = code === "" ? { login, password } : { login, password, code };
      enter((await send(sessionCalls.createSession, { body })) as MeBody);
    } catch (failure) {
      if (!(failure instanceof CallFailed)) throw failure;
      const isFirstAsk = failure.code === "second_factor_needed" && !isAskingCode;
      if (failure.code === "second_factor_needed") setAskingCode(true);
      setError(isFirstAsk ? null : failure);
    } finally {
      setSending(false);
    }
  };
  const type = (name: keyof typeof values) => (event: ChangeEvent<HTMLInputElement>) => {
    const { value } = event.currentTarget;
    setValues((before) => ({ ...before, [name]: value }));
  };
  return { values, type, submit, isAskingCode, isSending, error };
}

/** The page. */
export default function SignInPage(): ReactNode {
  const { say } = useReader();
  const { state } = useSession();
  const [params] = useSearchParams();
  const { values, type, submit, isAskingCode, isSending, error } = useSignIn();
  if (state.kind === "signedIn") return <Redirect to={safeTarget(params.get("to"))} replace />;
  return (
    <Frame title={say("account.signIn.title")}>
      <form className={classes.form} onSubmit={(event) => void submit(event)}>
        <TextInput
          label={say("account.login")}
          value={values.login}
          onChange={type("login")}
          autoComplete="username"
          autoCapitalize="none"
          spellCheck={false}
          autoFocus
        />
        <PasswordField
          label={say("account.password")}
          value={values.password}
          onChange={type("password")}
          autoComplete="current-password"
        />
        {isAskingCode && <CodeField value={values.code} onChange={type("code")} />}
        {error !== null && <FormError error={error} />}
        <Button type="submit" loading={isSending} fullWidth>
          {say("account.signIn.submit")}
        </Button>
        <Text size="sm" c="dimmed">
          {say("account.signIn.forgotten")}
        </Text>
      </form>
    </Frame>
  );
}
