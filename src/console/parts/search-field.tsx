// A text that filters a list while it is typed: the address follows when typing rests.
import { TextInput } from "@mantine/core";
import { useDebouncedCallback } from "@mantine/hooks";
import { IconSearch } from "@tabler/icons-react";
import { type ReactNode, useEffect, useState } from "react";

/** Typing rests after so long, ms. */
const TYPING_MS = 250;

/** The field; `/` goes to the first one of a page. */
export function SearchField(props: {
  readonly label: string;
  readonly value: string;
  readonly onChange: (text: string) => void;
  readonly width?: number;
}): ReactNode {
  const [typed, setTyped] = useState(props.value);
  useEffect(() => setTyped(props.value), [props.value]);
  const settle = useDebouncedCallback((text: string) => props.onChange(text.trim()), TYPING_MS);
  return (
    <TextInput
      data-search
      aria-label={props.label}
      placeholder={props.label}
      leftSection={<IconSearch size={16} aria-hidden />}
      w={props.width ?? 280}
      maw="100%"
      value={typed}
      maxLength={200}
      onChange={(event) => {
        setTyped(event.currentTarget.value);
        settle(event.currentTarget.value);
      }}
    />
  );
}
