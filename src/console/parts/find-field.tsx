// One field for whatever names a single thing, and the button that looks for it: nothing is asked while it is typed.
import { Button, TextInput } from "@mantine/core";
import type { FormEvent, ReactNode } from "react";
import classes from "./find-field.module.css";

/** The field with its button; Enter looks, too. */
export function FindField(props: {
  readonly label: string;
  /** What the button does, a verb. */
  readonly verb: string;
  readonly text: string;
  readonly maxLength: number;
  readonly isSeeking?: boolean;
  /** Why nothing was found. */
  readonly fault?: string | null;
  readonly onText: (text: string) => void;
  readonly onFind: () => void;
}): ReactNode {
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    props.onFind();
  };
  return (
    <form className={classes.find} onSubmit={submit}>
      <TextInput
        type="search"
        aria-label={props.label}
        placeholder={props.label}
        value={props.text}
        maxLength={props.maxLength}
        autoComplete="off"
        spellCheck={false}
        error={props.fault}
        onChange={(event) => props.onText(event.currentTarget.value)}
      />
      <Button type="submit" variant="default" loading={props.isSeeking ?? false}>
        {props.verb}
      </Button>
    </form>
  );
}
