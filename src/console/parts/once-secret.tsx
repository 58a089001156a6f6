// A secret that the server shows once: it cannot be closed by a stray click or Escape, only by saying that it was copied.
import { Button, Group, Modal, Text } from "@mantine/core";
import type { ReactNode } from "react";
import { useSay } from "../reader.tsx";
import { CopyField } from "./copy-field.tsx";
import classes from "./once-secret.module.css";

/** One value of it. */
export interface SecretValue {
  readonly label: string;
  readonly value: string;
}

/** The dialog; `values` null: closed. */
export function OnceSecret(props: {
  readonly title: string;
  readonly values: readonly SecretValue[] | null;
  readonly onClose: () => void;
  /** A sentence of its own instead of the usual one. */
  readonly text?: string;
}): ReactNode {
  const say = useSay();
  return (
    <Modal
      opened={props.values !== null}
      onClose={props.onClose}
      title={props.title}
      closeOnClickOutside={false}
      closeOnEscape={false}
      withCloseButton={false}
    >
      <Text size="sm" mb="md">
        {props.text ?? say("parts.secret.once")}
      </Text>
      <div className={classes.values}>
        {(props.values ?? []).map((one) => (
          <CopyField key={one.label} label={one.label} value={one.value} />
        ))}
      </div>
      <Group justify="flex-end" mt="md">
        <Button onClick={props.onClose}>{say("parts.secret.done")}</Button>
      </Group>
    </Modal>
  );
}
