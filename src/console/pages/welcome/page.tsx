// What a one-time link opens: the first administrator, an invitation, a new password. The link stands behind `#`, so no log sees it.
import { Anchor, Button, Text, TextInput } from "@mantine/core";
import { type FormEvent, type ReactNode, useEffect, useState } from "react";
import { Link, useLocation } from "wouter";
import { type MeBody, sessionCalls } from "../../../contract/index.ts";
import type { AnswerOf } from "../../calls.ts";
import { CallFailed, send } from "../../calls.ts";
import { CodeField } from "../../parts/code-field.tsx";
import { FormError } from "../../parts/form-error.tsx";
import { PasswordField } from "../../parts/password-field.tsx";
import { ListSkeleton } from "../../parts/skeletons.tsx";
import { useReader } from "../../reader.tsx";
import { useSession } from "../../session.tsx";
import classes from "./frame.module.css";
import { Frame } from "./frame.tsx";

type LinkSeen = AnswerOf<typeof sessionCalls.lookAtLink>;

/** What the server says of the link in the address. */
type Seen =
  | { readonly kind: "looking" }
  | { readonly kind: "good"; readonly link: string; readonly seen: LinkSeen }
  | { readonly kind: "dead"; readonly error: CallFailed };

function useLinkSeen(): Seen {
  const [state, setState] = useState<Seen>({ kind: "looking" });
  useEffect(() => {
    const link = window.location.hash.slice(1);
    send(sessionCalls.lookAtLink, { body: { link: link === "" ? "-" : link } }).then(
      (seen) => setState({ kind: "good", link, seen: seen as LinkSeen }),
      (error: unknown) => {
        if (error instanceof CallFailed) setState({ kind: "dead", error });
      },
    );
  }, []);
  return state;
}

/** The page. */
export default function WelcomePage(): ReactNode {
  const { say } = useReader();
  const state = useLinkSeen();
  if (state.kind === "looking") {
    return (
      <Frame title={say("pages.welcome")}>
        <ListSkeleton rows={3} />
      </Frame>
    );
  }
  if (state.kind === "dead") {
    return (
      <Frame title={say("account.welcome.dead")}>
        {state.error.code === "link_ended" ? (
          <Text c="dimmed">{say("account.welcome.deadText")}</Text>
        ) : (
          <FormError error={state.error} />
        )}
        <Anchor component={Link} href="/sign-in">
          {say("account.welcome.toSignIn")}
        </Anchor>
      </Frame>
    );
  }
  return <LinkForm link={state.link} seen={state.seen} />;
}

/** Sends the form; a second factor is asked for when the person has one. */
function useLinkUse(link: string, seen: LinkSeen) {
  const { enter } = useSession();
  const [, go] = useLocation();
  const [values, setValues] = useState({ login: "", name: seen.name ?? "", password: "", code: "" });
  const [isAskingCode, setAskingCode] = useState(false);
  const [isSending, setSending] = useState(false);
  const [error, setError] = useState<CallFailed | null>(null);
  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    setSending(true);
    setError(null);
    const { login, name, password, code } = values;
    const isFirst = seen.kind === "first";
    const body = {
      link,
      password,
      ...(isFirst ? { login } : {}),
      ...(seen.kind === "reset" ? {} : { name }),
      ...(code === "" ? {} : { code }),
    };
    try {
      enter((await send(sessionCalls.useLink, { body })) as MeBody);
      go("/", { replace: true });
    } catch (failure) {
      if (!(failure instanceof CallFailed)) throw failure;
      const isFirstAsk = failure.code === "second_factor_needed" && !isAskingCode;
      if (failure.code === "second_factor_needed") setAskingCode(true);
      setError(isFirstAsk ? null : failure);
      setSending(false);
    }
  };
  const type = (name: keyof typeof values) => (event: { currentTarget: { value: string } }) => {
    const { value } = event.currentTarget;
    setValues((before) => ({ ...before, [name]: value }));
  };
  return { values, type, submit, isAskingCode, isSending, error };
}

function LinkForm({ link, seen }: { readonly link: string; readonly seen: LinkSeen }): ReactNode {
  const { say } = useReader();
  const { values, type, submit, isAskingCode, isSending, error } = useLinkUse(link, seen);
  const isFirst = seen.kind === "first";
  return (
    <Frame title={say(`account.welcome.${seen.kind}`)}>
      <Text c="dimmed">{say(`account.welcome.${seen.kind}Text`)}</Text>
      <form className={classes.form} onSubmit={(event) => void submit(event)}>
        <TextInput
          label={say("account.login")}
          value={isFirst ? values.login : (seen.login ?? "")}
          onChange={type("login")}
          readOnly={!isFirst}
          autoComplete="username"
          autoCapitalize="none"
          spellCheck={false}
          autoFocus={isFirst}
        />
        {seen.kind !== "reset" && (
          <TextInput
            label={say("account.name")}
            value={values.name}
            onChange={type("name")}
            autoComplete="name"
          />
        )}
        <PasswordField
          label={say("account.welcome.newPassword")}
          description={say("account.welcome.passwordText")}
          value={values.password}
          onChange={type("password")}
          autoComplete="new-password"
        />
        {isAskingCode && <CodeField value={values.code} onChange={type("code")} />}
        <FormError error={error} />
        <Button type="submit" loading={isSending} fullWidth>
          {say("account.welcome.submit")}
        </Button>
      </form>
    </Frame>
  );
}
