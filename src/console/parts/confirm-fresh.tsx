// A question before what cannot be undone. The password is asked by itself when the server wants it (fresh-dialog.tsx).
import { Button, Group, Modal, Text } from "@mantine/core";
import type { ReactNode } from "react";
import type { CallFailed } from "../calls.ts";
import { useSay } from "../reader.tsx";
import { FormError } from "./form-error.tsx";

/** The question. What can be undone is not asked about: see `useUndo`. */
export interface ConfirmFreshProps {
  readonly isOpen: boolean;
  readonly onClose: () => void;
  /** Names the thing: "Revoke the token “Warehouse”?" */
  readonly title: string;
  /** What will happen, in one sentence. */
  readonly text: string;
  /** The verb on the button. */
  readonly action: string;
  /** What the other button says where "Cancel" would be read as the act itself. */
  readonly leave?: string;
  readonly onConfirm: () => void;
  readonly isSending?: boolean;
  readonly error?: CallFailed | null;
  /** Fields that belong to it, such as a reason. */
  readonly children?: ReactNode;
}

/** The dialog. */
export function ConfirmFresh(props: ConfirmFreshProps): ReactNode {
  const say = useSay();
  return (
    <Modal
      opened={props.isOpen}
      onClose={props.onClose}
      title={props.title}
      closeButtonProps={{ "aria-label": say("shell.close") }}
    >
      <Text size="sm" mb="md">
        {props.text}
      </Text>
      {props.children}
      <FormError error={props.error ?? null} />
      <Group justify="flex-end" mt="md">
        <Button variant="default" onClick={props.onClose}>
          {props.leave ?? say("parts.cancel")}
        </Button>
        <Button color="red.8" loading={props.isSending ?? false} onClick={props.onConfirm}>
          {props.action}
        </Button>
      </Group>
    </Modal>
  );
}
