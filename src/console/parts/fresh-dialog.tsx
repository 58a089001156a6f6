// Before keys, endpoints, points and people: the password once more, then the very call that asked goes on.
import { Button, Group, Modal, Text, TextInput } from "@mantine/core";
import { type FormEvent, type ReactNode, useEffect, useRef, useState } from "react";
import { type MeBody, sessionCalls } from "../../contract/index.ts";
import { CallFailed, door, send } from "../calls.ts";
import { useReader } from "../reader.tsx";
import { useSession } from "../session.tsx";
import { PasswordField } from "./password-field.tsx";
import { problemText } from "./problem-text.ts";

/** Stands once, beside all pages; several calls that ask at a time are answered by one password. */
export function FreshDialog(): ReactNode {
  const [isOpen, setOpen] = useState(false);
  const waiting = useRef<((isFresh: boolean) => void)[]>([]);
  const end = (isFresh: boolean): void => {
    setOpen(false);
    for (const resolve of waiting.current.splice(0)) resolve(isFresh);
  };
  useEffect(() => {
    door.askFresh = () =>
      new Promise((resolve) => {
        waiting.current.push(resolve);
        setOpen(true);
      });
  }, []);
  const { say } = useReader();
  return (
    <Modal
      opened={isOpen}
      onClose={() => end(false)}
      title={say("parts.fresh.title")}
      closeButtonProps={{ "aria-label": say("shell.close") }}
    >
      <FreshForm onEnd={end} />
    </Modal>
  );
}

function FreshForm({ onEnd }: { readonly onEnd: (isFresh: boolean) => void }): ReactNode {
  const { say } = useReader();
  const { state, enter } = useSession();
  const [password, setPassword] = useState("");
  const [code, setCode] = useState("");
  const [error, setError] = useState<CallFailed | null>(null);
  const hasFactor = state.kind === "signedIn" && state.person.hasSecondFactor;
  const confirm = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    try {
      const body = hasFactor ? { password, code } : { password };
      enter((await send(sessionCalls.refreshSession, { body })) as MeBody);
      onEnd(true);
    } catch (failure) {
      if (!(failure instanceof CallFailed)) throw failure;
      setError(failure);
    }
  };
  return (
    <form onSubmit={(event) => void confirm(event)}>
      <Text size="sm" mb="sm">
        {say("parts.fresh.text")}
      </Text>
      <PasswordField
        label={say("account.password")}
        value={password}
        onChange={(event) => setPassword(event.currentTarget.value)}
        autoComplete="current-password"
        error={error === null ? null : problemText(error, say)}
        required
        data-autofocus
      />
      {hasFactor && (
        <TextInput
          mt="sm"
          label={say("account.code")}
          value={code}
          onChange={(event) => setCode(event.currentTarget.value)}
          autoComplete="one-time-code"
          inputMode="numeric"
          required
        />
      )}
      <Group justify="flex-end" mt="md">
        <Button variant="default" onClick={() => onEnd(false)}>
          {say("parts.cancel")}
        </Button>
        <Button type="submit">{say("parts.confirm")}</Button>
      </Group>
    </form>
  );
}
