// Where the second step's code goes: the app's six digits, or a recovery code.
import { TextInput } from "@mantine/core";
import type { ChangeEventHandler, ReactNode } from "react";
import { useReader } from "../reader.tsx";

/** The field; browsers offer what the app or a message brought. */
export function CodeField(props: {
  readonly value: string;
  readonly onChange: ChangeEventHandler<HTMLInputElement>;
}): ReactNode {
  const { say } = useReader();
  return (
    <TextInput
      label={say("account.code")}
      description={say("account.codeText")}
      value={props.value}
      onChange={props.onChange}
      autoComplete="one-time-code"
      autoFocus
    />
  );
}
