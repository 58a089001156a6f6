// A value to take away: an address, a key, an id. Copied by one press, selected as a whole by a click.
import { ActionIcon, TextInput } from "@mantine/core";
import { IconCheck, IconCopy } from "@tabler/icons-react";
import { type ReactNode, useState } from "react";
import { useSay } from "../reader.tsx";

/** How long the tick stands, ms. */
const TICK_MS = 1600;

/** Copies a text; `isCopied` is true for a moment after. Pages outside of https have no clipboard: then it is false. */
export function useCopy(): { readonly isCopied: boolean; readonly copy: (text: string) => void } {
  const [isCopied, setCopied] = useState(false);
  const copy = (text: string): void => {
    navigator.clipboard?.writeText(text).then(
      () => {
        setCopied(true);
        setTimeout(() => setCopied(false), TICK_MS);
      },
      () => setCopied(false),
    );
  };
  return { isCopied, copy };
}

/** The field. */
export function CopyField(props: {
  readonly label: string;
  readonly value: string;
  readonly about?: string;
}): ReactNode {
  const say = useSay();
  const { isCopied, copy } = useCopy();
  const word = say(isCopied ? "parts.copied" : "parts.copy");
  return (
    <TextInput
      label={props.label}
      description={props.about}
      value={props.value}
      readOnly
      classNames={{ input: "mono" }}
      onFocus={(event) => event.currentTarget.select()}
      rightSection={
        <ActionIcon onClick={() => copy(props.value)} aria-label={word} title={word}>
          {isCopied ? <IconCheck size={16} /> : <IconCopy size={16} />}
        </ActionIcon>
      }
    />
  );
}
