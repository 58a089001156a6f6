// The foot of a form in a dialog: away from it, or on.
import { Button, Group } from "@mantine/core";
import type { ReactNode } from "react";
import { useReader } from "../reader.tsx";

/** Cancel, and the one that sends. */
export function FormButtons(props: {
  /** What sending does, a verb. */
  readonly label: string;
  readonly isSending: boolean;
  /** Nothing to send yet. */
  readonly isOff?: boolean;
  readonly onClose: () => void;
  /** Cannot be taken back. */
  readonly isGrave?: boolean;
}): ReactNode {
  const { say } = useReader();
  return (
    <Group justify="flex-end">
      <Button variant="default" onClick={props.onClose}>
        {say("parts.cancel")}
      </Button>
      <Button
        type="submit"
        color={props.isGrave === true ? "red.8" : undefined}
        loading={props.isSending}
        disabled={props.isOff === true}
      >
        {props.label}
      </Button>
    </Group>
  );
}
